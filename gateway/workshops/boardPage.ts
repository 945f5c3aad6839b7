import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";
import { type ChangeAsked, type ChangesAsked, commands, questions, type WorkshopAsked } from "./asked.ts";
import { changeShown, namesIn } from "./changeList.ts";
import { hidden } from "./fields.ts";
import { statuses, whenInWords } from "./inWords.ts";
import type { Problem } from "./problems.ts";
import { notThere, partOf, pathOf, problemsOf, seeOther, shown, type UserError, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";

const onePage = 50;

/** The board of a workshop: its code, and what was proposed in it, thing by thing. Throws as `askApi` does. */
export async function boardPage(visit: Visit, problems: readonly Problem[] = []): Promise<Response> {
  const asked = visit.query.get("status") ?? "PROPOSED";
  const status = asked in statuses ? asked : null;
  const { workshop } = await visit.asked<{ workshop: (WorkshopAsked & { changes: ChangesAsked }) | null }>(
    questions.board,
    { id: partOf(visit, "workshop"), status, first: onePage, after: visit.query.get("after") },
  );
  if (workshop === null) throw notThere();
  const changes = workshop.changes.edges.map(({ node }) => node);
  const names = await namesIn(visit, changes);
  return shown(
    visit.request,
    page({ workshop, changes, names, status, visit, problems }),
    problems.length === 0 ? 200 : 400,
  );
}

function page({
  workshop,
  changes,
  names,
  status,
  visit,
  problems,
}: {
  readonly workshop: WorkshopAsked & { readonly changes: ChangesAsked };
  readonly changes: readonly ChangeAsked[];
  readonly names: ReadonlyMap<string, string>;
  readonly status: string | null;
  readonly visit: Visit;
  readonly problems: readonly Problem[];
}): Html {
  const { name, area, open, isFacilitator, joinCode, sample } = workshop;
  const path = pathOf(visit);
  const { pageInfo, totalCount } = workshop.changes;
  const mayReview = isFacilitator && changes.some((change) => change.status === "PROPOSED");
  const list = bySubject(changes).map(({ subject, of }, index) =>
    subjectShown(subject, of, { names, visit, mayReview, index }),
  );
  return workshopLayout({
    heading: name,
    problems,
    doneCode: visit.query.get("done"),
    back: { path: "/workshop", label: "mapping together" },
    main: html`${sample ? html`<p class="sample">Sample: this workshop is made up, to show how one goes.</p>` : null}
      ${area === null ? null : html`<p>In <bdi>${area.name}</bdi></p>`}
      ${
        open
          ? null
          : html`<p class="notice">
              This workshop has ended. Thank you to everybody who took part. Nothing more can be added; what was
              proposed is
              kept${isFacilitator ? ", and can still be approved or turned down" : ", and the facilitator looks at it"}.
            </p>`
      }
      ${isFacilitator && open ? codeShown(path, joinCode) : null}
      ${
        open
          ? html`<h2>What do you want to do?</h2>
              <ul>
                <li><a href="${path}/add">Add something to the map</a></li>
                <li><a href="${path}/assets">Find something, to change it or link it</a></li>
                <li><a href="${path}/import">Add many things from a spreadsheet</a></li>
              </ul>`
          : null
      }
      <h2 id="changes">${status === null ? "All changes" : statuses[status]}</h2>
      <form method="get" action="${path}">
        <div class="field">
          <label for="status">Show</label>
          <select id="status" name="status">
            ${[["ALL", "All changes"] as const, ...Object.entries(statuses)].map(
              ([value, label]) =>
                html`<option value="${value}" ${(status ?? "ALL") === value ? "selected" : ""}>${label}</option>`,
            )}
          </select>
        </div>
        <button class="second">Show these</button>
      </form>
      <p>${totalCount === 0 ? "There are none." : totalCount === 1 ? "1 change." : `${totalCount} changes.`}</p>
      ${
        mayReview
          ? html`<form method="post" action="${path}">
              ${list}
              <div class="buttons">
                <button name="do" value="approve">Approve what is ticked</button>
                <button name="do" value="reject" class="second">Turn down what is ticked</button>
                <button name="do" value="approve-all" class="second">Approve everything proposed</button>
              </div>
            </form>`
          : list
      }
      ${
        pageInfo.hasNextPage
          ? html`<p>
              <a
                href="${path}?${new URLSearchParams({ status: status ?? "ALL", after: pageInfo.endCursor ?? "" }).toString()}"
                >More changes</a
              >
            </p>`
          : null
      }
      <p><a href="${path}/proposals.csv">Save all changes as a spreadsheet (CSV)</a></p>
      ${isFacilitator && open ? html`<p><a href="${path}/close">End the workshop</a></p>` : null}`,
  });
}

function codeShown(path: string, joinCode: WorkshopAsked["joinCode"]): Html {
  return html`<div class="code" role="region" aria-label="Code to join">
    ${
      joinCode === null
        ? html`<p>There is no code that is good now.</p>`
        : html`<p>Open this site’s page <strong>/workshop</strong> and type:</p>
            <p class="letters">${joinCode.code}</p>
            <p class="small">Good until ${whenInWords(joinCode.expiresAt)}.</p>`
    }
    <p><a href="${path}/code">Get a new code</a></p>
  </div>`;
}

/** Changes by what they are about, in the order in which each was first changed. */
function bySubject(changes: readonly ChangeAsked[]) {
  const groups = new Map<string, ChangeAsked[]>();
  for (const change of changes) groups.set(change.subjectId, [...(groups.get(change.subjectId) ?? []), change]);
  return Array.from(groups, ([id, of]) => ({ subject: { id, name: nameOf(id, of) }, of }));
}

function nameOf(id: string, changes: readonly ChangeAsked[]): string {
  const ends = changes.flatMap(({ effects }) => effects.flatMap(({ asset, from, to }) => [asset, from, to]));
  return ends.find((end) => end?.id === id)?.name ?? "Something";
}

function subjectShown(
  { id, name }: { readonly id: string; readonly name: string },
  changes: readonly ChangeAsked[],
  {
    names,
    visit,
    mayReview,
    index,
  }: {
    readonly names: ReadonlyMap<string, string>;
    readonly visit: Visit;
    readonly mayReview: boolean;
    readonly index: number;
  },
): Html {
  const path = pathOf(visit);
  return html`<section class="way" aria-labelledby="thing-${index}">
    <h3 id="thing-${index}">
      <a href="${path}/assets/${id}"><bdi>${name}</bdi></a>
    </h3>
    ${changes.map(
      (change) =>
        html`<div class="change">
          ${
            mayReview && change.status === "PROPOSED"
              ? html`<div class="ticks few">
                  <label
                    ><input type="checkbox" name="change" value="${change.id}" /><span
                      >Choose<span class="hidden">: ${change.summary}</span></span
                    ></label
                  >
                </div>`
              : null
          }
          ${change.status === "PROPOSED" ? null : html`<p class="tag">${statuses[change.status]}</p>`}
          ${changeShown(change, { names, actorId: visit.known.actor.id })} ${changeActions(visit, change, mayReview)}
        </div>`,
    )}
  </section>`;
}

/** What can be done about one change, as links. */
export function changeActions(
  visit: Visit,
  { id, status, by, summary }: ChangeAsked,
  isFacilitator: boolean,
): Html | null {
  const path = `${pathOf(visit)}/changes/${id}`;
  const about = html`<span class="hidden">: ${summary}</span>`;
  const isOwn = by.endsWith(` ${visit.known.actor.id}`);
  const amend =
    status === "PROPOSED" && isFacilitator
      ? html`<a href="${path}/amend">Change it before approving${about}</a>`
      : null;
  const undo =
    status === "PROPOSED" && isOwn
      ? html`<a href="${path}/undo">Take back${about}</a>`
      : status === "APPLIED" && visit.known.actor.role !== "MAPPER"
        ? html`<a href="${path}/undo">Undo${about}</a>`
        : null;
  return amend === null && undo === null ? null : html`<p class="actions">${amend} ${undo}</p>`;
}

interface Settled {
  readonly changes: readonly unknown[];
  readonly conflicts: readonly {
    readonly code: string;
    readonly message: string;
    readonly change: { readonly summary: string };
  }[];
  readonly userErrors: readonly UserError[];
}

/** Approves what a facilitator has ticked, or all; what is to be turned down is asked about first. */
export async function reviewByForm(visit: Visit): Promise<Response> {
  const path = pathOf(visit);
  const [what, chosen] = [visit.sent.get("do"), visit.sent.getAll("change")];
  if (what !== "approve-all" && chosen.length === 0) {
    return boardPage(visit, [{ field: "changes", message: "Tick what you want to approve or turn down." }]);
  }
  if (what === "reject") {
    return seeOther(
      visit.request,
      `${path}/reject?${new URLSearchParams(chosen.map((id) => ["change", id])).toString()}`,
    );
  }
  const input = what === "approve-all" ? { workshop: partOf(visit, "workshop") } : { changes: chosen };
  const { done } = await visit.asked<{ done: Settled }>(commands.approve, { input });
  if (done.userErrors.length > 0) return boardPage(visit, problemsOf(done.userErrors));
  // What does not fit says so on the board itself. That somebody else has to approve it, it cannot: who reads it may be that somebody.
  const notTheirs = done.conflicts.filter(({ code }) => code === "NOT_ALLOWED");
  if (notTheirs.length > 0) {
    return boardPage(
      visit,
      notTheirs.map(({ message, change }) => ({ field: null, message: `${change.summary}: ${message}` })),
    );
  }
  const result =
    done.conflicts.length === 0 ? "approved" : done.changes.length === 0 ? "approved-none" : "approved-some";
  return seeOther(visit.request, path, result);
}

/** What is sent along with a question about several changes. */
export function chosenChanges(ids: readonly string[]): Html {
  return html`${ids.map((id) => hidden("change", id))}`;
}
