import { GraphQLDateTime, GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import type { GraphQLResolveInfo } from "graphql";
import { momentInWords } from "../../calendar/dateInWords.ts";
import { recurrenceRuleOf } from "../../calendar/occurrences.ts";
import { isDated } from "../../calendar/schedule.ts";
import { scheduleInWords, schedulesInWords } from "../../calendar/scheduleInWords.ts";
import { partsAsked } from "../parts.ts";
import { sessionsAsked } from "./sessionsAsked.ts";
import { activityParts } from "./queries/activitiesByIds.ts";
import type { Resolvers } from "./schema.generated.ts";

const partsOfEach = (info: GraphQLResolveInfo) => partsAsked(activityParts, info, "edges", "node");

export const resolvers: Resolvers = {
  Query: { activity: (_, { id }, { activityById }, info) => activityById(id, info) },
  Activity: {
    __resolveReference: ({ id }, { activityById }, info) => activityById(id, info),
    scheduleInWords: ({ schedule }, _, { today }) => schedulesInWords(schedule, { today }),
    sessions: ({ id }, { first, after, ...asked }, { sessionsOfActivity, now }) =>
      sessionsOfActivity.load({ parentId: id, first, after, asked: sessionsAsked(asked, now) }),
  },
  Schedule: {
    inWords: (schedule, _, { today }) => scheduleInWords(schedule, { today }),
    recurrenceRule: recurrenceRuleOf,
    isDated,
  },
  Session: {
    __resolveReference: ({ id }, { sessionById }) => sessionById(id),
    activity: ({ activity: { id } }, _, { activityById }, info) => activityById(id, info),
    inWords: ({ start, end, isAllDay }) => momentInWords(start, end, isAllDay),
  },
  SessionEdge: { furtherSessions: () => [], distanceMetres: () => null },
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
  DateTime: GraphQLDateTime,
  URL: GraphQLURL,
};
