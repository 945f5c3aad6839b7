import type { PlaceRow } from "./queries/placesByIds.ts";

const local = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  weekday: "long",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

/**
 * Whether weekly hours have a place open at a moment, on the clock of Europe/London. Null when no hours are stated.
 * Hours that close at or before they open run past midnight. A place is open at the minute it opens, and not at the minute it closes.
 */
export function isOpenAt(openingHours: PlaceRow["openingHours"], at: Date): boolean | null {
  if (openingHours.length === 0) return null;
  const parts = Object.fromEntries(local.formatToParts(at).map(({ type, value }) => [type, value]));
  const today = days.findIndex((day) => day === parts["weekday"]?.toUpperCase());
  const yesterday = (today + 6) % 7;
  const time = `${parts["hour"]}:${parts["minute"]}`;
  return openingHours.some(({ byDay, opens, closes }) => {
    const isOn = (day: number) => byDay.some((name) => name === days[day]);
    if (opens < closes) return isOn(today) && opens <= time && time < closes;
    return (isOn(today) && opens <= time) || (isOn(yesterday) && time < closes);
  });
}
