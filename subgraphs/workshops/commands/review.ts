import type { Actor } from "../../../core/caller.ts";
import { newId } from "../../../core/ids.ts";
import { int } from "../../../graph/graph.ts";
import { type Effect, inverseOf, isAssetEffect, isLinkEffect, kindOfAsset } from "../effects.ts";
import { type Problem, shapesOf } from "../assetFields.ts";
import { refuseProblems, saidOf } from "../assetInput.ts";
import type { ConflictFound } from "../shown.ts";
import { dependantsOf, explained, proposalOnMap } from "../conflicts.ts";
import type { Context } from "../context.ts";
import { saidOfLink } from "../linkInput.ts";
import { fitting, readMap, wantedBy } from "../mapState.ts";
import { type ChangeRow, changesByIdsStatement } from "../queries/changes.ts";
import { refusal } from "../refusals.ts";
import type {
  AmendChangeInput,
  ApproveChangesInput,
  RejectChangesInput,
  UndoChangeInput,
} from "../schema.generated.ts";
import { maySee, noWorkshop } from "../maySee.ts";
import { isFacilitator, mayApply, mayBringAbout, signedIn } from "../whoMay.ts";
import { reasonOf } from "./archiveAsset.ts";
import { beginCall, type BegunCall } from "./beginCall.ts";
import {
  apply,
  byOf,
  callOf,
  changeWith,
  onceOnly,
  proposalsOf,
  propertiesOf,
  mostTries,
  othersWereQuicker,
} from "./perform.ts";
import { settleProposalsStatement } from "./writeProposal.ts";

const mostAtOnce = 500;

/** The proposals with some ids that somebody may settle, in the order in which they were made. Throws Refusal for too many, or one that is not there for them. */
async function proposalsWith(context: Context, actor: Actor, ids: readonly string[]): Promise<readonly ChangeRow[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0 || unique.length > mostAtOnce) {
    throw refusal("INVALID", `From 1 to ${mostAtOnce} changes at once.`, "input", "changes");
  }
  const found = (await context.graph.run(changesByIdsStatement, { asked: { ids: unique } })).map(({ row }) => row);
  const byId = new Map(found.map((row) => [row.id, row]));
  for (const [index, id] of unique.entries()) {
    const change = byId.get(id);
    if (!(await mayReview(context, actor, change ?? null)) || change === undefined) {
      throw refusal(
        "NOT_FOUND",
        "There is no proposal with this id that you may review.",
        "input",
        "changes",
        String(index),
      );
    }
  }
  return found.toSorted((a, b) => a.firstSequence - b.firstSequence);
}

/** Whether somebody may approve, amend and reject a proposal. */
async function mayReview(context: Context, actor: Actor, change: ChangeRow | null): Promise<boolean> {
  // Asked of what there is not as well: how long an answer takes is not to tell whether there is something.
  const workshop = await context.workshopById(change?.workshopId ?? noWorkshop);
  if (change === null) return false;
  if (change.workshopId !== null) return workshop !== null && isFacilitator(actor, workshop);
  return mayBringAbout(context.graph, actor, change.effects);
}

/**
 * Applies proposals in the order in which they were made. What no longer fits is left as it is, and told of. A call sent again goes on with what it had not come to, and tells of all that it did.
 * Throws Refusal for what is not there; CodedError NOT_ALLOWED as `mayApply` does.
 */
export async function approveChanges(context: Context, input: ApproveChangesInput) {
  const actor = signedIn(context.caller, "EDIT");
  const call = callOf(actor, { kind: "approveChanges", clientMutationId: input.clientMutationId });
  const asked = await proposalsAsked(context, actor, input);
  const begun = await beginCall(context, call);
  const changes = [...(await reviewedBy(context, begun))];
  const conflicts: ConflictFound[] = [];
  for (const proposal of asked) {
    if (begun?.done.has(proposal.id) === true) continue;
    const isNamed = input.changes?.includes(proposal.id) ?? false;
    if (begun !== null && !isNamed && proposal.sequence > begun.sequence) continue;
    const settled = await approve(context, actor, { proposal, call });
    if ("conflicts" in settled) conflicts.push(...settled.conflicts);
    else changes.push(settled);
  }
  return withoutOwn(context, call, { changes, conflicts });
}

/** The changes that a call has reviewed already. */
async function reviewedBy(context: Context, begun: BegunCall | null): Promise<readonly ChangeRow[]> {
  if (begun === null || begun.done.size === 0) return [];
  const found = await context.graph.run(changesByIdsStatement, { asked: { ids: [...begun.done] } });
  return found.map(({ row }) => row).toSorted((a, b) => a.firstSequence - b.firstSequence);
}

