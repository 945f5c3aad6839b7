import type { Graph } from "../graph/graph.ts";
import { vocabularyRowsStatement } from "./queries/vocabularyRows.ts";
import { contentOf } from "./contentOf.ts";
import { createSpellings, type Spellings } from "./spelling.ts";
import { phraseOf } from "./words.ts";

export interface ConditionRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly broader: readonly string[];
  readonly narrower: readonly string[];
  readonly terms: readonly string[];
  readonly examples: readonly string[];
  readonly oftenWith: readonly { readonly id: string; readonly weight: number }[];
}

export interface Meaning {
  readonly conditionId: string;
  readonly weight: number;
  readonly by: "NAME" | "TERM";
}

/** The conditions and the words for them, held in memory: it is small, and every search reads it. */
export interface Vocabulary {
  /** All conditions by name. */
  readonly conditions: readonly ConditionRow[];
  readonly byId: ReadonlyMap<string, ConditionRow>;
  readonly bySlug: ReadonlyMap<string, ConditionRow>;
  /** What a phrase (see `phraseOf`) means: the strongest meanings alone. */
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  /** The most words any phrase has. */
  readonly longestPhrase: number;
  /** What a phrase's words mean when those that say nothing are left out, in the singular (see `contentOf`). */
  readonly meaningsByContent: ReadonlyMap<string, readonly Meaning[]>;
  /** All words of all phrases. */
  readonly words: Spellings;
  /** What it was made of: a vocabulary with the same fingerprint says the same. */
  readonly fingerprint: string;
}

/** How much of a narrower condition's support counts for the broader one, for each step between them. */
export const narrowerStep = 0.9;

/**
 * Reads the vocabulary from the graph; `before` when nothing has changed since, so that what was made of it stays. Throws as `Graph.run` does.
 */
export async function readVocabulary(graph: Graph, before: Vocabulary | null = null): Promise<Vocabulary> {
  const rows = await graph.run(vocabularyRowsStatement);
  const fingerprint = JSON.stringify(rows);
  if (before?.fingerprint === fingerprint) return before;
  const narrower = new Map<string, string[]>();
  for (const { id, broader } of rows) {
    for (const wider of broader) narrower.set(wider, [...(narrower.get(wider) ?? []), id]);
  }
  const conditions = rows.map((row) => ({
    ...row,
    terms: row.terms.map(({ text }) => text),
    narrower: narrower.get(row.id) ?? [],
  }));
  const meanings = new Map<string, Meaning[]>();
  const means = (text: string, meaning: Meaning) => {
    for (const phrase of new Set([phraseOf(text), phraseOf(text.replaceAll("-", ""))])) {
      if (phrase === "") continue;
      const others = (meanings.get(phrase) ?? []).filter(({ conditionId }) => conditionId !== meaning.conditionId);
      const known = meanings.get(phrase)?.find(({ conditionId }) => conditionId === meaning.conditionId);
      meanings.set(phrase, [...others, known !== undefined && known.weight >= meaning.weight ? known : meaning]);
    }
  };
  for (const { id, name, slug, terms } of rows) {
    means(name, { conditionId: id, weight: 1, by: "NAME" });
    means(slug.replaceAll("-", " "), { conditionId: id, weight: 1, by: "NAME" });
    for (const { text, weight } of terms) means(text, { conditionId: id, weight, by: "TERM" });
  }
  for (const [phrase, all] of meanings) {
    const strongest = strengthOf(all);
    meanings.set(
      phrase,
      all.filter(({ weight }) => weight === strongest),
    );
  }
  const meaningsByContent = new Map<string, readonly Meaning[]>();
  for (const [phrase, all] of meanings) {
    const content = contentOf(phrase.split(" "));
    const others = content === null ? undefined : meaningsByContent.get(content);
    if (content !== null && strengthOf(all) > strengthOf(others ?? [])) meaningsByContent.set(content, all);
  }
  return {
    fingerprint,
    conditions,
    byId: new Map(conditions.map((condition) => [condition.id, condition])),
    bySlug: new Map(conditions.map((condition) => [condition.slug, condition])),
    meanings,
    longestPhrase: Math.max(0, ...Array.from(meanings.keys(), (phrase) => phrase.split(" ").length)),
    meaningsByContent,
    words: createSpellings(Array.from(meanings.keys(), (phrase) => phrase.split(" ")).flat()),
  };
}

function strengthOf(meanings: readonly Meaning[]): number {
  return Math.max(0, ...meanings.map(({ weight }) => weight));
}

/** A condition that counts for one asked for: how much of it counts, and the way up to it. */
export interface Counting {
  /** From 0 to 1: 1 for the condition asked for, 0.9 for each step from a narrower one. */
  readonly share: number;
  /** Ids from the condition itself up to the one asked for, each part of the next. */
  readonly way: readonly string[];
}

/** Every condition that counts when any of some are asked for: those and all that is narrower, each by its shortest way up. */
export function countingFor(vocabulary: Vocabulary, asked: readonly string[]): ReadonlyMap<string, Counting> {
  const counting = new Map<string, Counting>(asked.map((id) => [id, { share: 1, way: [id] }]));
  // A Map hands out what is added while it is walked: this is the breadth-first search, and a cycle ends it.
  for (const [id, { share, way }] of counting) {
    for (const narrower of vocabulary.byId.get(id)?.narrower ?? []) {
      if (!counting.has(narrower)) counting.set(narrower, { share: share * narrowerStep, way: [narrower, ...way] });
    }
  }
  return counting;
}

/** Some conditions and all that are wider: whoever has one has those. */
export function withBroader(vocabulary: Vocabulary, ids: readonly string[]): ReadonlySet<string> {
  const all = new Set(ids);
  for (const id of all) for (const broader of vocabulary.byId.get(id)?.broader ?? []) all.add(broader);
  return all;
}
