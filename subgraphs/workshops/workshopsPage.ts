import { sortedPage } from "../sortedPage.ts";
import { CodedError } from "../../core/errors.ts";
import type { Context } from "./context.ts";
import { workshopMarksStatement, workshopsPageStatement, type WorkshopRow } from "./queries/workshops.ts";
import { isMember, signedIn } from "./whoMay.ts";

/** One workshop; null when there is none. Throws CodedError NOT_ALLOWED for who is no member of it, in the same words whether or not it is there. */
export async function workshopAsked(context: Context, id: string): Promise<WorkshopRow | null> {
  const actor = signedIn(context.caller, "PROPOSE");
  const workshop = await context.workshopById(id);
  if (workshop === null && actor.role === "ADMIN") return null;
  if (workshop === null || !isMember(actor, workshop)) throw noMember();
  return workshop;
}

/** One workshop of a member's. Throws CodedError NOT_ALLOWED for who is none, and where there is no workshop, in the same words. */
export async function workshopOfMember(context: Context, id: string): Promise<WorkshopRow> {
  const workshop = await workshopAsked(context, id);
  if (workshop === null) throw noMember();
  return workshop;
}

function noMember(): CodedError {
  return new CodedError("NOT_ALLOWED", "You are no member of a workshop with this id.");
}

/** How far some workshops have come: those of them that are there. */
export function workshopMarks({ graph }: Context, ids: readonly string[]) {
  return graph.run(workshopMarksStatement, { asked: { ids: [...ids] } });
}

/** A page of the workshops that a caller is a member of, the latest first. Throws CodedError NOT_ALLOWED for who is not signed in; InputError for a page that cannot be. */
export async function workshopsPage(
  context: Context,
  {
    open,
    first,
    after,
  }: {
    readonly open?: boolean | null | undefined;
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
  },
) {
  const actor = signedIn(context.caller, "PROPOSE");
  const rows = await context.graph.run(workshopsPageStatement, {
    asked: {
      now: context.now.toISOString(),
      open: open ?? null,
      isEverywhere: actor.role === "ADMIN",
      areas: [...actor.areas],
      ids: actor.workshops.map(({ id }) => id),
    },
  });
  const theirs = rows.map(({ row }) => row).filter((workshop) => isMember(actor, workshop));
  return sortedPage("workshops", theirs, ({ startedAt, id }) => [-new Date(startedAt).getTime(), id], { first, after });
}
