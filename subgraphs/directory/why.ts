import type { Located } from "../../knowledge/locate.ts";
import type { FoundRow } from "./queries/found.ts";
import type { Question } from "./question.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";

/** A thing on a path: its id, whose kind says what it is. */
interface Waypoint {
  readonly id: string;
}

export interface Step {
  readonly from: Waypoint;
  readonly relationship: string;
  readonly to: Waypoint;
}

export interface Why {
  readonly sentence: string;
  readonly steps: readonly Step[];
}

const siteWords: Readonly<Record<string, string>> = { HELD_AT: "held at", MEETS_AT: "meets at", BASED_AT: "based at" };

/** Says why an asset was found: the path walked to it, and the same as a sentence. Of several paths the one that counts most. */
export function why(row: FoundRow, question: Question, vocabulary: Vocabulary): Why {
  const { site, siteRelationship, via } = row;
  const { near } = question.wish;
  const way = wayOf(row, question);
  const steps: Step[] = [];
  const clauses: string[] = [];
  const conditions = way.map((id) => vocabulary.byId.get(id)).filter((condition) => condition !== undefined);
  for (const [index, condition] of conditions.entries()) {
    const before = conditions[index - 1];
    if (before === undefined) steps.push({ from: row, relationship: "SUPPORTS", to: condition });
    else steps.push({ from: before, relationship: "BROADER", to: condition });
  }
  if (conditions.length > 0) {
    clauses.push(`supports ${conditions.map(nameWithin).join(", part of ")}`);
  }
  if (via !== null && near !== null) {
    if (via.isServed) {
      steps.push({ from: row, relationship: "SERVES", to: via });
      clauses.push(`serves ${via.kind === "LSOA" ? (via.called ?? via.name) : via.name}`);
    } else {
      if (site !== null && siteRelationship !== null) {
        steps.push({ from: row, relationship: siteRelationship, to: site });
        clauses.push(`${siteWords[siteRelationship] ?? "at"} ${site.name}, ${whereabouts(row, near)}`);
      } else {
        clauses.push(whereabouts(row, near));
      }
      // After what it supports a clause needs no verb: "supports loneliness; held at …".
      if (clauses.length === 1 && siteRelationship !== "MEETS_AT") clauses[0] = `is ${clauses[0] ?? ""}`;
      steps.push({ from: site ?? row, relationship: "IN", to: via });
    }
    steps.push(...row.way);
  }
  if (row.text > 0 && way.length === 0) clauses.unshift("matches the words");
  if (clauses.length === 0) clauses.push("matches what was asked for");
  return { sentence: `${row.name} ${clauses.join("; ")}.`, steps };
}

/** Ids of conditions, from the one it supports up to the one asked for. */
function wayOf({ supports }: FoundRow, { shareOf, counting }: Question): readonly string[] {
  const counted = supports
    .map(({ id, strength }) => ({ id, counts: strength * (shareOf.get(id) ?? 0) }))
    .sort((one, other) => other.counts - one.counts || (one.id < other.id ? -1 : 1));
  const best = counted[0]?.id;
  return best === undefined ? [] : (counting.get(best)?.way ?? [best]);
}

/** "in Rose Hill"; "in Littlemore, next to Rose Hill"; "in Barton, 5 neighbourhoods from Rose Hill". */
function whereabouts({ via, neighbourhoodsAway }: FoundRow, near: Located): string {
  const away = neighbourhoodsAway ?? 0;
  if (away === 0) return `in ${near.kind === "AREA" ? near.name : (via?.called ?? via?.name ?? near.name)}`;
  const called = via?.called ?? via?.name;
  return `in ${called}, ${away === 1 ? "next to" : `${away} neighbourhoods from`} ${near.name}`;
}

/** A condition's name as it stands within a sentence: "social isolation", but "COPD" as it is. */
function nameWithin({ name }: ConditionRow): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
