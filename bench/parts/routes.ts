import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { connectGraph, type GraphServer } from "../../graph/graph.ts";
import { startLocalNeo4j } from "../../graph/local/startLocalNeo4j.ts";
import { migrate } from "../../graph/migrate.ts";
import { load } from "../../seed/load.ts";
import { readSeed } from "../../seed/readSeed.ts";
import type { DirectorySettings } from "../contenders/directory.ts";
import { type ContenderProcess, startContender } from "../contender.ts";
import { openReferrals, referralsMeasured } from "../country/openReferrals.ts";
import type { Spot } from "../country/spots.ts";
import { interleaved, median, ratioOf } from "../measure.ts";
import type { Asked, Budget, Figure, Part, Report } from "../part.ts";
import { type Question, routesPage, routesPageWithBlocked, type RoutesWanted } from "../questions.ts";
import { warmUp } from "../warmUp.ts";

const directoryFile = join(import.meta.dirname, "..", "contenders", "directory.ts");
const rounds = 7;

/** Who asks, and for what: needs that much helps with, that little does, and that have narrower ones. */
const froms = ["self", "gp-practice"] as const;
const conditions = ["loneliness", "mental-health", "bereavement", "debt"] as const;

/** Where the seed is asked about: its towns, and neighbourhoods in them. */
const seedNears = ["Oldham", "Chadderton", "Failsworth", "Royton", "Oxford", "Rose Hill", "Barton", "Blackbird Leys"];

const allowed: Budget = { atMost: 3 };

/** The directory over one database, and where it is asked about. */
interface Opened {
  readonly directory: ContenderProcess;
  readonly places: readonly { readonly kind: Spot["kind"] | null; readonly near: string }[];
  readonly stop: () => Promise<void>;
}

/** The five best ways through a large network of referrals, against those through the seed's. */
export const routesPart: Part = {
  name: "routes",
  about: "the best ways from a kind of referrer, through 50,000 assets and 200,000 referrals, against the seed's",
  run: async ({ directory, report }: Asked): Promise<readonly Figure[]> => {
    const large = await openLarge(directory, report);
    try {
      const seed = await openSeed(directory, report);
      try {
        return [
          ...(await compare("routes, and what is blocked", routesPageWithBlocked, { large, seed, report })),
          ...(await compare("routes alone", routesPage, { large, seed, report })),
        ];
      } finally {
        await seed.stop();
      }
    } finally {
      await large.stop();
    }
  },
};

async function openLarge(directory: string, report: Report): Promise<Opened> {
  const country = await openReferrals({ directory, report });
  return opened(country.server, country.spots, country.stop);
}

