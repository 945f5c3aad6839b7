import type { AssetKind } from "../../core/ids.ts";
import { checkedFields, type Problem, fieldInWords } from "./assetFields.ts";
import type { Context } from "./context.ts";
import { changed, type Fields, type Part } from "./effects.ts";
import { areaIds, checkPeriods, conditionIds, siteOf } from "./references.ts";
import { Refusal } from "./refusals.ts";

/** Throws Refusal for all that is wrong with an input, said at its fields. */
export function refuseProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new Refusal(
    problems.map(({ path, message }) => ({
      code: "INVALID",
      message: `${nameInWords(path)} ${message}.`,
      field: ["input", ...path],
    })),
  );
}

/** What a path leads to, in words that begin a sentence: of ["contact", "telephone"], "Telephone". */
function nameInWords(path: readonly string[]): string {
  const name = path.findLast((part) => !/^\d+$/.test(part));
  if (name === undefined) return "This";
  const words = fieldInWords(name);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/**
 * What an input says of an asset, whole: every text in its one form, every name an id, and what follows from it besides. `problems` hears of everything that is wrong. `before` is what was said of it so far;
 * empty for something new.
 */
export async function saidOf(
  context: Context,
  kind: AssetKind,
  input: Readonly<Record<string, unknown>>,
  { before, problems }: { readonly before: Fields; readonly problems: Problem[] },
): Promise<Part> {
  const isNew = Object.keys(before).length === 0;
  const given = {
    ...input,
    // What is left out of these three stays as it was.
    ...(input["accessibility"]
      ? { accessibility: { ...(before["accessibility"] as object), ...definedOf(input["accessibility"]) } }
      : {}),
  };
  const said: Record<string, unknown> = { ...checkedFields(kind, given, problems) };

  const statements = (said["eligibility"] ?? []) as readonly Readonly<Record<string, unknown>>[];
  if (statements.length > 0) {
    said["eligibility"] = await Promise.all(
      statements.map(async (statement, index) => ({
        ...statement,
        ...(statement["conditions"] === undefined
          ? {}
          : {
              conditions: await conditionIds(
                context,
                statement["conditions"] as readonly string[],
                ["eligibility", String(index), "conditions"],
                problems,
              ),
            }),
      })),
    );
  }
  for (const [index, rule] of (
    (said["schedule"] ?? []) as readonly Readonly<Record<string, readonly string[] | undefined>>[]
  ).entries()) {
    await checkPeriods(
      context,
      [...(rule["during"] ?? []), ...(rule["exceptDuring"] ?? [])],
      ["schedule", String(index)],
      problems,
    );
  }
  if (kind === "Place") Object.assign(said, await placed(context, said, isNew, problems));
  if (isNew && said["reach"] === undefined) said["reach"] = ["AT_A_PLACE"];
  if (isNew && said["accessibility"] === undefined) {
    said["accessibility"] = { stepFree: "UNKNOWN", accessibleToilet: "UNKNOWN", hearingLoop: "UNKNOWN" };
  }
  const after = changed(before, said);
  const reach = (after["reach"] ?? []) as readonly string[];
  // Where nobody has to go anywhere there is no step on the way.
  if (reach.length > 0 && !reach.includes("AT_A_PLACE")) {
    said["accessibility"] = { ...(after["accessibility"] as object), stepFree: "YES" };
  }
  return said;
}

/** Where a place is, as far as its input tells: the area it names, or the one that its point or its postcode lies in. */
async function placed(
  context: Context,
  said: Readonly<Record<string, unknown>>,
  isNew: boolean,
  problems: Problem[],
): Promise<Part> {
  const area = said["area"] as string | null | undefined;
  const location = said["location"] as { readonly latitude: number; readonly longitude: number } | null | undefined;
  const postcode = (said["address"] as { readonly postalCode?: string } | null | undefined)?.postalCode;
  if (area !== undefined && area !== null) {
    const [id] = await areaIds(context, [area], ["area"], problems, ["LSOA"]);
    return id === undefined ? {} : { area: id };
  }
  const told = location ? `${location.latitude},${location.longitude}` : isNew && postcode ? postcode : null;
  if (told === null) return {};
  const site = await siteOf(context, told);
  if (site === null) {
    problems.push({
      path: location ? ["location"] : ["address", "postalCode"],
      message: "is nowhere that we know: give the `area`, or correct it",
    });
    return {};
  }
  return { area: site.area, ...(location === undefined && site.location !== null ? { location: site.location } : {}) };
}

function definedOf(value: unknown): object {
  return Object.fromEntries(Object.entries(value as object).filter(([, one]) => one !== undefined && one !== null));
}
