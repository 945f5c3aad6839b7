import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { GraphServer } from "../../../graph/graph.ts";
import { type ContenderProcess, startContender } from "../../contender.ts";
import { referralsMeasured } from "../../country/openReferrals.ts";
import type { Figure, Report } from "../../part.ts";
import type { Postgres } from "./startPostgres.ts";
import { compareThroughput } from "./compareThroughput.ts";

const peers = join(import.meta.dirname, "..", "..", "peers");

const conditions = ["loneliness", "mental-health", "bereavement", "debt"] as const;

/** Who asks: somebody of whom nothing is known, and somebody who is known well. */
const people = [
  { from: "self", age: null, conditions: null },
  { from: "gp-practice", age: 67, conditions: ["stroke"] },
] as const;

/**
 * The best five routes from a kind of referrer to what helps near a place: our statements over Bolt against PostGIS with a recursive statement, each in a process
 * of its own. Throws when any answer differs: another route, another order, anything else told of a step.
 */
export async function compareRoutes(
  {
    server,
    areaIds,
    postgres: { host, user },
  }: { readonly server: GraphServer; readonly areaIds: readonly string[]; readonly postgres: Postgres },
  report: Report,
): Promise<readonly Figure[]> {
  const { assets: size, steps } = referralsMeasured;
  const questions = areaIds.flatMap((areaId) =>
    conditions.flatMap((condition) => people.map((person) => ({ areaId, condition, ...person }))),
  );
  const theirs = await startContender(join(peers, "postgis", "main.ts"), {
    neo4j: server,
    postgres: { host, user, database: `country_${size}` },
  });
  const ours = await startContender(join(peers, "ourStatements.ts"), { neo4j: server });
  try {
    let routes = 0;
    for (const question of questions) routes += await compareAnswers(ours, theirs, question);
    report(`${routes} routes for ${questions.length} questions, told alike by Neo4j and PostGIS`);
    const name = `routes through ${steps} referrals against recursive SQL`;
    return await compareThroughput(name, questions, { atLeast: 3 }, { ours, theirs, size, report });
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

/** How many routes both tell alike. */
async function compareAnswers(ours: ContenderProcess, theirs: ContenderProcess, question: object): Promise<number> {
  const [mine, others] = (await Promise.all([ours.answer(question), theirs.answer(question)])) as [object[], object[]];
  for (let at = 0; at < Math.max(mine.length, others.length); at += 1) {
    if (isDeepStrictEqual(mine[at], others[at])) continue;
    throw new Error(
      `${JSON.stringify(question)}: route ${at + 1} differs:\n${JSON.stringify(mine[at])}\n${JSON.stringify(others[at])}`,
    );
  }
  return mine.length;
}
