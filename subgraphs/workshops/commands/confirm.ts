import { localDateOf } from "../../../calendar/localDate.ts";
import { assetKindOf } from "../../../core/ids.ts";
import type { Context } from "../context.ts";
import { differenceOf } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import { refusal } from "../refusals.ts";
import type { ConfirmInput } from "../schema.generated.ts";
import { confirmLink } from "./link.ts";
import { perform } from "./perform.ts";

/** Says that an asset, or one link, is still so today. Throws Refusal when there is none; else as `perform` does. */
export async function confirm(context: Context, input: ConfirmInput) {
  const { id } = input;
  if (assetKindOf(id) === null) return confirmLink(context, input);
  return perform(context, {
    kind: "confirm",
    ...input,
    wanted: { assets: [id] },
    plan: (map) => {
      const fields = map.assets.get(id)?.fields ?? {};
      if (!isOnTheMap(map, id)) throw refusal("NOT_FOUND", "There is no asset with this id on the map.", "input", "id");
      const difference = differenceOf(fields, { ...fields, confirmedOn: localDateOf(context.now) });
      return {
        effects: difference === null ? [] : [{ asset: id, ...difference }],
        subjectId: id,
        summary: (nameOf) => `Confirms that what is said of “${nameOf(id)}” is still so`,
      };
    },
  });
}
