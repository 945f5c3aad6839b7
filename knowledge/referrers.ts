import type { Graph } from "../graph/graph.ts";
import { type ReferrerRow, referrersStatement } from "./queries/referrers.ts";

/** The kinds of referrer, held in memory: they are a few dozen, and every question about a way begins with one. */
export interface Referrers {
  /** All of them, by name. */
  readonly all: readonly KnownReferrer[];
  readonly byId: ReadonlyMap<string, KnownReferrer>;
  readonly bySlug: ReadonlyMap<string, KnownReferrer>;
}

export interface KnownReferrer extends ReferrerRow {
  /** Ids of the kinds that are part of it. */
  readonly narrower: readonly string[];
}

/** Reads the kinds of referrer. Throws as `Graph.run` does. */
export async function readReferrers(graph: Graph): Promise<Referrers> {
  const rows = await graph.run(referrersStatement);
  const all = rows.map((row) => ({
    ...row,
    narrower: rows.filter(({ broader }) => broader.includes(row.id)).map(({ id }) => id),
  }));
  return {
    all,
    byId: new Map(all.map((referrer) => [referrer.id, referrer])),
    bySlug: new Map(all.map((referrer) => [referrer.slug, referrer])),
  };
}

/** A kind of referrer by its id or slug; null when there is none such. */
export function referrerCalled({ byId, bySlug }: Referrers, text: string): KnownReferrer | null {
  return byId.get(text) ?? bySlug.get(text) ?? null;
}

/** The ids of a kind and of all that are broader: who is one of these is one of those, and what takes referrals from those takes theirs. */
export function withBroaderReferrers({ byId }: Referrers, id: string): readonly string[] {
  const ids = new Set([id]);
  // A Set hands out what is added while it is walked.
  for (const one of ids) for (const broader of byId.get(one)?.broader ?? []) ids.add(broader);
  return [...ids];
}
