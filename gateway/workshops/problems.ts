import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";

/** Something to be put right before a form can be taken. */
export interface Problem {
  /** The id of the field that it is about; null: none in particular. */
  readonly field: string | null;
  readonly message: string;
}

/** All problems of a form in one box, each a link to its field; nothing where there is none. */
export function problemSummary(problems: readonly Problem[]): Html | null {
  if (problems.length === 0) return null;
  return html`<div class="problem" role="alert" aria-labelledby="problem">
    <h2 id="problem">There is a problem</h2>
    <ul>
      ${problems.map(({ field, message }) => html`<li>${field === null ? message : html`<a href="#${field}">${message}</a>`}</li>`)}
    </ul>
  </div>`;
}

/** What is said beside one field. */
export function problemBeside(problems: readonly Problem[], id: string): Html | null {
  const own = problems.filter(({ field }) => field === id);
  if (own.length === 0) return null;
  return html`<p class="error" id="${id}-error">
    <span class="hidden">Error:</span> ${own.map(({ message }) => message).join(" ")}
  </p>`;
}
