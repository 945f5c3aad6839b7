import { createHash } from "node:crypto";
import { layOut } from "../../../calendar/rollForward.ts";
import { localDateOf } from "../../../calendar/localDate.ts";
import type { Actor } from "../../../core/caller.ts";
import { CodedError } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { int } from "../../../graph/graph.ts";
import type { Context } from "../context.ts";
import { type Effect, isLinkEffect } from "../effects.ts";
import { type MapState, readMap, type Wanted, withEffects } from "../mapState.ts";
import {
  changeOfCallStatement,
  type ChangeRow,
  changesByIdsStatement,
  proposalsOfWorkshopStatement,
} from "../queries/changes.ts";
import { namesOfStatement } from "../queries/linkRecords.ts";
import type { WorkshopRow } from "../queries/workshops.ts";
import { refusal, Refusal } from "../refusals.ts";
import { hasSeat, isMember, mayApply, signedIn } from "../whoMay.ts";
import { writingOf } from "../writing.ts";
import { writeChangeStatements } from "./writeChange.ts";
import { writeProposalStatement } from "./writeProposal.ts";

/** What a command is to do, worked out from the map as it is. */
export interface Plan {
  /** None: it is so already. */
  readonly effects: readonly Effect[];
  /** The asset that it is about. */
  readonly subjectId: string;
  /** What it does, in a sentence, by what things are called. */
  readonly summary: (nameOf: (id: string) => string) => string;
}

export interface Command {
  /** The name of the mutation. */
  readonly kind: string;
  readonly workshop?: string | null | undefined;
  readonly clientMutationId?: string | null | undefined;
  readonly reason?: string | null | undefined;
  /** What of the map the plan needs. */
  readonly wanted: Wanted | (() => Promise<Wanted>);
  /** Works out what to do on a map that has what was wanted; for a proposal, with what else its workshop proposes. Throws Refusal for what cannot be done. */
  readonly plan: (map: MapState) => Plan | Promise<Plan>;
}

/** How often a command is worked out again because somebody else was quicker: each time somebody did get through. */
export const mostTries = 20;
const longestCall = 100;

/**
 * Carries out a command: an editor's takes effect at once, a mapper's is written down as a proposal. Returns the change; null when there is nothing to do. A call sent again gets the change that it made.
 * Throws Refusal for what its caller has to put right; CodedError NOT_ALLOWED for who may not do it; UNAVAILABLE when others keep changing the same; else as `Graph.write` does. Then nothing is changed.
 */
export async function perform(context: Context, command: Command): Promise<ChangeRow | null> {
  const actor = signedIn(context.caller, "PROPOSE");
  const call = callOf(actor, command);
  return onceOnly(
    context,
    call,
    (change) => change,
    () => carryOut(context, command, { actor, call }),
    (change) => change === null,
  );
}

/**
 * Does what a call asks, unless it was done before: then `answerOf` tells of the change that it made. A call whose answer was lost may still be under way when it is sent again, and be done before this one has read the map, which
 * then has nothing to do, or finds what it did itself in its way: so whoever is refused, or has nothing to do (`isNothing`), looks for the change once more. Throws as `work` does.
 */
export async function onceOnly<Answer>(
  { graph }: Pick<Context, "graph">,
  call: string | null,
  answerOf: (change: ChangeRow) => Answer | Promise<Answer>,
  work: () => Promise<Answer>,
  isNothing: (answer: Answer) => boolean,
): Promise<Answer> {
  if (call === null) return work();
  const known = async () => (await graph.run(changeOfCallStatement, { asked: { call } }))[0]?.row;
  const before = await known();
  if (before !== undefined) return answerOf(before);
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    const meanwhile = error instanceof Refusal ? await known() : undefined;
    if (meanwhile === undefined) throw error;
    return answerOf(meanwhile);
  }
  const meanwhile = isNothing(answer) ? await known() : undefined;
  return meanwhile === undefined ? answer : answerOf(meanwhile);
}

/** What somebody is told whose command others were quicker than, each time that it was worked out. */
export function othersWereQuicker(): CodedError {
  return new CodedError("UNAVAILABLE", "Too many others are changing the same at the moment. Try again shortly.");
}

