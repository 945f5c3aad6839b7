/** The number that a text says; a text that says none stays as it is, for the API to refuse. */
const numberIn = (text: string) => (text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text));

/** How each field of SessionFilter stands in an address: a text, several with commas between, a number, or true and false. */
const fields: Readonly<Record<string, (text: string) => unknown>> = {
  near: (text) => text,
  withinMetres: numberIn,
  areas: (text) => text.split(","),
  conditions: (text) => text.split(","),
  days: (text) => text.toUpperCase().split(","),
  partOfDay: (text) => text.toUpperCase(),
  reach: (text) => text.toUpperCase().split(","),
  age: numberIn,
  free: (text) => (text === "true" ? true : text === "false" ? false : text),
  stepFree: (text) => (text === "true" ? true : text === "false" ? false : text),
};

/**
 * The SessionFilter that an address asks for. Null when it asks for nothing, for something that there is not, or for something twice. Values are the API's to check.
 */
export function searchFilter(parameters: URLSearchParams): Readonly<Record<string, unknown>> | null {
  const names = [...parameters.keys()];
  if (names.length === 0 || new Set(names).size < names.length) return null;
  const filter: Record<string, unknown> = {};
  for (const [name, text] of parameters) {
    if (name === "q") continue;
    const read = fields[name];
    if (read === undefined) return null;
    filter[name] = read(text);
  }
  return filter;
}

/** The part of an Interpretation that a calendar goes by. */
export interface Understood {
  readonly conditions: readonly { readonly condition: { readonly slug: string } }[];
  readonly near: {
    readonly area: { readonly id: string };
    readonly place: { readonly id: string } | null;
  } | null;
  readonly age: number | null;
  readonly days: readonly string[];
  readonly partOfDay: string | null;
  readonly free: boolean | null;
  readonly stepFree: boolean | null;
  readonly reach: readonly string[];
}

/** What a text was understood to mean, as a SessionFilter. The dates of "tomorrow" and the like are left out: a calendar is for more than a day. */
export function understoodFilter({ conditions, near, age, days, partOfDay, free, stepFree, reach }: Understood) {
  return {
    ...(conditions.length === 0 ? {} : { conditions: conditions.map(({ condition }) => condition.slug) }),
    ...(near === null ? {} : { near: near.place?.id ?? near.area.id }),
    ...(age === null ? {} : { age }),
    ...(days.length === 0 ? {} : { days }),
    ...(partOfDay === null ? {} : { partOfDay }),
    ...(free === null ? {} : { free }),
    ...(stepFree === null ? {} : { stepFree }),
    ...(reach.length === 0 ? {} : { reach }),
  };
}
