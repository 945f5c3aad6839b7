import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";
import { type ChangeAsked, commands, questions } from "./asked.ts";
import { assetFields, assetProblems, changesIn, valuesOf } from "./assetForm.ts";
import { chosenChanges } from "./boardPage.ts";
import { changeShown, namesIn } from "./changeList.ts";
import { hidden, textField } from "./fields.ts";
import { type Type } from "./inWords.ts";
import type { Problem } from "./problems.ts";
import { callOf, notThere, partOf, pathOf, problemsOf, seeOther, shown, type UserError, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { facilitatedBy, workshopOf } from "./workshopOf.ts";

interface Done {
  readonly userErrors: readonly UserError[];
}

/** Asks why proposals are turned down, and turns them down. */
export async function rejectPage(visit: Visit): Promise<Response> {
  const { name } = await facilitatedBy(visit);
  const path = pathOf(visit);
  const isSent = visit.request.req.method === "POST";
  const ids = (isSent ? visit.sent : visit.query).getAll("change").slice(0, 100);
  if (ids.length === 0) return seeOther(visit.request, path);
  const reason = visit.sent.get("reason") ?? "";
  let problems: readonly Problem[] = [];
  if (isSent) {
    const { done } = await visit.asked<{ done: Done & { conflicts: readonly unknown[] } }>(commands.reject, {
      input: { changes: ids, reason },
    });
    if (done.userErrors.length === 0) {
      return seeOther(visit.request, path, done.conflicts.length === 0 ? "rejected" : "rejected-some");
    }
    problems =
      reason.trim() === "" ? [{ field: "reason", message: "Say why." }] : problemsOf(done.userErrors, "reason");
  }
  return shown(
    visit.request,
    workshopLayout({
      heading: ids.length === 1 ? "Turn down 1 change" : `Turn down ${ids.length} changes`,
      back: { path, label: name },
      problems,
      main: html`<form method="post" action="${path}/reject">
        ${chosenChanges(ids)}
        ${textField({ name: "reason", label: "Why", hint: "Whoever proposed it reads this", value: reason, problems })}
        <button>Turn down</button>
      </form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );
}

/** Why a change cannot be undone by itself. */
interface UndoConflict {
  readonly code: string;
  readonly message: string;
  readonly otherChange: { readonly summary: string } | null;
}

async function changeOf(visit: Visit): Promise<ChangeAsked> {
  const { change } = await visit.asked<{ change: ChangeAsked | null }>(questions.change, {
    id: partOf(visit, "change"),
  });
  if (change === null) throw notThere();
  return change;
}

/** Asks whether to undo a change, or take a proposal back, and does so. What rests on it is told, and undone with it where that is wanted. */
export async function undoPage(visit: Visit): Promise<Response> {
  const [{ name }, change] = [await workshopOf(visit), await changeOf(visit)];
  const path = pathOf(visit);
  const isProposal = change.status === "PROPOSED";
  const verb = isProposal ? "Take back" : "Undo";
  const problems: Problem[] = [];
  let conflicts: readonly UndoConflict[] = [];
  if (visit.request.req.method === "POST") {
    const reason = (visit.sent.get("reason") ?? "").trim();
    const { done } = await visit.asked<{ done: Done & { conflicts: typeof conflicts; undone: readonly unknown[] } }>(
      commands.undo,
      {
        input: {
          change: change.id,
          withDependants: visit.sent.get("all") === "yes",
          ...(reason === "" ? {} : { reason }),
          clientMutationId: callOf(visit.sent),
        },
      },
    );
    if (done.userErrors.length === 0 && done.conflicts.length === 0) {
      return seeOther(visit.request, path, isProposal ? "back" : "undone");
    }
    problems.push(...problemsOf(done.userErrors));
    conflicts = done.conflicts;
    if (conflicts.length > 0) problems.push({ field: null, message: "It cannot be undone by itself." });
  }
  // What rests on it can go with it; what was changed otherwise since cannot.
  const isAllOrNothing = conflicts.length > 0 && conflicts.every(({ code }) => code === "NEEDED");
  const names = await namesIn(visit, change);
  return shown(
    visit.request,
    workshopLayout({
      heading: isProposal ? "Take back a proposal" : "Undo a change",
      back: { path, label: name },
      problems,
      main: html`${changeShown(change, { names, actorId: visit.known.actor.id })}
        ${isAllOrNothing ? html`<p>This rests on it, and has to be undone with it:</p>` : null}
        ${
          conflicts.length === 0
            ? null
            : html`<ul>
                ${conflicts.map(({ message, otherChange }) => html`<li><bdi>${isAllOrNothing ? (otherChange?.summary ?? message) : message}</bdi></li>`)}
              </ul>`
        }
        ${
          conflicts.length > 0 && !isAllOrNothing
            ? null
            : html`<form method="post" action="${path}/changes/${change.id}/undo">
                ${hidden("clientMutationId", callOf(new URLSearchParams()))}
                ${isProposal ? null : textField({ name: "reason", label: "Why (if you want to say)", value: visit.sent.get("reason") ?? "", problems })}
                ${
                  isAllOrNothing
                    ? html`<button name="all" value="yes">Undo all of it</button>`
                    : html`<button>${verb}</button>`
                }
              </form>`
        }
        <p><a href="${path}">Leave it as it is</a></p>`,
    }),
    problems.length === 0 ? 200 : 409,
  );
}

function typeOf(kind: string): Type | null {
  return (
    (["Group", "Activity", "Organisation", "Place"] as const).find(
      (type) => type.toLowerCase() === kind.toLowerCase(),
    ) ?? null
  );
}

/** The form of what a proposal proposes, for the facilitator to put it right before approving it. */
export async function amendPage(visit: Visit): Promise<Response> {
  const [{ name }, change] = [await facilitatedBy(visit), await changeOf(visit)];
  const path = pathOf(visit);
  const effect = change.effects.find(({ asset }) => asset?.id === change.subjectId) ?? change.effects[0];
  if (effect?.after === undefined || effect.after === null || change.status !== "PROPOSED") throw notThere();
  const type = typeOf(effect.asset?.kind ?? "");
  const isSent = visit.request.req.method === "POST";
  // What a proposal leaves as it is, is as it was.
  const said = { ...effect.before, ...effect.after };
  const problems: Problem[] = [];
  if (isSent) {
    const evidence = (visit.sent.get("evidence") ?? "").trim();
    const after =
      type === null ? { evidence: evidence === "" ? null : evidence } : changesIn(type, said, visit.sent, problems);
    if (problems.length === 0 && Object.keys(after).length === 0) return seeOther(visit.request, path, "unchanged");
    if (problems.length === 0) {
      const { done } = await visit.asked<{ done: Done }>(commands.amend, { input: { change: change.id, after } });
      if (done.userErrors.length === 0) return seeOther(visit.request, path, "amended");
      problems.push(...(type === null ? problemsOf(done.userErrors, "evidence") : assetProblems(done.userErrors)));
    }
  }
  const names = await namesIn(visit, change);
  return shown(
    visit.request,
    workshopLayout({
      heading: "Change a proposal",
      back: { path, label: name },
      problems,
      main: html`${changeShown(change, { names, actorId: visit.known.actor.id })}
        <form method="post" action="${path}/changes/${change.id}/amend">
          ${type === null ? linkFields(isSent ? visit.sent.get("evidence") : said["evidence"], problems) : ownFields(type)}
          <button>Change the proposal</button>
        </form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );

  function ownFields(of: Type): Html {
    const { values, leaves } = valuesOf(of, said);
    return assetFields(of, {
      values: isSent ? visit.sent : values,
      problems,
      choices: null,
      addPlace: `${path}/add/place`,
      leaves,
    });
  }
}

function linkFields(evidence: unknown, problems: readonly Problem[]): Html {
  return textField({
    name: "evidence",
    label: "How we know",
    value: typeof evidence === "string" ? evidence : "",
    problems,
  });
}

/** Asks whether to give the workshop another code, and does so. */
export function codePage(visit: Visit): Promise<Response> {
  return confirmed(visit, {
    heading: "Get a new code",
    words: "Everybody who joined with the code there is now is out, and has to join again with the new one.",
    button: "Get a new code",
    at: "code",
    command: commands.renew,
    doneCode: "renewed",
  });
}

/** Asks whether to end the workshop, and does so. */
export function closePage(visit: Visit): Promise<Response> {
  return confirmed(visit, {
    heading: "End the workshop",
    words: "Nobody can add anything any more. What was proposed is kept, and you can approve it or turn it down later.",
    button: "End the workshop",
    at: "close",
    command: commands.close,
    doneCode: "closed",
  });
}

async function confirmed(
  visit: Visit,
  {
    heading,
    words,
    button,
    at,
    command,
    doneCode,
  }: {
    readonly heading: string;
    readonly words: string;
    readonly button: string;
    readonly at: string;
    readonly command: string;
    readonly doneCode: string;
  },
): Promise<Response> {
  const { name, id } = await facilitatedBy(visit);
  const path = pathOf(visit);
  let problems: readonly Problem[] = [];
  if (visit.request.req.method === "POST") {
    const { done } = await visit.asked<{ done: Done }>(command, { input: { workshop: id } });
    if (done.userErrors.length === 0) return seeOther(visit.request, path, doneCode);
    problems = problemsOf(done.userErrors);
  }
  return shown(
    visit.request,
    workshopLayout({
      heading,
      back: { path, label: name },
      problems,
      main: html`<p>${words}</p>
        <form method="post" action="${path}/${at}"><button>${button}</button></form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );
}
