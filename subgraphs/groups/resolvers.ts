import { GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { Resolvers } from "./schema.generated.ts";

export const resolvers: Resolvers = {
  Query: { group: (_, { id }, { groupById }) => groupById.load(id) },
  Group: { __resolveReference: ({ id }, { groupById }) => groupById.load(id) },
  Organisation: {
    __resolveReference: ({ id }) => ({ id }),
    groups: ({ id }, { first, after }, { groupsOfOrganisation }) =>
      groupsOfOrganisation.load({ parentId: id, first, after }),
  },
  Date: GraphQLLocalDate,
  URL: GraphQLURL,
};
