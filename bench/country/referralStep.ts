import { idOf } from "../../core/ids.ts";
import type { Random } from "./random.ts";

/** A hand-off of the synthetic network: where it leads from and to, and what is stated of it, as the graph keeps it. */
export interface Step {
  readonly fromId: string;
  readonly toId: string;
  readonly id: string;
  readonly method: string;
  readonly waitDays: number | null;
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  readonly areaIds: readonly string[] | null;
  readonly acceptedConditionIds: readonly string[] | null;
  readonly excludedConditionIds: readonly string[] | null;
  readonly capacity: string | null;
  readonly criteria: string | null;
  /** An ISO date. */
  readonly confirmedOn: string | null;
}

const methods = ["WALK_IN", "PHONE", "PHONE", "FORM", "FORM", "EMAIL", "LETTER", "WARM_INTRODUCTION"];
const waits = [0, 1, 2, 3, 5, 7, 7, 10, 14, 14, 21, 28, 42, 56, 90, 126];
const closures = ["FULL", "FULL", "PAUSED", "CLOSED"];

/** What is stated of a step to an asset in a local authority, by shares that might be so. */
export function stepOf(
  { fromId, toId, authority }: { readonly fromId: string; readonly toId: string; readonly authority: string },
  { random, conditionIds }: { readonly random: Random; readonly conditionIds: readonly string[] },
): Step {
  const some = (share: number, most: number) =>
    random.chance(share)
      ? [...new Set(Array.from({ length: 1 + random.below(most) }, () => random.pick(conditionIds)))]
      : null;
  const forAges = random.next();
  const room = random.next();
  const year = 2024 + random.below(3);
  const month = 1 + random.below(year === 2026 ? 10 : 12);
  return {
    fromId,
    toId,
    id: idOf("ReferralStep", "common-ground-synthetic", JSON.stringify([fromId, toId])),
    method: random.pick(methods),
    waitDays: random.chance(0.7) ? random.pick(waits) : null,
    minimumAge: forAges < 0.25 ? random.pick([16, 18, 18, 18, 50, 65]) : null,
    maximumAge: forAges > 0.95 ? random.pick([18, 25, 25, 64]) : null,
    areaIds: random.chance(0.15) ? [idOf("Area", "ons", authority)] : null,
    acceptedConditionIds: some(0.06, 3),
    excludedConditionIds: some(0.05, 2),
    capacity: room < 0.1 ? random.pick(closures) : room < 0.5 ? "OPEN" : null,
    criteria: random.chance(0.3) ? "People who say that they would like to come. Synthetic." : null,
    confirmedOn: random.chance(0.9)
      ? `${year}-${String(month).padStart(2, "0")}-${String(1 + random.below(28)).padStart(2, "0")}`
      : null,
  };
}
