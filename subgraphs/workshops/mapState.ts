import { assetKindOf } from "../../core/ids.ts";
import type { Graph } from "../../graph/graph.ts";
import { linkOf, ourSource } from "../../core/linkIds.ts";
import {
  assetsOf,
  changed,
  type Effect,
  type Fields,
  isLinkEffect,
  isSame,
  kindOfAsset,
  type LinkEffect,
  linkKeyOf,
  type Part,
} from "./effects.ts";
import { type AssetRecord, assetRecordsStatement, versionsStatement } from "./queries/assetRecords.ts";
import { linksByIdsStatement, linksOfAssetsStatement, type LinkRecord } from "./queries/linkRecords.ts";

/** A part of the map, as it is or as it would be: assets by id, links by what they are and who asserts them (`linkKeyOf`). */
export interface MapState {
  readonly assets: ReadonlyMap<string, AssetRecord>;
  readonly links: ReadonlyMap<string, LinkRecord>;
}

/** What to read of the map. */
export interface Wanted {
  readonly assets: readonly string[];
  /** Ids of links. */
  readonly links?: readonly string[];
  /** Ids of assets of which every link is wanted. */
  readonly linksOf?: readonly string[];
}

/**
 * Reads a part of the map, whatever its status: at most four statements. What is not there is not in it. Every version is as old as what is said beside it, or older: where somebody changes the same meanwhile,
 * what is written on the strength of this is refused. Throws as `Graph.run` does.
 */
export async function readMap(graph: Graph, { assets, links = [], linksOf = [] }: Wanted): Promise<MapState> {
  // Neo4j reads one thing after the other: a version read with the rest, or after it, might be of a change whose links and fields were not seen.
  const versions =
    assets.length === 0 ? [] : await graph.run(versionsStatement, { asked: { ids: [...new Set(assets)] } });
  const versionOf = new Map(versions.map(({ id, version }) => [id, version]));
  const [records, known, all] = await Promise.all([
    assets.length === 0 ? [] : graph.run(assetRecordsStatement, { asked: { ids: [...new Set(assets)] } }),
    links.length === 0
      ? []
      : graph.run(linksByIdsStatement, {
          asked: {
            links: links.flatMap((id) => {
              const link = linkOf(id);
              return link === null ? [] : [{ ...link }];
            }),
            steps: links.filter((id) => linkOf(id) === null),
          },
        }),
    linksOf.length === 0 ? [] : graph.run(linksOfAssetsStatement, { asked: { ids: [...new Set(linksOf)] } }),
  ]);
  return {
    assets: new Map(records.map(({ row }) => [row.id, { ...row, version: versionOf.get(row.id) ?? 0 }])),
    links: new Map([...known, ...all].map(({ row }) => [linkKeyOf(row), row])),
  };
}

/** What to read to know whether effects can be applied. */
export function wantedBy(effects: readonly Effect[]): Wanted {
  return {
    assets: effects.flatMap(assetsOf),
    links: effects.filter(isLinkEffect).map(({ link }) => link),
  };
}

/** The map with effects applied, one after the other, whether or not they fit. */
export function withEffects(state: MapState, effects: readonly Effect[]): MapState {
  return withParts(state, effects, "after");
}

/** The map before effects were applied, the last of them first. */
export function withoutEffects(state: MapState, effects: readonly Effect[]): MapState {
  return withParts(state, effects.toReversed(), "before");
}

function withParts(state: MapState, effects: readonly Effect[], which: "before" | "after"): MapState {
  const assets = new Map(state.assets);
  const links = new Map(state.links);
  for (const effect of effects) {
    const part = effect[which];
    if (isLinkEffect(effect)) {
      const key = linkKeyOf(effect);
      if (part === null) links.delete(key);
      else links.set(key, { ...endsOf(effect), fields: changed(links.get(key)?.fields ?? {}, part) });
    } else {
      const { asset: id } = effect;
      const known = assets.get(id);
      if (part === null) assets.delete(id);
      else {
        assets.set(id, {
          id,
          kind: known?.kind ?? kindOfAsset(id),
          version: known?.version ?? 0,
          fields: changed(known?.fields ?? {}, part),
        });
      }
    }
  }
  return { assets, links };
}

function endsOf({ link, relationship, from, to, source }: LinkEffect) {
  return { link, relationship, from, to, source };
}

