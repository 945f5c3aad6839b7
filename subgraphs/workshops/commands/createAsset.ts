import { localDateOf } from "../../../calendar/localDate.ts";
import { type AssetKind, newId } from "../../../core/ids.ts";
import type { Problem } from "../assetFields.ts";
import { refuseProblems, saidOf } from "../assetInput.ts";
import type { Context } from "../context.ts";
import { linkIdOf, ourSource, type Relationship } from "../../../core/linkIds.ts";
import { changed, type Effect, type Fields, type LinkEffect } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import { areaIds, conditionIds } from "../references.ts";
import { possibleDuplicates } from "../possibleDuplicates.ts";
import { onTheMap } from "../changeShown.ts";
import { refusal } from "../refusals.ts";
import { saidOfLink } from "../linkInput.ts";
import { perform } from "./perform.ts";

/** The inputs that name what the new asset belongs together with: the relationship, and which way round. */
const linked: Readonly<
  Record<string, { readonly relationship: Relationship; readonly isFrom: boolean; readonly kind: AssetKind }>
> = {
  meetsAt: { relationship: "MEETS_AT", isFrom: true, kind: "Place" },
  heldAt: { relationship: "HELD_AT", isFrom: true, kind: "Place" },
  basedAt: { relationship: "BASED_AT", isFrom: true, kind: "Place" },
  hostedBy: { relationship: "HOSTS", isFrom: false, kind: "Group" },
  runBy: { relationship: "RUNS", isFrom: false, kind: "Organisation" },
};

const mostLinks = 50;
/** How many of those that may be the same are told of: enough to see that one has been here before. */
const mostAlike = 5;

/** What is asked of adding an asset: the fields that its Create input has. */
export type CreateInput = Readonly<Record<string, unknown>> & {
  readonly workshop?: string | null | undefined;
  readonly clientMutationId?: string | null | undefined;
};

/**
 * Adds an asset of a kind with its first links, as one change. Throws Refusal for what is wrong with `input`, all of it at once; else as `perform` does.
 */
export async function createAsset(context: Context, kind: AssetKind, input: CreateInput) {
  const today = localDateOf(context.now);
  const id = newId(kind, context.now);
  const problems: Problem[] = [];
  const said = await saidOf(context, kind, input, { before: {}, problems });
  const links: LinkEffect[] = [];
  const common = { assertedBy: "editor", confirmedOn: today, ...(input["sample"] === true ? { sample: true } : {}) };
  const link = (relationship: Relationship, from: string, to: string, fields: object) => {
    links.push({
      link: linkIdOf(relationship, from, to),
      relationship,
      from,
      to,
      source: ourSource,
      before: null,
      after: { ...common, ...fields },
    });
  };
  const others: { readonly id: string; readonly path: readonly string[]; readonly kind: AssetKind }[] = [];
  for (const [name, { relationship, isFrom, kind: wantedKind }] of Object.entries(linked)) {
    for (const [index, other] of [...new Set((input[name] ?? []) as readonly string[])].entries()) {
      others.push({ id: other, path: [name, String(index)], kind: wantedKind });
      if (isFrom) link(relationship, id, other, {});
      else link(relationship, other, id, {});
    }
  }
  const serves = await areaIds(context, [...((input["serves"] ?? []) as readonly string[])], ["serves"], problems);
  for (const area of new Set(serves)) link("SERVES", id, area, {});
  const supports = (input["supports"] ?? []) as readonly Readonly<Record<string, unknown>>[];
  for (const [index, { condition, ...support }] of supports.entries()) {
    const path = ["supports", String(index)];
    const [conditionId] = await conditionIds(context, [condition as string], [], problems);
    const own: Problem[] = [];
    const fields = await saidOfLink(context, "SUPPORTS", { strength: 0.6, ...support }, own);
    problems.push(...own.map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
    if (conditionId !== undefined) link("SUPPORTS", id, conditionId, fields);
  }
  if (new Set(links.map((one) => one.link)).size < links.length) {
    problems.push({ path: ["supports"], message: "names a condition twice" });
  }
  if (links.length > mostLinks) problems.push({ path: [], message: `has more than ${mostLinks} links` });
  refuseProblems(problems);

  const after = changed(
    {},
    {
      ...said,
      status: "PUBLISHED",
      confirmedOn: today,
      ...(input["sample"] === true ? { sample: true } : {}),
    },
  );
  const effects: readonly Effect[] = [{ asset: id, before: null, after }, ...links];
  const alike = await alikeOnTheMap(context, kind, after, input);
  const change = await perform(context, {
    kind: `create${kind}`,
    ...input,
    wanted: { assets: [...others.map((other) => other.id)] },
    plan: (map) => {
      for (const other of others) {
        if (!isOnTheMap(map, other.id, other.kind)) {
          throw refusal(
            "NOT_FOUND",
            `There is no ${other.kind.toLowerCase()} with this id on the map.`,
            "input",
            ...other.path,
          );
        }
      }
      return { effects, subjectId: id, summary: (nameOf) => `Adds the ${kind.toLowerCase()} “${nameOf(id)}”` };
    },
  });
  return { change, possibleDuplicates: alike.slice(0, mostAlike) };
}

/** What is on the map already and may be the same as what is about to be added. */
function alikeOnTheMap({ graph }: Context, kind: AssetKind, said: Fields, input: CreateInput) {
  const listed = (name: string) => (input[name] ?? []) as readonly string[];
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const { contact, address, location } = said as Readonly<Record<string, Fields | undefined>>;
  return possibleDuplicates(graph, {
    kind: kind.toUpperCase() as Uppercase<AssetKind>,
    name: text(said["name"]),
    alternateNames: (said["alternateNames"] ?? []) as readonly string[],
    places: [...listed("meetsAt"), ...listed("heldAt"), ...listed("basedAt")],
    postcode: text(address?.["postalCode"]),
    location: (location ?? null) as { readonly latitude: number; readonly longitude: number } | null,
    telephone: text(contact?.["telephone"]),
    url: text(said["url"]),
    charityNumber: text(said["charityNumber"]),
    serves: listed("serves"),
    runBy: [...listed("runBy"), ...listed("hostedBy")],
  });
}

/** What the payload of a Create mutation has, whatever its kind: the asset's stub under `id`, null while it is only proposed. */
export async function createdPayload(
  context: Context,
  { change, possibleDuplicates: alike }: Awaited<ReturnType<typeof createAsset>>,
) {
  const id = change?.status === "APPLIED" ? await onTheMap(context, change.subjectId) : null;
  return { id, change, possibleDuplicates: alike };
}