async function carryOut(
  context: Context,
  command: Command,
  { actor, call }: { readonly actor: Actor; readonly call: string | null },
): Promise<ChangeRow | null> {
  const { graph } = context;
  const workshop = await workshopOf(context, actor, command.workshop ?? null);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { wanted } = command;
    const state = await readMap(graph, typeof wanted === "function" ? await wanted() : wanted);
    if (actor.role === "MAPPER") {
      const proposed = workshop === null ? [] : await proposalsOf(context, workshop.id);
      const { effects, ...plan } = await command.plan(
        withEffects(
          state,
          proposed.flatMap((one) => one.effects),
        ),
      );
      return effects.length === 0
        ? null
        : propose(context, { actor, call, workshop, command, plan: { ...plan, effects } });
    }
    const plan = await command.plan(state);
    if (plan.effects.length === 0) return null;
    await mayApply(graph, actor, plan.effects);
    const written = await apply(
      context,
      { ...plan, state },
      {
        id: newId("Change", context.now),
        was: "NONE",
        call,
        undoes: null,
        properties: {
          ...(await propertiesOf(context, plan)),
          kind: command.kind,
          status: "APPLIED",
          by: byOf(actor),
          workshopId: workshop?.id ?? null,
          reason: command.reason ?? null,
        },
      },
    );
    if (written !== null) return written;
  }
  throw othersWereQuicker();
}

export interface Writing {
  readonly id: string;
  /** The status that the change has before; NONE for a new one. */
  readonly was: "NONE" | "PROPOSED";
  /** The `sequence` of the proposal whose effects these are; left out for a new change. Whoever amends it gives it another. */
  readonly seen?: number;
  readonly call: string | null;
  /** The call that approves a proposal. Left out or null: it has no name. */
  readonly review?: string | null;
  readonly undoes: string | null;
  readonly properties: Readonly<Record<string, string | null>>;
}

/**
 * Brings effects about, in one transaction with the change that tells of them. Null when the map has changed since `state` was read, or the change's own status has: it is to be worked out again.
 * Throws as `Graph.write` does.
 */
export async function apply(
  { graph, now }: Context,
  { effects, state }: { readonly effects: readonly Effect[]; readonly state: MapState },
  { id, was, seen = 0, call, review = null, undoes, properties }: Writing,
): Promise<ChangeRow | null> {
  const writing = writingOf(effects, state, { today: localDateOf(now) });
  const { ofAssets, ofLinks, ofBoth } = writeChangeStatements;
  const statement = writing.links.length === 0 ? ofAssets : writing.assets.length === 0 ? ofLinks : ofBoth;
  const [result] = await graph.write(statement, {
    given: {
      ...writing,
      change: { id, was, seen: int(seen), call, review, undoes, at: now.toISOString(), properties },
    },
  });
  // What is not laid out now, because the time is up, is so by whoever lays out sessions.
  if (writing.unsettled.length > 0) await layOut(graph, writing.unsettled, now).catch(() => undefined);
  // Written by a call before this one whose answer was lost: then it is there under the same id.
  if (result === undefined || (result.written === 0 && result.knownId === null)) return null;
  const found = result.written > 0 ? id : result.knownId;
  // A proposal that is still one was not written because something else has changed.
  if (result.written === 0 && was === "PROPOSED" && result.knownStatus !== "APPLIED") return null;
  return changeWith({ graph }, found ?? id);
}

/** The change with an id. Throws an Error when there is none: it was just written. */
export async function changeWith({ graph }: Pick<Context, "graph">, id: string): Promise<ChangeRow> {
  const [found] = await graph.run(changesByIdsStatement, { asked: { ids: [id] } });
  if (found === undefined) throw new Error(`The change ${id} was written, and is not there.`);
  return found.row;
}

/** What a workshop proposes, the earliest first. */
export async function proposalsOf(
  { graph }: Pick<Context, "graph">,
  workshopId: string,
): Promise<readonly ChangeRow[]> {
  return (await graph.run(proposalsOfWorkshopStatement, { asked: { workshopId } })).map(({ row }) => row);
}

/** Who did something, as it is kept: the role, and what stands for the person. */
export function byOf({ role, id }: Actor): string {
  return `${role.toLowerCase()} ${id}`;
}

