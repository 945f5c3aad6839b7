import { z } from "zod";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import { grownWaitsCountStatement, grownWaitsPageStatement } from "./queries/grownWaitsPage.ts";
import type { NetworkAsked } from "./referralNetwork.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";
import { stepsPage } from "./stepsPage.ts";
import type { Step } from "./steps.ts";

const order = "grown waits";
const position = z.tuple([z.number(), z.string()]);
/** More than any wait grows, in days. */
const beyondAnyGrowth = 1_000_000;

/**
 * A page of steps that people wait longer for than before, those first whose wait has grown most. Throws InputError for a page size or cursor that cannot be;
 * else as `Graph.run` does.
 */
export async function grownWaits(
  context: Pick<Context, "graph">,
  { near }: NetworkAsked,
  asked: PageAsked,
  isTotalWanted: boolean,
) {
  if (near === null) return stepsPage(context, await pageAnywhere(context, asked, isTotalWanted), grownWait);
  const found = (await near.assets())
    .flatMap(({ steps }) => steps)
    .filter((step) => grownByDays(step) > 0)
    .map((step) => ({ id: step.id, grownByDays: grownByDays(step) }));
  return stepsPage(
    context,
    sortedPage(order, found, ({ id, grownByDays: days }) => [-days, id], asked),
    grownWait,
  );
}

async function pageAnywhere({ graph }: Pick<Context, "graph">, asked: PageAsked, isTotalWanted: boolean) {
  const size = pageSize(asked.first);
  const from = positionOf(order, position, asked.after);
  const [rows, [total]] = await Promise.all([
    graph.run(grownWaitsPageStatement, {
      asked: { afterDays: from === null ? beyondAnyGrowth : -from[0], afterId: from?.[1] ?? "", limit: int(size + 1) },
    }),
    isTotalWanted ? graph.run(grownWaitsCountStatement) : [],
  ]);
  return {
    ...page(
      rows,
      size,
      from !== null,
      ({ id, grownByDays: days }) => cursorOf(order, [-days, id]),
      (row) => row,
    ),
    totalCount: total?.count ?? rows.length,
  };
}

function grownByDays({ waitDays, formerWaitDays }: Pick<Step, "waitDays" | "formerWaitDays">): number {
  return waitDays === null || formerWaitDays === null ? 0 : waitDays - formerWaitDays;
}

function grownWait(step: Step) {
  return {
    step,
    waitDays: step.waitDays ?? 0,
    formerWaitDays: step.formerWaitDays ?? 0,
    grownByDays: grownByDays(step),
    formerWaitOn: step.formerWaitOn,
    lastConfirmedOn: step.lastConfirmedOn,
  };
}
