import { type Graph, int } from "../../graph/graph.ts";
import { countStatements } from "./queries/everywhere.ts";
import { relaxationsStatements } from "./queries/relaxations.ts";
import { type Question, questionOf } from "./question.ts";
import type { Constraint } from "./schema.generated.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";

export interface Repair {
  readonly constraints: readonly Constraint[];
  readonly message: string;
  readonly count: number;
  readonly broader: ConditionRow | null;
}

/** With fewer results than these, repairs are offered. */
export const enough = 3;

const mostRepairs = 5;

/** All over the country there may be thousands: so many are looked at, and that there are 100 is all that helps. */
const mostLooked = 1000;
const mostCounted = 100;

const phrases: Readonly<Record<Exclude<Constraint, "TEXT">, string>> = {
  CONDITIONS: "for any need",
  NEAR: "anywhere",
  WITHIN_METRES: "further away",
  AREAS: "in any area",
  KINDS: "of any kind",
  REACH: "however it reaches people",
  AGE: "for any age",
  FREE: "whatever it costs",
  STEP_FREE: "whether step-free or not",
  WHEN: "at any time",
  REFERRAL: "whoever may refer to it",
};

/**
 * What to give up to find more than `found`: one constraint at a time, or two where no one helps, what brings the most first, and what
 * was asked for last; and a wider condition, or anywhere. One statement tells all of them but the last, which is asked for only when nothing was found at all.
 * `text`: the words looked for, for the message. Throws as `Graph.run` does.
 */
export async function repairsOf(
  graph: Graph,
  vocabulary: Vocabulary,
  question: Question,
  found: number,
  text: string | null,
): Promise<readonly Repair[]> {
  const { wish, start } = question;
  const broaderIds = [
    ...new Set(wish.needs.flatMap(({ conditionId }) => vocabulary.byId.get(conditionId)?.broader ?? [])),
  ];
  // Without a place the wish is where the list starts: so that wider ones are met, it starts from those as well.
  const wider = questionOf(vocabulary, {
    ...wish,
    needs: [...wish.needs, ...broaderIds.map((conditionId) => ({ conditionId, weight: 1 }))],
  });
  const [row] = await graph.run(relaxationsStatements[start], {
    asked: { ...question.asked, conditionIds: wider.asked["conditionIds"] ?? [], broaderIds },
  });
  if (row === undefined) return [];
  const asConstraint = (name: string): Constraint =>
    name === "WISH" ? (wish.needs.length > 0 ? "CONDITIONS" : "TEXT") : (name as Constraint);
  const without = row.without
    // Of a list that starts from the wish nothing else was met.
    .filter(({ constraints }) => start !== "wish" || !constraints.includes("WISH"))
    .map(({ constraints, count }) => ({ constraints: [...new Set(constraints.map(asConstraint))], count }))
    .filter(({ count }) => count > found);
  const single = without.filter(({ constraints }) => constraints.length === 1);
  const repairs: Repair[] = (single.length > 0 ? single : without).map(({ constraints, count }) =>
    repairOf(constraints, count, text),
  );
  for (const { id, count } of row.broader) {
    const broader = vocabulary.byId.get(id);
    if (broader !== undefined && count > found) {
      repairs.push({
        constraints: ["CONDITIONS"],
        message: said(`for “${broader.name}”`, count),
        count,
        broader,
      });
    }
  }
  if (found === 0 && wish.near !== null && !question.isAnything) {
    const count = await countAnywhere(graph, vocabulary, question);
    if (count === mostCounted) {
      repairs.push({ constraints: ["NEAR"], message: `Anywhere: ${count} results or more.`, count, broader: null });
    } else if (count > 0) {
      repairs.push(repairOf(["NEAR"], count, text));
    }
  }
  return repairs
    .sort(
      (one, other) =>
        Number(isAnyNeed(one)) - Number(isAnyNeed(other)) ||
        other.count - one.count ||
        one.message.localeCompare(other.message),
    )
    .slice(0, mostRepairs);
}

/** Whatever else somebody gives up, what they came for is given up last. */
function isAnyNeed({ constraints, broader }: Repair): boolean {
  return broader === null && (constraints.includes("CONDITIONS") || constraints.includes("TEXT"));
}

async function countAnywhere(graph: Graph, vocabulary: Vocabulary, { wish }: Question): Promise<number> {
  const { asked, start } = questionOf(vocabulary, {
    ...wish,
    near: null,
    localWords: null,
    isOnlyHere: false,
    parameters: { ...wish.parameters, withinMetres: null },
  });
  if (start !== "wish" && start !== "areas") return 0;
  const [row] = await graph.run(countStatements[start], { asked: { ...asked, mostLooked: int(mostLooked) } });
  return Math.min(row?.count ?? 0, mostCounted);
}

function repairOf(constraints: readonly Constraint[], count: number, text: string | null): Repair {
  const phrase = constraints
    .map((constraint) => (constraint === "TEXT" ? `without “${text ?? ""}”` : phrases[constraint]))
    .join(" and ");
  return { constraints, message: said(phrase, count), count, broader: null };
}

/** "At any time: 4 results." */
function said(phrase: string, count: number): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}: ${count} ${count === 1 ? "result" : "results"}.`;
}
