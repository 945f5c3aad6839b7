import { type Html, html } from "../../html.ts";
import type { AssetWholeFragment } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import type { Words } from "../../words/words.ts";

type Statement = AssetWholeFragment["eligibility"]["statements"][number];

/** Who it is for and who it is not for, statement by statement: what has no words of its own is said by its ages and conditions. Null where nothing is stated and nothing is missed. */
export function whoFor(
  { __typename: type, eligibility, serves }: AssetWholeFragment,
  { words, addresses }: Visit,
): Html | null {
  const { say, english } = words;
  // Nobody has to be told that anybody may go into a library.
  if (eligibility.statements.length === 0 && serves.length === 0 && (type === "Organisation" || type === "Place")) {
    return null;
  }
  const said = (statements: readonly Statement[]) =>
    html`<ul class="govuk-list govuk-list--bullet">
      ${statements.map((statement) => html`<li>${inWords(statement, words)}</li>`)}
    </ul>`;
  const admitting = eligibility.statements.filter(({ excludes }) => !excludes);
  const excluding = eligibility.statements.filter(({ excludes }) => excludes);
  return html`<h2 class="govuk-heading-m" id="for">${say("thing.for")}</h2>
    ${admitting.length === 0 && excluding.length === 0 ? html`<p class="govuk-body">${say("thing.for.anyone")}</p>` : null}
    ${admitting.length === 0 ? null : said(admitting)}
    ${
      excluding.length === 0
        ? null
        : html`<p class="govuk-body">${say("thing.for.notFor")}</p>
            ${said(excluding)}`
    }
    ${
      serves.length === 0
        ? null
        : html`<p class="govuk-body">${say("thing.for.serves")}</p>
            <ul class="govuk-list govuk-list--bullet">
              ${serves.map((area) => html`<li><a class="govuk-link" href="${addresses.area(area)}">${english(area.name)}</a></li>`)}
            </ul>`
    }`;
}

function inWords({ description, minimumAge, maximumAge, conditions }: Statement, { say, english }: Words): Html {
  if (description !== null) return english(description);
  const [from, through] = [minimumAge === 0 ? null : minimumAge, maximumAge];
  const ages =
    from === null
      ? through === null
        ? null
        : say("thing.for.through", { through })
      : through === null
        ? say("thing.for.from", { from })
        : say("thing.for.ages", { from, through });
  const people = ages === null ? say("thing.for.anyAge") : say("thing.for.people", { ages });
  if (conditions.length === 0) return html`${people}`;
  return html`${people} ${say("thing.for.with")} ${english(conditions.map(({ name }) => name).join(", "))}`;
}
