import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";
import type { ChangeAsked, EffectAsked, Fields } from "./asked.ts";
import { inWords, labelOf, relationships, whenInWords, whoInShort } from "./inWords.ts";
import type { Visit } from "./visit.ts";
import { questions } from "./asked.ts";

/** The names of areas and conditions that stand by their ids in what some changes, or an asset, say. Throws as `askApi` does. */
export async function namesIn(visit: Visit, said: unknown): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(JSON.stringify(said).match(/\b(?:are|con)_[0-9A-Z]{26}\b/g) ?? [])].slice(0, 100);
  if (ids.length === 0) return new Map();
  const { nodes } = await visit.asked<{ nodes: readonly ({ readonly id: string; readonly name?: string } | null)[] }>(
    questions.names,
    { ids },
  );
  return new Map(nodes.flatMap((node) => (node?.name === undefined ? [] : [[node.id, node.name] as const])));
}

/** What stands in the way of a proposal only until another is approved. */
const waits: ReadonlySet<string> = new Set(["NEEDED", "NOT_FOUND"]);

/** All that a change did or would do, in words: what is new, and what was and would be said. */
export function changeShown(
  change: ChangeAsked,
  { names, actorId }: { readonly names: ReadonlyMap<string, string>; readonly actorId: string },
): Html {
  const { at, by, effects, conflicts, reason, summary } = change;
  return html`<p class="hop"><bdi>${summary}</bdi></p>
    ${effects.map((effect) => effectShown(effect, names))}
    ${reason === null ? null : html`<p>Why: <bdi>${reason}</bdi></p>`}
    ${conflicts.map(
      ({ code, message, otherChange }) =>
        html`<p class="${waits.has(code) ? "waiting" : "conflict"}">
          <strong>${waits.has(code) ? "It waits for something:" : "It does not fit any more:"}</strong>
          <bdi>${message}</bdi>
          ${otherChange === null || message.includes(otherChange.summary) ? null : html` Another change: <bdi>${otherChange.summary}</bdi>.`}
        </p>`,
    )}
    <p class="small">${whoInShort(by, actorId)}, ${whenInWords(at)}</p>`;
}

function effectShown({ relationship, from, to, before, after }: EffectAsked, names: ReadonlyMap<string, string>): Html {
  if (relationship === null)
    return html`${before === null ? fieldsShown(after ?? {}, names) : comparison(before, after ?? {}, names)}`;
  const said = html`<bdi>${from?.name}</bdi> ${relationships[relationship].from} <bdi>${to?.name}</bdi>`;
  if (before === null) {
    const evidence = after?.["evidence"];
    return html`<p>
      New: ${said}.${typeof evidence === "string" ? html` How we know: <bdi>${evidence}</bdi>` : null}
    </p>`;
  }
  if (after === null) return html`<p>No longer: ${said}.</p>`;
  return html`<p>Of this link: ${said}:</p>
    ${comparison(before, after, names)}`;
}

/** What is said of something new, or of something as it is. */
export function fieldsShown(fields: Fields, names: ReadonlyMap<string, string>): Html {
  return html`<dl>
    ${Object.entries(fields)
      .filter(
        ([name, value]) =>
          // A postcode tells a reader more than two numbers do.
          value !== null &&
          name !== "location" &&
          !(name === "status" && value === "PUBLISHED") &&
          !(name === "sample" && value === false),
      )
      .map(
        ([name, value]) =>
          html`<dt>${labelOf(name)}</dt>
            <dd><bdi>${inWords(value, name, names)}</bdi></dd>`,
      )}
  </dl>`;
}

function comparison(before: Fields, after: Fields, names: ReadonlyMap<string, string>): Html {
  const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return html`<dl>
    ${changed.map(
      (name) =>
        html`<dt>${labelOf(name)}</dt>
          <dd>
            Was: <bdi>${inWords(before[name], name, names)}</bdi><br />
            Now: <bdi>${inWords(after[name], name, names)}</bdi>
          </dd>`,
    )}
  </dl>`;
}
