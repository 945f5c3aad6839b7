/** Characters that change the direction of what stands around them, and those that no text has but a broken one. Tabs and ends of lines stay. */
// eslint-disable-next-line no-control-regex -- they are what it is about
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g;

/**
 * The same answer without characters that would make a reader see something else than is written, or that FHIR does not allow in a text. Throws nothing.
 */
export function plain<Value>(value: Value): Value {
  if (typeof value === "string") return value.replace(unwanted, "") as Value;
  if (Array.isArray(value)) return value.map(plain) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one) as unknown])) as Value;
}
