import { GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import { partsAsked } from "../parts.ts";
import { groupParts } from "./queries/groupsByIds.ts";
import type { Resolvers } from "./schema.generated.ts";

export const resolvers: Resolvers = {
  Query: { group: (_, { id }, { groupById }, info) => groupById(id, info) },
  Group: { __resolveReference: ({ id }, { groupById }, info) => groupById(id, info) },
  Organisation: {
    __resolveReference: ({ id }) => ({ id }),
    groups: ({ id }, { first, after }, { groupsOfOrganisation }, info) =>
      groupsOfOrganisation.load({ parentId: id, first, after, parts: partsAsked(groupParts, info, "edges", "node") }),
  },
  Date: GraphQLLocalDate,
  URL: GraphQLURL,
};
