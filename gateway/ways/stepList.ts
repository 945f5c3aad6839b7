import { html } from "hono/html";
import type { AssetAsked, ContactAsked, SourceAsked, StepAsked } from "./asked.ts";
import {
  asOfInWords,
  capacityInWords,
  confirmedInWords,
  leftUnsaid,
  methodInWords,
  sampleNotice,
  waitInWords,
} from "./inWords.ts";
import type { Html } from "./layout.ts";

/** Where in a way the steps stand: those of a route say what was assumed, and those of a pathway on what ground they are told. */
export type Within = "route" | "pathway";

/**
 * Hand-offs as a numbered list, each with how, to whom, for whom, how long and how sure. Each says whether it was made up, but for the only one of a route, which says so itself.
 */
export function stepList(steps: readonly StepAsked[], within: Within): Html {
  // A list without its own numbers is none to some screen readers, unless it is said to be.
  return html`<ol class="steps" role="list">
    ${steps.map(
      (step, index) =>
        html`<li>
          <p class="hop">
            ${index + 1}. <bdi>${step.from?.name ?? "Somebody"}</bdi> <span aria-hidden="true">→</span>
            <span class="hidden"> to </span
            ><bdi>${step.to?.name ?? "somewhere that cannot be shown at the moment"}</bdi>
          </p>
          ${isSample(step) && (within === "pathway" || steps.length > 1) ? html`<p class="sample">${sampleNotice}</p>` : null}
          <dl>
            ${rows([
              ["How", methodInWords[step.method]],
              ["Contact", contactOf(step)],
              ["Who it takes", step.criteria],
              ...leftUnsaid(step),
              ["Wait", waitInWords(step.waitDays)],
              ["Has room", capacityInWords(step.capacity)],
              ["Last confirmed", confirmedInWords(step.lastConfirmedOn)],
              ["We assume", within === "route" && step.assumptions.length > 0 ? bullets(step.assumptions) : null],
              ["How we know", within === "pathway" ? step.evidence : null],
              [
                "Part of",
                within === "route" && step.pathway !== null
                  ? html`<a href="/pathways/${step.pathway.slug}">${step.pathway.name}</a>`
                  : null,
              ],
              ["Source", within === "route" && step.to !== null ? sourceLine(step.to.source) : null],
            ])}
          </dl>
        </li>`,
    )}
  </ol>`;
}

/** What is said of something, each with what it is about; what is null is left out. */
export function rows(pairs: readonly (readonly [about: string, said: string | Html | null])[]): readonly Html[] {
  return pairs.flatMap(([about, said]) =>
    said === null
      ? []
      : [
          html`<dt>${about}</dt>
            <dd>${said}</dd>`,
        ],
  );
}

export function bullets(items: readonly string[]): Html {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

/** Who said so, when, and how what they said may be used. */
export function sourceLine({ name, publisher, licence, asOf, url }: SourceAsked): Html {
  return html`${url === null ? name : webLink(url, name)}, ${publisher}, ${asOfInWords(asOf)}. Licence: ${licence}.`;
}

/** A link to a page of the web; the text alone where the address is of another kind, which could run a script. */
export function webLink(url: string, text: string): Html {
  return isOnTheWeb(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : html`${text}`;
}

/** What an organisation gives to be reached by, each thing as a link. Null when it gives nothing. */
export function contactLine({ telephone, email, url }: ContactAsked): Html | null {
  const ways = [telephone, email, url].filter((way) => way !== null && way !== "");
  return ways.length === 0
    ? null
    : html`${ways.map((way, index) => html`${index === 0 ? "" : "; "}${linked(way ?? "")}`)}`;
}

function contactOf({ contact, to }: StepAsked): Html | null {
  if (contact !== null) return linked(contact);
  if (to === null) return null;
  return (to.contact === null ? null : contactLine(to.contact)) ?? (to.url === null ? null : linked(to.url));
}

/** A text as the link that it is: a page, an e-mail address or a telephone number. Other texts stay as they are. */
function linked(text: string): Html {
  if (isOnTheWeb(text)) return webLink(text, text);
  if (/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text)) return html`<a href="mailto:${text}">${text}</a>`;
  const digits = text.replace(/[\s()-]/g, "");
  if (/^\+?\d{3,15}$/.test(digits)) return html`<a href="tel:${digits}">${text}</a>`;
  return html`${text}`;
}

function isOnTheWeb(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/i.test(url);
}

function isSample({ sample, from, to }: StepAsked): boolean {
  return sample || isAssetSample(from) || isAssetSample(to);
}

function isAssetSample(one: StepAsked["from"]): boolean {
  return one !== null && one.__typename !== "Referrer" && (one satisfies AssetAsked).source.sample;
}
