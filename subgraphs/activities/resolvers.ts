import { GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { GraphQLResolveInfo } from "graphql";
import { partsAsked } from "../parts.ts";
import { activityParts } from "./queries/activitiesByIds.ts";
import type { Resolvers } from "./schema.generated.ts";

const partsOfEach = (info: GraphQLResolveInfo) => partsAsked(activityParts, info, "edges", "node");

export const resolvers: Resolvers = {
  Query: { activity: (_, { id }, { activityById }, info) => activityById(id, info) },
  Activity: { __resolveReference: ({ id }, { activityById }, info) => activityById(id, info) },
  Group: {
    __resolveReference: ({ id }) => ({ id }),
    activities: ({ id }, { first, after }, { activitiesOfGroup }, info) =>
      activitiesOfGroup.load({ parentId: id, first, after, parts: partsOfEach(info) }),
  },
  Organisation: {
    __resolveReference: ({ id }) => ({ id }),
    activities: ({ id }, { first, after }, { activitiesOfOrganisation }, info) =>
      activitiesOfOrganisation.load({ parentId: id, first, after, parts: partsOfEach(info) }),
  },
  Place: {
    __resolveReference: ({ id }) => ({ id }),
    activities: ({ id }, { first, after }, { activitiesOfPlace }, info) =>
      activitiesOfPlace.load({ parentId: id, first, after, parts: partsOfEach(info) }),
  },
  Date: GraphQLLocalDate,
  URL: GraphQLURL,
};
