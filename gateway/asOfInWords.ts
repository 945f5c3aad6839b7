import { dateWithoutDayInWords } from "../calendar/dateInWords.ts";

/** "1 December 2023", "December 2023" or "2023", of a date to the day, month or year. What is no date stays as it is. */
export function asOfInWords(asOf: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(asOf)) return dateWithoutDayInWords(asOf);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(asOf)) return dateWithoutDayInWords(`${asOf}-01`).replace(/^1 /, "");
  return asOf;
}
