import { InputError } from "../../core/errors.ts";
import { kindOf } from "../../core/ids.ts";
import type { Parameters } from "../../graph/graph.ts";
import { type Referrers, referrerCalled, withBroaderReferrers } from "../../knowledge/referrers.ts";
import type { AssetFilter } from "./schema.generated.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";
import type { When } from "./windows.ts";

/** A filter checked: what it asks of an asset, as the statements take it, and what it asks for. */
export interface CheckedFilter {
  readonly conditions: readonly ConditionRow[];
  readonly near: string | null;
  readonly areaIds: readonly string[] | null;
  readonly when: When;
  readonly parameters: Parameters;
}

const labels = { GROUP: "Group", ACTIVITY: "Activity", ORGANISATION: "Organisation", PLACE: "Place" } as const;

const furthestMetres = 100_000;
const oldestAge = 130;
const longestList = 100;

/**
 * Checks a filter against the vocabulary and the kinds of referrer. An empty list is refused: it could mean nothing or everything.
 * Throws InputError for a value that is unknown or out of range, with the path to it; nothing is ever ignored.
 */
export function checkFilter(
  filter: AssetFilter | null | undefined,
  { vocabulary, referrers }: { readonly vocabulary: Vocabulary; readonly referrers: Referrers },
): CheckedFilter {
  const {
    conditions,
    near,
    withinMetres,
    areas,
    kinds,
    reach,
    age,
    free,
    stepFree,
    days,
    partOfDay,
    from,
    to,
    acceptsReferralFrom,
  } = filter ?? {};
  for (const [name, list] of Object.entries({ conditions, areas, kinds, reach, days, acceptsReferralFrom })) {
    if (list === null || list === undefined) continue;
    if (list.length === 0) refuse(name, `Leave \`${name}\` out, or name at least one.`);
    if (list.length > longestList) refuse(name, `\`${name}\` takes at most ${longestList}.`);
  }
  if (withinMetres !== null && withinMetres !== undefined) {
    if (withinMetres < 1 || withinMetres > furthestMetres)
      refuse("withinMetres", `From 1 to ${furthestMetres} metres.`);
  }
  if (age !== null && age !== undefined && (age < 0 || age > oldestAge)) {
    refuse("age", `An age is from 0 to ${oldestAge} years.`);
  }
  const [starts, ends] = [from ?? null, to ?? null];
  if (starts === null && ends !== null) refuse("from", "Say from when: give `from` too.");
  if (starts !== null && ends === null) refuse("to", "Say until when: give `to` too.");
  if (starts !== null && ends !== null && starts >= ends) refuse("to", "`to` comes after `from`.");
  for (const id of areas ?? []) if (kindOf(id) !== "Area") refuse("areas", `"${id}" is not an area's id.`);
  return {
    conditions: (conditions ?? []).map((slug) => {
      const condition = vocabulary.bySlug.get(slug);
      if (condition === undefined)
        refuse("conditions", `There is no condition "${slug}"; \`conditions\` lists them all.`);
      return condition;
    }),
    near: near ?? null,
    areaIds: areas ?? null,
    when: {
      days: days ?? null,
      partOfDay: partOfDay ?? null,
      time: starts === null || ends === null ? null : { from: starts, to: ends },
    },
    parameters: {
      kinds: kinds?.map((kind) => labels[kind]) ?? null,
      reach: reach ?? null,
      free: free ?? null,
      stepFree: stepFree ?? null,
      age: age ?? null,
      withinMetres: withinMetres ?? null,
      areaIds: areas ?? null,
      referrerIds:
        acceptsReferralFrom?.flatMap((name) => {
          const referrer = referrerCalled(referrers, name);
          if (referrer === null) {
            refuse("acceptsReferralFrom", `There is no kind of referrer "${name}"; \`referrers\` lists them all.`);
          }
          return withBroaderReferrers(referrers, referrer.id);
        }) ?? null,
    },
  };
}

function refuse(field: string, message: string): never {
  throw new InputError(message, { field: ["filter", field] });
}
