import type { Parameters } from "../../addresses.ts";
import { metresOf } from "../../components/inWords.ts";
import type {
  AssetFilter,
  AssetKind,
  AssetOrder,
  DayOfWeek,
  PartOfDay,
  ReachKind,
} from "../../operations.generated.ts";

export const kinds = ["ACTIVITY", "GROUP", "ORGANISATION", "PLACE"] as const satisfies readonly AssetKind[];
export const days = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const satisfies readonly DayOfWeek[];
export const partsOfDay = ["MORNING", "AFTERNOON", "EVENING"] as const satisfies readonly PartOfDay[];
export const reaches = ["AT_A_PLACE", "COMES_TO_YOU", "ONLINE", "PHONE"] as const satisfies readonly ReachKind[];
/** Orders that a search can be asked in, beside the best match first, as an address names them. */
export const sorts = ["nearest", "name"] as const;

export const milesToChoose = [1, 2, 5, 10, 20] as const;

/** What the address of a search asks. What is not understood in it is as if it were not there: an address that was typed or cut short still answers. */
export interface SearchAsked {
  readonly what: string;
  readonly where: string;
  /** The id of an area: what is in it or serves it, and nothing else. Null: wherever. */
  readonly area: string | null;
  readonly kinds: readonly AssetKind[];
  readonly days: readonly DayOfWeek[];
  readonly partOfDay: PartOfDay | null;
  readonly isFree: boolean;
  readonly isStepFree: boolean;
  readonly reach: readonly ReachKind[];
  /** Slugs of conditions. */
  readonly topics: readonly string[];
  /** In years. */
  readonly age: number | null;
  readonly withinMiles: number | null;
  /** Null: the best match first. */
  readonly sort: (typeof sorts)[number] | null;
  /** The cursor of the page before; null: the first page. */
  readonly after: string | null;
  /** Whether a map of the results is shown beside the list. */
  readonly hasMap: boolean;
}

/** What an address asks. Throws nothing. */
export function searchAsked(query: URLSearchParams): SearchAsked {
  const one = (name: string, most: number) => (query.get(name) ?? "").trim().slice(0, most);
  const age = one("age", 6) === "" ? NaN : Number(one("age", 6));
  const miles = Number(one("within", 6));
  return {
    what: one("what", 300),
    where: one("where", 200),
    area: /^are_[0-9A-Z]{26}$/.exec(query.get("area") ?? "")?.[0] ?? null,
    kinds: among(query.getAll("kind"), kinds),
    days: among(query.getAll("day"), days),
    partOfDay: among(query.getAll("part"), partsOfDay)[0] ?? null,
    isFree: query.get("free") === "yes",
    isStepFree: query.get("step-free") === "yes",
    reach: among(query.getAll("reach"), reaches),
    topics: query
      .getAll("topic")
      .filter((slug) => /^[\w-]{1,100}$/.test(slug))
      .slice(0, 20),
    age: age >= 0 && age <= 120 ? age : null,
    withinMiles: milesToChoose.find((choice) => choice === miles) ?? null,
    sort: among([query.get("sort") ?? ""], sorts)[0] ?? null,
    after: query.get("after"),
    hasMap: query.get("map") === "yes",
  };
}

/** The parameters of an address that asks the same: `searchAsked` the other way round. */
export function parametersOf(asked: SearchAsked): Parameters {
  const {
    what,
    where,
    area,
    kinds: kind,
    days: day,
    partOfDay: part,
    isFree: free,
    isStepFree,
    reach,
    topics: topic,
    age,
  } = asked;
  return {
    what,
    where,
    area,
    kind,
    day,
    part,
    free,
    "step-free": isStepFree,
    reach,
    topic,
    age,
    within: asked.withinMiles,
    sort: asked.sort,
    after: asked.after,
    map: asked.hasMap,
  };
}

/** The order asked for, for the API. */
export function orderOf({ sort }: SearchAsked): AssetOrder {
  return sort === "nearest" ? "DISTANCE" : sort === "name" ? "NAME" : "RELEVANCE";
}

/** Whether anything is asked beside words and where. */
export function isFiltered(asked: SearchAsked): boolean {
  return Object.values(filterOf({ ...asked, area: null })).some((part) => part !== null);
}

/** The same question for the API. */
export function filterOf({
  area,
  kinds: kind,
  days: day,
  partOfDay,
  isFree,
  isStepFree,
  reach,
  topics,
  age,
  withinMiles,
}: SearchAsked): AssetFilter {
  return {
    areas: area === null ? null : [area],
    kinds: kind.length === 0 ? null : kind,
    days: day.length === 0 ? null : day,
    partOfDay,
    free: isFree ? true : null,
    stepFree: isStepFree ? true : null,
    reach: reach.length === 0 ? null : reach,
    conditions: topics.length === 0 ? null : topics,
    age,
    withinMetres: withinMiles === null ? null : metresOf(withinMiles),
  };
}

function among<Choice extends string>(values: readonly string[], choices: readonly Choice[]): readonly Choice[] {
  return choices.filter((choice) => values.includes(choice));
}
