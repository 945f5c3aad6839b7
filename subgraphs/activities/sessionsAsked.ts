import { InputError } from "../../core/errors.ts";
import type { Parameters } from "../../graph/graph.ts";
import type { ActivitySessionsArgs } from "./schema.generated.ts";

/**
 * Which sessions are asked for, as the statement takes it: from now on where nothing is said. Throws InputError for an end that does not come after its
 * beginning, and for an empty list, which could mean nothing or everything.
 */
export function sessionsAsked(
  { from, to, status }: Pick<ActivitySessionsArgs, "from" | "to" | "status">,
  now: Date,
): Parameters {
  const since = from ?? now;
  if (to !== null && to !== undefined && to <= since)
    throw new InputError("`to` comes after `from`.", { field: ["to"] });
  if (status?.length === 0) throw new InputError("Leave `status` out, or name at least one.", { field: ["status"] });
  return { from: since.toISOString(), to: to?.toISOString() ?? null, status: status ?? null };
}
