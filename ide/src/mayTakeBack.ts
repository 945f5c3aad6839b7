import type { Change, Viewer } from "./answers.ts";

/** Whether somebody may take a change back: a proposal, whose it is; what was applied, whoever edits. A facilitator rejects the proposals of others, and says why. */
export function mayTakeBack(viewer: Viewer | null, { status, by, undoneBy }: Change): boolean {
  if (viewer === null || undoneBy !== null) return false;
  if (status === "PROPOSED") return viewer.by === by;
  return status === "APPLIED" && (viewer.role === "EDITOR" || viewer.role === "ADMIN");
}
