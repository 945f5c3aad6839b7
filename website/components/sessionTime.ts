import { type Html, html } from "../html.ts";
import { clockInWords } from "../localTime.ts";
import type { Words } from "../words/words.ts";

/** When on its day a session is: "10am to 11.30am", or "All day". */
export function sessionTime(
  { start, end, isAllDay }: { readonly start: string; readonly end: string; readonly isAllDay: boolean },
  { say, english }: Words,
): Html {
  if (isAllDay) return html`${say("session.allDay")}`;
  return html`<time datetime="${start}">${english(clockInWords(new Date(start)))}</time> ${say("session.until")}
    <time datetime="${end}">${english(clockInWords(new Date(end)))}</time>`;
}
