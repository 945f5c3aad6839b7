import { makeExecutableSchema } from "@graphql-tools/schema";
import {
  buildSchema,
  defaultFieldResolver,
  execute,
  getNamedType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
  validate,
} from "graphql";
import { expect, test } from "vitest";
import { anybody } from "../core/caller.ts";
import { composeSupergraph } from "../gateway/compose.ts";
import type { Subgraph } from "../subgraphs/subgraph.ts";
import { createTown, noGraph, type Town } from "./fixtures/town.ts";
import { type Reached, startTownGateway } from "./fixtures/townGateway.ts";

type Resolver = GraphQLFieldResolver<{ readonly id: string }, Readonly<Record<string, object>>>;

/** What @apollo/subgraph keeps with a type that has keys. */
interface Entity {
  readonly apollo: { readonly subgraph: { readonly resolveReference: (key: object, context: object) => unknown } };
}

/** The town's API as one schema, without federation: each field is asked of the subgraph that owns it, one by one. */
function oneSchemaOf({ subgraphs }: Town, apiSdl: string): GraphQLSchema {
  const resolvers: Record<string, Record<string, Resolver>> = {};
  for (const type of Object.values(buildSchema(apiSdl).getTypeMap())) {
    if (!isObjectType(type) || !["Query", "Group", "Place"].includes(type.name)) continue;
    resolvers[type.name] = Object.fromEntries(
      Object.keys(type.getFields()).map((name) => [name, resolverOf(subgraphs, type.name, name)]),
    );
  }
  const typeOf = (value: { readonly __typename: string }) => value.__typename;
  const dateTime = subgraphs.map(({ schema }) => schema.getType("DateTime")).find((type) => type !== undefined);
  return makeExecutableSchema({
    typeDefs: apiSdl,
    resolvers: {
      ...resolvers,
      Asset: { __resolveType: typeOf },
      Node: { __resolveType: typeOf },
      DateTime: dateTime,
    } as never,
  });
}

function resolverOf(subgraphs: readonly Subgraph[], typeName: string, name: string): Resolver {
  if (name === "id") return ({ id }) => id;
  // The last one that has the field, and knows more of its type than the key.
  const owner = subgraphs.findLast(({ schema }) => {
    const type = schema.getType(typeName);
    return isObjectType(type) && type.getFields()[name] !== undefined;
  });
  const type = owner?.schema.getType(typeName) as GraphQLObjectType;
  const { resolve = defaultFieldResolver } = type.getFields()[name] as GraphQLField<unknown, unknown>;
  return async (parent, values, contexts, info) => {
    const context = contexts[owner?.name ?? ""] as object;
    if (typeName === "Query") return resolve(parent, values, context, info);
    const { resolveReference } = (type.extensions as unknown as Entity).apollo.subgraph;
    const entity = await resolveReference({ id: parent.id }, context);
    return entity === null ? null : resolve(entity, values, context, info);
  };
}

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Takes part of an answer down with it when it fails; which errors are then left to tell is for each executor to choose. */
const notAsked = new Set(["slow", "slowly", "faultyAndRequired"]);

const valuesOf: Readonly<Record<string, readonly string[]>> = {
  search: [`(text: "tea")`],
  node: [`(id: "grp_1")`, `(id: "grp_2")`, `(id: "plc_1")`],
  group: [`(id: "grp_1")`, `(id: "grp_3")`, `(id: "grp_9")`],
  place: [`(id: "plc_1")`, `(id: "plc_2")`, `(id: "plc_9")`],
  refused: [`(why: "because")`],
};

/** A query of the API: fields, aliases, fragments with names and without, on types and on interfaces, conditions, and all of them again. */
function queryOf(api: GraphQLSchema, random: () => number): string {
  const fragments: string[] = [];
  const oneOf = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const condition = () =>
    random() < 0.12 ? ` @${oneOf(["skip", "include"])}(if: ${oneOf(["$yes", "$no", "true", "false"])})` : "";

  function selectionsOf(type: GraphQLNamedType | undefined, depth: number): string {
    const selections = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
      const kind = random();
      return kind < 0.25 ? fragmentOn(type, depth) : kind < 0.32 ? `__typename${condition()}` : fieldOf(type, depth);
    });
    return selections.join(" ").trim() || "__typename";
  }

  function fragmentOn(type: GraphQLNamedType | undefined, depth: number): string {
    const wider = isObjectType(type) ? type.getInterfaces() : [api.getType("Asset")];
    const narrower = isAbstractType(type) ? api.getPossibleTypes(type) : [];
    const on = oneOf([type, ...wider, ...narrower]);
    const inside = selectionsOf(on, depth);
    if (random() < 0.7) return `... on ${on?.name ?? ""}${condition()} { ${inside} }`;
    fragments.push(`fragment F${fragments.length} on ${on?.name ?? ""} { ${inside} }`);
    return `...F${fragments.length - 1}${condition()}`;
  }

  function fieldOf(type: GraphQLNamedType | undefined, depth: number): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const { name, type: value } = oneOf(fields.filter((field) => !notAsked.has(field.name)));
    const alias = random() < 0.1 ? `${oneOf(["one", "other"])}_${name}: ` : "";
    const field = `${alias}${name}${oneOf(valuesOf[name] ?? [""])}${condition()}`;
    if (isLeafType(getNamedType(value))) return field;
    return depth === 0 ? "" : `${field} { ${selectionsOf(getNamedType(value), depth - 1)} }`;
  }

  const selections = selectionsOf(api.getQueryType() ?? undefined, 5);
  const text = [`{ ${selections} }`, ...fragments].join(" ");
  const variables = ["$yes", "$no"].filter((variable) => text.includes(variable));
  return variables.length === 0 ? text : `query (${variables.map((one) => `${one}: Boolean!`).join(", ")}) ${text}`;
}

function pathsOf(errors: readonly { readonly path?: readonly (string | number)[] | undefined }[] = []): string[] {
  return errors.map(({ path }) => path?.join(".") ?? "");
}

test.for(["in memory", "over HTTP"] satisfies Reached[])(
  "whatever is asked is answered as by one schema without federation (%s)",
  async (reached) => {
    const town = createTown();
    const { apiSdl } = composeSupergraph(town.subgraphs);
    const [api, reference] = [buildSchema(apiSdl), oneSchemaOf(town, apiSdl)];
    const { ask, stop } = await startTownGateway({ reached: () => reached, compileAfter: 0 });
    const random = numbersFrom(reached === "in memory" ? 1 : 2);
    const variables = { yes: true, no: false };
    let compared = 0;
    while (compared < 150) {
      const query = queryOf(api, random);
      const document = parse(query);
      if (validate(api, document).length > 0) continue;
      const { status, body } = await ask(query, variables);
      // Too large for a limit: there are smaller ones.
      if (status === 400) continue;
      const contextValue = Object.fromEntries(
        town.subgraphs.map(({ name, createContext }) => [name, createContext(noGraph, anybody)]),
      );
      const expected = await execute({ schema: reference, document, contextValue, variableValues: variables });
      expect(body.data, query).toEqual(JSON.parse(JSON.stringify(expected.data)));
      const reasons = pathsOf(expected.errors);
      const without = pathsOf(body.errors).filter((path) => !reasons.some((reason) => reason.startsWith(path)));
      expect(without, `errors without a reason: ${query}`).toEqual([]);
      compared += 1;
    }
    await stop();
  },
);
