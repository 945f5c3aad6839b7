import { contactOf, sampleTag } from "../../components/assetCard.ts";
import { facts } from "../../components/facts.ts";
import { dateInWords } from "../../components/inWords.ts";
import { bullets } from "../../components/prose.ts";
import { reachedBy } from "../../components/reachedBy.ts";
import { sourceInWords } from "../../components/sourceInWords.ts";
import { type Content, type Html, html } from "../../html.ts";
import type { StepToldFragment } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { leftUnsaid, waitInWords } from "./inWords.ts";

/** Where in a way the steps stand: those of a route say what was assumed, and those of a pathway on what ground they are told. */
export type Within = "route" | "pathway";

/**
 * Hand-offs as a numbered list, each with how, to whom, for whom, how long and how sure. Each says whether it was made up, but for the only one of a route, which says so itself.
 */
export function stepList(steps: readonly StepToldFragment[], within: Within, visit: Visit): Html {
  const { words, addresses } = visit;
  const { say, english } = words;
  // A list without its own numbers is none to some screen readers, unless it is said to be.
  return html`<ol class="app-steps" role="list">
    ${steps.map(
      (step, index) =>
        html`<li>
          <p class="govuk-body app-steps__hop">
            ${index + 1}. ${end(step.from, "routes.somebody", visit)} <span aria-hidden="true">→</span>
            <span class="govuk-visually-hidden"> ${say("routes.to")} </span>${end(step.to, "routes.somewhere", visit)}
          </p>
          ${isSample(step) && (within === "pathway" || steps.length > 1) ? sampleTag(true, words) : null}
          ${facts([
            [say("routes.how"), say(`routes.method.${step.method}`)],
            [say("routes.contact"), contact(step)],
            [say("routes.takes"), step.criteria === null ? null : english(step.criteria)],
            ...leftUnsaid(step, words),
            [say("routes.waitFor"), waitInWords(step.waitDays, words)],
            [say("routes.room"), say(`routes.room.${step.capacity ?? "UNKNOWN"}`)],
            [say("routes.confirmed"), confirmed(step.lastConfirmedOn, visit)],
            [
              say("routes.assumed"),
              within === "route" && step.assumptions.length > 0
                ? bullets(step.assumptions.map((assumption) => english(assumption)))
                : null,
            ],
            [say("routes.evidence"), within === "pathway" && step.evidence !== null ? english(step.evidence) : null],
            [
              say("routes.partOf"),
              within === "route" && step.pathway !== null
                ? html`<a class="govuk-link" href="${addresses.pathway(step.pathway.slug)}"
                    >${english(step.pathway.name)}</a
                  >`
                : null,
            ],
            [
              say("routes.source"),
              within === "route" && step.to !== null ? sourceInWords(step.to.source, words) : null,
            ],
          ])}
        </li>`,
    )}
  </ol>`;
}

/** "26 March 2019", or that nobody has confirmed it. */
export function confirmed(date: string | null, { words }: Visit): string {
  return date === null ? words.say("routes.confirmed.never") : dateInWords(date, words);
}

function end(
  one: StepToldFragment["from"],
  unknown: "routes.somebody" | "routes.somewhere",
  { words: { say, english }, addresses }: Visit,
): Content {
  if (one === null || !("name" in one)) return say(unknown);
  const name = english(html`<bdi>${one.name}</bdi>`);
  return "id" in one ? html`<a class="govuk-link" href="${addresses.asset(one)}">${name}</a>` : name;
}

function contact({ contact: given, to }: StepToldFragment): Html | null {
  if (given !== null) return reachedBy(given);
  if (to === null) return null;
  return contactOf(to.contact) ?? (to.url === null ? null : reachedBy(to.url));
}

function isSample({ sample, from, to }: StepToldFragment): boolean {
  return sample || [from, to].some((one) => one !== null && "source" in one && one.source.sample);
}
