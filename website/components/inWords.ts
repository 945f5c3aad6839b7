import { type Content, html } from "../html.ts";
import type { AssetCardFragment } from "../operations.generated.ts";
import type { Words } from "../words/words.ts";

const metresPerMile = 1609.344;

/** How many metres so many miles are. */
export function metresOf(miles: number): number {
  return Math.round(miles * metresPerMile);
}

/** "about 1.3 miles away": as the crow flies, to a tenth of a mile, and from ten miles on to a mile. */
export function distanceInWords(metres: number, { say }: Words): string {
  const miles = metres / metresPerMile;
  if (miles < 0.25) return say("asset.distance.short");
  return say("asset.distance", { miles: miles < 10 ? Math.round(miles * 10) / 10 : Math.round(miles) });
}

/** "3 October 2026", of a day of the calendar. Throws a RangeError for what is none. */
export function dateInWords(date: string, { language }: Words): string {
  return new Intl.DateTimeFormat(language.tag, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** "Free", "£2" or "£2.50", and what is said of it; null when nothing is. */
export function costInWords(cost: AssetCardFragment["cost"], { say, english, language }: Words): Content {
  if (cost === null) return null;
  const { isFree, amount, description } = cost;
  const price = isFree
    ? say("asset.cost.free")
    : amount === null
      ? null
      : new Intl.NumberFormat(language.tag, {
          style: "currency",
          currency: amount.currency,
          // "£2", and "£2.50".
          trailingZeroDisplay: "stripIfInteger",
        }).format(amount.amount);
  if (description === null) return price;
  // "£2, with tea and cake" says the price itself.
  if (price === null || (description.startsWith(price) && !/^[.\d]/.test(description.slice(price.length)))) {
    return english(description);
  }
  return html`${price}. ${english(description)}`;
}

/** "3 October 2026", "October 2026" or "2026", of a date to the day, the month or the year. What is no date stays as it is. */
export function asOfInWords(asOf: string, words: Words): string {
  const { tag } = words.language;
  if (/^\d{4}-\d{2}-\d{2}$/.test(asOf) && !Number.isNaN(Date.parse(asOf))) return dateInWords(asOf, words);
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(asOf)) return asOf;
  return new Intl.DateTimeFormat(tag, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${asOf}-01T00:00:00Z`),
  );
}

/** "Tuesday 24 November", of a day of the calendar. Throws a RangeError for what is none. */
export function dayInWords(date: string, { language }: Words): string {
  return new Intl.DateTimeFormat(language.tag, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(new Date(`${date}T00:00:00Z`));
}
