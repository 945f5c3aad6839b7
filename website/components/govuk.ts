import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import nunjucks from "nunjucks";
import { type Html, raw } from "../html.ts";

/** The components of GOV.UK Frontend that the website uses, by the name of their folder; `theme/site.scss` has the style of each. */
export type Component =
  | "back-link"
  | "breadcrumbs"
  | "button"
  | "checkboxes"
  | "date-input"
  | "details"
  | "error-summary"
  | "fieldset"
  | "input"
  | "inset-text"
  | "notification-banner"
  | "pagination"
  | "radios"
  | "select"
  | "skip-link"
  | "summary-list"
  | "table"
  | "tag"
  | "textarea"
  | "warning-text";

/** What a component is told, as its documentation says: `text` is escaped; where it takes `html`, a piece of a page. */
export interface Options {
  readonly [name: string]: Option;
}
type Option = string | number | boolean | null | undefined | Html | Options | readonly Option[];

/** Where GOV.UK Frontend's own files are. */
export const govukFrontend = join(
  dirname(createRequire(import.meta.url).resolve("govuk-frontend/package.json")),
  "dist",
);

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(govukFrontend), { autoescape: true });
const templates = new Map<Component, nunjucks.Template>();

/** A component of GOV.UK Frontend: its own markup, so that it is what was tested with those who need it. */
export function govuk(component: Component, options: Options): Html {
  const markup = templateOf(component)
    .render({ options: asTold(options) })
    .trim();
  // A fifth of a long form is what its lines are indented by; within a text area that would be somebody's words.
  return raw(markup.includes("<textarea") ? markup : markup.replace(/\n\s+/g, "\n"));
}

function templateOf(component: Component): nunjucks.Template {
  const known = templates.get(component);
  if (known !== undefined) return known;
  const macro = `govuk${component
    .split("-")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("")}`;
  const template = new nunjucks.Template(
    `{% from "govuk/components/${component}/macro.njk" import ${macro} %}{{ ${macro}(options) }}`,
    environment,
  );
  templates.set(component, template);
  return template;
}

/** Only what `html` in this program made may go where markup is taken: anything else would be written into the page as it is. */
function asTold(option: Option, name = ""): unknown {
  if (option instanceof String) return option.toString();
  if (typeof option === "string" && /html$/i.test(name)) throw new TypeError(`${name} takes a piece of a page.`);
  if (Array.isArray(option)) return (option as readonly Option[]).map((one) => asTold(one));
  if (typeof option !== "object" || option === null) return option;
  return Object.fromEntries(Object.entries(option).map(([key, one]) => [key, asTold(one, key)]));
}
