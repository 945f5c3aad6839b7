import { beginningOf, daysAfter, isDate, localTimeOf } from "../../localTime.ts";
import type { SessionFilter, WhatsOnMeantQuery } from "../../operations.generated.ts";
import { metresOf } from "../../components/inWords.ts";
import { days as daysOfWeek, type SearchAsked, searchAsked } from "../search/searchAsked.ts";

/** So many days ahead what is on is known, as the API says of sessions. */
const daysKnown = 90;

/** What the address of a list of what is on asks: what a search does, of one day. */
export interface WhatsOnAsked extends SearchAsked {
  /** YYYY-MM-DD: a day from today on, as far as what is on is known. */
  readonly date: string;
}

/** What an address asks; a day that is none, is over or is too far ahead is today, or the next of the days of the week that are asked for. Throws nothing. */
export function whatsOnAsked(query: URLSearchParams, now: Date): WhatsOnAsked {
  const asked = searchAsked(query);
  const today = localTimeOf(now).date;
  const named = query.get("date") ?? "";
  const isKnown = isDate(named) && named >= today && named <= daysAfter(today, daysKnown);
  return { ...asked, date: isKnown ? named : nextOf(asked.days, today) };
}

/** Whether a day is one that what is on can be told of. */
export function isTold(date: string, now: Date): boolean {
  const today = localTimeOf(now).date;
  return date >= today && date <= daysAfter(today, daysKnown);
}

type Understood = WhatsOnMeantQuery["search"]["understood"];

/** The question to the API but for the day; what the words of the search were taken to mean stands where the address says nothing itself. */
export function filterAsked(asked: WhatsOnAsked, meant: Understood | null): SessionFilter {
  const { where, area, topics, reach, age, isFree, isStepFree, partOfDay, withinMiles } = asked;
  const conditions =
    topics.length > 0 ? topics : [...new Set((meant?.conditions ?? []).map(({ condition }) => condition.slug))];
  const ways = reach.length > 0 ? reach : (meant?.reach ?? []);
  // A postcode stays what it is: its area has another middle.
  const near = area !== null ? null : where !== "" ? where : (meant?.near?.place?.id ?? meant?.near?.area.id ?? null);
  return {
    near,
    areas: area === null ? null : [area],
    // It is of no use without a place.
    withinMetres: near === null || withinMiles === null ? null : metresOf(withinMiles),
    conditions: conditions.length === 0 ? null : conditions,
    reach: ways.length === 0 ? null : ways,
    age: age ?? meant?.age ?? null,
    free: isFree || meant?.free === true ? true : null,
    stepFree: isStepFree || meant?.stepFree === true ? true : null,
    partOfDay: partOfDay ?? meant?.partOfDay ?? null,
  };
}

/** The same of one day; of today, only what is not over yet. */
export function filterOfDay(filter: SessionFilter, date: string, now: Date): SessionFilter {
  const begins = beginningOf(date);
  // To the hour, so that everybody within it asks the same.
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
  return {
    ...filter,
    from: (begins < hour ? hour : begins).toISOString(),
    to: beginningOf(daysAfter(date, 1)).toISOString(),
    includeCancelled: true,
  };
}

/** The same as the calendar of a search takes it, for whoever subscribes to it. Null where nothing is asked: a calendar of everything is of use to nobody. */
export function calendarOf(filter: SessionFilter): string | null {
  const parameters = new URLSearchParams();
  for (const name of [
    "near",
    "withinMetres",
    "areas",
    "conditions",
    "partOfDay",
    "reach",
    "age",
    "free",
    "stepFree",
  ] as const) {
    const value = filter[name];
    if (value !== null && value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? null : `/calendar/search.ics?${parameters.toString()}`;
}

function nextOf(days: readonly string[], today: string): string {
  const ahead = [0, 1, 2, 3, 4, 5, 6].find((count) => {
    const weekday = new Date(`${daysAfter(today, count)}T00:00:00Z`).getUTCDay();
    return days.includes(daysOfWeek[(weekday + 6) % 7] ?? "");
  });
  return daysAfter(today, ahead ?? 0);
}
