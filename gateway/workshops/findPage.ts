import { html } from "hono/html";
import type { WorkshopAsked } from "./asked.ts";
import { questions } from "./asked.ts";
import { onBoard } from "./choicesOf.ts";
import { textField } from "./fields.ts";
import { inWords } from "./inWords.ts";
import { pathOf, shown, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { workshopOf } from "./workshopOf.ts";

/** Something that was found, on the map or on the board. */
export interface Found {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly summary: string | null;
  readonly isProposed: boolean;
}

/** What is called so: what the workshop proposes first, then what is on the map near it. `kinds`: of those alone. Throws as `askApi` does. */
export async function found(
  visit: Visit,
  workshop: WorkshopAsked,
  { text, kinds }: { readonly text: string; readonly kinds: readonly string[] | null },
): Promise<readonly Found[]> {
  const { area } = workshop;
  const [board, { search }] = await Promise.all([
    onBoard(visit, workshop),
    visit.asked<{
      search: {
        edges: readonly {
          node: { __typename: string; id: string; name: string; summary: string | null } | null;
        }[];
      };
    }>(questions.search, { text, near: area === null ? null : area.slug, kinds }),
  ]);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const proposed = board
    .filter(
      ({ name, kind }) => words.every((word) => name.toLowerCase().includes(word)) && (kinds?.includes(kind) ?? true),
    )
    .map((one) => ({ ...one, summary: null, isProposed: one.status === "PROPOSED" }));
  const there = search.edges.flatMap(({ node }) =>
    node === null ? [] : [{ ...node, kind: node.__typename.toUpperCase(), isProposed: false }],
  );
  return [...new Map([...there, ...proposed].map((one) => [one.id, one])).values()].toSorted(
    (a, b) => Number(b.isProposed) - Number(a.isProposed),
  );
}

/** What words are looked for at most. */
export const longestText = 200;

/** Finds something on the map near the workshop, or on its board. */
export async function findPage(visit: Visit): Promise<Response> {
  const workshop = await workshopOf(visit);
  const path = pathOf(visit);
  const text = (visit.query.get("q") ?? "").trim().slice(0, longestText);
  const results = text === "" ? [] : await found(visit, workshop, { text, kinds: null });
  return shown(
    visit.request,
    workshopLayout({
      heading: "Find something",
      back: { path, label: workshop.name },
      main: html`<form method="get" action="${path}/assets" role="search">
          ${textField({ name: "q", label: "What are you looking for?", hint: "A name, or words such as lunch club", value: text, problems: [] })}
          <button>Find</button>
        </form>
        ${
          text === ""
            ? null
            : html`<h2>${results.length === 0 ? "Nothing found" : "Found"}</h2>
                ${results.length === 0 ? html`<p>Try other words, or <a href="${path}/add">add it</a>.</p>` : null}
                <ul>
                  ${results.map(
                    ({ id, name, kind, summary, isProposed }) =>
                      html`<li>
                        <a href="${path}/assets/${id}"><bdi>${name}</bdi></a>
                        <span class="small">${inWords(kind).toLowerCase()}${isProposed ? ", proposed" : ""}</span>
                        ${summary === null ? null : html`<br /><span class="small"><bdi>${summary}</bdi></span>`}
                      </li>`,
                  )}
                </ul>`
        }`,
    }),
  );
}
