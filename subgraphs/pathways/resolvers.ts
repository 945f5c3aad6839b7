import { GraphQLDateTime, GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import { assetKindOf, kindOf } from "../../core/ids.ts";
import type { Referrers } from "../../knowledge/referrers.ts";
import { isAsked } from "../isAsked.ts";
import { recordReferralOutcome } from "./commands/recordReferralOutcome.ts";
import { bridges } from "./bridges.ts";
import { deadEnds } from "./deadEnds.ts";
import { grownWaits } from "./grownWaits.ts";
import { alsoLost, brokenSteps, impactOfLosing, lostSupport, unreached } from "./impactOfLosing.ts";
import { pathwayIdAsked, pathwaysPage } from "./pathwaysPage.ts";
import { referralLoops } from "./referralLoops.ts";
import { referralNetwork } from "./referralNetwork.ts";
import { outcomeRows, referralOutcomes } from "./referralOutcomes.ts";
import { referralRoutes } from "./referralRoutes.ts";
import { referrerAsked, referrersPage } from "./referrersPage.ts";
import type { Resolvers } from "./schema.generated.ts";
import { criteriaOf } from "./steps.ts";
import { unconfirmedSteps } from "./unconfirmedSteps.ts";
import { withoutSelfReferral } from "./withoutSelfReferral.ts";

/** The fields that pathways add to every asset. */
const asset = {
  __resolveReference: ({ id }: { readonly id: string }) => ({ id }),
  referralRoutes: ({ id }, { from, first }, { routesToAsset }) => routesToAsset.load({ id, from, first }),
  referredFrom: ({ id }, { first, after }, { stepsToAsset }) => stepsToAsset.load({ parentId: id, first, after }),
  refersTo: ({ id }, { first, after }, { stepsFromAsset }) => stepsFromAsset.load({ parentId: id, first, after }),
} satisfies NonNullable<Resolvers["Group"]>;

/** What stands for an id of any kind here: a kind of referrer is ours to tell about; of the rest we know the id. */
function reference(id: string, { byId }: Referrers): { readonly id: string } {
  return byId.get(id) ?? { id };
}

/** The kind of node that is referred to: nobody is handed on from or to a session, or what editors do. */
function nodeKindOf(id: string) {
  const kind = kindOf(id);
  return kind === "Session" || kind === "Change" || kind === "Workshop" ? null : kind;
}

export const resolvers = {
  Query: {
    referralRoutes: (_, asked, context, info) => referralRoutes(context, asked, isAsked(info, "blocked")),
    referrer: async (_, asked, { knowledge }) => referrerAsked(await knowledge.referrers(), asked),
    referrers: async (_, asked, { knowledge }) => referrersPage(await knowledge.referrers(), asked),
    pathway: async (_, asked, context, info) => {
      const id = await pathwayIdAsked(context, asked);
      return id === null ? null : context.pathwayById(id, info);
    },
    pathways: (_, asked, context, info) => pathwaysPage(context, asked, isAsked(info, "totalCount")),
    referralNetwork: (_, asked, context) => referralNetwork(context, asked),
    impactOfLosing: (_, asked, context) => impactOfLosing(context, asked.asset),
    referralOutcomes: (_, asked, context) => referralOutcomes(context, asked),
  },
  Mutation: { recordReferralOutcome: (_, { input }, context) => recordReferralOutcome(context, input) },
  Node: { __resolveType: ({ id }) => nodeKindOf(id) },
  Asset: { __resolveType: ({ id }) => assetKindOf(id) },
  Group: asset,
  Activity: asset,
  Organisation: asset,
  Place: asset,
  Referrer: {
    __resolveReference: async ({ id }, { knowledge }) => (await knowledge.referrers()).byId.get(id) ?? null,
    broader: async ({ broader }, _, { knowledge }) => {
      const { byId } = await knowledge.referrers();
      return broader.flatMap((id) => byId.get(id) ?? []);
    },
    narrower: async ({ narrower }, _, { knowledge }) => {
      const { byId } = await knowledge.referrers();
      return narrower.flatMap((id) => byId.get(id) ?? []);
    },
  },
  Pathway: {
    __resolveReference: ({ id }, { pathwayById }, info) => pathwayById(id, info),
    steps: ({ id }, { first, after }, { stepsOfPathway }) => stepsOfPathway.load({ parentId: id, first, after }),
  },
  PathwayEdge: { node: ({ node: { id } }, _, { pathwayById }, info) => pathwayById(id, info) },
  ReferralStep: {
    from: async ({ from: { id } }, _, { knowledge }) => reference(id, await knowledge.referrers()),
    criteria: (step) => criteriaOf(step),
    pathway: ({ pathway }, _, { pathwayById }, info) => (pathway === null ? null : pathwayById(pathway.id, info)),
    assumptions: ({ assumptions = [] }) => assumptions,
  },
  UnderstoodReferral: {
    from: async ({ from: { id } }, _, { knowledge }) => reference(id, await knowledge.referrers()),
  },
  ReferralNetwork: {
    deadEnds: (network, asked, context, info) => deadEnds(context, network, asked, isAsked(info, "totalCount")),
    loops: (network, asked, context, info) => referralLoops(context, network, asked, isAsked(info, "totalCount")),
    bridges: (network, asked, context) => bridges(context, network, asked),
    unconfirmedSteps: (network, asked, context, info) =>
      unconfirmedSteps(context, network, asked, isAsked(info, "totalCount")),
    withoutSelfReferral: (network, asked, context) => withoutSelfReferral(context, network, asked),
    grownWaits: (network, asked, context, info) => grownWaits(context, network, asked, isAsked(info, "totalCount")),
  },
  Impact: {
    alsoLost: (impact, asked) => alsoLost(impact, asked),
    losses: (impact, asked, context) => lostSupport(context, impact, asked),
    brokenSteps: (impact, asked, context) => brokenSteps(context, impact, asked),
    unreached: (impact, asked, context) => unreached(context, impact, asked),
  },
  ReferralOutcome: {
    step: ({ stepId }, _, { stepById }) => stepById(stepId),
    source: async ({ referrerId }, _, { knowledge }) => (await knowledge.referrers()).byId.get(referrerId) ?? null,
  },
  ReferralOutcomeReport: { rows: (report, asked) => outcomeRows(report, asked) },
  ReferralOutcomeRow: {
    pathway: ({ pathway }, _, { pathwayById }, info) => (pathway === null ? null : pathwayById(pathway.id, info)),
  },
  Date: GraphQLLocalDate,
  DateTime: GraphQLDateTime,
  URL: GraphQLURL,
} satisfies Resolvers;
