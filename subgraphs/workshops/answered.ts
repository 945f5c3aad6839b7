import { Conflict } from "./commands/updateAsset.ts";
import type { ChangeRow } from "./queries/changes.ts";
import { Refusal } from "./refusals.ts";
import type { UserError } from "./schema.generated.ts";

/**
 * What a command answers, as its payload: with `userErrors` for what its caller has to put right, and `nothing` for the rest then. Throws what else the command throws.
 */
export async function answered<Payload extends object, Nothing extends object>(
  nothing: Nothing,
  command: () => Promise<Payload>,
): Promise<
  (Payload | (Nothing & { readonly conflictingChange: ChangeRow | null })) & {
    readonly userErrors: readonly UserError[];
  }
> {
  try {
    return { ...(await command()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      ...nothing,
      conflictingChange: error instanceof Conflict ? error.conflicting : null,
      userErrors: error.userErrors,
    };
  }
}
