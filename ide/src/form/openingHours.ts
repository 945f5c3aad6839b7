/** Hours of opening on some days, as the API has them. */
export interface Hours {
  readonly byDay: readonly string[];
  readonly opens: string;
  readonly closes: string;
}

const daysOfWeek = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

const time = String.raw`(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?`;
const oneLine = new RegExp(String.raw`^(.+?)[\s,:]+${time}\s*(?:to|until|-|–)\s*${time}$`, "i");

/** What was typed as hours of opening, a line for each: “Monday to Friday 9am to 5pm”, “Sat, Sun 10:00-16:00”. Null when a line cannot be read so. */
export function hoursTyped(text: string): readonly Hours[] | null {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const read = lines.map((line): Hours | null => {
    const [, days = "", hour, minute, half, closingHour, closingMinute, closingHalf] = oneLine.exec(line) ?? [];
    const byDay = daysTyped(days);
    const opens = timeTyped(hour, minute, half);
    const closes = timeTyped(closingHour, closingMinute, closingHalf);
    return byDay === null || opens === null || closes === null ? null : { byDay, opens, closes };
  });
  return read.every((hours) => hours !== null) ? read : null;
}

/** Hours of opening as somebody would type them. */
export function hoursAsTyped(hours: readonly Hours[]): string {
  return hours
    .map(({ byDay, opens, closes }) => `${byDay.map(dayInWords).join(", ")} ${opens} to ${closes}`)
    .join("\n");
}

const dayInWords = (day: string) => `${day.charAt(0)}${day.slice(1).toLowerCase()}`;

function daysTyped(text: string): readonly string[] | null {
  const found: string[] = [];
  for (const part of text.split(/,|&|\band\b/i).map((one) => one.trim())) {
    const ends = part.split(/\s*(?:\bto\b|-|–)\s*/i).map(dayTyped);
    const [first, last = first] = ends;
    if (ends.length > 2 || first === undefined || last === undefined || first < 0 || last < first) return null;
    found.push(...daysOfWeek.slice(first, last + 1));
  }
  return [...new Set(found)];
}

function dayTyped(text: string): number {
  const said = text.trim().toUpperCase().replace(/S$/, "");
  return said.length < 2 ? -1 : daysOfWeek.findIndex((day) => day.startsWith(said));
}

/** "17:30" for what was typed as half past five; null for no time. What has neither minutes nor a half of the day could be either. */
function timeTyped(hour: string | undefined, minute: string | undefined, half: string | undefined): string | null {
  if (hour === undefined || (minute === undefined && half === undefined)) return null;
  const said = Number(hour);
  if (half !== undefined && (said < 1 || said > 12)) return null;
  const hours = half === undefined ? said : (said % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const text = `${String(hours).padStart(2, "0")}:${minute ?? "00"}`;
  return /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text) ? text : null;
}
