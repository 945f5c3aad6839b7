import type { AssetKind, AssetState, EndKind, Page } from "../answers.ts";
import type { Ask } from "../askApi.ts";
import { kindsInWords } from "../words.ts";
import type { Picked } from "./fields.ts";

interface Named {
  readonly __typename: string;
  readonly id: string;
  readonly name?: string;
  readonly summary?: string | null;
}

interface Vocabulary {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly terms?: readonly string[];
}

const assetKinds: readonly EndKind[] = ["Group", "Activity", "Organisation", "Place"];
const most = 20;

/** Vocabularies are short and stay as they are: read once for each page that is opened. */
const vocabularies = new Map<"Conditions" | "Referrers", Promise<readonly Vocabulary[]>>();

function vocabulary(ask: Ask, name: "Conditions" | "Referrers"): Promise<readonly Vocabulary[]> {
  const known = vocabularies.get(name);
  if (known !== undefined) return known;
  const read = readWhole(ask, name);
  vocabularies.set(name, read);
  read.catch(() => vocabularies.delete(name));
  return read;
}

async function readWhole(ask: Ask, name: "Conditions" | "Referrers"): Promise<readonly Vocabulary[]> {
  const found: Vocabulary[] = [];
  let after: string | null = null;
  do {
    const answer: Record<string, Page<Vocabulary>> = await ask(name, { after });
    const page = answer[name.toLowerCase()];
    found.push(...(page?.edges.map(({ node }) => node) ?? []));
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

const simple = (text: string) => text.toLowerCase().replaceAll("’", "'").trim();

/** How well a text fits what was typed: 0 its beginning, 1 the beginning of a word, 2 somewhere; null not at all. */
function fit(text: string, typed: string): number | null {
  const at = simple(text).indexOf(typed);
  if (at < 0) return null;
  return at === 0 ? 0 : /\W/.test(simple(text).charAt(at - 1)) ? 1 : 2;
}

async function fromVocabulary(ask: Ask, kind: "Condition" | "Referrer", typed: string): Promise<readonly Picked[]> {
  const all = await vocabulary(ask, kind === "Condition" ? "Conditions" : "Referrers");
  return all
    .map((one) => {
      const term = one.terms?.find((word) => fit(word, typed) === 0);
      const rank = fit(one.name, typed) ?? (term === undefined ? null : 3);
      return { one, term, rank };
    })
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.one.name.localeCompare(b.one.name))
    .map(({ one, term, rank }) => ({
      id: one.slug,
      name: one.name,
      kind,
      note: rank === 3 ? `${kindsInWords[kind]}; “${String(term)}”` : kindsInWords[kind],
    }));
}

interface AreaFound {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly slug: string | null;
}

async function areas(ask: Ask, typed: string): Promise<readonly Picked[]> {
  const { areas: named } = await ask<{ areas: Page<AreaFound> }>("Areas", { name: typed });
  const found =
    named.edges.length > 0
      ? named.edges.map(({ node }) => node)
      : (
          await ask<{ locate: { matches: readonly { area: AreaFound }[] } }>("Locate", { text: typed })
        ).locate.matches.map(({ area }) => area);
  return found.map(({ id, name, kind, slug }) => ({
    id: slug ?? id,
    name,
    kind: "Area",
    note: kind === "LSOA" ? "A few streets" : kind.replaceAll("_", " ").toLowerCase(),
  }));
}

async function assets(ask: Ask, typed: string, board: readonly AssetState[]): Promise<readonly Picked[]> {
  const proposed = board
    .filter(({ status, name }) => status === "PROPOSED" && fit(name, simple(typed)) !== null)
    .map(({ id, name, kind }): Picked => ({
      id,
      name,
      kind: `${kind.charAt(0)}${kind.slice(1).toLowerCase()}` as AssetKind,
      note: "Proposed in this workshop",
    }));
  const { suggest } = await ask<{ suggest: readonly { node: Named }[] }>("SuggestAssets", {
    text: typed.slice(0, 200),
  });
  let found = suggest.map(({ node }) => node).filter(isAsset);
  // Names that begin so come first; what has the words somewhere, only when there are none.
  if (found.length === 0 && proposed.length === 0 && typed.length > 2) {
    const { search } = await ask<{ search: Page<Named | null> }>("SearchAssets", { text: typed });
    found = search.edges.flatMap(({ node }) => (node !== null && isAsset(node) ? [node] : []));
  }
  return [
    ...proposed,
    ...found.map(({ __typename, id, name, summary }): Picked => {
      const kind = __typename as AssetKind;
      return { id, name: name ?? id, kind, note: [kindsInWords[kind], summary ?? ""].filter(Boolean).join(": ") };
    }),
  ];
}

const isAsset = ({ __typename }: Named) => (assetKinds as readonly string[]).includes(__typename);

/**
 * What may be meant by what was typed, of these kinds, the likeliest first; at most 20. What the workshop itself proposes is among it. Throws as `ask` does.
 */
export async function pickList(
  ask: Ask,
  of: readonly EndKind[],
  typed: string,
  board: readonly AssetState[],
): Promise<readonly Picked[]> {
  const text = simple(typed);
  if (text === "") return [];
  const lists = await Promise.all([
    of.includes("Condition") ? fromVocabulary(ask, "Condition", text) : [],
    of.includes("Referrer") ? fromVocabulary(ask, "Referrer", text) : [],
    of.includes("Area") ? areas(ask, typed.trim()) : [],
    of.some((kind) => assetKinds.includes(kind)) ? assets(ask, typed.trim(), board) : [],
  ]);
  const seen = new Set<string>();
  return lists
    .flat()
    .filter(({ id, kind }) => of.includes(kind) && !seen.has(id) && seen.add(id))
    .slice(0, most);
}
