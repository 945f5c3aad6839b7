import { z } from "zod";
import { assetKindOf, kindOf } from "../../core/ids.ts";
import { line, type Problem, withoutNothing } from "./assetFields.ts";
import type { Context } from "./context.ts";
import type { Relationship } from "../../core/linkIds.ts";
import type { Part } from "./effects.ts";
import { areaIds, conditionIds, referringId } from "./references.ts";
import { refusal } from "./refusals.ts";

/** What the ends of each relationship may be. */
const ends: Readonly<
  Record<Relationship, { readonly from: readonly string[]; readonly to: readonly string[]; readonly said: string }>
> = {
  RUNS: { from: ["Organisation"], to: ["Group", "Activity"], said: "an organisation runs a group or an activity" },
  HOSTS: { from: ["Group"], to: ["Activity"], said: "a group puts on an activity" },
  HELD_AT: { from: ["Activity"], to: ["Place"], said: "an activity is held at a place" },
  MEETS_AT: { from: ["Group"], to: ["Place"], said: "a group meets at a place" },
  BASED_AT: { from: ["Organisation"], to: ["Place"], said: "an organisation is based at a place" },
  SERVES: { from: ["Group", "Activity", "Organisation", "Place"], to: ["Area"], said: "an asset serves an area" },
  SUPPORTS: {
    from: ["Group", "Activity", "Organisation", "Place"],
    to: ["Condition"],
    said: "an asset supports a condition",
  },
  REFERS_TO: {
    from: ["Group", "Activity", "Organisation", "Place", "Referrer"],
    to: ["Group", "Activity", "Organisation", "Place"],
    said: "a kind of referrer, or an asset, refers people to an asset",
  },
};

/** How each relationship reads between the names of its ends. */
export const inWords: Readonly<Record<Relationship, string>> = {
  RUNS: "runs",
  HOSTS: "puts on",
  HELD_AT: "is held at",
  MEETS_AT: "meets at",
  BASED_AT: "is based at",
  SERVES: "serves",
  SUPPORTS: "supports",
  REFERS_TO: "refers people to",
};

/** The ids of the two ends of a link. Throws Refusal for ends that there are not, or that do not go with the relationship. */
export async function linkEnds(
  context: Context,
  {
    relationship,
    from: givenFrom,
    to: givenTo,
  }: { readonly relationship: Relationship; readonly from: string; readonly to: string },
): Promise<{ readonly from: string; readonly to: string }> {
  const problems: Problem[] = [];
  const from = relationship === "REFERS_TO" ? await referringId(context, givenFrom) : givenFrom;
  const [to] =
    relationship === "SERVES"
      ? await areaIds(context, [givenTo], [], problems)
      : relationship === "SUPPORTS"
        ? await conditionIds(context, [givenTo], [], problems)
        : [givenTo];
  const { from: fromKinds, to: toKinds, said } = ends[relationship];
  const [problem] = problems;
  if (problem !== undefined || to === undefined)
    throw refusal("NOT_FOUND", `to ${problem?.message ?? "is nothing"}.`, "input", "to");
  if (from === null)
    throw refusal("NOT_FOUND", "There is no such kind of referrer, and no such asset.", "input", "from");
  for (const [field, id, kinds] of [
    ["from", from, fromKinds],
    ["to", to, toKinds],
  ] as const) {
    const kind = kindOf(id);
    if (kind === null) throw refusal("NOT_FOUND", "There is nothing with this id.", "input", field);
    if (!kinds.includes(kind)) {
      throw refusal("NOT_APPLICABLE", `${relationship} does not go with this: ${said}.`, "input", field);
    }
  }
  if (from === to) throw refusal("NOT_APPLICABLE", "The two ends are the same thing.", "input", "to");
  return { from, to };
}

const optional = <Value extends z.ZodType>(value: Value) => z.union([z.null(), value]).optional();

const supportShape = z.object({
  strength: optional(z.number().gt(0, "is more than 0").max(1, "is at most 1")),
  byReferral: optional(z.boolean()),
});

const stepShape = z.object({
  method: optional(z.enum(["WALK_IN", "PHONE", "FORM", "EMAIL", "LETTER", "WARM_INTRODUCTION"])),
  contact: optional(line(300)),
  criteria: optional(line(300)),
  minimumAge: optional(z.number().min(0, "is less than 0").max(130, "is more than 130")),
  maximumAge: optional(z.number().min(0, "is less than 0").max(130, "is more than 130")),
  areas: optional(z.array(z.string()).max(50, "has more than 50 items")),
  accepts: optional(z.array(z.string()).max(50, "has more than 50 items")),
  excludes: optional(z.array(z.string()).max(50, "has more than 50 items")),
  waitDays: optional(z.number().int().min(0, "is less than 0").max(3650, "is more than ten years")),
  capacity: optional(z.enum(["OPEN", "FULL", "PAUSED", "CLOSED"])),
});

/** What a caller may say of a link. */
export interface SaidOfLink {
  readonly strength?: number | null | undefined;
  readonly byReferral?: boolean | null | undefined;
  readonly evidence?: string | null | undefined;
  readonly referral?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What is said of a link, checked, by the names it is kept under: null for what is taken back, no entry for what was left out. `problems` hears of what is wrong. */
export async function saidOfLink(
  context: Context,
  relationship: Relationship,
  { strength, byReferral, evidence, referral }: SaidOfLink,
  problems: Problem[],
): Promise<Part> {
  const said: Record<string, unknown> = {};
  const check = (shape: z.ZodType, value: unknown, path: readonly string[]) => {
    const parsed = shape.safeParse(value);
    if (parsed.success) Object.assign(said, parsed.data);
    else
      for (const issue of parsed.error.issues)
        problems.push({ path: [...path, ...issue.path.map(String)], message: issue.message });
  };
  if (evidence !== undefined) check(z.object({ evidence: optional(line(300)) }), { evidence }, []);
  if (strength !== undefined || byReferral !== undefined) {
    if (relationship === "SUPPORTS") check(supportShape, { strength, byReferral }, []);
    else
      problems.push({
        path: [strength === undefined ? "byReferral" : "strength"],
        message: "goes with SUPPORTS alone",
      });
  }
  if (referral !== undefined && referral !== null) {
    if (relationship === "REFERS_TO") check(stepShape, referral, ["referral"]);
    else problems.push({ path: ["referral"], message: "goes with REFERS_TO alone" });
  }
  for (const name of ["accepts", "excludes"]) {
    const names = said[name] as readonly string[] | null | undefined;
    if (names) said[name] = await conditionIds(context, names, ["referral", name], problems);
  }
  const areas = said["areas"] as readonly string[] | null | undefined;
  if (areas) said["areas"] = await areaIds(context, areas, ["referral", "areas"], problems);
  return Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, withoutNothing(value)]),
  );
}

/** The asset that a link is told of: where it starts, or where it leads to from a kind of referrer. */
export function subjectOfLink({ from, to }: { readonly from: string; readonly to: string }): string {
  return assetKindOf(from) === null ? to : from;
}