/**
 * What came of a call. Sent twice and under way twice, it may find what it did itself in its way: whatever of its conflicts is about a change that it has reviewed by now is no conflict, but done.
 */
async function withoutOwn(
  context: Context,
  call: string | null,
  { changes, conflicts }: { readonly changes: readonly ChangeRow[]; readonly conflicts: readonly ConflictFound[] },
) {
  const now = conflicts.length === 0 ? null : await beginCall(context, call);
  if (now === null) return { changes, conflicts };
  const told = new Set(changes.map(({ id }) => id));
  const own = (await reviewedBy(context, now)).filter(({ id }) => !told.has(id));
  return { changes: [...changes, ...own], conflicts: conflicts.filter(({ change }) => !now.done.has(change.id)) };
}

async function proposalsAsked(context: Context, actor: Actor, { workshop: id, changes }: ApproveChangesInput) {
  if (changes !== null && changes !== undefined) return proposalsWith(context, actor, changes);
  if (id === null || id === undefined)
    throw refusal("MISSING", "Say which changes, or which workshop's.", "input", "changes");
  const workshop = await context.workshopById(id);
  if (workshop === null || !isFacilitator(actor, workshop)) {
    throw refusal("NOT_FOUND", "There is no workshop with this id that you may review.", "input", "workshop");
  }
  return proposalsOf(context, id);
}

async function approve(
  context: Context,
  actor: Actor,
  { proposal: asked, call }: { readonly proposal: ChangeRow; readonly call: string | null },
): Promise<ChangeRow | { readonly conflicts: readonly ConflictFound[] }> {
  let proposal = asked;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (proposal.status !== "PROPOSED") {
      return { conflicts: [noLongerProposed(proposal)] };
    }
    const { state, effects, conflicts } = await proposalOnMap(context, proposal);
    if (conflicts.length > 0) return { conflicts };
    if (!(await mayBringAbout(context.graph, actor, effects))) {
      const message = "It is outside the areas and organisations that you may edit: ask an editor who may.";
      return { conflicts: [{ code: "NOT_ALLOWED", message, change: proposal, otherChange: null }] };
    }
    const written = await apply(
      context,
      { effects, state },
      {
        id: proposal.id,
        was: "PROPOSED",
        seen: proposal.sequence,
        call: null,
        review: call,
        undoes: null,
        properties: { status: "APPLIED", effects: JSON.stringify(effects), approvedBy: byOf(actor) },
      },
    );
    if (written !== null) return written;
    // Settled or amended meanwhile, or what it changes was.
    proposal = await changeWith(context, proposal.id);
  }
  throw othersWereQuicker();
}

/** Turns proposals down; they stay on record. A call sent again tells of what it did. Throws Refusal for what is not there, or no reason. */
export async function rejectChanges(context: Context, input: RejectChangesInput) {
  const actor = signedIn(context.caller, "EDIT");
  const reason = reasonOf(input.reason);
  const call = callOf(actor, { kind: "rejectChanges", clientMutationId: input.clientMutationId });
  const proposals = await proposalsWith(context, actor, input.changes);
  const begun = await beginCall(context, call);
  const { changes, conflicts } = await settle(
    context,
    proposals.filter(({ id }) => begun?.done.has(id) !== true),
    { status: "REJECTED", reason, rejectedBy: byOf(actor) },
    { call },
  );
  return withoutOwn(context, call, {
    changes: [...(await reviewedBy(context, begun)), ...changes],
    conflicts,
  });
}

function noLongerProposed(change: ChangeRow): ConflictFound {
  const message = `It is no longer proposed: it is ${change.status.toLowerCase()}.`;
  return { code: "ALREADY_SO", message, change, otherChange: null };
}

async function settle(
  context: Context,
  proposals: readonly ChangeRow[],
  properties: Readonly<Record<string, string | null>>,
  { seen = null, call = null }: { readonly seen?: number | null; readonly call?: string | null } = {},
) {
  const ids = proposals.map(({ id }) => id);
  const settled = new Set(
    (
      await context.graph.write(settleProposalsStatement, {
        asked: { ids, properties, seen: seen === null ? null : int(seen), call },
      })
    ).map(({ id }) => id),
  );
  const now = await context.graph.run(changesByIdsStatement, { asked: { ids } });
  const rows = now.map(({ row }) => row).toSorted((a, b) => a.firstSequence - b.firstSequence);
  return {
    changes: rows.filter(({ id }) => settled.has(id)),
    conflicts: rows.filter(({ id }) => !settled.has(id)).map(noLongerProposed),
  };
}

