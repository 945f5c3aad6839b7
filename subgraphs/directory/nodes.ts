import { InputError } from "../../core/errors.ts";
import { kindOf } from "../../core/ids.ts";
import { maximumPageSize } from "../../core/page.ts";
import type { Context } from "./context.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";

/** What stands for an id of any kind here: a condition is ours to tell about; of the rest we know the id. */
export function reference(id: string, { byId }: Vocabulary): { readonly id: string } {
  return byId.get(id) ?? { id };
}

/** The conditions with some ids, in the order given, but for those that the vocabulary does not know. */
export function conditionsWith(ids: readonly string[], { byId }: Vocabulary): readonly ConditionRow[] {
  return ids.map((id) => byId.get(id)).filter((condition) => condition !== undefined);
}

/**
 * The things that have ids, in the order asked; null for an id that nothing has.
 * Throws InputError for more than 100 ids.
 */
export async function nodes(
  ids: readonly string[],
  { nodeById, knowledge }: Context,
): Promise<readonly ({ readonly id: string } | null)[]> {
  if (ids.length > maximumPageSize) {
    throw new InputError(`At most ${maximumPageSize} ids at once; ${ids.length} were asked for.`, { field: ["ids"] });
  }
  const vocabulary = await knowledge.vocabulary();
  return Promise.all(
    ids.map(async (id) => {
      if (kindOf(id) === null) return null;
      const node = await nodeById(id);
      return node === null ? null : reference(node.id, vocabulary);
    }),
  );
}
