import { type AssetKind, assetKindOf } from "../../../core/ids.ts";
import { int } from "../../../graph/graph.ts";
import type { Problem } from "../assetFields.ts";
import { refuseProblems, saidOf } from "../assetInput.ts";
import type { Context } from "../context.ts";
import { changed, differenceOf, isAssetEffect } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import type { MapState } from "../mapState.ts";
import { type ChangeRow, changesSinceVersionStatement } from "../queries/changes.ts";
import { refusal, Refusal } from "../refusals.ts";
import type { CreateInput } from "./createAsset.ts";
import { perform } from "./perform.ts";

/** A refusal because somebody else has changed the same meanwhile. */
export class Conflict extends Refusal {
  readonly conflicting: ChangeRow | null;

  constructor(conflicting: ChangeRow | null, field: readonly string[]) {
    const what = conflicting === null ? "an import" : `“${conflicting.summary}” (${conflicting.id}, ${conflicting.at})`;
    super([
      {
        code: "CONFLICT",
        message: `It has been changed since you read it, by ${what}. Read it again, then change it.`,
        field: [...field],
      },
    ]);
    this.name = "Conflict";
    this.conflicting = conflicting;
  }
}

/**
 * Throws Conflict when an asset was changed since it had the version expected, where `concerns` says that the change matters.
 */
export async function checkVersion(
  { graph }: Context,
  map: MapState,
  {
    id,
    expected,
    field,
    concerns,
  }: {
    readonly id: string;
    readonly expected: number | null | undefined;
    readonly field: readonly string[];
    readonly concerns: (change: ChangeRow) => boolean;
  },
): Promise<void> {
  const version = map.assets.get(id)?.version ?? 0;
  if (expected === null || expected === undefined || expected === version) return;
  if (expected > version) {
    throw refusal("INVALID", `It has the version ${version}, and never had ${expected}.`, ...field);
  }
  const since = (await graph.run(changesSinceVersionStatement, { asked: { id, version: int(expected) } })).map(
    ({ row }) => row,
  );
  const conflicting = since.find(concerns);
  // An import leaves no change: then somebody did change it, and we cannot say what.
  if (conflicting !== undefined || since.length < version - expected) throw new Conflict(conflicting ?? null, field);
}

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
  }: { readonly id: string; readonly expectedVersion: number; readonly input: CreateInput },
) {
  if (assetKindOf(id) !== kind) throw refusal("NOT_FOUND", `There is no ${kind.toLowerCase()} with this id.`, "id");
  return perform(context, {
    kind: `update${kind}`,
    ...input,
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
            .map((name) => wordsOf(name))
            .join(", ")} of “${nameOf(id)}”`,
      };
    },
  });
}

/** A field's name in words. */
export function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