/** Changes what a proposal proposes of its subject, checked as a command is. A call sent again gets the proposal as it is now. Throws Refusal for what is not proposed any more, or is wrong. */
export async function amendChange(context: Context, input: AmendChangeInput): Promise<ChangeRow> {
  const actor = signedIn(context.caller, "EDIT");
  const call = callOf(actor, { kind: "amendChange", clientMutationId: input.clientMutationId });
  const [proposal] = await proposalsWith(context, actor, [input.change]);
  const begun = await beginCall(context, call);
  if (proposal !== undefined && begun?.done.has(proposal.id) === true) return proposal;
  if (proposal?.status !== "PROPOSED") throw refusal("ALREADY_SO", "It is no longer proposed.", "input", "change");
  if (typeof input.after !== "object" || input.after === null || Array.isArray(input.after)) {
    throw refusal(
      "INVALID",
      "Give an object with the names of `Change.after`, and their new values.",
      "input",
      "after",
    );
  }
  const after = input.after as Readonly<Record<string, unknown>>;
  const subject =
    proposal.effects.find((effect) => isAssetEffect(effect) && effect.asset === proposal.subjectId) ??
    proposal.effects[0];
  if (subject === undefined || subject.after === null)
    throw refusal("NOT_APPLICABLE", "There is nothing in it to amend.", "input", "after");
  const problems: Problem[] = [];
  const said = isLinkEffect(subject)
    ? await saidOfLink(context, subject.relationship, linkInputOf(after), problems)
    : await saidOf(context, kindOfAsset(subject.asset), after, { before: subject.before ?? subject.after, problems });
  const known = isLinkEffect(subject) ? null : shapesOf(kindOfAsset(subject.asset));
  for (const name of Object.keys(after)) {
    if (known === null ? !(name in said) : !(name in known))
      problems.push({ path: ["after", name], message: "is nothing that it could propose" });
  }
  refuseProblems(
    problems.map(({ path, message }) => ({ path: path[0] === "after" ? path : ["after", ...path], message })),
  );
  const effects: readonly Effect[] = proposal.effects.map((effect) =>
    effect === subject ? amended(subject, said) : effect,
  );
  const properties = await propertiesOf(context, {
    effects,
    subjectId: proposal.subjectId,
    summary: () => "",
  });
  const names = JSON.stringify({ ...proposal.names, ...(JSON.parse(properties.names) as object) });
  const { changes } = await settle(
    context,
    [proposal],
    { subjectId: properties.subjectId, effects: properties.effects, names, amendedBy: byOf(actor) },
    { seen: proposal.sequence, call },
  );
  const [change] = changes;
  if (change === undefined) {
    const [own] = await reviewedBy(context, await beginCall(context, call));
    if (own !== undefined) return own;
    throw refusal("CONFLICT", "Somebody has settled or amended it meanwhile. Read it again.", "input", "change");
  }
  return change;
}

function amended(effect: Effect, said: Readonly<Record<string, unknown>>): Effect {
  const after = { ...effect.after, ...said };
  if (effect.before === null) {
    const stated = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null));
    return { ...effect, after: stated };
  }
  return { ...effect, after };
}

const stepNames = [
  "method",
  "contact",
  "criteria",
  "minimumAge",
  "maximumAge",
  "areas",
  "accepts",
  "excludes",
  "waitDays",
  "capacity",
];

