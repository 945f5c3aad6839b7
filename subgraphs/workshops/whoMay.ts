import type { Actor, Caller, Scope } from "../../core/caller.ts";
import { CodedError } from "../../core/errors.ts";
import { assetKindOf, kindOf } from "../../core/ids.ts";
import type { Graph } from "../../graph/graph.ts";
import { type Effect, isLinkEffect } from "./effects.ts";
import { reachOfEditorsStatement } from "./queries/reachOfEditors.ts";
import type { WorkshopRow } from "./queries/workshops.ts";

/** What somebody is told who may not do something, whatever it is and whether or not it is there. */
function notAllowed(): CodedError {
  return new CodedError(
    "NOT_ALLOWED",
    "You may not do this. Sign in as somebody who may, or ask an editor of the area.",
  );
}

/**
 * Who is signed in and may do what `scope` says. The gateway has asked already; whoever comes here some other way is asked again.
 * Throws CodedError NOT_ALLOWED for everybody else.
 */
export function signedIn({ actor, scopes }: Caller, scope: Scope): Actor {
  if (actor === null || !scopes.includes(scope)) throw notAllowed();
  return actor;
}

/** Whether somebody may see what a workshop proposes: who has a seat in it, and who may approve it. */
export function isMember(actor: Actor | null, workshop: WorkshopRow): boolean {
  return hasSeat(actor, workshop) || isFacilitator(actor, workshop);
}

/** Whether somebody joined with the code that the workshop has now. */
export function hasSeat(actor: Actor | null, { id, generation }: WorkshopRow): boolean {
  return actor?.workshops.some((seat) => seat.id === id && seat.generation === generation) ?? false;
}

/** Whether somebody may approve, reject and close: an administrator, and an editor of an area that the workshop's is, or is in. */
export function isFacilitator(actor: Actor | null, { areaIds }: WorkshopRow): boolean {
  if (actor?.role === "ADMIN") return true;
  return actor?.role === "EDITOR" && areaIds.some((id) => actor.areas.includes(id));
}

/**
 * Throws CodedError NOT_ALLOWED unless an editor may bring all of these effects about. An editor may where one end of what is changed is in, or serves, an area of theirs, or is or is run by an
 * organisation of theirs; what is new is where its links and its place say.
 */
export async function mayApply(graph: Graph, actor: Actor, effects: readonly Effect[]): Promise<void> {
  if (!(await mayBringAbout(graph, actor, effects))) throw notAllowed();
}

/** Whether somebody may bring all of these effects about, as `mayApply` says. */
export async function mayBringAbout(graph: Graph, actor: Actor, effects: readonly Effect[]): Promise<boolean> {
  const [may] = await whichMayBring(graph, actor, [effects]);
  return may === true;
}

/** For each of several lists of effects, whether somebody may bring all of it about: one statement for all, none for who is no editor. */
export async function whichMayBring(
  graph: Graph,
  actor: Actor,
  lists: readonly (readonly Effect[])[],
): Promise<readonly boolean[]> {
  if (actor.role !== "EDITOR") return lists.map(() => actor.role === "ADMIN");
  const tellers = lists.map(tellersOf);
  const ids = [...new Set(tellers.flat(2))].filter((id) => assetKindOf(id) !== null || kindOf(id) === "Area");
  const reach = await graph.run(reachOfEditorsStatement, { asked: { ids } });
  const within = new Set(
    reach
      .filter(
        ({ areas, organisations }) =>
          areas.some((area) => actor.areas.includes(area)) ||
          organisations.some((organisation) => actor.organisations.includes(organisation)),
      )
      .map(({ id }) => id),
  );
  return tellers.map((effects) => effects.every((some) => some.some((id) => within.has(id))));
}

/** For each effect, what of it tells where it is: any will do. */
function tellersOf(effects: readonly Effect[]): readonly (readonly string[])[] {
  const added = new Set(
    effects.flatMap((effect) => (!isLinkEffect(effect) && effect.before === null ? [effect.asset] : [])),
  );
  return effects.map((effect) => {
    if (isLinkEffect(effect)) {
      return [effect.from, effect.to].flatMap((id) => (added.has(id) ? tellersOfNew(id, effects) : [id]));
    }
    return added.has(effect.asset) ? tellersOfNew(effect.asset, effects) : [effect.asset];
  });
}

/** Throws CodedError NOT_ALLOWED unless an editor may edit in an area; in none in particular, only an administrator may. */
export async function mayEditIn(graph: Graph, actor: Actor, areaId: string | null): Promise<void> {
  if (actor.role === "ADMIN") return;
  const reach = areaId === null ? [] : await graph.run(reachOfEditorsStatement, { asked: { ids: [areaId] } });
  if (actor.role !== "EDITOR" || !reach.some(({ areas }) => areas.some((area) => actor.areas.includes(area))))
    throw notAllowed();
}

/** What tells where something is that is not there yet: the area it stands in, and what it is linked to. */
function tellersOfNew(id: string, effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => {
    if (isLinkEffect(effect)) {
      return effect.from === id ? [effect.to] : effect.to === id ? [effect.from] : [];
    }
    const area = effect.asset === id ? effect.after["area"] : undefined;
    return typeof area === "string" ? [area] : [];
  });
}
