import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { localDateOf } from "../../../calendar/localDate.ts";
import { freshSince } from "../../../graph/freshness.ts";
import type { GraphServer } from "../../../graph/graph.ts";
import { type ContenderProcess, startContender } from "../../contender.ts";
import type { Figure, Report } from "../../part.ts";
import type { Postgres } from "./startPostgres.ts";
import { nothingAsked } from "../../peers/asked.ts";
import { compareThroughput } from "./compareThroughput.ts";

const peers = join(import.meta.dirname, "..", "..", "peers");

/** What is asked near each spot: a need that much helps with, one that little does, and one that has narrower ones. */
const conditions = ["loneliness", "bereavement", "mental-health"] as const;

/**
 * The place-and-condition walk: our statements over Bolt against PostGIS with hand-written SQL, each in a process of its own. Throws when any answer differs: another asset, another order, a score further off than rounding goes.
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
  const questions = areaIds.flatMap((areaId) =>
    conditions.map((condition) => ({
      areaId,
      condition,
      first: 20,
      now: now.toISOString(),
      freshSince: freshSince(localDateOf(now)),
    })),
  );
  const theirs = await startContender(join(peers, "postgis", "main.ts"), {
    neo4j: server,
    postgres: { host, user, database: `country_${size}` },
  });
  const ours = await startContender(join(peers, "ourStatements.ts"), { neo4j: server });
  try {
    await compareAnswers(ours, theirs, questions);
    report(`${questions.length} walks answered alike by Neo4j and PostGIS`);
    const pair = { ours, theirs, size, report };
    return [
      ...(await compareThroughput("a constant from Neo4j against one from PostgreSQL", [nothingAsked], null, pair)),
      ...(await compareThroughput("the walk against PostGIS", questions, { atLeast: 1 }, pair)),
    ];
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
    const answers = (await Promise.all([ours.answer(question), theirs.answer(question)])) as [Row[], Row[]];
    const [mine, others] = answers.map(inOrder) as [Row[], Row[]];
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

/**
 * Rows of the same score by id: which of them the last bit of a product puts first, each works out in its own order. The last such of a full page may go on
 * beyond it, and is left out.
 */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const score = (row: Row | undefined) => Number(row?.["score"]).toFixed(9);
  const rank = (row: Row | undefined) => `${String(row?.["tier"])} ${score(row)}`;
  const last = rank(rows[0]) === rank(rows.at(-1)) ? null : rank(rows.at(-1));
  return rows
    .filter((row) => rank(row) !== last)
    .toSorted(
      (a, b) =>
        Number(a["tier"]) - Number(b["tier"]) ||
        Number(score(b)) - Number(score(a)) ||
        (String(a["id"]) < String(b["id"]) ? -1 : 1),
    );
}

function isSame(one: unknown, other: unknown): boolean {
  // Both measure distances as a sine and a root of one, in their own order.
  if (typeof one === "number" && typeof other === "number") return Math.abs(one - other) < 1e-9;
  return isDeepStrictEqual(one, other);
}
