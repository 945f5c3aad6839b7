import { assetKindOf } from "../../../core/ids.ts";
import type { Context } from "../context.ts";
import { linkIdOf } from "../../../core/linkIds.ts";
import { type Effect, linkKeyOf } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import { linksOfAssetsStatement } from "../queries/linkRecords.ts";
import { refusal } from "../refusals.ts";
import type { MergeAssetsInput } from "../schema.generated.ts";
import { reasonOf } from "./archiveAsset.ts";
import { perform } from "./perform.ts";

const most = 10;

/**
 * Makes assets of one kind, that are the same thing, into one: it takes over every link of theirs that it has not, and their sources; their ids lead to it. Throws Refusal for what is not there or not of
 * one kind; else as `perform` does.
 */
export async function mergeAssets(context: Context, input: MergeAssetsInput) {
  const { into } = input;
  const from = [...new Set(input.from)];
  const reason = reasonOf(input.reason);
  const kind = assetKindOf(into);
  if (kind === null) throw refusal("NOT_FOUND", "There is no asset with this id.", "input", "into");
  if (from.length === 0 || from.length > most) {
    throw refusal("INVALID", `From 1 to ${most} assets become one with another.`, "input", "from");
  }
  for (const [index, id] of from.entries()) {
    if (assetKindOf(id) === null)
      throw refusal("NOT_FOUND", "There is no asset with this id.", "input", "from", String(index));
    if (id === into)
      throw refusal("NOT_APPLICABLE", "It cannot be made one with itself.", "input", "from", String(index));
    if (assetKindOf(id) !== kind) {
      throw refusal(
        "NOT_APPLICABLE",
        `It is another kind of thing than the ${kind.toLowerCase()} that stays.`,
        "input",
        "from",
        String(index),
      );
    }
  }
  const ids = [into, ...from];
  return perform(context, {
    kind: "mergeAssets",
    ...input,
    reason,
    // What is linked to them is changed too; asked again whenever somebody was quicker, perhaps with another link.
    wanted: async () => {
      const linked = await context.graph.run(linksOfAssetsStatement, { asked: { ids: from } });
      const others = linked.flatMap(({ row }) => [row.from, row.to]).filter((id) => assetKindOf(id) !== null);
      return { assets: [...ids, ...others], linksOf: ids };
    },
    plan: (map) => {
      for (const id of ids) {
        if (!isOnTheMap(map, id)) {
          throw refusal(
            "NOT_FOUND",
            "There is no asset with this id on the map.",
            "input",
            ...(id === into ? ["into"] : ["from", String(from.indexOf(id))]),
          );
        }
      }
      const effects: Effect[] = [];
      const taken = new Set(map.links.keys());
      for (const { fields, ...link } of map.links.values()) {
        const isOld = (id: string) => from.includes(id);
        if (!isOld(link.from) && !isOld(link.to)) continue;
        effects.push({ ...link, before: fields, after: null });
        const ends = { from: isOld(link.from) ? into : link.from, to: isOld(link.to) ? into : link.to };
        if (ends.from === ends.to) continue;
        const moved = { ...link, ...ends, link: linkIdOf(link.relationship, ends.from, ends.to) };
        const key = linkKeyOf(moved);
        if (taken.has(key)) continue;
        taken.add(key);
        effects.push({ ...moved, before: null, after: fields });
      }
      for (const id of from) {
        effects.push({
          asset: id,
          before: { status: "PUBLISHED", mergedInto: null },
          after: { status: "MERGED", mergedInto: into },
        });
      }
      return {
        effects,
        subjectId: into,
        summary: (nameOf) => `Makes ${from.map((id) => `“${nameOf(id)}”`).join(", ")} one with “${nameOf(into)}”`,
      };
    },
  });
}
