import { GraphQLDateTime, GraphQLJSON, GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import { areaAsked } from "./areaAsked.ts";
import { isOpenAt, openingHoursInWords, opensNext } from "../../calendar/openingTimes.ts";
import { areasPage } from "./queries/areasPage.ts";
import type { Resolvers } from "./schema.generated.ts";

export const resolvers: Resolvers = {
  Query: {
    place: (_, { id }, { placeById }, info) => placeById(id, info),
    area: (_, asked, context) => areaAsked(asked, context),
    areas: (_, asked, { graph }) => areasPage(graph, asked),
  },
  Place: {
    __resolveReference: ({ id }, { placeById }, info) => placeById(id, info),
    areas: ({ areas }, _, { areasOf }) => areasOf(areas),
    openingHoursInWords: ({ openingHours }) => openingHoursInWords(openingHours),
    isOpenAt: ({ openingHours, closures }, { at }, { now }) => isOpenAt(openingHours, closures, at ?? now),
    opensNext: ({ openingHours, closures }, { after }, { now }) => opensNext(openingHours, closures, after ?? now),
  },
  Area: {
    __resolveReference: ({ id }, { areaById }) => areaById(id),
    within: ({ within }, _, { areasOf }) => areasOf(within),
    contains: async ({ id }, { kind }, { areasWithin, areasOf }) =>
      areasOf(await areasWithin.load({ id, kind: kind ?? null })),
    boundary: async ({ id }, _, { boundaryOfArea }) => (await boundaryOfArea.load(id))?.boundary ?? null,
    boundarySource: async ({ id }, _, { boundaryOfArea }) => (await boundaryOfArea.load(id))?.source ?? null,
    borders: ({ id }, _, { bordersOfArea }) => bordersOfArea.load(id),
  },
  AreaConnection: { totalCount: ({ totalCount }) => totalCount() },
  Date: GraphQLLocalDate,
  DateTime: GraphQLDateTime,
  JSON: GraphQLJSON,
  URL: GraphQLURL,
};
