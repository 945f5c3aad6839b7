import { type AssetKind, assetKindOf } from "../../../core/ids.ts";
import { type Problem, fieldInWords } from "../assetFields.ts";
import { refuseProblems, saidOf } from "../assetInput.ts";
import type { Context } from "../context.ts";
import { changed, differenceOf, isAssetEffect } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import { refusal } from "../refusals.ts";
import { checkVersion } from "../versions.ts";
import { longestReason, reasonOf } from "./archiveAsset.ts";
import type { CreateInput } from "./createAsset.ts";
import { perform } from "./perform.ts";

/**
 * Changes what is said of an asset of a kind: the fields that `input` has. Throws Refusal for what is wrong with them, Conflict when somebody else has changed its fields since; else as
 * `perform` does.
 */
export async function updateAsset(
  context: Context,
  kind: AssetKind,
  {
    id,
    expectedVersion,
    input,
  }: {
    readonly id: string;
    readonly expectedVersion: number;
    readonly input: CreateInput & { readonly reason?: string | null | undefined };
  },
) {
  if (assetKindOf(id) !== kind) throw refusal("NOT_FOUND", `There is no ${kind.toLowerCase()} with this id.`, "id");
  const reason = reasonOf(input.reason, longestReason);
  return perform(context, {
    kind: `update${kind}`,
    ...input,
    reason,
    wanted: { assets: [id] },
    plan: async (map) => {
      const known = map.assets.get(id);
      if (known === undefined || !isOnTheMap(map, id)) {
        throw refusal("NOT_FOUND", `There is no ${kind.toLowerCase()} with this id on the map.`, "id");
      }
      await checkVersion(context, map, {
        id,
        expected: expectedVersion,
        field: ["expectedVersion"],
        concerns: (change) => change.effects.some((effect) => isAssetEffect(effect) && effect.asset === id),
      });
      const problems: Problem[] = [];
      const said = await saidOf(context, kind, input, { before: known.fields, problems });
      refuseProblems(problems);
      const difference = differenceOf(known.fields, changed(known.fields, said));
      return {
        effects: difference === null ? [] : [{ asset: id, ...difference }],
        subjectId: id,
        summary: (nameOf) =>
          `Changes ${Object.keys(difference?.after ?? {})
            .map((name) => fieldInWords(name))
            .join(", ")} of “${nameOf(id)}”`,
      };
    },
  });
}
