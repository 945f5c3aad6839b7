import { neverLaidOut } from "../../calendar/laidOut.ts";
import { rollForward } from "../../calendar/rollForward.ts";
import { idOf } from "../../core/ids.ts";
import { cypher } from "../../graph/cypher.ts";
import { connectGraph, int } from "../../graph/graph.ts";
import { startShortLivedNeo4j } from "../../graph/local/startShortLivedNeo4j.ts";
import { migrate } from "../../graph/migrate.ts";
import { z } from "zod";
import { interleaved, median, ratioOf } from "../measure.ts";
import { openDirectory } from "../openDirectory.ts";
import type { Asked, Figure, Part, Report } from "../part.ts";
import { whatsOnPage } from "../questions.ts";

const sizes = { small: 500, large: 5000 } as const;

/** A town of some 60,000 people. */
const lsoas = 40;
const places = 120;
const rounds = 9;
const timesARound = 40;
const warmUpTimes = 1500;

/** A page of what is on in a town at a weekend, where ten times as much is on. */
export const sessionsPart: Part = {
  name: "sessions",
  about: "a page of what is on at a weekend in a town of 5000 activities, against one of 500",
  run: async ({ report }: Asked): Promise<readonly Figure[]> => {
    const neo4j = await startShortLivedNeo4j(null, report);
    const graph = connectGraph(neo4j.server);
    try {
      await migrate(graph, { report });
      for (const activities of Object.values(sizes)) await graph.write(makeTown, townOf(activities));
      const now = new Date();
      const laidOut = performance.now();
      const done = await rollForward(graph, { now });
      report(`Sessions of ${done} activities laid out in ${((performance.now() - laidOut) / 1000).toFixed(1)} s`);
      return [await measure(neo4j.server, now, report)];
    } finally {
      await graph.close();
      await neo4j.stop();
    }
  },
};

async function measure(server: Parameters<typeof openDirectory>[0], now: Date, report: Report): Promise<Figure> {
  const directory = await openDirectory(server);
  const saturday = new Date(now);
  saturday.setUTCDate(saturday.getUTCDate() + ((6 - saturday.getUTCDay() + 7) % 7) + 7);
  saturday.setUTCHours(0, 0, 0, 0);
  const monday = new Date(saturday.getTime() + 2 * 24 * 60 * 60_000);
  const pageOf = (activities: number) => whatsOnPage(townId(activities), saturday.toISOString(), monday.toISOString());
  const times = async (activities: number, count: number) => {
    const took: number[] = [];
    for (let asked = 0; asked < count; asked += 1) {
      const started = performance.now();
      const answer = await directory.ask(pageOf(activities));
      took.push(performance.now() - started);
      if (!answer.includes('"hasNextPage":true')) throw new Error(`No full page: ${answer.slice(0, 300)}`);
    }
    return median(took);
  };
  try {
    await times(sizes.small, warmUpTimes / 2);
    await times(sizes.large, warmUpTimes / 2);
    report("Warm");
    const rows = await interleaved(
      [
        { name: "small", round: () => times(sizes.small, timesARound) },
        { name: "large", round: () => times(sizes.large, timesARound) },
      ],
      {
        rounds,
        onRound: (round, of) => {
          report(`${round} of ${of} rounds`);
        },
      },
    );
    return {
      name: `a page of a weekend in a town: ${sizes.large} activities against ${sizes.small}`,
      ...ratioOf(rows.large, rows.small),
      budget: { atMost: 3 },
      value: `${median(rows.large).toFixed(1)} and ${median(rows.small).toFixed(1)} ms`,
    };
  } finally {
    await directory.close();
  }
}

const townId = (activities: number) => idOf("Area", "bench", `town of ${activities}`);

/** Weekly activities of all days and hours, a third of them at weekends, over the places of a town's LSOAs. */
function townOf(activities: number) {
  const town = townId(activities);
  const lsoaId = (index: number) => idOf("Area", "bench", `${town} ${index % lsoas}`);
  const placeId = (index: number) => idOf("Place", "bench", `${town} ${index % places}`);
  const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  return {
    town,
    name: `Town of ${activities}`,
    lsoas: Array.from({ length: lsoas }, (_, index) => ({ id: lsoaId(index) })),
    places: Array.from({ length: places }, (_, index) => ({ id: placeId(index), lsoa: lsoaId(index) })),
    activities: Array.from({ length: activities }, (_, index) => ({
      id: idOf("Activity", "bench", `${town} ${index}`),
      name: `Activity ${index}`,
      place: placeId(index * 7),
      day: days[index % days.length] ?? "MONDAY",
      startTime: clock(8 + (index % 12)),
      endTime: clock(9 + (index % 12)),
      version: int(1),
    })),
  };
}

const makeTown = {
  name: "makeTown",
  access: "WRITE",
  text: cypher`
    CREATE (town:Area {id: $town, kind: 'LOCAL_AUTHORITY', name: $name, slug: $town, alternateNames: [], proposed: false})
    SET town.centre = point({latitude: 52.0, longitude: -1.0})
    WITH town
    CALL (town) {
      UNWIND $lsoas AS row
      CREATE (lsoa:Area:WithPlaces {id: row.id, kind: 'LSOA', name: row.id, alternateNames: [], population: 1500})
      SET lsoa.centre = point({latitude: 52.0, longitude: -1.0})
      CREATE (lsoa)-[:WITHIN]->(town), (town)-[:LEADS_TO]->(lsoa)
    }
    CALL () {
      UNWIND $places AS row
      MATCH (lsoa:Area {id: row.lsoa})
      CREATE (place:Asset:Place {id: row.id, name: row.id, status: 'PUBLISHED', category: 'Hall', stepFree: 'YES',
        accessibleToilet: 'UNKNOWN', hearingLoop: 'UNKNOWN', reach: ['AT_A_PLACE'], version: 1, sample: true})-[:IN]->(lsoa)
      SET place.location = point({latitude: 52.0, longitude: -1.0})
      CREATE (:SourceRecord {id: 'bench/' + row.id, name: 'Bench', publisher: 'Bench', licence: 'CC0-1.0', asOf: '2026'})-[:DESCRIBES]->(place)
    }
    CALL () {
      UNWIND $activities AS row
      MATCH (place:Asset {id: row.place})
      CREATE (activity:Asset:Activity {id: row.id, name: row.name, status: 'PUBLISHED', stepFree: 'YES',
        accessibleToilet: 'UNKNOWN', hearingLoop: 'UNKNOWN', reach: ['AT_A_PLACE'], version: row.version, sample: true})-[:HELD_AT]->(place)
      SET activity.laidOutThrough = ${neverLaidOut}
      CREATE (activity)-[:FOLLOWS]->(:Schedule {byDay: [row.day], usualDays: [row.day], startTime: row.startTime,
        endTime: row.endTime, repeatFrequency: 'P1W', sample: true})
      CREATE (:SourceRecord {id: 'bench/' + row.id, name: 'Bench', publisher: 'Bench', licence: 'CC0-1.0', asOf: '2026'})-[:DESCRIBES]->(activity)
    }`,
  row: z.object({}),
} as const;
