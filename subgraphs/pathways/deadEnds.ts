import { z } from "zod";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import { deadEndsCountStatement, deadEndsPageStatement } from "./queries/deadEndsPage.ts";
import type { NetworkAsked } from "./referralNetwork.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";

const order = "dead ends";
const position = z.tuple([z.string(), z.string()]);

/**
 * A page, by name, of what people are sent to that neither helps nor sends them on. Throws InputError for a page size or cursor that cannot be; else as `Graph.run` does.
 */
export async function deadEnds(
  { graph }: Pick<Context, "graph">,
  { near }: NetworkAsked,
  asked: PageAsked,
  isTotalWanted: boolean,
) {
  if (near !== null) {
    const found = (await near.assets()).filter(
      ({ supportedIds, onwardIds, steps }) =>
        supportedIds.length === 0 && onwardIds.length === 0 && steps.some(({ isOpen }) => isOpen),
    );
    return sortedPage(order, found, ({ name, id }) => [name, id], asked);
  }
  const size = pageSize(asked.first);
  const from = positionOf(order, position, asked.after);
  const [rows, [total]] = await Promise.all([
    graph.run(deadEndsPageStatement, {
      asked: { afterName: from?.[0] ?? "", afterId: from?.[1] ?? "", limit: int(size + 1) },
    }),
    isTotalWanted ? graph.run(deadEndsCountStatement) : [],
  ]);
  return {
    ...page(
      rows,
      size,
      from !== null,
      ({ name, id }) => cursorOf(order, [name, id]),
      (row) => row,
    ),
    totalCount: total?.count ?? rows.length,
  };
}