/** What is kept of a plan: its effects, what things are called, and the sentence. */
export async function propertiesOf({ graph }: Pick<Context, "graph">, { effects, subjectId, summary }: Plan) {
  const ids = [
    ...new Set(effects.flatMap((effect) => (isLinkEffect(effect) ? [effect.from, effect.to] : [effect.asset]))),
  ];
  const known = await graph.run(namesOfStatement, { asked: { ids } });
  const names = new Map(known.map(({ id, name }) => [id, name]));
  for (const effect of effects) {
    const name = isLinkEffect(effect) ? undefined : effect.after["name"];
    if (!isLinkEffect(effect) && typeof name === "string" && !names.has(effect.asset)) names.set(effect.asset, name);
  }
  return {
    subjectId,
    effects: JSON.stringify(effects),
    names: JSON.stringify(Object.fromEntries(names)),
    summary: summary((id) => names.get(id) ?? id),
  };
}

async function propose(
  context: Context,
  {
    actor,
    call,
    workshop,
    command,
    plan,
  }: {
    readonly actor: Actor;
    readonly call: string | null;
    readonly workshop: WorkshopRow | null;
    readonly command: Command;
    readonly plan: Plan;
  },
): Promise<ChangeRow> {
  const { graph, now } = context;
  const id = newId("Change", now);
  const proposed = await namedBy(context, workshop, plan);
  const [result] = await graph.write(writeProposalStatement, {
    change: {
      id,
      call,
      at: now.toISOString(),
      generation: actor.workshops.find((seat) => seat.id === workshop?.id)?.generation ?? null,
      properties: {
        ...proposed,
        kind: command.kind,
        status: "PROPOSED",
        by: byOf(actor),
        workshopId: workshop?.id ?? null,
        reason: command.reason ?? null,
      },
    },
  });
  if (result === undefined || (result.written === 0 && result.knownId === null)) {
    throw refusal(
      "EXPIRED",
      "This workshop is closed, or its code was replaced. Ask the facilitator.",
      "input",
      "workshop",
    );
  }
  return changeWith(context, result.written > 0 ? id : (result.knownId ?? id));
}

/** As `propertiesOf`, by the names that are proposed as well. */
async function namedBy(context: Context, workshop: WorkshopRow | null, plan: Plan) {
  const proposed = workshop === null ? [] : await proposalsOf(context, workshop.id);
  const names = new Map(proposed.flatMap((change) => Object.entries(change.names)));
  const own = await propertiesOf(context, { ...plan, summary: () => "" });
  const all = new Map([...names, ...Object.entries(JSON.parse(own.names) as Record<string, string>)]);
  const ids = plan.effects.flatMap((effect) => (isLinkEffect(effect) ? [effect.from, effect.to] : [effect.asset]));
  return {
    ...own,
    names: JSON.stringify(Object.fromEntries(ids.flatMap((id) => (all.has(id) ? [[id, all.get(id)]] : [])))),
    summary: plan.summary((id) => all.get(id) ?? id),
  };
}

/** The workshop that a command is given in; of who joined a single one, that. Throws Refusal when there is none that they are a member of, or it is closed. */
async function workshopOf(context: Context, actor: Actor, asked: string | null): Promise<WorkshopRow | null> {
  const [only] = actor.workshops.length === 1 ? actor.workshops : [];
  const id = asked ?? only?.id ?? null;
  if (id === null) {
    if (actor.workshops.length > 0) {
      throw refusal("MISSING", "Say in which workshop: you have joined several.", "input", "workshop");
    }
    return null;
  }
  const workshop = await context.workshopById(id);
  if (workshop === null || !isMember(actor, workshop)) {
    // The same words whether or not it is there: what others work on is not to be found out.
    throw refusal("NOT_FOUND", "There is no workshop with this id that you are a member of.", "input", "workshop");
  }
  if (!workshop.open) throw refusal("EXPIRED", "This workshop is closed.", "input", "workshop");
  if (actor.role === "MAPPER" && !hasSeat(actor, workshop)) {
    throw refusal("EXPIRED", "The code you joined with was replaced. Join again.", "input", "workshop");
  }
  return workshop;
}

/** What a call is remembered by: nothing that somebody typed is kept. Null for a call without a name. Throws Refusal for a name that is none. */
export function callOf(
  { id }: Actor,
  { kind, clientMutationId }: Pick<Command, "kind" | "clientMutationId">,
): string | null {
  if (clientMutationId === null || clientMutationId === undefined) return null;
  if (clientMutationId.length < 1 || clientMutationId.length > longestCall) {
    throw refusal("INVALID", `A name of a call has 1 to ${longestCall} characters.`, "input", "clientMutationId");
  }
  return createHash("sha256")
    .update(JSON.stringify([id, kind, clientMutationId]))
    .digest("base64url");
}
