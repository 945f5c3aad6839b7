import type { SubgraphName } from "../core/config.ts";

/** For each subgraph, the files of schema/shared (without their ending) that it declares beside its own schema.graphql. */
export const sharedSchemas: Readonly<Record<SubgraphName, readonly string[]>> = {
  activities: ["node", "page", "asset", "activityConnection"],
  directory: [
    "node",
    "page",
    "coordinates",
    "groupConnection",
    "activityConnection",
    "organisationConnection",
    "placeConnection",
  ],
  groups: ["node", "page", "asset", "groupConnection"],
  organisations: ["node", "page", "asset"],
  places: ["node", "page", "asset", "coordinates"],
};
