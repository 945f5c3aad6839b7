import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import type { MapState } from "./mapState.ts";
import { type ChangeRow, changesSinceVersionStatement } from "./queries/changes.ts";
import { Refusal, refusal } from "./refusals.ts";

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
