import type { Html } from "../html.ts";
import type { SessionStatus } from "../operations.generated.ts";
import type { Words } from "../words/words.ts";
import { govuk } from "./govuk.ts";

/** "Cancelled", "Full" or "Moved"; null where a session is on as planned. */
export function sessionTag(status: SessionStatus, { say }: Words): Html | null {
  if (status === "SCHEDULED") return null;
  const colour = status === "CANCELLED" ? "govuk-tag--red" : "govuk-tag--yellow";
  return govuk("tag", { text: say(`session.${status}`), classes: `${colour} app-tag` });
}
