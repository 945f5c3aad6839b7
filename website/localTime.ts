/** Where the directory's days begin and end. */
const timeZone = "Europe/London";

const dayMs = 24 * 3_600_000;

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

interface LocalTime {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly hour: number;
  readonly minute: number;
}

/** What calendars and clocks show here at a moment. Throws a RangeError for what is none. */
export function localTimeOf(moment: Date): LocalTime {
  const part = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  return {
    date: `${part["year"]}-${part["month"]}-${part["day"]}`,
    hour: Number(part["hour"]),
    minute: Number(part["minute"]),
  };
}

/** The day so many days after another; fewer than none: before it. Throws a RangeError for what is no date. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The moment at which a day begins here. Throws a RangeError for what is no date. */
export function beginningOf(date: string): Date {
  const utc = new Date(`${date}T00:00:00Z`);
  // Clocks here are never behind UTC, and change after midnight.
  const { hour, minute } = localTimeOf(utc);
  return new Date(utc.getTime() - (hour * 60 + minute) * 60_000);
}

/** Whether a text is a day of the calendar, as YYYY-MM-DD: the 31st of June is none. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && daysAfter(text, 0) === text;
}

/** "2pm", "2.30pm", "midday": as the directory's own times read. */
export function clockInWords(moment: Date): string {
  const { hour, minute } = localTimeOf(moment);
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? "midnight" : "midday";
  const minutes = minute === 0 ? "" : `.${String(minute).padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}
