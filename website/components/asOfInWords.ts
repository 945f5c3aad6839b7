import type { Words } from "../words/words.ts";

/** "1 December 2023", "December 2023" or "2023", of a date to the day, month or year. What is no date stays as it is. Throws a RangeError for a day that no calendar has. */
export function asOfInWords(asOf: string, { language }: Words): string {
  const [, year, month, day] = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?$/.exec(asOf) ?? [];
  if (year === undefined) return asOf;
  return new Intl.DateTimeFormat(language.tag, {
    year: "numeric",
    ...(month === undefined ? {} : { month: "long" }),
    ...(day === undefined ? {} : { day: "numeric" }),
    timeZone: "UTC",
  }).format(new Date(`${year}-${month ?? "01"}-${day ?? "01"}T00:00:00Z`));
}