/** Why an effect cannot be applied to the map as it is. */
export type Misfit =
  | { readonly why: "GONE" | "NOT_ON_THE_MAP" | "THERE_ALREADY"; readonly id: string }
  | { readonly why: "CHANGED"; readonly id: string; readonly names: readonly string[] };

/**
 * What of some effects there is still to do on the map, and why the rest cannot be done: what they found is no longer so. What is so already needs no doing. `isUndoing`: effects that take
 * something back may touch what is off the map.
 */
export function fitting(
  state: MapState,
  effects: readonly Effect[],
  { isUndoing = false }: { readonly isUndoing?: boolean } = {},
): { readonly effects: readonly Effect[]; readonly misfits: readonly Misfit[] } {
  const fit: Effect[] = [];
  const misfits: Misfit[] = [];
  let now = state;
  const isThere = (id: string) =>
    assetKindOf(id) === null || isUndoing || now.assets.get(id)?.fields["status"] === "PUBLISHED";
  const take = (effect: Effect) => {
    fit.push(effect);
    now = withEffects(now, [effect]);
  };
  for (const effect of effects) {
    if (isLinkEffect(effect)) {
      const known = now.links.get(linkKeyOf(effect))?.fields;
      const away = [effect.from, effect.to].find((id) => !isThere(id));
      if (effect.after === null) {
        if (known === undefined) continue;
        const names = differing(known, effect.before ?? {});
        if (names.length > 0) misfits.push({ why: "CHANGED", id: effect.link, names });
        else take({ ...effect, before: known });
      } else if (effect.before === null) {
        if (away !== undefined) misfits.push({ why: "NOT_ON_THE_MAP", id: away });
        else if (known === undefined) take(effect);
        else if (differing(known, effect.after).length > 0) misfits.push({ why: "THERE_ALREADY", id: effect.link });
      } else if (known === undefined) misfits.push({ why: "GONE", id: effect.link });
      else {
        const part = stillToDo(known, effect.before, effect.after);
        if (part.names.length > 0) misfits.push({ why: "CHANGED", id: effect.link, names: part.names });
        else if (part.before !== null) take({ ...effect, before: part.before, after: part.after });
      }
      continue;
    }
    const known = now.assets.get(effect.asset)?.fields;
    if (effect.before === null) {
      if (known === undefined) take(effect);
      else misfits.push({ why: "THERE_ALREADY", id: effect.asset });
    } else if (known === undefined) misfits.push({ why: "GONE", id: effect.asset });
    else if (!isThere(effect.asset)) misfits.push({ why: "NOT_ON_THE_MAP", id: effect.asset });
    else {
      const part = stillToDo(known, effect.before, effect.after);
      if (part.names.length > 0) misfits.push({ why: "CHANGED", id: effect.asset, names: part.names });
      else if (part.before !== null) take({ asset: effect.asset, before: part.before, after: part.after });
    }
  }
  return { effects: fit, misfits };
}

/** What is confirmed goes on being confirmed: the day it was is nobody's to hold against a change. */
const passing: ReadonlySet<string> = new Set(["confirmedOn"]);

/** The names under which something else is said now than was said before. */
function differing(known: Fields, said: Part): readonly string[] {
  return Object.keys(said).filter((name) => !passing.has(name) && !isSame(known[name], said[name]));
}

function stillToDo(known: Fields, before: Part, after: Part) {
  const names = Object.keys(after).filter((name) => !isSame(known[name], after[name]));
  const of = (from: Fields) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return {
    /** What somebody else has changed. */
    names: names.filter((name) => !passing.has(name) && !isSame(known[name], before[name])),
    before: names.length === 0 ? null : of(known),
    after: of(after),
  };
}

/** What of a link is told where several sources assert it: what editors said, and else the strongest. */
export function foremost(records: readonly LinkRecord[]): LinkRecord | undefined {
  const weight = ({ source, fields }: LinkRecord) =>
    (source === ourSource ? 10 : 0) + ((fields["strength"] as number | undefined) ?? 0);
  return records.toSorted((a, b) => weight(b) - weight(a) || (a.source < b.source ? -1 : 1))[0];
}

/** Every assertion of a link on a map. */
export function recordsOf(map: MapState, id: string): readonly LinkRecord[] {
  return [...map.links.values()].filter(({ link }) => link === id);
}
