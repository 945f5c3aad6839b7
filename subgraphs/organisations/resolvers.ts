import { GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { Resolvers } from "./schema.generated.ts";

export const resolvers: Resolvers = {
  Query: { organisation: (_, { id }, { organisationById }, info) => organisationById(id, info) },
  Organisation: { __resolveReference: ({ id }, { organisationById }, info) => organisationById(id, info) },
  Date: GraphQLLocalDate,
  URL: GraphQLURL,
};
