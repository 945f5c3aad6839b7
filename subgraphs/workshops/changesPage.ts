import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { sortedPage } from "../sortedPage.ts";
import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import {
  changesCountStatement,
  changesInWorkshopPageStatement,
  changesOfAssetPageStatement,
  changesPageStatement,
  changesSinceStatement,
  type ChangeStatus,
  lastSequenceStatement,
  proposalsOfNoWorkshopStatement,
} from "./queries/changes.ts";
import { byOf } from "./commands/perform.ts";
import { isMember, whichMayBring } from "./whoMay.ts";
import { workshopOfMember } from "./workshopsPage.ts";

interface PageAsked {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

interface Filter {
  readonly asset?: string | null | undefined;
  readonly workshop?: string | null | undefined;
  readonly status?: ChangeStatus | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

const order = "changes";
const position = z.tuple([z.number().int()]);
/** More than there will ever be: where a list begins that goes backwards. */
const afterAll = 2 ** 52;

/** A page of changes, what was last settled first: those that a caller may see. Throws InputError for a page size or a cursor that cannot be; else as `Graph.run` does. */
export async function changesPage(
  context: Context,
  { filter, first, after }: PageAsked & { readonly filter?: Filter | null | undefined },
  isTotalWanted: boolean,
) {
  const { graph, caller } = context;
  const size = pageSize(first, 50);
  const from = positionOf(order, position, after);
  const { asset: assetId = null, workshop: workshopId = null, status = null } = filter ?? {};
  const workshop = workshopId === null ? null : await context.workshopById(workshopId);
  const asked = {
    assetId,
    workshopId,
    status,
    from: filter?.from?.toISOString() ?? null,
    to: filter?.to?.toISOString() ?? null,
    isMember: workshop !== null && isMember(caller.actor, workshop),
    theirs: await proposalsOfNoWorkshop(context),
    before: int(from?.[0] ?? afterAll),
    limit: int(size + 1),
  };
  const statement =
    assetId !== null
      ? changesOfAssetPageStatement
      : workshopId !== null
        ? changesInWorkshopPageStatement
        : changesPageStatement;
  const [rows, [total]] = await Promise.all([
    graph.run(statement, { asked }),
    isTotalWanted ? graph.run(changesCountStatement, { asked }) : [],
  ]);
  return {
    ...page(
      rows.map(({ row }) => row),
      size,
      from !== null,
      ({ sequence }) => cursorOf(order, [sequence]),
      (row) => row,
    ),
    totalCount: total?.count ?? rows.length,
  };
}

/** The ids of what is, or was, proposed in no workshop and the caller may see: what they propose themselves, and what they may approve. */
async function proposalsOfNoWorkshop({ graph, caller: { actor } }: Context): Promise<readonly string[]> {
  if (actor === null) return [];
  const proposals = (await graph.run(proposalsOfNoWorkshopStatement)).map(({ row }) => row);
  const may = await whichMayBring(
    graph,
    actor,
    proposals.map(({ effects }) => effects),
  );
  return proposals.filter(({ by }, index) => may[index] === true || by === byOf(actor)).map(({ id }) => id);
}

/** A workshop may have this many changes told of: more than an evening makes. */
const mostOfWorkshop = 10_000;

/** A page of what was done in a workshop, whose caller may see it: in the order in which it was made, or where `since` is given in that in which it was last settled. */
export async function changesOfWorkshop(
  { graph }: Context,
  workshopId: string,
  {
    status = null,
    since,
    first,
    after,
  }: PageAsked & { readonly status?: ChangeStatus | null | undefined; readonly since?: number | null | undefined },
) {
  const rows = await graph.run(changesSinceStatement, {
    asked: { workshopId, status, since: int(since ?? 0), limit: int(mostOfWorkshop) },
  });
  const changes = rows.map(({ row }) => row);
  return (since ?? null) === null
    ? sortedPage("changes of a workshop", changes, ({ firstSequence }) => [firstSequence], { first, after }, 50)
    : sortedPage("changes since", changes, ({ sequence }) => [sequence], { first, after }, 50);
}

/**
 * What has happened in a workshop since a place in the order (left out: nothing, only where it is), in that order. Throws CodedError NOT_ALLOWED for who is no member, in the same words whether or not it is
 * there; InputError for a place or a number that cannot be.
 */
export async function workshopChanges(
  context: Context,
  {
    id,
    since = null,
    first,
  }: { readonly id: string; readonly since?: number | null | undefined; readonly first?: number | null | undefined },
) {
  const size = pageSize(first, 50);
  if (since !== null && since < 0) throw new InputError("`since` is 0 or more.", { field: ["since"] });
  const workshop = await workshopOfMember(context, id);
  const rows =
    since === null
      ? []
      : await context.graph.run(changesSinceStatement, {
          asked: { workshopId: id, status: null, since: int(since), limit: int(size + 1) },
        });
  const changes = rows.slice(0, size).map(({ row }) => row);
  const read = changes.at(-1)?.sequence;
  // What is written between the one statement and the other is not passed over: it comes after `since`, too.
  const sequence = read ?? Math.min(since ?? afterAll, await lastSequence(context, id));
  return { workshop, sequence, changes, hasMore: rows.length > size };
}

/** The greatest place in the order that a change of a workshop has; 0 when it has none. */
export async function lastSequence({ graph }: Context, workshopId: string): Promise<number> {
  const [last] = await graph.run(lastSequenceStatement, { asked: { workshopId } });
  return last?.sequence ?? 0;
}
