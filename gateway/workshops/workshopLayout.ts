import { html } from "hono/html";
import { type Html, layout } from "../pages/layout.ts";
import { type Problem, problemSummary } from "./problems.ts";

/** What is said of what a form has just done; the address names one of these, and can say nothing else. */
const done: Readonly<Record<string, string>> = {
  joined: "You have joined the workshop.",
  started: "The workshop has begun. Read out its code.",
  proposed: "Proposed. The facilitator will look at it.",
  published: "Done. It is on the map.",
  unchanged: "It was so already. Nothing was changed.",
  approved: "Approved. It is on the map.",
  "approved-some": "What could be approved is on the map. What could not says why below.",
  "approved-none": "Nothing could be approved. Each says why below.",
  rejected: "Turned down. It stays on record, with your reason.",
  "rejected-some": "Some of them had been settled already. The others were turned down.",
  amended: "The proposal was changed.",
  undone: "Undone.",
  back: "Taken back.",
  renewed: "There is a new code. Everybody joins again with it.",
  closed: "The workshop has ended.",
  imported: "Every row that was right was added.",
};

/** A page about a workshop, with what was just done and what is to be put right before all else. The main part begins with its h1. */
export function workshopLayout({
  heading,
  main,
  back = null,
  problems = [],
  doneCode = null,
}: {
  readonly heading: string;
  readonly main: Html;
  readonly back?: { readonly path: string; readonly label: string } | null;
  readonly problems?: readonly Problem[];
  readonly doneCode?: string | null;
}): Html {
  const said = doneCode === null ? undefined : done[doneCode];
  return layout({
    title: problems.length === 0 ? heading : `Problem: ${heading}`,
    main: html`${
        back === null
          ? null
          : html`<p class="onscreen back">
              <a href="${back.path}">Back to <bdi>${back.label}</bdi></a>
            </p>`
      }
      ${
        said === undefined || problems.length > 0
          ? null
          : html`<div class="success" role="status">
              <p><strong>Success:</strong> ${said}</p>
            </div>`
      }
      <h1><bdi>${heading}</bdi></h1>
      ${problemSummary(problems)} ${main}`,
    // So that the browser says which page a form is from: by that it is known for ours.
    referrer: "same-origin",
    keeps:
      "What you add, and when, is kept with the map under a name that tells nothing of who you are. Joining keeps one cookie in this browser, until you sign out or it runs out.",
  });
}
