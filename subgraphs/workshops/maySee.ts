import { byOf } from "./commands/perform.ts";
import type { Context } from "./context.ts";
import type { ChangeRow } from "./queries/changes.ts";
import { isMember, mayBringAbout } from "./whoMay.ts";

/** The id of no workshop. */
export const noWorkshop = "none";

/** Whether a caller may see a change: what was applied, everybody; a proposal, who may see its workshop's; one of no workshop, who proposes it, and who may approve it. */
export async function maySee(context: Context, change: ChangeRow | null): Promise<boolean> {
  if (change !== null && change.appliedSequence !== null && ["APPLIED", "UNDONE"].includes(change.status)) return true;
  const { actor } = context.caller;
  // Asked of what there is not as well: how long an answer takes is not to tell whether there is something.
  const workshop = await context.workshopById(change?.workshopId ?? noWorkshop);
  if (change === null) return false;
  if (change.workshopId !== null) return workshop !== null && isMember(actor, workshop);
  return actor !== null && (change.by === byOf(actor) || (await mayBringAbout(context.graph, actor, change.effects)));
}
