import { createHash } from "node:crypto";
import { localDateOf } from "../../../calendar/localDate.ts";
import { CodedError } from "../../../core/errors.ts";
import { int } from "../../../graph/graph.ts";
import { referrerCalled } from "../../../knowledge/referrers.ts";
import type { Context } from "../context.ts";
import { countedAboutStatement } from "../queries/countedAbout.ts";
import type { RecordReferralOutcomeInput, UserError, UserErrorCode } from "../schema.generated.ts";
import { type RecordedOutcome, writeOutcomeStatement } from "./writeOutcome.ts";

/** What came of recording: one of the two. */
export interface Recorded {
  readonly referralOutcome: RecordedOutcome | null;
  readonly userErrors: readonly UserError[];
}

const firstMonth = "2000-01";
const largestCount = 100_000;
const longestCall = 100;

/** An LSOA has some 1,500 residents: who was referred from there in a month may be known to half of them. A nation says nothing of where. */
const areaKinds: readonly string[] = ["WARD", "NEIGHBOURHOOD", "MSOA", "DISTRICT", "CLUSTER", "LOCAL_AUTHORITY"];

/**
 * Records how many referrals came to an outcome; what was recorded of the same before is replaced. What is wrong with `input` is returned, all of it at once, and nothing is changed then.
 * Throws CodedError NOT_ALLOWED for a caller who may not record; else as `Graph.write` does.
 */
export async function recordReferralOutcome(
  { graph, knowledge, now, caller }: Context,
  input: RecordReferralOutcomeInput,
): Promise<Recorded> {
  // The gateway has refused who may not. Whoever comes here some other way is asked again.
  if (!caller.scopes.includes("RECORD_OUTCOMES")) {
    throw new CodedError(
      "NOT_ALLOWED",
      "Only an editor, an admin or who has the key for recording may record what came of referrals.",
    );
  }
  const { step: stepId, month, area: areaId, outcome, count } = input;
  const measure = input.measure ?? null;
  const thisMonth = localDateOf(now).slice(0, "2000-01".length);
  const referrer = referrerCalled(await knowledge.referrers(), input.source);
  const [about] = await graph.run(countedAboutStatement, { asked: { stepId, areaId } });
  const areaKind = about?.areaKind ?? null;

  const userErrors: UserError[] = [];
  const refuse = (field: keyof RecordReferralOutcomeInput, code: UserErrorCode, message: string) => {
    userErrors.push({ code, message, field: ["input", field] });
  };
  if (about?.hasStep !== true) refuse("step", "NOT_FOUND", "There is no step with this id; `ReferralStep.id` has it.");
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    refuse("month", "INVALID", "A month is written as its year and its number: 2026-11.");
  } else if (month < firstMonth || month > thisMonth) {
    refuse("month", "INVALID", `A month is from ${firstMonth} to this one, ${thisMonth}.`);
  }
  if (areaKind === null) {
    refuse("area", "NOT_FOUND", "There is no area with this id; `areas` and `locate` find them.");
  } else if (areaKind === "LSOA") {
    refuse(
      "area",
      "AREA_TOO_SMALL",
      "An LSOA has too few residents to count by: give the ward or neighbourhood it is in.",
    );
  } else if (!areaKinds.includes(areaKind)) {
    refuse("area", "INVALID", "This area is too large to count by: give a local authority, or an area within one.");
  }
  if (referrer === null) {
    refuse("source", "NOT_FOUND", "There is no such kind of referrer; `referrers` lists them all.");
  }
  if (outcome === "IMPROVED" && measure === null) {
    refuse("measure", "MISSING", "Say by which measure life is better: IMPROVED goes with a measure.");
  }
  if (outcome !== "IMPROVED" && measure !== null) {
    refuse("measure", "NOT_APPLICABLE", "A measure goes with IMPROVED alone.");
  }
  if (count < 0 || count > largestCount) refuse("count", "INVALID", `A count is from 0 to ${largestCount}.`);
  const call = input.clientMutationId ?? null;
  if (call !== null && (call.length < 1 || call.length > longestCall)) {
    refuse("clientMutationId", "INVALID", `A name of a call has 1 to ${longestCall} characters.`);
  }
  if (userErrors.length > 0 || referrer === null) return { referralOutcome: null, userErrors };

  const [referralOutcome] = await graph.write(writeOutcomeStatement, {
    asked: {
      stepId,
      month,
      areaId,
      referrerId: referrer.id,
      outcome,
      measure: measure ?? "NONE",
      count: int(count),
      // Nothing that somebody typed is kept.
      call: call === null ? null : createHash("sha256").update(call).digest("base64url"),
      thisMonth,
      now: now.toISOString(),
    },
  });
  if (referralOutcome === undefined) throw new Error("A count was written, and is not there.");
  return { referralOutcome, userErrors: [] };
}
