import { assetKindOf } from "../../../core/ids.ts";
import { line, type Problem } from "../assetFields.ts";
import { refuseProblems } from "../assetInput.ts";
import type { Context } from "../context.ts";
import { isAssetEffect } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import { refusal } from "../refusals.ts";
import type { ArchiveAssetInput } from "../schema.generated.ts";
import { perform } from "./perform.ts";
import { checkVersion } from "../versions.ts";

/** So many characters a reason has for what is changed or taken off the map: whoever is not known has to say how they know. */
export const longestReason = 500;

/** A reason, in its one form; null where none was given. Throws Refusal for one that is empty or longer than `longest`. */
export function reasonOf(given: string | null | undefined, longest = 300): string | null {
  if (given === null || given === undefined) return null;
  const parsed = line(longest).safeParse(given);
  if (parsed.success) return parsed.data;
  const problems: Problem[] = parsed.error.issues.map(({ message }) => ({ path: ["reason"], message }));
  refuseProblems(problems);
  return null;
}

/** Takes an asset off the map, and keeps all that is known of it. Throws Refusal when it is not on the map or no reason is given, Conflict when somebody else has changed it since; else as `perform` does. */
export async function archiveAsset(context: Context, input: ArchiveAssetInput) {
  const { id, expectedVersion } = input;
  const reason = reasonOf(input.reason, longestReason);
  if (assetKindOf(id) === null) throw refusal("NOT_FOUND", "There is no asset with this id.", "input", "id");
  return perform(context, {
    kind: "archiveAsset",
    ...input,
    reason,
    wanted: { assets: [id] },
    plan: async (map) => {
      if (!isOnTheMap(map, id)) throw refusal("NOT_FOUND", "There is no asset with this id on the map.", "input", "id");
      await checkVersion(context, map, {
        id,
        expected: expectedVersion,
        field: ["input", "expectedVersion"],
        concerns: ({ effects }) => effects.some((effect) => isAssetEffect(effect) && effect.asset === id),
      });
      return {
        effects: [{ asset: id, before: { status: "PUBLISHED" }, after: { status: "ARCHIVED" } }],
        subjectId: id,
        summary: (nameOf) => `Takes “${nameOf(id)}” off the map`,
      };
    },
  });
}
