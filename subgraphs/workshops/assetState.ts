import { CodedError, InputError } from "../../core/errors.ts";
import { assetKindOf } from "../../core/ids.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { z } from "zod";
import type { Context } from "./context.ts";
import { type Effect, isLinkEffect, type LinkEffect } from "./effects.ts";
import type { AssetShown, End, LinkShown } from "./shown.ts";
import { proposalsOf } from "./commands/perform.ts";
import { foremost, type MapState, readMap, withEffects, withoutEffects } from "./mapState.ts";
import { type ChangeRow, changesSinceMomentStatement } from "./queries/changes.ts";
import { type LinkRecord, namesOfStatement } from "./queries/linkRecords.ts";
import { redirectsStatement } from "../redirects.ts";
import { isMember } from "./whoMay.ts";

const order = "board";

/**
 * What the map says of an asset: now, at a moment, or as a workshop proposes it. Null when it says nothing of it, or not to this caller.
 * Throws InputError for arguments that do not go together or a moment to come; CodedError NOT_ALLOWED for a workshop that the caller is no member of.
 */
export async function assetAsked(
  context: Context,
  {
    id,
    asOf,
    workshop: workshopId,
  }: { readonly id: string; readonly asOf?: Date | null | undefined; readonly workshop?: string | null | undefined },
): Promise<AssetShown | null> {
  if (assetKindOf(id) === null) return null;
  const moment = asOf ?? null;
  if (moment !== null && workshopId) {
    throw new InputError("What a workshop proposes is of today: leave out `asOf` or `workshop`.", { field: ["asOf"] });
  }
  if (moment !== null && moment > context.now) {
    throw new InputError("What the map will say is not known: `asOf` is now or earlier.", { field: ["asOf"] });
  }
  const proposals = workshopId ? await proposalsFor(context, workshopId) : [];
  const [shown] = await assetsShown(context, [await idNow(context, id, moment)], { moment, proposals });
  if (shown === undefined) return null;
  // What was taken off the map may have been so because it should never have been read: its past is for those who may put it back.
  return shown.isOnTheMap || proposals.length > 0 || context.caller.scopes.includes("EDIT") ? shown : null;
}

/** What a workshop proposes. Throws CodedError NOT_ALLOWED for who is no member of it. */
async function proposalsFor(context: Context, workshopId: string): Promise<readonly ChangeRow[]> {
  const workshop = await context.workshopById(workshopId);
  if (workshop === null || !isMember(context.caller.actor, workshop)) {
    throw new CodedError("NOT_ALLOWED", "Only members of this workshop see what it proposes.");
  }
  return proposalsOf(context, workshopId);
}

/** The id under which an asset is to be found: that of the one it became one with. At an earlier moment it was itself. */
async function idNow({ graph }: Context, id: string, moment: Date | null): Promise<string> {
  if (moment !== null) return id;
  const [redirect] = await graph.run(redirectsStatement, { asked: { ids: [id] } });
  return redirect?.to ?? id;
}

/** Assets as those who edit see them, with all their links, in the order asked; without those of which nothing is said. */
async function assetsShown(
  context: Context,
  ids: readonly string[],
  { moment, proposals }: { readonly moment: Date | null; readonly proposals: readonly ChangeRow[] },
): Promise<readonly AssetShown[]> {
  const now = await readMap(context.graph, { assets: ids, linksOf: ids });
  let map = now;
  if (moment !== null) {
    for (const id of ids) {
      const since = await context.graph.run(changesSinceMomentStatement, {
        asked: { id, moment: moment.toISOString() },
      });
      for (const { row } of since)
        map = withoutEffects(
          map,
          row.effects.filter((effect) => concerns(effect, id)),
        );
    }
  }
  const proposed = withEffects(
    map,
    proposals.flatMap(({ effects }) => effects),
  );
  const names = await namesFor(context, ids, [map, proposed], proposals);
  return ids.flatMap((id) => {
    const asset = proposed.assets.get(id);
    if (asset === undefined) return [];
    const { name, status, mergedInto, ...fields } = asset.fields;
    const end = (other: string): End => names.get(other) ?? { id: other, name: other, kind: "Unknown" };
    const about = proposals.filter(({ effects }) => effects.some((effect) => concerns(effect, id)));
    const isNew = !map.assets.has(id);
    return [
      {
        id,
        isOnTheMap: ["PUBLISHED", "MERGED"].includes(String(now.assets.get(id)?.fields["status"])),
        kind: asset.kind,
        name: typeof name === "string" ? name : id,
        status:
          isNew && status === "PUBLISHED" ? "PROPOSED" : ((status as AssetShown["status"] | undefined) ?? "PROPOSED"),
        version: asset.version,
        fields: { name, ...fields },
        links: linksShown(id, map, proposed, about, end),
        asOf: moment ?? context.now,
        mergedInto: typeof mergedInto === "string" ? mergedInto : null,
        proposals: about,
      },
    ];
  });
}

