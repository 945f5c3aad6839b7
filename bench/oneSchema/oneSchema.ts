import {
  buildSchema,
  defaultFieldResolver,
  getNamedType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
} from "graphql";
import type { SubgraphName } from "../../core/config.ts";
import { kindOf } from "../../core/ids.ts";
import type { Subgraph } from "../../subgraphs/subgraph.ts";

type Context = Readonly<Record<string, unknown>>;
type Field = Pick<GraphQLField<unknown, Context>, "type"> & { resolve?: GraphQLFieldResolver<unknown, Context> };
type Load = (reference: { readonly id: string }, context: Context) => unknown;

/** Who knows all of a thing. */
const ownerOf: Readonly<Record<string, SubgraphName>> = {
  Activity: "activities",
  Area: "places",
  Group: "groups",
  Organisation: "organisations",
  Place: "places",
  Session: "activities",
};

/**
 * What a team would have built that does without federation: the same API, resolvers and loaders as one executable schema. Where a
 * subgraph returns a thing that another owns, and so no more of it than its id and at most its name, it is loaded here as the owner loads it.
 * `apiSdl` is the API that the subgraphs make together; resolvers want the contexts of all of them in one.
 */
export function oneSchema(subgraphs: readonly Subgraph[], apiSdl: string): GraphQLSchema {
  const schema = buildSchema(apiSdl);
  for (const subgraph of subgraphs) takeResolvers(schema, subgraph);
  const loads = loadsOf(subgraphs);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) loadWhole(field, loads);
  }
  return schema;
}

function takeResolvers(schema: GraphQLSchema, subgraph: Subgraph): void {
  for (const theirs of Object.values(subgraph.schema.getTypeMap())) {
    const type = schema.getType(theirs.name);
    if (isObjectType(type) && isObjectType(theirs)) {
      for (const [name, field] of Object.entries(type.getFields())) {
        const resolve = theirs.getFields()[name]?.resolve;
        if (resolve !== undefined) field.resolve = resolve;
      }
    } else if (isAbstractType(type) && isAbstractType(theirs)) {
      if (theirs.resolveType) type.resolveType = theirs.resolveType;
    } else if (isScalarType(type) && isScalarType(theirs)) {
      type.serialize = theirs.serialize;
      type.parseValue = theirs.parseValue;
      type.parseLiteral = theirs.parseLiteral;
    }
  }
}

/** How each kind of thing is loaded by its id: as its owner resolves a reference to it. */
function loadsOf(subgraphs: readonly Subgraph[]): ReadonlyMap<string, Load> {
  return new Map(
    Object.entries(ownerOf).map(([kind, owner]) => {
      const type = subgraphs.find(({ name }) => name === owner)?.schema.getType(kind);
      const federation = type?.extensions["apollo"] as
        { readonly subgraph?: { readonly resolveReference?: Load } } | undefined;
      const load = federation?.subgraph?.resolveReference;
      if (load === undefined) throw new Error(`The subgraph ${owner} does not say how to load ${kind}.`);
      return [kind, load];
    }),
  );
}

/** Whether more is told of a thing than those tell who do not own it: its id, and its name where they provide that. */
function isWhole(thing: object): boolean {
  return Object.keys(thing).some((name) => name !== "id" && name !== "name");
}

function loadWhole(field: Field, loads: ReadonlyMap<string, Load>): void {
  const type = getNamedType(field.type);
  if (!isAbstractType(type) && !loads.has(type.name)) return;
  const loadOf = isObjectType(type)
    ? () => loads.get(type.name)
    : (reference: { readonly id: string }) => loads.get(kindOf(reference.id) ?? "");

  function whole(value: unknown, context: Context): unknown {
    if (value === null || value === undefined) return null;
    if (Array.isArray(value)) return Promise.all(value.map((one) => whole(one, context)));
    const reference = value as { readonly id: string };
    return isWhole(reference) ? reference : loadOf(reference)?.(reference, context);
  }

  const { resolve } = field;
  field.resolve =
    resolve === undefined
      ? (source, args, context, info) => whole(defaultFieldResolver(source, args, context, info), context)
      : async (source, args, context, info) => whole(await resolve(source, args, context, info), context);
}
