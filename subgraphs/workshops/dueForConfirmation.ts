import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { localDateOf } from "../../calendar/localDate.ts";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { type Graph, int } from "../../graph/graph.ts";
import type { PageAsked } from "../sortedPage.ts";
import { type DueRow, dueForConfirmationStatement } from "./queries/dueForConfirmation.ts";

const order = "due for confirmation";
/** The day until which it counts, "" where it was never confirmed, and the id. */
const position = z.tuple([z.union([z.literal(""), z.iso.date()]), z.string()]);

const positionOfRow = ({ confirmBy, link, asset }: DueRow) => [confirmBy ?? "", link ?? asset.id] as const;

/**
 * A page of what is to be confirmed in an area: what was never confirmed, then from the earliest deadline to those a month ahead. Throws InputError for what is no area, or one as large as
 * a nation, and for a page size or a cursor that cannot be; else as `Graph.run` does.
 */
export async function dueForConfirmation(
  { graph, now }: { readonly graph: Graph; readonly now: Date },
  { area, first, after }: PageAsked & { readonly area: string },
) {
  const size = pageSize(first, 50);
  const from = positionOf(order, position, after);
  const [found] = await graph.run(dueForConfirmationStatement, {
    asked: {
      area,
      until: Temporal.PlainDate.from(localDateOf(now)).add({ months: 1 }).toString(),
      afterDay: from?.[0] ?? null,
      afterId: from?.[1] ?? null,
      limit: int(size + 1),
    },
  });
  if (found === undefined) {
    throw new InputError("There is no area with this slug or id; `areas` and `locate` find them.", { field: ["area"] });
  }
  if (found.kind === "NATION") {
    throw new InputError("A nation is too large to be listed: give a local authority, or an area within one.", {
      field: ["area"],
    });
  }
  return {
    ...page(
      found.rows,
      size,
      from !== null,
      (row) => cursorOf(order, positionOfRow(row)),
      (row) => row,
    ),
    totalCount: found.total,
  };
}