function concerns(effect: Effect, id: string): boolean {
  return isLinkEffect(effect) ? effect.from === id || effect.to === id : effect.asset === id;
}

function linksShown(
  id: string,
  map: MapState,
  proposed: MapState,
  proposals: readonly ChangeRow[],
  end: (id: string) => End,
): readonly LinkShown[] {
  const byLink = new Map<string, LinkRecord[]>();
  for (const state of [proposed, map]) {
    for (const record of state.links.values()) {
      if (record.from !== id && record.to !== id) continue;
      // What is proposed to go is shown as it is.
      const known = byLink.get(record.link) ?? [];
      if (state === map && [...proposed.links.values()].some(({ link }) => link === record.link)) continue;
      byLink.set(record.link, [...known, record]);
    }
  }
  return [...byLink.values()]
    .map((records) => foremost(records))
    .filter((record) => record !== undefined)
    .map(({ link, relationship, from, to, fields }) => ({
      id: link,
      relationship,
      from: end(from),
      to: end(to),
      fields,
      proposal:
        proposals.findLast(({ effects }) => effects.some((effect) => isLinkEffect(effect) && effect.link === link)) ??
        null,
      isEnding: ![...proposed.links.values()].some((one) => one.link === link),
    }))
    .sort(
      (a, b) =>
        compare(a.relationship, b.relationship) ||
        compare(a.from.name, b.from.name) ||
        compare(a.to.name, b.to.name) ||
        compare(a.id, b.id),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function namesFor(
  { graph }: Context,
  ids: readonly string[],
  maps: readonly MapState[],
  proposals: readonly ChangeRow[],
): Promise<ReadonlyMap<string, End>> {
  const ends = maps.flatMap(({ links }) =>
    [...links.values()]
      .filter(({ from, to }) => ids.includes(from) || ids.includes(to))
      .flatMap(({ from, to }) => [from, to]),
  );
  const found = await graph.run(namesOfStatement, { asked: { ids: [...new Set([...ids, ...ends])] } });
  return new Map([
    ...proposals.flatMap(({ names }) =>
      Object.entries(names).map(([id, name]) => [id, { id, name, kind: assetKindOf(id) ?? "Unknown" }] as const),
    ),
    ...found.map(({ id, name, kind }) => [id, { id, name, kind }] as const),
  ]);
}

/** What a workshop proposes, asset by asset, in the order in which they were first changed. Whoever calls this has seen to it that its caller may see it. */
export async function board(
  context: Context,
  workshopId: string,
  { first, after }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
) {
  const size = pageSize(first, 50);
  const from = positionOf(order, z.tuple([z.number(), z.string()]), after);
  const proposals = await proposalsOf(context, workshopId);
  const subjects = [...new Map(proposals.map(({ subjectId, id }, index) => [subjectId, { at: index, id }])).keys()];
  const placed = subjects.map((id, index) => ({ id, index })).filter(({ index }) => from === null || index > from[0]);
  const wanted = placed.slice(0, size + 1);
  const shown = new Map(
    (
      await assetsShown(
        context,
        wanted.map(({ id }) => id),
        { moment: null, proposals },
      )
    ).map((asset) => [asset.id, asset]),
  );
  const rows = wanted.flatMap(({ id, index }) => {
    const asset = shown.get(id);
    return asset === undefined ? [] : [{ asset, index }];
  });
  return {
    ...page(
      rows,
      size,
      from !== null,
      ({ asset, index }) => cursorOf(order, [index, asset.id]),
      ({ asset }) => asset,
    ),
    totalCount: subjects.length,
  };
}

/** A link as those who edit see it, on the map or as a workshop proposes it; null when there is none. */
export async function linkShown(context: Context, id: string, change: ChangeRow | null): Promise<LinkShown | null> {
  const proposed = change?.effects.find((effect): effect is LinkEffect => isLinkEffect(effect) && effect.link === id);
  const map = await readMap(context.graph, { assets: [], links: [id] });
  const record = foremost([...map.links.values()].filter(({ link }) => link === id));
  const known = record ?? proposed;
  if (known === undefined) return null;
  const found = await context.graph.run(namesOfStatement, { asked: { ids: [known.from, known.to] } });
  const byId = new Map(found.map((end) => [end.id, end]));
  const end = (other: string): End => ({
    id: other,
    name: byId.get(other)?.name ?? change?.names[other] ?? other,
    kind: byId.get(other)?.kind ?? assetKindOf(other) ?? "Unknown",
  });
  const isProposed = change?.status === "PROPOSED" && proposed !== undefined;
  return {
    id,
    relationship: known.relationship,
    from: end(known.from),
    to: end(known.to),
    fields: { ...record?.fields, ...(isProposed ? proposed.after : {}) },
    proposal: isProposed ? change : null,
    isEnding: isProposed && proposed.after === null,
  };
}
