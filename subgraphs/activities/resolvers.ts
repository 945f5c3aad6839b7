import { GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { Resolvers } from "./schema.generated.ts";

export const resolvers: Resolvers = {
  Query: { activity: (_, { id }, { activityById }) => activityById.load(id) },
  Activity: { __resolveReference: ({ id }, { activityById }) => activityById.load(id) },
  Group: {
    __resolveReference: ({ id }) => ({ id }),
    activities: ({ id }, { first, after }, { activitiesOfGroup }) =>
      activitiesOfGroup.load({ parentId: id, first, after }),
  },
  Organisation: {
    __resolveReference: ({ id }) => ({ id }),
    activities: ({ id }, { first, after }, { activitiesOfOrganisation }) =>
      activitiesOfOrganisation.load({ parentId: id, first, after }),
  },
  Place: {
    __resolveReference: ({ id }) => ({ id }),
    activities: ({ id }, { first, after }, { activitiesOfPlace }) =>
      activitiesOfPlace.load({ parentId: id, first, after }),
  },
  Date: GraphQLLocalDate,
  URL: GraphQLURL,
};
