import type { Context } from "./context.ts";
import type { ChangeRow } from "./queries/changes.ts";
import { isMember } from "./whoMay.ts";

/** Whether a caller may see a change: what was applied, everybody; a proposal, who may see its workshop's, an editor where it is in none. */
export async function maySee(context: Context, { status, workshopId, appliedSequence }: ChangeRow): Promise<boolean> {
  if (appliedSequence !== null && (status === "APPLIED" || status === "UNDONE")) return true;
  const { actor, scopes } = context.caller;
  if (workshopId === null) return scopes.includes("EDIT");
  const workshop = await context.workshopById(workshopId);
  return workshop !== null && isMember(actor, workshop);
}
