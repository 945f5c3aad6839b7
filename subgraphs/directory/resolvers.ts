import { GraphQLDateTime, GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { GraphQLResolveInfo } from "graphql";
import { assetKindOf, type Kind, kindOf } from "../../core/ids.ts";
import { isAsked } from "../isAsked.ts";
import { assetConnection, searchConnection } from "./connections.ts";
import { conditionAsked, conditionsPage } from "./conditionsPage.ts";
import type { Context } from "./context.ts";
import { locate } from "../../knowledge/locate.ts";
import { conditionsWith, nodes, reference } from "./nodes.ts";
import type { Resolvers } from "./schema.generated.ts";
import { type Asked, assets, assetsWithin, type Scope, search } from "./search.ts";
import { sessions } from "./sessions.ts";
import { suggest } from "./suggest.ts";

/** The fields that the directory adds to every asset. */
const asset = {
  __resolveReference: ({ id }: { readonly id: string }) => ({ id }),
  supports: ({ id }, { first, after }, { supportsOfAsset }) => supportsOfAsset.load({ parentId: id, first, after }),
  links: ({ id }, { first, after }, { linksOfAsset }) => linksOfAsset.load({ parentId: id, first, after }),
} satisfies NonNullable<Resolvers["Group"]>;

const within = async (scope: Scope, asked: Asked, context: Context, info: GraphQLResolveInfo) =>
  assetConnection(await assetsWithin(context, scope, asked, isAsked(info, "totalCount")));

export const resolvers = {
  Query: {
    node: async (_, { id }, context) => (await nodes([id], context))[0] ?? null,
    nodes: (_, { ids }, context) => nodes(ids, context),
    search: async (_, asked, context, info) =>
      searchConnection(
        await search(context, asked, {
          total: isAsked(info, "totalCount"),
          facets: isAsked(info, "facets"),
          repairs: isAsked(info, "repairs"),
          needs: isAsked(info, "needs"),
          why: isAsked(info, "edges", "why"),
          way: isAsked(info, "edges", "why", "steps"),
        }),
      ),
    assets: async (_, asked, context, info) =>
      assetConnection(await assets(context, asked, isAsked(info, "totalCount"))),
    suggest: (_, asked, context) => suggest(context, asked),
    locate: async (_, { text }, { graph, knowledge }) => locate(graph, await knowledge.gazetteer(), text, ["text"]),
    condition: async (_, asked, { knowledge }) => conditionAsked(await knowledge.vocabulary(), asked),
    conditions: async (_, asked, { knowledge }) => conditionsPage(await knowledge.vocabulary(), asked),
    groups: (_, asked, context, info) => within({ kinds: ["GROUP"] }, asked, context, info),
    activities: (_, asked, context, info) => within({ kinds: ["ACTIVITY"] }, asked, context, info),
    sessions: (_, asked, context, info) => sessions(context, asked, isAsked(info, "totalCount")),
    organisations: (_, asked, context, info) => within({ kinds: ["ORGANISATION"] }, asked, context, info),
    places: (_, asked, context, info) => within({ kinds: ["PLACE"] }, asked, context, info),
  },
  // A workshop is found by its members alone, who ask for it by name.
  Node: {
    __resolveType: ({ id }) => (kindOf(id) === "Workshop" ? null : (kindOf(id) as Exclude<Kind, "Workshop"> | null)),
  },
  Asset: { __resolveType: ({ id }) => assetKindOf(id) },
  Group: asset,
  Activity: asset,
  Organisation: asset,
  Place: asset,
  Area: {
    __resolveReference: ({ id }) => ({ id }),
    assets: ({ id }, asked, context, info) => within({ areas: [id] }, asked, context, info),
  },
  Condition: {
    __resolveReference: async ({ id }, { knowledge }) => (await knowledge.vocabulary()).byId.get(id) ?? null,
    broader: async ({ broader }, _, { knowledge }) => conditionsWith(broader, await knowledge.vocabulary()),
    narrower: async ({ narrower }, _, { knowledge }) => conditionsWith(narrower, await knowledge.vocabulary()),
    oftenWith: async ({ oftenWith }, _, { knowledge }) => {
      const { byId } = await knowledge.vocabulary();
      return oftenWith.flatMap(({ id, weight }) => {
        const condition = byId.get(id);
        return condition === undefined ? [] : [{ condition, weight }];
      });
    },
    assets: ({ slug }, asked, context, info) => within({ conditions: [slug] }, asked, context, info),
  },
  ConditionSupport: {
    condition: async ({ condition: { id } }, _, { knowledge }) => {
      const condition = (await knowledge.vocabulary()).byId.get(id);
      if (condition === undefined) throw new Error(`The vocabulary has no condition ${id} yet`);
      return condition;
    },
  },
  Link: {
    from: async ({ from: { id } }, _, { knowledge }) => reference(id, await knowledge.vocabulary()),
    to: async ({ to: { id } }, _, { knowledge }) => reference(id, await knowledge.vocabulary()),
  },
  Date: GraphQLLocalDate,
  DateTime: GraphQLDateTime,
  URL: GraphQLURL,
} satisfies Resolvers;
