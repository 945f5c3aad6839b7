import { html, raw } from "hono/html";
import type { Html } from "../pages/layout.ts";
import { plain } from "../plain.ts";
import { type Problem, problemBeside } from "./problems.ts";

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly problems: readonly Problem[];
}

/** The ids of what describes a field: its hint, and what is wrong with it. */
function describedBy({ name, hint, problems }: Field): Html | null {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(problems.some(({ field }) => field === name) ? [`${name}-error`] : []),
  ];
  return ids.length === 0 ? null : html`aria-describedby="${ids.join(" ")}"`;
}

function isWrong({ name, problems }: Field): boolean {
  return problems.some(({ field }) => field === name);
}

function around(field: Field, control: Html): Html {
  const { name, label, hint, problems } = field;
  return html`<div class="${isWrong(field) ? "field wrong" : "field"}">
    <label for="${name}">${label}</label>
    ${hint === undefined ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`} ${problemBeside(problems, name)}
    ${control}
  </div>`;
}

/** A field for a line of text. */
export function textField(
  field: Field & {
    readonly value: string;
    readonly isShort?: boolean;
    /** Which keyboard a telephone shows. */
    readonly inputmode?: "text" | "numeric" | "decimal" | "email" | "tel" | "url";
  },
): Html {
  return around(
    field,
    html`<input
      type="text"
      id="${field.name}"
      name="${field.name}"
      value="${plain(field.value)}"
      class="${field.isShort ? "short" : "long"}"
      inputmode="${field.inputmode ?? "text"}"
      autocomplete="off"
      ${describedBy(field)}
      ${isWrong(field) ? raw('aria-invalid="true"') : null}
    />`,
  );
}

/** A field for several lines of text. */
export function textArea(field: Field & { readonly value: string; readonly rows?: number }): Html {
  // The first end of line in it is not part of the text.
  return around(
    field,
    html`<textarea
      id="${field.name}"
      name="${field.name}"
      rows="${field.rows ?? 4}"
      ${describedBy(field)}
      ${isWrong(field) ? raw('aria-invalid="true"') : null}
    >
${raw("\n")}${plain(field.value)}</textarea>`,
  );
}

/** Something to choose. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** A list to choose one thing from, or none. */
export function selectField(
  field: Field & { readonly value: string; readonly options: readonly Option[]; readonly none: string },
): Html {
  return around(
    field,
    html`<select
      id="${field.name}"
      name="${field.name}"
      ${describedBy(field)}
      ${isWrong(field) ? raw('aria-invalid="true"') : null}
    >
      <option value="">${field.none}</option>
      ${field.options.map(
        ({ value, label }) =>
          html`<option value="${value}" ${value === field.value ? raw("selected") : null}>${label}</option>`,
      )}
    </select>`,
  );
}

/** Boxes to tick, or buttons of which one is chosen. The first has the field's own name as its id, so that what is said of the field leads to it. */
export function ticks(
  field: Field & {
    readonly type: "checkbox" | "radio";
    readonly options: readonly Option[];
    readonly chosen: readonly string[];
  },
): Html {
  const { name, label, hint, problems, type, options, chosen } = field;
  return html`<div class="${isWrong(field) ? "field wrong" : "field"}">
    <fieldset ${describedBy(field)}>
      <legend>${label}</legend>
      ${hint === undefined ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`}
      ${problemBeside(problems, name)}
      <div class="${options.length > 4 ? "ticks" : "ticks few"}">
        ${options.map(
          ({ value, label: text, hint: more }, index) =>
            html`<label
              ><input
                type="${type}"
                id="${index === 0 ? name : `${name}-${index}`}"
                name="${name}"
                value="${value}"
                ${chosen.includes(value) ? raw("checked") : null}
              /><span
                ><bdi>${text}</bdi>${more === undefined ? null : html` <span class="small">${more}</span>`}</span
              ></label
            >`,
        )}
      </div>
    </fieldset>
  </div>`;
}

/** What is sent with a form and shown to nobody. */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${plain(value)}" />`;
}
