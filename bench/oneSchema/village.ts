import DataLoader from "dataloader";
import { idOf, type Kind } from "../../core/ids.ts";
import { resolvers as activitiesResolvers } from "../../subgraphs/activities/resolvers.ts";
import type { ActivityRow } from "../../subgraphs/activities/queries/activitiesByIds.ts";
import { resolvers as directoryResolvers } from "../../subgraphs/directory/resolvers.ts";
import type { GroupRow } from "../../subgraphs/groups/queries/groupsByIds.ts";
import { resolvers as groupsResolvers } from "../../subgraphs/groups/resolvers.ts";
import type { OrganisationRow } from "../../subgraphs/organisations/queries/organisationsByIds.ts";
import { resolvers as organisationsResolvers } from "../../subgraphs/organisations/resolvers.ts";
import { resolvers as pathwaysResolvers } from "../../subgraphs/pathways/resolvers.ts";
import type { PlaceRow } from "../../subgraphs/places/queries/placesByIds.ts";
import { resolvers as placesResolvers } from "../../subgraphs/places/resolvers.ts";
import { createSubgraph, type Subgraph } from "../../subgraphs/subgraph.ts";
import { resolvers as workshopsResolvers } from "../../subgraphs/workshops/resolvers.ts";

type Common = Omit<GroupRow, "meetsAt" | "runBy">;

function reference(kind: Kind, number: number): { readonly id: string } {
  return { id: idOf(kind, "village", String(number)) };
}

function common(kind: Kind, number: number): Common {
  return {
    ...reference(kind, number),
    name: `${kind} number ${number} of the village`,
    summary: "Everybody is welcome, and nobody needs to book; come as you are, and bring whoever you like.",
    description: null,
    url: `https://village.example/${kind.toLowerCase()}/${number}`,
    contact: null,
    eligibility: { statements: [], minimumAge: null, maximumAge: null, description: null },
    accessibility: { stepFree: "UNKNOWN", accessibleToilet: "UNKNOWN", hearingLoop: "UNKNOWN" },
    cost: { isFree: true, amount: null, description: null },
    reach: { kinds: ["AT_A_PLACE"] },
    serves: [],
    freshness: { lastConfirmedOn: "2026-01-01", confirmBy: "2026-07-01", status: "CONFIRMED" },
    source: {
      name: "The village notice board",
      publisher: "The bench",
      url: null,
      licence: "CC0-1.0",
      asOf: "2026-01-01",
      sample: true,
    },
    version: 1,
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const activities = numbers(8).map((number): ActivityRow => ({
  ...common("Activity", number),
  schedule: [],
  nextSession: null,
  heldAt: [{ ...reference("Place", 1 + (number % 8)), name: common("Place", 1 + (number % 8)).name }],
  hostedBy: [reference("Group", 1 + (number % 6))],
  runBy: [reference("Organisation", 1 + (number % 5))],
}));
const groups = numbers(6).map((number): GroupRow => ({
  ...common("Group", number),
  meetsAt: [reference("Place", 1 + (number % 8))],
  runBy: [reference("Organisation", 1 + (number % 5))],
}));
const organisations = numbers(5).map((number): OrganisationRow => ({
  ...common("Organisation", number),
  charityNumber: null,
  basedAt: [reference("Place", 1 + (number % 8))],
}));
const places = numbers(8).map((number): PlaceRow => ({
  ...common("Place", number),
  category: "Community centre",
  address: { streetAddress: `${number} High Street`, addressLocality: "The village", postalCode: null },
  location: { latitude: 51.7 + number / 1000, longitude: -1.2 },
  areas: [],
  openingHours: [],
  closures: [],
}));

/** Eight activities, six groups, three organisations and three places, so that a page needs every owner. */
const found = [...activities, ...groups, ...organisations.slice(0, 3), ...places.slice(0, 3)];

const page = {
  understood: { near: { name: "The village" } },
  edges: found.map(({ id, name }, index) => ({
    cursor: `cursor ${index}`,
    node: { id },
    distanceMetres: index * 100,
    why: { sentence: `${name} supports loneliness; it is in the village.`, steps: [] },
  })),
  pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: "cursor 0", endCursor: "cursor 19" },
};

function byId<Row extends { readonly id: string }>(rows: readonly Row[]) {
  const known = new Map(rows.map((row) => [row.id, row]));
  return () => {
    const loader = new DataLoader((ids: readonly string[]) => Promise.resolve(ids.map((id) => known.get(id) ?? null)));
    return (id: string) => loader.load(id);
  };
}

const activityById = byId(activities);
const groupById = byId(groups);
const organisationById = byId(organisations);
const placeById = byId(places);

/**
 * The real subgraphs' schemas and resolvers over an invented village in memory: a search finds the same 20 things whatever it asks, and
 * they are loaded by their ids; nobody in it is referred, and nobody edits. What is measured of it is then what it takes to execute, and nothing of Neo4j.
 */
export function villageSubgraphs(): readonly Subgraph[] {
  const directory = { ...directoryResolvers, Query: { ...directoryResolvers.Query, search: () => page } };
  return [
    createSubgraph("activities", activitiesResolvers, () => ({ activityById: activityById() })),
    createSubgraph("directory", directory, () => ({})),
    createSubgraph("groups", groupsResolvers, () => ({ groupById: groupById() })),
    createSubgraph("organisations", organisationsResolvers, () => ({ organisationById: organisationById() })),
    createSubgraph("pathways", pathwaysResolvers, () => ({})),
    createSubgraph("places", placesResolvers, () => ({ placeById: placeById() })),
    createSubgraph("workshops", workshopsResolvers, () => ({})),
  ];
}
