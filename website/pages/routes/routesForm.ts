import { govuk } from "../../components/govuk.ts";
import { type Html, html } from "../../html.ts";
import type { RoutesChoicesQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { type RoutesAsked, somebodyElse } from "./routesAsked.ts";

/** What a form offers to choose from. */
export interface Choices {
  readonly referrers: readonly RoutesChoicesQuery["referrers"]["edges"][number]["node"][];
  readonly conditions: readonly RoutesChoicesQuery["conditions"]["edges"][number]["node"][];
}

/** What is wrong with a field, in a sentence. */
export interface FieldProblem {
  readonly field: string | null;
  readonly message: Html;
}

/** Nobody is these in particular: whoever asks is one of the narrower kinds. */
const nobodyInParticular = ["self", "anyone"];

/**
 * The form. It is sent as the body of a request, so that what is so of a person is in no address. It changes nothing, and so needs no token against forged requests.
 */
export function routesForm(
  { words: { say }, addresses }: Visit,
  asked: RoutesAsked,
  { referrers, conditions }: Choices,
  problem: FieldProblem | null,
): Html {
  const problemAt = (name: string) => (problem?.field === name ? { errorMessage: { html: problem.message } } : {});
  const from = asked.from ?? "self";
  const chosen = (slug: string, value: string | null) => ({ value: slug, selected: slug === value });
  return html`<form
    method="post"
    action="${addresses.routes()}"
    novalidate
    autocomplete="off"
    class="app-only-on-screen"
  >
    ${govuk("radios", {
      name: "from",
      fieldset: { legend: { text: say("routes.who"), classes: "govuk-fieldset__legend--s" } },
      ...problemAt("from"),
      items: [
        { value: "self", text: say("routes.who.self"), checked: from === "self" },
        { value: somebodyElse, text: say("routes.who.else"), checked: from !== "self" },
      ],
    })}
    ${govuk("select", {
      id: "as",
      name: "as",
      label: { text: say("routes.as"), classes: "govuk-label--s" },
      hint: { text: say("routes.as.hint") },
      ...problemAt("as"),
      items: [
        { value: "", text: say("routes.choose") },
        ...referrers
          .filter(({ slug }) => !nobodyInParticular.includes(slug))
          .map(({ slug, name }) => ({ ...chosen(slug, from), text: name })),
      ],
    })}
    ${govuk("select", {
      id: "condition",
      name: "condition",
      label: { text: say("routes.need"), classes: "govuk-label--s" },
      ...problemAt("condition"),
      items: [
        { value: "", text: say("routes.choose") },
        ...conditions.map(({ slug, name }) => ({ ...chosen(slug, asked.condition), text: name })),
      ],
    })}
    ${govuk("input", {
      id: "near",
      name: "near",
      value: asked.near ?? "",
      label: { text: say("routes.near"), classes: "govuk-label--s" },
      hint: { text: say("routes.near.hint") },
      classes: "govuk-input--width-20",
      attributes: { maxlength: "200" },
      ...problemAt("near"),
    })}
    ${govuk("input", {
      id: "age",
      name: "age",
      value: asked.age ?? "",
      label: { text: say("routes.age"), classes: "govuk-label--s" },
      hint: { text: say("routes.age.hint") },
      classes: "govuk-input--width-3",
      inputmode: "decimal",
      attributes: { maxlength: "6" },
      ...problemAt("age"),
    })}
    ${asked.first === null ? null : html`<input type="hidden" name="first" value="${asked.first}" />`}
    ${govuk("details", {
      summaryText: say("routes.conditions.summary"),
      open: asked.conditions.length > 0 || problem?.field === "conditions",
      html: govuk("checkboxes", {
        name: "conditions",
        classes: "govuk-checkboxes--small app-columns",
        hint: { text: say("routes.conditions.hint") },
        fieldset: { legend: { text: say("routes.conditions"), classes: "govuk-fieldset__legend--s" } },
        ...problemAt("conditions"),
        items: conditions.map(({ slug, name }) => ({
          value: slug,
          text: name,
          checked: asked.conditions.includes(slug),
        })),
      }),
    })}
    ${govuk("button", { text: say("routes.button") })}
  </form>`;
}
