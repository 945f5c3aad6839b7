import type { Route } from "./bestRoutes.ts";
import type { Start } from "./checkRoutes.ts";
import type { BlockedReason, NearMiss } from "./nearMisses.ts";
import type { NetworkRow } from "./queries/network.ts";
import { agesInWords, anyOf, type Step } from "./steps.ts";

/** A route as the schema tells it. */
export interface FoundRoute {
  readonly steps: readonly Step[];
  readonly destination: { readonly id: string };
  readonly condition: { readonly id: string };
  readonly totalWaitDays: number | null;
  readonly distanceMetres: number | null;
  readonly lastConfirmedOn: string | null;
  readonly summary: string;
  readonly assumptions: readonly string[];
  readonly sample: boolean;
}

/** What is out of reach, as the schema tells it. */
export interface FoundMiss {
  readonly steps: readonly Step[];
  readonly destination: { readonly id: string };
  readonly reason: BlockedReason;
  readonly step: Step;
  readonly message: string;
  readonly substitute: { readonly id: string } | null;
}

/** The steps of routes by id; one that is gone since the network was read is not there. */
export type StepsById = ReadonlyMap<string, Step>;

/** A route that begins at `start`, with what is told of its steps and its end; null when one of them is gone. */
export function foundRoute(
  route: Route,
  {
    network,
    steps,
    start,
  }: { readonly network: readonly NetworkRow[]; readonly steps: StepsById; readonly start: Start },
): FoundRoute | null {
  const told = begunAt(start, stepsOf(route, steps));
  const end = network.find(({ id }) => id === route.at(-1)?.toId);
  if (told === null || end === undefined || end.conditionId === null) return null;
  const waits = told.map(({ waitDays }) => waitDays);
  const totalWaitDays = waits.every((days) => days !== null) ? waits.reduce((sum, days) => sum + days, 0) : null;
  const confirmed = told.map(({ lastConfirmedOn }) => lastConfirmedOn);
  return {
    steps: told,
    destination: { id: end.id },
    condition: { id: end.conditionId },
    totalWaitDays,
    distanceMetres: end.metres === null ? null : Math.round(end.metres),
    lastConfirmedOn: confirmed.every((day) => day !== null) ? (confirmed.toSorted()[0] ?? null) : null,
    summary: `${wayInWords(told)} ${waitInWords(totalWaitDays)}`,
    assumptions: [...new Set(told.flatMap(({ assumptions = [] }) => assumptions))],
    sample: told.some(({ passesSample }) => passesSample),
  };
}

/** What is out of reach from `start`, with what is told of its steps; null when one of them is gone. */
export function foundMiss(
  { hops, reason, barred }: NearMiss,
  {
    steps,
    start,
    substitute,
  }: { readonly steps: StepsById; readonly start: Start; readonly substitute: string | null },
): FoundMiss | null {
  const own = stepsOf(hops, steps);
  const told = reason === "NOT_FROM_THIS_REFERRER" ? own : begunAt(start, own);
  const step = told?.find(({ id }) => id === barred.id);
  const end = hops.at(-1);
  if (told === null || step === undefined || end === undefined) return null;
  return {
    steps: told,
    destination: { id: end.toId },
    reason,
    step,
    message: messages[reason](step, start),
    substitute: substitute === null ? null : { id: substitute },
  };
}

function stepsOf(route: Route, steps: StepsById): readonly Step[] | null {
  const told = route.map(({ id }) => steps.get(id)).filter((step) => step !== undefined);
  return told.length === route.length ? told : null;
}

/** Steps of which the first is told to begin at whoever asked, though it takes a broader kind. */
function begunAt(start: Start, steps: readonly Step[] | null): readonly Step[] | null {
  return (
    steps?.map((step, index) => (index === 0 ? { ...step, from: { id: start.id, name: start.name } } : step)) ?? null
  );
}

const methods: Readonly<Record<Step["method"], string>> = {
  WALK_IN: "by walking in",
  PHONE: "by phone",
  FORM: "by a form",
  EMAIL: "by email",
  LETTER: "by letter",
  WARM_INTRODUCTION: "by an introduction",
};

/** "GP practice: to Oldham social prescribing service by letter, then to Get Oldham Working by an introduction." */
function wayInWords(steps: readonly Step[]): string {
  const parts = steps.map(({ to, method }) => `to ${to.name} ${methods[method]}`);
  return `${steps[0]?.from.name ?? ""}: ${parts.join(", then ")}.`;
}

function waitInWords(days: number | null): string {
  if (days === null) return "How long it takes is not known.";
  return days === 0 ? "There is no wait, as a rule." : `It takes ${days === 1 ? "1 day" : `${days} days`}, as a rule.`;
}

const messages: Readonly<Record<BlockedReason, (step: Step, start: Start) => string>> = {
  TOO_YOUNG: forAges,
  TOO_OLD: forAges,
  OUT_OF_AREA: ({ to, serves, servedByAsset }) =>
    `${to.name} is for people who live in ${anyOf(serves.length > 0 ? serves : servedByAsset)}.`,
  NOT_FROM_THIS_REFERRER: ({ from, to }, start) =>
    `${to.name} takes people from "${from.name}", and we know of no way there from "${start.name}".`,
  EXCLUDED: ({ to, excludes }) =>
    excludes.length === 0
      ? `${to.name} is not for people with a condition that the person has.`
      : `${to.name} is not for people with ${anyOf(excludes)}.`,
  NOT_ACCEPTED: ({ to, accepts }) => `${to.name} is for people with ${anyOf(accepts)}.`,
  FULL: ({ to }) => `${to.name} has no room at present.`,
  PAUSED: ({ to }) => `${to.name} takes nobody for now.`,
  CLOSED: ({ to }) => `${to.name} takes nobody any more.`,
};

function forAges({ to, minimumAge, maximumAge, forWhom }: Step): string {
  const stated = [{ minimumAge, maximumAge }, ...forWhom]
    .map((ages) => agesInWords(ages.minimumAge, ages.maximumAge))
    .filter((ages) => ages !== null);
  return stated.length === 0
    ? `${to.name} is not for people of that age.`
    : `${to.name} is for people aged ${[...new Set(stated)].join(", or ")}.`;
}