/** The seed, in a Neo4j of its own that is set up as the large one is, and gone when it is stopped. */
async function openSeed(directory: string, report: Report): Promise<Opened> {
  const dataDirectory = await mkdtemp(join(directory, "routes-"));
  const neo4j = await startLocalNeo4j({ dataDirectory, boltPort: 0, javaHome: null, purpose: "load", report });
  const stop = async () => {
    await neo4j.stop();
    await rm(dataDirectory, { recursive: true });
  };
  try {
    const graph = connectGraph(neo4j);
    try {
      await migrate(graph, { report });
      await load(graph, await readSeed(), { report: () => undefined, now: new Date() });
    } finally {
      await graph.close();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return opened(
    neo4j,
    seedNears.map((near) => ({ kind: null, near })),
    stop,
  );
}

async function opened(
  { uri, user, password, database }: GraphServer,
  places: Opened["places"],
  stop: () => Promise<void>,
): Promise<Opened> {
  try {
    const server = { uri, user, password, database };
    const directory = await startContender(directoryFile, { server } satisfies DirectorySettings);
    return {
      directory,
      places,
      stop: async () => {
        await directory.stop();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Times of all that is asked, of all sorts of places together, which the budget is for; and of each sort. */
async function compare(
  what: string,
  pageOf: (wanted: RoutesWanted) => Question,
  { large, seed, report }: { readonly large: Opened; readonly seed: Opened; readonly report: Report },
): Promise<readonly Figure[]> {
  const ofSeed = questionsOf(seed, pageOf);
  const { assets, steps } = referralsMeasured;
  await tellFound(`${what}, ${assets} assets`, large, questionsOf(large, pageOf), report);
  await tellFound(`${what}, the seed`, seed, ofSeed, report);
  await warmUp(large.directory, { name: `${what}, ${assets} assets`, questions: questionsOf(large, pageOf), report });
  await warmUp(seed.directory, { name: `${what}, the seed`, questions: ofSeed, report });
  const costs = await interleaved(
    [
      { name: "city", round: () => times(large, questionsOf(large, pageOf, "city")) },
      { name: "town", round: () => times(large, questionsOf(large, pageOf, "town")) },
      { name: "countryside", round: () => times(large, questionsOf(large, pageOf, "countryside")) },
      { name: "seed", round: () => times(seed, ofSeed) },
    ],
    {
      rounds,
      onRound: (done, of) => {
        report(`${what}: ${done} of ${of} rounds`);
      },
    },
  );
  const medians = (all: readonly (readonly number[])[]) => all.map(median);
  const ofLarge = costs.city.map((_, round) =>
    median([costs.city, costs.town, costs.countryside].flatMap((one) => one[round] ?? [])),
  );
  const figure = (name: string, ours: readonly number[], budget: Budget | null): Figure => ({
    name,
    ...ratioOf(ours, medians(costs.seed)),
    budget,
    value: `${median(ours).toFixed(1)} and ${median(medians(costs.seed)).toFixed(1)} ms`,
  });
  return [
    figure(`${what}: ${assets} assets and ${steps} referrals against the seed, median time`, ofLarge, allowed),
    figure(`${what}, city`, medians(costs.city), null),
    figure(`${what}, town`, medians(costs.town), null),
    figure(`${what}, countryside`, medians(costs.countryside), null),
  ];
}

function questionsOf(
  { places }: Opened,
  pageOf: (wanted: RoutesWanted) => Question,
  kind?: Spot["kind"],
): readonly Question[] {
  const nears = places.filter((place) => kind === undefined || place.kind === kind).map(({ near }) => near);
  return nears.flatMap((near) =>
    conditions.flatMap((condition) => froms.map((from) => pageOf({ from, condition, near }))),
  );
}

async function times({ directory }: Opened, questions: readonly Question[]): Promise<readonly number[]> {
  return (await directory.run({ questions, times: questions.length })).milliseconds;
}

const answered = z.object({
  data: z.object({
    referralRoutes: z.object({
      routes: z.array(z.object({ steps: z.array(z.unknown()) })),
      blocked: z.array(z.unknown()).default([]),
    }),
  }),
});

/** Says what there is to find, since a network through which no way leads is walked in no time. Throws where most questions find nothing. */
async function tellFound(
  what: string,
  { directory }: Opened,
  questions: readonly Question[],
  report: Report,
): Promise<void> {
  const found: z.output<typeof answered>["data"]["referralRoutes"][] = [];
  for (const question of questions) {
    found.push(answered.parse(JSON.parse((await directory.answer(question)) as string)).data.referralRoutes);
  }
  const routes = found.flatMap((one) => one.routes);
  const handOffs = [1, 2, 3, 4, 5].map((length) => routes.filter(({ steps }) => steps.length === length).length);
  const some = found.filter((one) => one.routes.length > 0).length;
  report(
    `${what}: ${some} of ${found.length} questions find a way, ${routes.length} ways in all, ${handOffs.join(", ")} of them of ` +
      `1, 2, 3, 4, 5 hand-offs; ${found.reduce((sum, { blocked }) => sum + blocked.length, 0)} blocked`,
  );
  if (some < found.length / 2) throw new Error(`${what}: most questions find no way.`);
}
