import { govuk } from "../../components/govuk.ts";
import { type Content, type Html, html } from "../../html.ts";
import type { Visit } from "../../page.ts";
import { type AssetToEdit, type Field, type fields, longestOf, type Suggestion } from "./suggestion.ts";

/** What is wrong, in a sentence, and at which field; null: at none. */
export interface ProblemSaid {
  readonly field: Field | null;
  readonly message: Html;
}

/** What nobody fills in who sees the page: programs that fill in every field do. */
export const trap = "homepage";

/** The form, with what is wrong with it above and beside its fields. */
export function suggestEditForm(
  { words: { say }, addresses }: Visit,
  {
    asset,
    suggestion,
    token,
    problems,
  }: {
    readonly asset: AssetToEdit;
    readonly suggestion: Suggestion;
    readonly token: string;
    readonly problems: readonly ProblemSaid[];
  },
): Html {
  const { values, cost, isClosed, version, call } = suggestion;
  const problemAt = (field: Field) => {
    const found = problems.find((one) => one.field === field);
    return found === undefined ? {} : { errorMessage: { html: found.message } };
  };
  const input = (name: (typeof fields)[number], more: Parameters<typeof govuk>[1] = {}): Content =>
    govuk("input", {
      id: name,
      name,
      value: values[name],
      label: { text: say(`suggest.${name}`), classes: "govuk-label--s" },
      attributes: { maxlength: String(longestOf(name)) },
      ...problemAt(name),
      ...more,
    });
  return html`<form method="post" action="${addresses.suggestEdit(asset.id)}" novalidate autocomplete="off">
    <input type="hidden" name="token" value="${token}" />
    <input type="hidden" name="version" value="${version}" />
    <input type="hidden" name="call" value="${call}" />
    <div class="govuk-visually-hidden" aria-hidden="true">
      <label for="${trap}">${say("suggest.trap")}</label>
      <input id="${trap}" name="${trap}" tabindex="-1" autocomplete="off" />
    </div>
    ${govuk("checkboxes", {
      name: "closed",
      ...problemAt("closed"),
      items: [
        { value: "yes", text: say("suggest.closed"), hint: { text: say("suggest.closed.hint") }, checked: isClosed },
      ],
    })}
    ${input("name")} ${input("summary", { hint: { text: say("suggest.summary.hint") } })}
    ${input("telephone", { hint: { text: say("suggest.contact.hint") }, type: "tel", classes: "govuk-input--width-20" })}
    ${input("email", { hint: { text: say("suggest.contact.hint") }, type: "email", classes: "govuk-input--width-20" })}
    ${input("url", { hint: { text: say("suggest.url.hint") }, type: "url" })}
    ${govuk("radios", {
      name: "cost",
      classes: "govuk-radios--inline",
      fieldset: { legend: { text: say("suggest.cost"), classes: "govuk-fieldset__legend--s" } },
      ...problemAt("cost"),
      items: (["free", "paid", "unknown"] as const).map((value) => ({
        value,
        text: say(`suggest.cost.${value}`),
        checked: cost === value,
      })),
    })}
    ${input("costDescription", { hint: { text: say("suggest.costDescription.hint") } })}
    ${input("when", { hint: { text: say("suggest.when.hint") } })}
    ${govuk("textarea", {
      id: "reason",
      name: "reason",
      value: values.reason,
      rows: "3",
      label: { text: say("suggest.reason"), classes: "govuk-label--s" },
      hint: { text: say("suggest.reason.hint", { most: longestOf("reason") }) },
      ...problemAt("reason"),
    })}
    ${govuk("button", { text: say("suggest.button"), preventDoubleClick: true })}
  </form>`;
}

/** What is wrong, all together, each with its field. Null where nothing is. */
export function problemSummary({ words: { say } }: Visit, problems: readonly ProblemSaid[]): Html | null {
  if (problems.length === 0) return null;
  return govuk("error-summary", {
    titleText: say("search.problem"),
    disableAutoFocus: true,
    errorList: problems.map(({ field, message }) => ({
      html: message,
      ...(field === null ? {} : { href: `#${field}` }),
    })),
  });
}
