import { z } from "zod";
import { localDateOf } from "../../calendar/localDate.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import {
  longUnconfirmedPageStatement,
  neverConfirmedPageStatement,
  unconfirmedCountStatement,
} from "./queries/unconfirmedStepsPage.ts";
import type { NetworkAsked } from "./referralNetwork.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";
import { stepsPage } from "./stepsPage.ts";
import { yearBefore } from "./steps.ts";

const order = "unconfirmed steps";
/** The day it was last confirmed, "" for never, and the id. */
const position = z.tuple([z.union([z.literal(""), z.iso.date()]), z.string()]);

type Asking = Pick<Context, "graph" | "now">;

interface Unconfirmed {
  readonly id: string;
  readonly confirmedOn: string | null;
}

const positionOfStep = ({ confirmedOn, id }: Unconfirmed) => [confirmedOn ?? "", id] as const;

/**
 * A page of steps that were not confirmed for a year: those that never were, then from the oldest. Throws InputError for a page size or cursor that cannot be;
 * else as `Graph.run` does.
 */
export async function unconfirmedSteps(
  context: Asking,
  { near }: NetworkAsked,
  asked: PageAsked,
  isTotalWanted: boolean,
) {
  const before = yearBefore(localDateOf(context.now));
  if (near === null)
    return stepsPage(context, await pageAnywhere(context, before, asked, isTotalWanted), (step) => step);
  const steps = (await near.assets()).flatMap((asset) => asset.steps);
  const found = steps.filter(({ confirmedOn }) => confirmedOn === null || confirmedOn < before);
  return stepsPage(context, sortedPage(order, found, positionOfStep, asked), (step) => step);
}

async function pageAnywhere({ graph }: Asking, before: string, asked: PageAsked, isTotalWanted: boolean) {
  const size = pageSize(asked.first);
  const from = positionOf(order, position, asked.after);
  const [afterDay, afterId] = from ?? ["", ""];
  const [total] = isTotalWanted ? await graph.run(unconfirmedCountStatement, { asked: { afterId: "", before } }) : [];
  const never: readonly Unconfirmed[] =
    afterDay === "" ? await graph.run(neverConfirmedPageStatement, { asked: { afterId, limit: int(size + 1) } }) : [];
  const wanted = size + 1 - never.length;
  const stale: readonly Unconfirmed[] =
    wanted === 0
      ? []
      : await graph.run(longUnconfirmedPageStatement, {
          asked: {
            afterDay: afterDay === "" ? "0001-01-01" : afterDay,
            afterId: afterDay === "" ? "" : afterId,
            before,
            limit: int(wanted),
          },
        });
  const rows = [...never, ...stale];
  return {
    ...page(
      rows,
      size,
      from !== null,
      (row) => cursorOf(order, positionOfStep(row)),
      (row) => row,
    ),
    totalCount: total?.count ?? rows.length,
  };
}
