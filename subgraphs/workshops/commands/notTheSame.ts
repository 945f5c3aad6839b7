import type { Caller } from "../../../core/caller.ts";
import { CodedError } from "../../../core/errors.ts";
import type { Graph } from "../../../graph/graph.ts";
import { assetsThereStatement, writeNotTheSameStatement } from "./writeNotTheSame.ts";

interface Remembered {
  readonly isRemembered: boolean;
  readonly userErrors: readonly {
    readonly code: "INVALID" | "NOT_FOUND";
    readonly message: string;
    readonly field: readonly string[];
  }[];
}

const mostAssets = 20;

/**
 * Remembers of two assets or more that no two of them are the same: `possibleDuplicates` leaves them out from then on. To remember it again changes nothing. What is wrong with `input` is returned, all of it at once,
 * and nothing is changed then. Throws CodedError NOT_ALLOWED for a caller who may neither propose nor edit; else as `Graph.write` does.
 */
export async function notTheSame(
  { graph, caller, now }: { readonly graph: Graph; readonly caller: Caller; readonly now: Date },
  input: { readonly assets: readonly string[] },
): Promise<Remembered> {
  // The gateway has asked who it is. Whoever comes here some other way is asked again.
  if (!caller.scopes.some((scope) => scope === "PROPOSE" || scope === "EDIT")) {
    throw new CodedError("NOT_ALLOWED", "Only who may propose changes may say what is not the same.");
  }
  const ids = [...new Set(input.assets)].toSorted();
  const refused = (message: string) => ({
    isRemembered: false,
    userErrors: [{ code: "INVALID" as const, message, field: ["input", "assets"] }],
  });
  if (ids.length < 2) return refused("Give the ids of two assets or more.");
  if (input.assets.length > mostAssets) return refused(`Give the ids of at most ${mostAssets} assets.`);

  const there = new Set((await graph.run(assetsThereStatement, { asked: { ids } })).map(({ id }) => id));
  const userErrors = input.assets.flatMap((id, index) =>
    there.has(id)
      ? []
      : [
          {
            code: "NOT_FOUND" as const,
            message: "There is no asset with this id on the map.",
            field: ["input", "assets", String(index)],
          },
        ],
  );
  if (userErrors.length > 0) return { isRemembered: false, userErrors };

  const [written] = await graph.write(writeNotTheSameStatement, {
    asked: { ids, by: caller.actor?.id ?? null, now: now.toISOString() },
  });
  // One of them may have been taken off the map meanwhile; it is still there, and the two are still two.
  return { isRemembered: (written?.remembered ?? 0) > 0, userErrors: [] };
}
