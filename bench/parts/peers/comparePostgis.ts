import { join } from "node:path";
import type { GraphServer } from "../../../graph/graph.ts";
import { type ContenderProcess, startContender } from "../../contender.ts";
import { interleaved, median, ratioOf } from "../../measure.ts";
import type { Figure, Report } from "../../part.ts";
import type { Postgres } from "./startPostgres.ts";
import { throughput } from "./throughput.ts";

const peers = join(import.meta.dirname, "..", "..", "peers");

/** What is asked near each spot: a need that much helps with, one that little does, and one that has narrower ones. */
const conditions = ["loneliness", "bereavement", "mental-health"] as const;

/**
 * The place-and-condition walk: our statements over Bolt against PostGIS with hand-written SQL, each in a process of its own. Throws when any
 * answer differs: another asset, another order, a score further off than rounding goes.
 */
export async function comparePostgis(
  {
    server,
    areaIds,
    size,
    postgres,
  }: {
    readonly server: GraphServer;
    /** Where is asked: of cities, towns and the countryside equally many. */
    readonly areaIds: readonly string[];
    readonly size: number;
    readonly postgres: Postgres;
  },
  report: Report,
): Promise<readonly Figure[]> {
  const { host, user } = postgres;
  const now = new Date();
  const freshSince = new Date(now);
  freshSince.setUTCMonth(freshSince.getUTCMonth() - 12);
  const questions = areaIds.flatMap((areaId) =>
    conditions.map((condition) => ({
      areaId,
      condition,
      first: 20,
      now: now.toISOString(),
      freshSince: freshSince.toISOString().slice(0, "2026-11-22".length),
    })),
  );
  const theirs = await startContender(join(peers, "postgis", "main.ts"), {
    neo4j: server,
    postgres: { host, user, database: `country_${size}` },
  });
  const ours = await startContender(join(peers, "ourWalk.ts"), { neo4j: server });
  try {
    await compareAnswers(ours, theirs, questions);
    report(`${questions.length} walks answered alike by Neo4j and PostGIS`);
    const figures: Figure[] = [];
    for (const connections of [1, 16]) {
      const rounds = await interleaved(
        [
          throughput("ours", ours, { questions, connections }),
          throughput("theirs", theirs, { questions, connections }),
        ],
        {
          rounds: 5,
          onRound: (done, of) => {
            if (done === of) report(`${connections} connections: ${of} rounds done`);
          },
        },
      );
      figures.push({
        name: `the walk against PostGIS: throughput, ${connections} connections, ${size} assets`,
        ...ratioOf(rounds.ours, rounds.theirs),
        budget: connections === 1 ? null : { atLeast: 1 },
        value: `${median(rounds.ours).toFixed(0)}/s and ${median(rounds.theirs).toFixed(0)}/s`,
      });
    }
    return figures;
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

type Row = Readonly<Record<string, unknown>>;

async function compareAnswers(
  ours: ContenderProcess,
  theirs: ContenderProcess,
  questions: readonly { readonly areaId: string; readonly condition: string }[],
): Promise<void> {
  for (const question of questions) {
    const [mine, others] = (await Promise.all([ours.answer(question), theirs.answer(question)])) as [Row[], Row[]];
    for (let at = 0; at < Math.max(mine.length, others.length); at += 1) {
      const [one = {}, other = {}] = [mine[at], others[at]];
      const different = Object.keys({ ...one, ...other }).filter((key) => !isSame(one[key], other[key]));
      if (different.length === 0) continue;
      throw new Error(
        `Near ${question.areaId}, ${question.condition}, row ${at + 1} differs in ${different.join(", ")}:\n` +
          `${JSON.stringify(one)}\n${JSON.stringify(other)}`,
      );
    }
  }
}

function isSame(one: unknown, other: unknown): boolean {
  // Both measure distances as a sine and a root of one, in their own order.
  if (typeof one === "number" && typeof other === "number") return Math.abs(one - other) < 1e-9;
  return one === other;
}
