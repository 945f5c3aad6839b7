import { GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { Resolvers } from "./schema.generated.ts";

export const resolvers: Resolvers = {
  Query: { organisation: (_, { id }, { organisationById }) => organisationById.load(id) },
  Organisation: { __resolveReference: ({ id }, { organisationById }) => organisationById.load(id) },
  Date: GraphQLLocalDate,
  URL: GraphQLURL,
};
