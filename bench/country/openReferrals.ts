import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { idOf } from "../../core/ids.ts";
import { cypher } from "../../graph/cypher.ts";
import { connectGraph, type Graph, type GraphServer, int } from "../../graph/graph.ts";
import { writeWhole } from "../../graph/local/writeWhole.ts";
import { nodeIdOf } from "../../seed/names.ts";
import type { Report } from "../part.ts";
import { lsoaCodeOf } from "./assetFile.ts";
import { countryFiles } from "./countryFiles.ts";
import { type Landscape, metresBetween } from "./landscape.ts";
import { landscapeOfCountry, readConditions } from "./landscapeOfCountry.ts";
import { type OpenCountry, openCountry } from "./openCountry.ts";
import { type Referable, referralNetwork } from "./referralNetwork.ts";
import type { Step } from "./referralStep.ts";

/** Raised when the same numbers are to give another network than before: one that an earlier edition made is made anew. */
const edition = 1;

/** The network that is measured on. */
export const referralsMeasured = { assets: 50_000, steps: 200_000 } as const;

/** The file that says which network is in the database beside it, and whole. */
const noted = "referrals.json";

const stepsAWrite = 5000;
const neighboursOfEach = 4;

/**
 * Opens the country of 50,000 assets with 200,000 referrals through it in place of those it has of itself. They are made first when they are not there, or when
 * making them was cut short. Stop it after. Throws as `openCountry` does.
 */
export async function openReferrals({
  directory,
  report,
}: {
  readonly directory: string;
  readonly report: Report;
}): Promise<OpenCountry> {
  const { assets: size, steps } = referralsMeasured;
  const country = await openCountry({ size, directory, report });
  try {
    const file = join(directory, `country-${size}`, noted);
    const wanted = JSON.stringify({ edition, steps, store: country.building.store });
    if ((await readFile(file, "utf8").catch(() => "")) !== wanted) {
      await makeReferrals(country.server, { size, steps, report });
      await writeWhole(file, wanted, 0o644);
    }
    return country;
  } catch (error) {
    await country.stop();
    throw error;
  }
}

async function makeReferrals(
  server: GraphServer,
  { size, steps: count, report }: { readonly size: number; readonly steps: number; readonly report: Report },
): Promise<void> {
  const landscape = await landscapeOfCountry({ lsoas: null });
  const conditions = await readConditions();
  const network = referralNetwork(await referables(landscape, size), {
    count,
    neighbours: neighboursIn(landscape),
    conditionIds: conditions.records.flatMap((record) => (record.type === "condition" ? [nodeIdOf(record)] : [])),
  });
  const graph = connectGraph(server);
  try {
    await removeReferrals(graph);
    const referrerId = (slug: string) => idOf("Referrer", "common-ground", slug);
    await graph.write(createReferrersStatement, {
      rows: network.referrers.map(({ slug, broader }) => ({
        id: referrerId(slug),
        slug,
        name: `${slug.replaceAll("-", " ")} (synthetic)`,
        broader: broader.map(referrerId),
      })),
    });
    await graph.write(markHubsStatement, { ids: [...network.hubIds] });
    for (let done = 0; done < network.steps.length; done += stepsAWrite) {
      const rows = network.steps.slice(done, done + stepsAWrite).map(stepRow);
      const [told] = await graph.write(createStepsStatement, { rows });
      if (told?.made !== rows.length) throw new Error(`Of ${rows.length} steps ${told?.made ?? 0} were made.`);
    }
    report(
      `${network.steps.length} referrals made between ${size} assets, from ${network.referrers.length} kinds of referrer`,
    );
  } finally {
    await graph.close();
  }
}

/** The country's assets, made again from its files: in the graph their keys are not kept. */
async function referables(landscape: Landscape, size: number): Promise<readonly Referable[]> {
  const authorities = new Map(landscape.lsoas.map(({ code, authority }) => [code, authority]));
  const nations = new Set(landscape.nations.map(({ code }) => code));
  return countryFiles(landscape, size, await readConditions())
    .filter(({ assets }) => assets > 0)
    .flatMap((file) => file.make().records)
    .flatMap((record) => {
      if (!("serves" in record)) return [];
      return [
        {
          id: nodeIdOf(record),
          authority: authorities.get(lsoaCodeOf(record.key)) ?? "",
          isOrganised: record.type === "organisation" || record.type === "group",
          isNational: record.serves.some((area) => nations.has(area)),
        },
      ];
    });
}

