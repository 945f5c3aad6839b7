import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import { type Effect, isLinkEffect, restsOn } from "./effects.ts";
import { fitting, type MapState, type Misfit, readMap, wantedBy } from "./mapState.ts";
import { type ChangeRow, laterChangesStatement } from "./queries/changes.ts";
import { assetsOf } from "./effects.ts";
import { fieldInWords } from "./assetFields.ts";
import type { ConflictFound } from "./shown.ts";

/** What of a proposal there is still to do on the map, which is given with it, and why the rest cannot be done. */
export async function proposalOnMap(
  context: Context,
  change: ChangeRow,
): Promise<{
  readonly state: MapState;
  readonly effects: readonly Effect[];
  readonly conflicts: readonly ConflictFound[];
}> {
  const state = await readMap(context.graph, wantedBy(change.effects));
  const { effects, misfits } = fitting(state, change.effects);
  const conflicts = await Promise.all(misfits.map((misfit) => explained(context, change, misfit)));
  if (misfits.length === 0 && effects.length === 0) {
    conflicts.push({
      code: "ALREADY_SO",
      message: "The map says so already: there is nothing left to apply.",
      change,
      otherChange: null,
    });
  }
  return { state, effects, conflicts };
}

/** A misfit in words, with the change that made it so where one did. */
export async function explained(context: Context, change: ChangeRow, misfit: Misfit): Promise<ConflictFound> {
  const effect = change.effects.find((one) => (isLinkEffect(one) ? one.link : one.asset) === misfit.id);
  const assets = effect === undefined ? [misfit.id] : assetsOf(effect);
  const later = (await context.graph.run(laterChangesStatement, { asked: { ids: [...assets], after: int(0) } })).map(
    ({ row }) => row,
  );
  const other =
    later.find(
      ({ effects }) => effect !== undefined && effects.some((one) => restsOn(one, effect) || restsOn(effect, one)),
    ) ?? null;
  const name =
    effect === undefined || isLinkEffect(effect)
      ? (change.names[misfit.id] ?? "this link")
      : (change.names[effect.asset] ?? misfit.id);
  const by = other === null ? "" : `, by “${other.summary}”`;
  switch (misfit.why) {
    case "GONE":
      return {
        code: "NOT_FOUND",
        message: `What it changes is not on the map: “${name}”. If another proposal adds it, approve that one first.`,
        change,
        otherChange: other,
      };
    case "NOT_ON_THE_MAP":
      return {
        code: "NEEDED",
        message: `It needs “${change.names[misfit.id] ?? misfit.id}”, which is not on the map. If another proposal adds it, approve that one first.`,
        change,
        otherChange: other,
      };
    case "THERE_ALREADY":
      return {
        code: "CONFLICT",
        message: `It is on the map already, and says something else${by}.`,
        change,
        otherChange: other,
      };
    case "CHANGED":
      return {
        code: "CONFLICT",
        message: `Of “${name}”, ${misfit.names.map(fieldInWords).join(", ")} ${misfit.names.length === 1 ? "has" : "have"} been changed since${by}.`,
        change,
        otherChange: other,
      };
  }
}

/** What rests on a change and stands, so that the change cannot be taken back alone; the latest first. */
export async function dependantsOf(
  { graph }: Pick<Context, "graph">,
  change: ChangeRow,
): Promise<readonly ChangeRow[]> {
  const ids = [...new Set(change.effects.flatMap(assetsOf))];
  const later = await graph.run(laterChangesStatement, { asked: { ids, after: int(change.liveSequence ?? 0) } });
  return later
    .map(({ row }) => row)
    .filter(
      (one) =>
        one.id !== change.undoes && one.effects.some((above) => change.effects.some((below) => restsOn(above, below))),
    );
}
