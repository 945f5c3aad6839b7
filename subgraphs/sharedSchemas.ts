import type { SubgraphName } from "../core/config.ts";

/** For each subgraph, the files of schema/shared (without their ending) that it declares beside its own schema.graphql. */
export const sharedSchemas: Readonly<Record<SubgraphName, readonly string[]>> = {
  activities: [
    "node",
    "page",
    "asset",
    "source",
    "reachKind",
    "scalars",
    "dayOfWeek",
    "dateTime",
    "activityConnection",
    "sessionConnection",
  ],
  directory: [
    "node",
    "page",
    "coordinates",
    "reachKind",
    "scalars",
    "dayOfWeek",
    "dateTime",
    "groupConnection",
    "activityConnection",
    "sessionConnection",
    "organisationConnection",
    "placeConnection",
  ],
  groups: ["node", "page", "asset", "source", "reachKind", "scalars", "groupConnection"],
  organisations: ["node", "page", "asset", "source", "reachKind", "scalars"],
  pathways: ["node", "page", "source", "scalars", "dateTime", "userError"],
  places: ["node", "page", "asset", "source", "reachKind", "scalars", "dayOfWeek", "dateTime", "coordinates"],
};
