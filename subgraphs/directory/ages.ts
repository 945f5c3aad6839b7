import { type Said, type Span, spansOf } from "./said.ts";

/** Words that say an age. */
export interface AgeSaid extends Span {
  /** In years; 0.5 is six months. */
  readonly age: number;
}

const numbers: Readonly<Record<string, number>> = {
  ...{
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
  },
  ...{ thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19 },
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 },
};
const plurals: Readonly<Record<string, number>> = {
  ...{
    fives: 5,
    tens: 10,
    teens: 15,
    twenties: 20,
    thirties: 30,
    forties: 40,
    fifties: 50,
    sixties: 60,
    seventies: 70,
  },
  ...{ eighties: 80, nineties: 90 },
};
const tens = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)";
const ones = "(?:one|two|three|four|five|six|seven|eight|nine)";
const number = String.raw`(\d{1,3}|${tens} ${ones}|${Object.keys(numbers).join("|")})`;
const numberOrPlural = String.raw`(\d{1,3}s?|${[...Object.keys(plurals), ...Object.keys(numbers)].join("|")})`;
/** What makes a number none of years lived: "over 2 miles", "I'm 20 stone", "is 5 minutes late". */
const notAnAge = String.raw`(?! (?:st|nd|rd|th|am|pm|oclock|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|miles?|metres?|km|k|kg|lbs?|stones?|pounds?|quid|people|percent|step|of|times|years? (?:sober|clean|ago)|children|kids)\b)`;
const relation =
  "(?:son|daughter|boy|girl|child|kid|mum|mam|mother|dad|father|nan|nana|gran|granny|grandma|grandad|grandpa|grandson|granddaughter|husband|wife|partner|brother|sister|uncle|aunt|neighbour|friend)";

/** How ages are said, the surest first. Under a number means a person of the group: "under 5s" are 4. */
const patterns: readonly (readonly [RegExp, (said: string) => number])[] = [
  [
    new RegExp(String.raw`\b(?:age )?${number}(?: and a half)? ?(?:years?|yrs?|y) ?(?:olds?|o|of age)\b`, "g"),
    (said) => numberOf(said),
  ],
  [/\b(\d{1,3})y[or]s?\b/g, Number],
  [
    new RegExp(String.raw`\b${number} ?(?:months?|mths?|m) ?(?:olds?|o|of age)\b`, "g"),
    (said) => rounded(numberOf(said) / 12),
  ],
  [new RegExp(String.raw`\b${number} ?(?:weeks?|wks?) (?:olds?)\b`, "g"), (said) => rounded(numberOf(said) / 52)],
  [new RegExp(String.raw`\b(?:aged?|ages)(?: of)? ${number}\b`, "g"), (said) => numberOf(said)],
  [
    new RegExp(String.raw`\b(?:over|above|older than)(?: the age of)? (?:age )?${numberOrPlural}\b${notAnAge}`, "g"),
    numberOf,
  ],
  [
    new RegExp(String.raw`\b(?:under|below|younger than)(?: the age of)? (?:age )?${numberOrPlural}\b${notAnAge}`, "g"),
    (said) => Math.max(0, numberOf(said) - 1),
  ],
  [/\b(\d{1,3}) ?(?:plus|and over|or over|and above|or above|and older|or older|and up)\b/g, Number],
  [
    /\bin (?:my|his|her|their|our) (?:early |mid |late )?(\d0s|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b/g,
    numberOf,
  ],
  [
    new RegExp(
      String.raw`\b(?:im|i am|hes|he is|shes|she is|theyre|they are|whos|who is|${relation}s?(?: is)?|turned|turning)(?: (?:only|just|now|nearly|almost|about))? (\d{1,3})\b${notAnAge}`,
      "g",
    ),
    Number,
  ],
  [/\b(?:my|our|his|her|their) toddlers?\b/g, () => 2],
  [/\b(?:my|our|his|her|their) (?:baby|babies)\b/g, () => 0.5],
  [
    /\b(?:my|our|his|her|their|a) (?:teenage|teen) (?:son|daughter|boy|girl|child|kid|grandson|granddaughter)\b/g,
    () => 15,
  ],
  [/\bteenage (?:son|daughter|boy|girl|child|kid|grandson|granddaughter)s?\b/g, () => 15],
  [/\b(?:my|our|his|her|their) (?:teenager|teen)s?\b/g, () => 15],
];

const oldest = 120;

/** The ages that a text says, the surest way of saying one first. Throws nothing. */
export function agesIn(said: Said): readonly AgeSaid[] {
  return patterns
    .flatMap(([pattern, ageOf]) =>
      Array.from(spansOf(said, pattern), ({ start, end, groups }) => ({ start, end, age: ageOf(groups[0] ?? "") })),
    )
    .filter(({ age }) => age <= oldest);
}

function numberOf(said: string): number {
  const parts = said.split(" ").map((part) => numbers[part] ?? plurals[part] ?? Number(part.replace(/s$/, "")));
  return parts.reduce((sum, part) => sum + part, 0);
}

function rounded(years: number): number {
  return Math.round(years * 100) / 100;
}
