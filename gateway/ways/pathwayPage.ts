import { html } from "hono/html";
import type { PathwayAsked } from "./asked.ts";
import { confirmedInWords, sampleNotice } from "./inWords.ts";
import { type Html, layout } from "./layout.ts";
import { contactLine, rows, sourceLine, stepList, webLink } from "./stepList.ts";

/** A pathway as a page to read and to print. */
export function pathwayPage(pathway: PathwayAsked): Html {
  const { slug, name, summary, description, url, owner, conditions, steps, lastConfirmedOn, source } = pathway;
  const shown = steps.edges.map(({ node }) => node);
  return layout({
    title: name,
    main: html`<h1><bdi>${name}</bdi></h1>
      ${source.sample ? html`<p class="sample">${sampleNotice}</p>` : null}
      <p>${summary}</p>
      ${description === null ? null : html`<p class="more">${description}</p>`}
      <dl>
        ${rows([
          ["Helps with", conditions.length === 0 ? null : listed(conditions.map((condition) => condition.name))],
          ["Run by", owner === null ? null : html`<bdi>${owner.name}</bdi>`],
          ["Contact", owner === null || owner.contact === null ? null : contactLine(owner.contact)],
          ["On the web", url === null ? null : webLink(url, url)],
        ])}
      </dl>
      <h2>Steps</h2>
      ${shown.length === 0 ? html`<p>Nobody has told us its steps.</p>` : stepList(shown, "pathway")}
      ${shown.length < steps.totalCount ? html`<p>These are the first ${shown.length} of ${steps.totalCount} steps.</p>` : null}
      <h2>Where this comes from</h2>
      <dl>
        ${rows([
          ["Source", sourceLine(source)],
          ["Last confirmed", confirmedInWords(lastConfirmedOn)],
        ])}
      </dl>
      <p class="onscreen"><a href="/pathways/${slug}.fhir.json">This pathway for other systems (FHIR R4)</a></p>`,
  });
}

/** A pathway in a list. */
export interface PathwayListed {
  readonly slug: string;
  readonly name: string;
  readonly summary: string;
  readonly source: { readonly sample: boolean };
}

/** All pathways, as a page. */
export function pathwaysPage(pathways: readonly PathwayListed[]): Html {
  return layout({
    title: "Pathways",
    main: html`<h1>Pathways</h1>
      <p>How people come to help, step by step, as those who run it have told it.</p>
      ${pathways.length === 0 ? html`<p>There is none yet.</p>` : null}
      ${pathways.map(
        ({ slug, name, summary, source }) =>
          html`<h2>
              <a href="/pathways/${slug}"><bdi>${name}</bdi></a>
            </h2>
            ${source.sample ? html`<p class="sample">${sampleNotice}</p>` : null}
            <p>${summary}</p>`,
      )}`,
  });
}

function listed(names: readonly string[]): string {
  return names.join(", ");
}
