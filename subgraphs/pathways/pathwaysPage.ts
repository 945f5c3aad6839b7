import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { int } from "../../graph/graph.ts";
import { countingFor } from "../../knowledge/vocabulary.ts";
import { checkedCondition } from "./checkRoutes.ts";
import type { Context } from "./context.ts";
import { pathwayBySlugStatement, pathwaysCountStatement, pathwaysPageStatement } from "./queries/pathwaysPage.ts";

const order = "pathways";
const position = z.tuple([z.string(), z.string()]);

/** A page of pathways by name. Throws InputError for a condition that there is not, or a page size or cursor that cannot be; else as `Graph.run` does. */
export async function pathwaysPage(
  { graph, knowledge }: Context,
  {
    condition,
    first,
    after,
  }: {
    readonly condition?: string | null | undefined;
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
  },
  isTotalWanted: boolean,
) {
  const size = pageSize(first);
  const from = positionOf(order, position, after);
  const vocabulary = await knowledge.vocabulary();
  const conditionIds = condition
    ? [...countingFor(vocabulary, [checkedCondition(vocabulary, condition, ["condition"]).id]).keys()]
    : null;
  const asked = { conditionIds, afterName: from?.[0] ?? null, afterId: from?.[1] ?? null, limit: int(size + 1) };
  const [rows, [total]] = await Promise.all([
    graph.run(pathwaysPageStatement, { asked }),
    isTotalWanted ? graph.run(pathwaysCountStatement, { asked }) : [],
  ]);
  return {
    ...page(
      rows,
      size,
      from !== null,
      ({ name, id }) => cursorOf(order, [name, id]),
      ({ id }) => ({ id }),
    ),
    totalCount: total?.count ?? rows.length,
  };
}

/** The id of the pathway asked for; null when there is none. Throws InputError unless exactly one of the two is given. */
export async function pathwayIdAsked(
  { graph }: Context,
  { id, slug }: { readonly id?: string | null | undefined; readonly slug?: string | null | undefined },
): Promise<string | null> {
  if ((id ?? null) !== null && (slug ?? null) !== null) {
    throw new InputError("Give a pathway's `id` or its `slug`, not both.", { field: ["slug"] });
  }
  if (id !== null && id !== undefined) return id;
  if (slug === null || slug === undefined)
    throw new InputError("Give a pathway's `id` or its `slug`.", { field: ["id"] });
  return (await graph.run(pathwayBySlugStatement, { slug }))[0]?.id ?? null;
}
