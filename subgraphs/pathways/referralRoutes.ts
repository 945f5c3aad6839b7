import { localDateOf } from "../../calendar/localDate.ts";
import { kindOf } from "../../core/ids.ts";
import { type Graph, int } from "../../graph/graph.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { type Located, locateOne } from "../../knowledge/locate.ts";
import { countingFor } from "../../knowledge/vocabulary.ts";
import { bestRoutes, type Route } from "./bestRoutes.ts";
import { checkedCondition, checkedMost, checkedPerson, checkedStart } from "./checkRoutes.ts";
import { foundMiss, foundRoute, type FoundRoute, type StepsById } from "./foundRoutes.ts";
import { type BarredHop, nearMisses } from "./nearMisses.ts";
import { mostHandOffs, type NetworkRow, networkStatements } from "./queries/network.ts";
import { stepsByIdsStatement } from "./queries/stepsByIds.ts";
import { substitutesStatement } from "./queries/substitutes.ts";
import { type Person, stepFor } from "./steps.ts";

/** What asking for routes takes from its surroundings. */
export interface Asking {
  readonly graph: Graph;
  readonly knowledge: Pick<Knowledge, "vocabulary" | "gazetteer" | "referrers">;
  readonly now: Date;
}

/** With how many hand-offs ways are looked for first. */
const fewHandOffs = 2;

/** From whom, for what, and whom it is for (`ReferralRoutesInput` of the schema). */
export interface RoutesInput {
  readonly from: string;
  readonly condition: string;
  readonly near?: string | null | undefined;
  readonly age?: number | null | undefined;
  readonly conditions?: readonly string[] | null | undefined;
  readonly first?: number | null | undefined;
}

/** "Referral to social prescribing service (procedure)" in SNOMED CT. */
const socialPrescribingReferral = {
  system: "http://snomed.info/sct",
  code: "871731000000106",
  display: "Referral to social prescribing service",
};

/**
 * The best routes from a referrer to what supports a condition, and what is out of reach for one reason.
 * Throws InputError, at the field, for what `checkRoutes.ts` refuses; CodedError PLACE_NOT_FOUND or AMBIGUOUS_PLACE when where is not clear; else as `Graph.run` does.
 */
export async function referralRoutes(
  { graph, knowledge, now }: Asking,
  { input, first }: { readonly input: RoutesInput; readonly first?: number | null | undefined },
  isBlockedWanted: boolean,
) {
  const most = checkedMost(input.first ?? first, (input.first ?? null) === null ? ["first"] : ["input", "first"]);
  const [vocabulary, gazetteer, referrers] = await Promise.all([
    knowledge.vocabulary(),
    knowledge.gazetteer(),
    knowledge.referrers(),
  ]);
  const condition = checkedCondition(vocabulary, input.condition, ["input", "condition"]);
  const person = checkedPerson(input, condition, vocabulary);
  const { start, fromIds } = await checkedStart(graph, referrers, input.from, ["input", "from"]);
  const near = input.near ? await locateOne(graph, gazetteer, input.near, ["input", "near"]) : null;
  const shares = Object.fromEntries(
    Array.from(countingFor(vocabulary, [condition.id]), ([id, { share }]) => [id, share]),
  );
  const asked = {
    ...askedOfPerson(person),
    ...askedOfPlace(near),
    shares,
    conditionIds: Object.keys(shares),
    fromIds: [...fromIds],
    isBlockedWanted,
  };
  const routesOf = async (mostHops: number) => {
    const network = await graph.run(networkStatements[near === null ? "anywhere" : "near"], {
      asked: { ...asked, mostHandOffs: int(mostHops) },
    });
    const { hops, ends } = hopsOf(network);
    const question = { fromIds, ends, most, mostHops };
    return { network, hops, question, routes: bestRoutes(open(hops, fromIds), question) };
  };
  // The fewest hand-offs come first, and mostly these are enough; what is blocked is known only when all ways are.
  const short = isBlockedWanted ? null : await routesOf(fewHandOffs);
  const { network, hops, question, routes } =
    short !== null && short.routes.length === most ? short : await routesOf(mostHandOffs);
  const misses = isBlockedWanted ? nearMisses(hops, question, isReferrer) : [];
  const [steps, [substitute]] = await Promise.all([
    stepsOf(graph, [...routes, ...misses.map((miss) => miss.hops)], person, now),
    misses.length === 0 || near === null || routes.length > 0 ? [] : graph.run(substitutesStatement, { asked }),
  ]);
  return {
    routes: routes.flatMap((route) => foundRoute(route, { network, steps, start }) ?? []),
    blocked: misses.flatMap(
      (miss) =>
        foundMiss(miss, {
          steps,
          start,
          substitute: routes[0]?.at(-1)?.toId ?? substitute?.id ?? null,
        }) ?? [],
    ),
    understood: {
      from: { id: start.id },
      condition: { id: condition.id },
      area: near === null ? null : { id: near.area.id },
    },
    code: socialPrescribingReferral,
  };
}

