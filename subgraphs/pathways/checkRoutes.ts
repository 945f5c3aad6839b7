import { InputError } from "../../core/errors.ts";
import { assetKindOf } from "../../core/ids.ts";
import type { Graph } from "../../graph/graph.ts";
import { type Referrers, referrerCalled, withBroaderReferrers } from "../../knowledge/referrers.ts";
import { type ConditionRow, type Vocabulary, withBroader } from "../../knowledge/vocabulary.ts";
import { startingAtStatement } from "./queries/startingAt.ts";
import type { Person } from "./steps.ts";

const mostRoutes = 20;
const oldestAge = 130;
const mostConditions = 20;

/** How many routes are asked for: 5 where that is not said. Throws InputError, at `field`, outside 1 to 20. */
export function checkedMost(first: number | null | undefined, field: readonly string[]): number {
  const most = first ?? 5;
  if (most < 1 || most > mostRoutes) {
    throw new InputError(`\`first\` is from 1 to ${mostRoutes}; ${most} was asked for.`, { field });
  }
  return most;
}

/** The condition with a slug. Throws InputError, at `field`, when there is none. */
export function checkedCondition({ bySlug }: Vocabulary, slug: string, field: readonly string[]): ConditionRow {
  const condition = bySlug.get(slug);
  if (condition === undefined) {
    throw new InputError(`There is no condition "${slug}"; \`conditions\` lists them all.`, { field });
  }
  return condition;
}

/**
 * What is known of the person, who has the condition asked about. Throws InputError, at the field, for an age outside 0 to 130 or conditions that there are not,
 * and for more than 20 of them.
 */
export function checkedPerson(
  {
    near,
    age,
    conditions,
  }: {
    readonly near?: string | null | undefined;
    readonly age?: number | null | undefined;
    readonly conditions?: readonly string[] | null | undefined;
  },
  condition: ConditionRow,
  vocabulary: Vocabulary,
): Person {
  if (age !== null && age !== undefined && !(age >= 0 && age <= oldestAge)) {
    throw new InputError(`An age is from 0 to ${oldestAge} years.`, { field: ["input", "age"] });
  }
  if (conditions && conditions.length > mostConditions) {
    throw new InputError(`\`conditions\` takes at most ${mostConditions}.`, { field: ["input", "conditions"] });
  }
  const others = (conditions ?? []).map((slug) => checkedCondition(vocabulary, slug, ["input", "conditions"]));
  return {
    age: age ?? null,
    isPlaced: (near ?? null) !== null,
    concernedIds: [
      ...withBroader(
        vocabulary,
        [condition, ...others].map(({ id }) => id),
      ),
    ],
    isConditionsStated: (conditions ?? null) !== null,
  };
}

/** Where a way begins. */
export interface Start {
  readonly id: string;
  readonly name: string;
}

/**
 * Where a way begins: at a kind of referrer, by its slug or id, or at an asset; and the ids that its first step may begin at, those of broader kinds among them.
 * Throws InputError, at `field`, when nothing has it; else as `Graph.run` does.
 */
export async function checkedStart(
  graph: Graph,
  referrers: Referrers,
  from: string,
  field: readonly string[],
): Promise<{ readonly start: Start; readonly fromIds: readonly string[] }> {
  const referrer = referrerCalled(referrers, from);
  if (referrer !== null) return { start: referrer, fromIds: withBroaderReferrers(referrers, referrer.id) };
  if (assetKindOf(from) !== null) {
    const [asset] = await graph.run(startingAtStatement, { id: from });
    if (asset !== undefined) return { start: asset, fromIds: [asset.id] };
  }
  throw new InputError(`There is no kind of referrer "${from}"; \`referrers\` lists them all.`, { field });
}