/** The local authorities whose middles are nearest to that of another. */
function neighboursIn({ authorities, lsoas }: Landscape): (authority: string) => readonly string[] {
  const middles = new Map(
    authorities.map(({ code }) => {
      const inside = lsoas.filter(({ authority }) => authority === code);
      const mean = (of: (lsoa: (typeof lsoas)[number]) => number) =>
        inside.reduce((sum, lsoa) => sum + of(lsoa), 0) / inside.length;
      return [code, { latitude: mean((lsoa) => lsoa.latitude), longitude: mean((lsoa) => lsoa.longitude) }];
    }),
  );
  const nearest = new Map(
    Array.from(middles, ([code, middle]) => {
      const others = [...middles].filter(([other]) => other !== code);
      const byDistance = others.toSorted(([, a], [, b]) => metresBetween(middle, a) - metresBetween(middle, b));
      return [code, byDistance.slice(0, neighboursOfEach).map(([other]) => other)];
    }),
  );
  return (authority) => nearest.get(authority) ?? [];
}

function stepRow({
  fromId,
  toId,
  confirmedOn,
  waitDays,
  areaIds,
  acceptedConditionIds,
  excludedConditionIds,
  ...rest
}: Step) {
  return {
    from: fromId,
    to: toId,
    confirmedOn,
    properties: {
      ...rest,
      waitDays: waitDays === null ? null : int(waitDays),
      areaIds: areaIds === null ? null : [...areaIds],
      acceptedConditionIds: acceptedConditionIds === null ? null : [...acceptedConditionIds],
      excludedConditionIds: excludedConditionIds === null ? null : [...excludedConditionIds],
    },
  };
}

async function removeReferrals(graph: Graph): Promise<void> {
  for (;;) {
    const [told] = await graph.write(removeStepsStatement, { limit: int(4 * stepsAWrite) });
    if ((told?.removed ?? 0) === 0) break;
  }
  await graph.write(removeReferrersStatement);
}

const removeStepsStatement = {
  name: "removeSteps",
  access: "WRITE",
  text: cypher`
    MATCH ()-[step:REFERS_TO]->()
    WITH step LIMIT $limit
    DELETE step
    RETURN count(*) AS removed`,
  row: z.object({ removed: z.number() }),
} as const;

const removeReferrersStatement = {
  name: "removeReferrers",
  access: "WRITE",
  text: cypher`
    CALL () {
      MATCH (referrer:Referrer)
      DETACH DELETE referrer
    }
    CALL () {
      MATCH (:Asset)-[supports:SUPPORTS {byReferral: true}]->()
      REMOVE supports.byReferral
    }`,
  row: z.object({}),
} as const;

const createReferrersStatement = {
  name: "createReferrers",
  access: "WRITE",
  text: cypher`
    CALL () {
      UNWIND $rows AS row
      CREATE (:Referrer {id: row.id, slug: row.slug, name: row.name, description: 'Synthetic: made up to measure with.', sample: true})
    }
    UNWIND $rows AS row
    MATCH (referrer:Referrer {id: row.id})
    UNWIND row.broader AS id
    MATCH (broader:Referrer {id: id})
    CREATE (referrer)-[:BROADER {source: 'bench'}]->(broader)`,
  row: z.object({}),
} as const;

const markHubsStatement = {
  name: "markHubs",
  access: "WRITE",
  text: cypher`
    UNWIND $ids AS id
    MATCH (asset:Asset {id: id})-[supports:SUPPORTS]->()
    SET supports.byReferral = true`,
  row: z.object({}),
} as const;

const createStepsStatement = {
  name: "createSteps",
  access: "WRITE",
  text: cypher`
    UNWIND $rows AS row
    MATCH (to:Asset {id: row.to})
    OPTIONAL MATCH (asset:Asset {id: row.from})
    OPTIONAL MATCH (referrer:Referrer {id: row.from})
    WITH row, to, coalesce(asset, referrer) AS from
    CREATE (from)-[step:REFERS_TO]->(to)
    SET step = row.properties, step.confirmedOn = date(row.confirmedOn), step.source = 'bench', step.assertedBy = 'import',
        step.evidence = 'Synthetic: nobody says so.', step.sample = true
    RETURN count(*) AS made`,
  row: z.object({ made: z.number() }),
} as const;