/** Which routes to some assets are asked for. */
export interface RoutesToAsset {
  readonly id: string;
  readonly from: string | null | undefined;
  readonly first: number | null | undefined;
}

/**
 * The best routes to each asset, whoever the person is: one statement for all that are asked for alike. Throws InputError for a kind of referrer that there is
 * not, or a number of routes outside 1 to 20; else as `Graph.run` does.
 */
export async function routesToAssets(
  { graph, knowledge, now }: Asking,
  asked: readonly RoutesToAsset[],
): Promise<readonly (readonly FoundRoute[])[]> {
  const referrers = await knowledge.referrers();
  const person: Person = { age: null, isPlaced: false, concernedIds: [], isConditionsStated: false };
  const [one] = asked;
  const most = checkedMost(one?.first, ["first"]);
  const { start, fromIds } = await checkedStart(graph, referrers, one?.from ?? "self", ["from"]);
  const network = await graph.run(networkStatements.given, {
    asked: {
      ...askedOfPerson(person),
      shares: {},
      endIds: asked.map(({ id }) => id),
      fromIds: [...fromIds],
      isBlockedWanted: false,
      mostHandOffs: int(mostHandOffs),
    },
  });
  const { hops, ends } = hopsOf(network);
  const among = open(hops, fromIds);
  const routes = asked.map(({ id }) => {
    const end = ends.get(id);
    if (end === undefined) return [];
    return bestRoutes(among, { fromIds, ends: new Map([[id, end]]), most, mostHops: mostHandOffs });
  });
  const steps = await stepsOf(graph, routes.flat(), person, now);
  return routes.map((toOne) => toOne.flatMap((route) => foundRoute(route, { network, steps, start }) ?? []));
}

function isReferrer(id: string): boolean {
  return kindOf(id) === "Referrer";
}

/** The hops that a person may take who begins at some: nobody is handed on to a kind of referrer. */
function open(hops: readonly BarredHop[], fromIds: readonly string[]): readonly BarredHop[] {
  return hops.filter(({ whyNot, fromId }) => whyNot.length === 0 && (fromIds.includes(fromId) || !isReferrer(fromId)));
}

/** The network as its hops, each barred for what its step or the asset it leads to has against the person; and where a way may end. */
function hopsOf(network: readonly NetworkRow[]) {
  return {
    hops: network.flatMap(({ id: toId, whyNot, steps }) =>
      steps.map(([id, fromId, waitDays, confirmedOn, ofStep]): BarredHop => ({
        id,
        fromId,
        toId,
        waitDays,
        confirmedOn,
        // Mostly there is nothing against either.
        whyNot: whyNot.length === 0 ? ofStep : [...ofStep, ...whyNot],
      })),
    ),
    ends: new Map(
      network.flatMap(({ id, conditionId, metres }) => (conditionId === null ? [] : [[id, { metres }] as const])),
    ),
  };
}

function askedOfPerson({ age, concernedIds, isConditionsStated }: Person) {
  return { age, concernedIds: [...concernedIds], isConditionsStated };
}

function askedOfPlace(near: Located | null) {
  return {
    areaId: near?.area.id ?? null,
    latitude: near?.location.latitude ?? null,
    longitude: near?.location.longitude ?? null,
  };
}

async function stepsOf(graph: Graph, routes: readonly Route[], person: Person, now: Date): Promise<StepsById> {
  const ids = [...new Set(routes.flat().map(({ id }) => id))];
  if (ids.length === 0) return new Map();
  const today = localDateOf(now);
  const rows = await graph.run(stepsByIdsStatement, { asked: { ids } });
  return new Map(rows.map(({ row }) => [row.id, stepFor(row, person, today)]));
}