function linkInputOf(after: Readonly<Record<string, unknown>>): Parameters<typeof saidOfLink>[2] {
  const referral = Object.fromEntries(Object.entries(after).filter(([name]) => stepNames.includes(name)));
  const { strength, byReferral, evidence } = after as Parameters<typeof saidOfLink>[2];
  return {
    ...(strength === undefined ? {} : { strength }),
    ...(byReferral === undefined ? {} : { byReferral }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(Object.keys(referral).length === 0 ? {} : { referral }),
  };
}

/** What came of undoing. */
export interface Undone {
  readonly change: ChangeRow | null;
  /** What was taken back, the latest first. */
  readonly undone: readonly ChangeRow[];
  readonly conflicts: readonly ConflictFound[];
}

/**
 * Takes back what a change did, and leaves what others have done since; with `withDependants` what rests on it as well, the latest first. A mapper takes back what they propose themselves. Throws Refusal for what is
 * not there, or is not done; CodedError NOT_ALLOWED as `mayApply` does.
 */
export async function undoChange(context: Context, input: UndoChangeInput): Promise<Undone> {
  const actor = signedIn(context.caller, "PROPOSE");
  const reason = reasonOf(input.reason);
  const call = callOf(actor, { kind: "undoChange", clientMutationId: input.clientMutationId });
  return onceOnly(
    context,
    call,
    async (again): Promise<Undone> => ({
      change: again,
      undone: again.undoes === null ? [] : [await changeWith(context, again.undoes)],
      conflicts: [],
    }),
    () => takeBack(context, input, { actor, call, reason }),
    ({ change }) => change === null,
  );
}

async function takeBack(
  context: Context,
  input: UndoChangeInput,
  { actor, call, reason }: { readonly actor: Actor; readonly call: string | null; readonly reason: string | null },
): Promise<Undone> {
  const [found] = await context.graph.run(changesByIdsStatement, { asked: { ids: [input.change] } });
  const change = found?.row ?? null;
  if (!(await maySee(context, change)) || change === null) {
    throw refusal("NOT_FOUND", "There is no change with this id.", "input", "change");
  }
  if (change.status === "PROPOSED") {
    const workshop = change.workshopId === null ? null : await context.workshopById(change.workshopId);
    if (change.by !== byOf(actor) && !(workshop !== null && isFacilitator(actor, workshop))) {
      throw refusal(
        "NOT_APPLICABLE",
        "Somebody else proposes this: ask the facilitator to reject it.",
        "input",
        "change",
      );
    }
    const { changes, conflicts } = await settle(context, [change], {
      status: "REJECTED",
      reason,
      rejectedBy: byOf(actor),
    });
    return { change: changes[0] ?? null, undone: changes, conflicts };
  }
  signedIn(context.caller, "EDIT");
  if (change.status !== "APPLIED") {
    throw refusal("ALREADY_SO", `There is nothing to undo: it is ${change.status.toLowerCase()}.`, "input", "change");
  }
  return undo(context, actor, change, { withDependants: input.withDependants ?? false, reason, call });
}

async function undo(
  context: Context,
  actor: Actor,
  change: ChangeRow,
  options: { readonly withDependants: boolean; readonly reason: string | null; readonly call: string | null },
): Promise<Undone> {
  const undone: ChangeRow[] = [];
  for (let tries = 0; tries < mostTries; tries += 1) {
    const inverse = change.effects.toReversed().map(inverseOf);
    // Read before what rests on it is looked for: whatever is done after this makes the writing fail.
    const state = await readMap(context.graph, wantedBy(inverse));
    const dependants = await dependantsOf(context, change);
    if (dependants.length > 0 && !options.withDependants) {
      return {
        change: null,
        undone,
        conflicts: dependants.map((other) => ({
          code: "NEEDED",
          message: `“${other.summary}” rests on it: undo that first, or both at once (\`withDependants\`).`,
          change,
          otherChange: other,
        })),
      };
    }
    if (dependants.length > 0) {
      for (const dependant of dependants) {
        // One of them may have gone with another.
        const now = await changeWith(context, dependant.id);
        if (now.status !== "APPLIED") continue;
        const before = await undo(context, actor, now, { ...options, call: null });
        undone.push(...before.undone);
        if (before.conflicts.length > 0) return { change: null, undone, conflicts: before.conflicts };
      }
      continue;
    }
    const { effects, misfits } = fitting(state, inverse, { isUndoing: true });
    if (misfits.length > 0) {
      return {
        change: null,
        undone,
        conflicts: await Promise.all(misfits.map((misfit) => explained(context, change, misfit))),
      };
    }
    await mayApply(context.graph, actor, inverse);
    const written = await apply(
      context,
      { effects, state },
      {
        id: newId("Change", context.now),
        was: "NONE",
        call: options.call,
        undoes: change.id,
        properties: {
          ...(await propertiesOf(context, {
            effects,
            subjectId: change.subjectId,
            summary: () => `Undoes “${change.summary}”`,
          })),
          kind: "undoChange",
          status: "APPLIED",
          by: byOf(actor),
          workshopId: change.workshopId,
          reason: options.reason,
          undoes: change.id,
        },
      },
    );
    if (written !== null)
      return { change: written, undone: [...undone, await changeWith(context, change.id)], conflicts: [] };
    const now = await changeWith(context, change.id);
    if (now.status !== "APPLIED") {
      const message = `It is no longer applied: it is ${now.status.toLowerCase()}.`;
      return { change: null, undone, conflicts: [{ code: "ALREADY_SO", message, change: now, otherChange: null }] };
    }
  }
  throw othersWereQuicker();
}
