import { localDateOf } from "../../calendar/localDate.ts";
import { freshSince } from "../../graph/freshness.ts";
import { type Parameters, int } from "../../graph/graph.ts";
import type { Located } from "../../knowledge/locate.ts";
import { called, fieldShares, type LocalWords } from "./matchText.ts";
import { furthestRing, servedRings } from "./queries/candidates.ts";
import type { Form } from "./queries/form.ts";
import { staleShare } from "./queries/ranking.ts";
import { type Counting, countingFor, type Vocabulary, withBroader } from "../../knowledge/vocabulary.ts";
import { type TimeSpan, type Window, wholeWeek } from "./windows.ts";

/** A condition asked for, and how surely it is what was meant, from 0 to 1. */
export interface Need {
  readonly conditionId: string;
  readonly weight: number;
}

/** What to find, all of it understood and checked. */
export interface Wish {
  /** Any of them; empty: whatever else is asked for. */
  readonly needs: readonly Need[];
  /** Ids of conditions any of which it has to support besides, which has no part in the order; empty: it need not. */
  readonly alsoConditions: readonly string[];
  /** How well assets' texts match, by id; null: no text was asked for. */
  readonly scores: Readonly<Record<string, number>> | null;
  /** What to look for in the texts of what is near; null: `scores` says all. */
  readonly localWords: LocalWords | null;
  /** Where to walk from; null: everywhere. */
  readonly near: Located | null;
  /** How far: only what is in `near` or serves it, or on outward. */
  readonly isOnlyHere: boolean;
  /** What the filter asks of an asset, as the statements take it. */
  readonly parameters: Parameters;
  /** The parts of the week it has to happen in; null: any. */
  readonly windows: readonly Window[] | null;
  /** The time it has to be on in; null: any, or one for which no sessions are laid out, so that usual times count. */
  readonly span: TimeSpan | null;
  /** Whether what states no times stays in: of words it does, of a filter it does not. */
  readonly isUntimedWanted: boolean;
  /** Whether what states no cost stays in where it is to be free: likewise. */
  readonly isUnpricedWanted: boolean;
  readonly now: Date;
}

/** A wish as the statements take it. */
export interface Question {
  readonly wish: Wish;
  /** Where its statements start: at the place alone, there and on outward, or without a place. */
  readonly start: "here" | "furthest" | "wish" | "areas" | "everything";
  readonly isAnything: boolean;
  /** Which form of a walk can answer it. */
  readonly form: Form;
  /**
   * Handed over as one map: Neo4j plans a statement anew, which takes a second or two, for each combination of its parameters' types, null
   * among them, and all maps are of one type.
   */
  readonly asked: Parameters;
  /** By id, the conditions that count, and the way from each up to the one asked for. */
  readonly counting: ReadonlyMap<string, Counting>;
  /** How much each of those counts at most for any need, from 0 to 1. */
  readonly shareOf: ReadonlyMap<string, number>;
}

/** Makes a wish a question. */
export function questionOf(vocabulary: Vocabulary, wish: Wish): Question {
  const {
    needs,
    alsoConditions,
    scores,
    localWords,
    near,
    isOnlyHere,
    parameters,
    windows,
    span,
    isUntimedWanted,
    isUnpricedWanted,
    now,
  } = wish;
  const shareOf = new Map<string, number>();
  const shares = needs.map(({ conditionId, weight }) => {
    const ofNeed = Array.from(
      countingFor(vocabulary, [conditionId]),
      ([id, { share }]) => [id, share * weight] as const,
    );
    for (const [id, share] of ofNeed) shareOf.set(id, Math.max(share, shareOf.get(id) ?? 0));
    return Object.fromEntries(ofNeed);
  });
  const counting = countingFor(
    vocabulary,
    needs.map(({ conditionId }) => conditionId),
  );
  const isAnything = needs.length === 0 && scores === null;
  const areaIds = parameters["areaIds"] ?? null;
  const today = localDateOf(now);
  const isFiltered =
    Object.values(parameters).some(isSaid) || alsoConditions.length > 0 || windows !== null || scores !== null;
  return {
    wish,
    form: isFiltered ? "whole" : isAnything ? "anything" : "conditions",
    start:
      near !== null
        ? isOnlyHere
          ? "here"
          : "furthest"
        : areaIds !== null
          ? "areas"
          : isAnything
            ? "everything"
            : "wish",
    isAnything,
    counting,
    shareOf,
    asked: {
      ...parameters,
      areaIds,
      needs: shares,
      shares: Object.fromEntries(shareOf),
      conditionIds: [...counting.keys()],
      ...conditionsAskedAbout(
        vocabulary,
        alsoConditions,
        needs.map(({ conditionId }) => conditionId),
      ),
      scores: scores ?? {},
      // Words alone find whatever has any of them; beside conditions they find what they name.
      textEnough: needs.length === 0 ? 0 : 1,
      textCalled: called,
      localWords: localWords?.words ?? null,
      localShare: localWords?.share ?? null,
      fieldShares: { ...fieldShares },
      isAnything,
      windows: windows?.map((window) => ({ ...window })) ?? null,
      spanFrom: span?.from.toISOString() ?? null,
      spanTo: span?.to.toISOString() ?? null,
      today,
      isUntimedWanted: windows !== null && isUntimedWanted,
      isUnpricedWanted: (parameters["free"] ?? null) !== null && isUnpricedWanted,
      dayWindows: (windows ?? wholeWeek).map((window) => ({ ...window })),
      freshSince: { ...freshSince(today) },
      staleShare,
      areaId: near?.area.id ?? null,
      latitude: near?.location.latitude ?? null,
      longitude: near?.location.longitude ?? null,
      servedRings: { ...servedRings },
      furthestRing: int(furthestRing),
      isNationalWanted: !isOnlyHere,
    },
  };
}

/** What the constraints of a filter take of conditions that an asset has to support one of, besides the `needs` that it is found by. */
export function conditionsAskedAbout(vocabulary: Vocabulary, ids: readonly string[], needs: readonly string[] = []) {
  return {
    concernedIds: [...withBroader(vocabulary, [...needs, ...ids])],
    alsoConditionIds: ids.length === 0 ? null : [...countingFor(vocabulary, ids).keys()],
  };
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== undefined;
}
