import { html } from "hono/html";
import { dayOfWeekInWords } from "../../calendar/dateInWords.ts";
import { daysOfWeek } from "../../calendar/schedule.ts";
import type { Html } from "../pages/layout.ts";
import type { Fields } from "./asked.ts";
import { type Option, selectField, textArea, textField, ticks } from "./fields.ts";
import { labelOf, type Type } from "./inWords.ts";
import type { Problem } from "./problems.ts";
import type { UserError } from "./visit.ts";

/** What there is to choose from in the form of something new. */
export interface Choices {
  readonly needs: readonly Option[];
  readonly areas: readonly Option[];
  readonly places: readonly Option[];
}

/** Each field of the form of an asset, by its name: what people call it. They are the columns of a CSV file as well. */
export const columns = {
  name: "Name",
  summary: "What it is",
  category: "What kind of place",
  place: "Where it is",
  street: "Street",
  town: "Town",
  postcode: "Postcode",
  days: "Days",
  begins: "Begins",
  ends: "Ends",
  minimumAge: "Youngest age",
  maximumAge: "Oldest age",
  cost: "What it costs",
  price: "Price",
  email: "Email",
  telephone: "Telephone",
  website: "Website",
  stepFree: "Step-free",
  needs: "What it helps with",
  serves: "Who lives where",
} as const;

export type Column = keyof typeof columns;

/** Columns with several values in one cell. */
export const listColumns: readonly Column[] = ["days", "needs", "serves"];

/** The columns that something of a kind has. */
export function columnsOf(type: Type): readonly Column[] {
  const without: readonly Column[] =
    type === "Place"
      ? ["place"]
      : [
          "category",
          "street",
          "town",
          "postcode",
          ...(type === "Activity" ? [] : (["days", "begins", "ends"] as const)),
        ];
  return (Object.keys(columns) as Column[]).filter((column) => !without.includes(column));
}

/** What it takes to hold the place of each kind. */
const placeField: Readonly<Partial<Record<Type, string>>> = {
  Group: "meetsAt",
  Activity: "heldAt",
  Organisation: "basedAt",
};

const placeLabels: Readonly<Partial<Record<Type, string>>> = {
  Group: "Where it meets",
  Activity: "Where it is held",
  Organisation: "Where it is based",
};

/** The fields of an asset of a kind. `choices`: for something new; null: what is linked is not in the form. */
export function assetFields(
  type: Type,
  {
    values,
    problems,
    choices,
    addPlace,
    leaves = [],
  }: {
    readonly values: URLSearchParams;
    readonly problems: readonly Problem[];
    readonly choices: Choices | null;
    /** Where to add a place that is not in the list. */
    readonly addPlace: string;
    /** Columns that hold more than the form can show. */
    readonly leaves?: readonly Column[];
  },
): Html {
  const has = (column: Column) => columnsOf(type).includes(column) && !leaves.includes(column);
  const text = (name: Column, label: string, more: Partial<Parameters<typeof textField>[0]> = {}) =>
    has(name) ? textField({ name, label, value: values.get(name) ?? "", problems, ...more }) : null;
  const radios = (name: Column, label: string, options: readonly Option[]) =>
    ticks({ name, label, problems, type: "radio", options, chosen: [values.get(name) ?? ""] });
  const isPlace = type === "Place";
  return html`${text("name", "Name", { hint: "What it calls itself" })}
  ${textArea({ name: "summary", label: "What it is", hint: "One plain sentence, of at most 300 characters", value: values.get("summary") ?? "", problems, rows: 3 })}
  ${text("category", "What kind of place", { hint: "Such as community centre, library or park" })}
  ${text("street", "Street and number")} ${text("town", "Town or city")}
  ${text("postcode", "Postcode", { hint: "Such as OX4 4HF", isShort: true })}
  ${
    isPlace || choices === null
      ? null
      : html`${selectField({ name: "place", label: placeLabels[type] ?? "Where it is", hint: "Nearby places that are on the map or proposed", value: values.get("place") ?? "", options: choices.places, none: "Not known, or at no place", problems })}
          <p class="small">Not in the list? <a href="${addPlace}">Add the place</a> first.</p>`
  }
  ${
    has("days")
      ? html`${ticks({ name: "days", label: isPlace ? "Days it is open" : "Days it is on, each week", problems, type: "checkbox", options: daysOfWeek.map((day) => ({ value: day, label: dayOfWeekInWords(day) })), chosen: values.getAll("days") })}
        ${text("begins", isPlace ? "Opens" : "Begins", { hint: "Such as 2pm or 14:00", isShort: true })}
        ${text("ends", isPlace ? "Closes" : "Ends", { hint: "Such as 3.30pm or 15:30", isShort: true })}`
      : null
  }
  ${leaves.includes("days") ? html`<p>Its times are more than this form can show. They stay as they are.</p>` : null}
  ${text("minimumAge", "Youngest age it is for", { hint: "In years. Leave it empty if anybody may come", isShort: true, inputmode: "numeric" })}
  ${text("maximumAge", "Oldest age it is for", { hint: "In years", isShort: true, inputmode: "numeric" })}
  ${
    leaves.includes("minimumAge")
      ? html`<p>What is said of who it is for is more than this form can show. It stays as it is.</p>`
      : null
  }
  ${radios("cost", "What it costs to come", [
    { value: "free", label: "It is free" },
    { value: "paid", label: "It costs something" },
    { value: "", label: "Not known" },
  ])}
  ${text("price", "Price, in pounds", { hint: "Such as 2.50", isShort: true, inputmode: "decimal" })}
  ${text("telephone", "Telephone", { hint: "An organisation’s number, never a private person’s", inputmode: "tel" })}
  ${text("email", "Email", { hint: "An organisation’s address, never a private person’s", inputmode: "email" })}
  ${text("website", "Website", { hint: "Such as https://example.org", inputmode: "url" })}
  ${radios("stepFree", "Can somebody come in without a step?", [
    { value: "YES", label: "Yes" },
    { value: "NO", label: "No" },
    { value: "UNKNOWN", label: "Not known" },
  ])}
  ${
    choices === null
      ? null
      : html`${ticks({ name: "needs", label: "What it helps with", hint: "Choose all that are so", problems, type: "checkbox", options: choices.needs, chosen: values.getAll("needs") })}
        ${ticks({ name: "serves", label: "Who it is for, by where they live", hint: "Choose none if anybody may come", problems, type: "checkbox", options: choices.areas, chosen: values.getAll("serves") })}`
  }`;
}

/** "14:00" for "2pm", "2.30 pm" or "14:00"; what is no time stays as it is, to be refused with what is wrong. */
export function timeOf(text: string): string {
  const [, hours, minutes = "00", half] = /^(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?$/i.exec(text.trim()) ?? [];
  if (hours === undefined || (half === undefined && !/[.:]/.test(text))) return text.trim();
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return `${String(hour).padStart(2, "0")}:${minutes}`;
}

/** What the form says of an asset's own fields, as the API takes it: null for what is left empty. `problems` hears of numbers that are none. */
export function inputOf(type: Type, values: URLSearchParams, problems: Problem[]): Fields {
  const text = (name: Column) => (values.get(name) ?? "").trim() || null;
  const number = (name: Column) => {
    const given = text(name)?.replace(/^£\s*/, "") ?? null;
    if (given === null) return null;
    if (/^\d+(\.\d+)?$/.test(given)) return Number(given);
    problems.push({ field: name, message: `${columns[name]} is a number, such as 5.` });
    return null;
  };
  const said = (parts: Fields) => {
    const stated = Object.entries(parts).filter(([, value]) => value !== null);
    return stated.length === 0 ? null : Object.fromEntries(stated);
  };
  const [minimumAge, maximumAge, amount] = [number("minimumAge"), number("maximumAge"), number("price")];
  const days = values.getAll("days");
  const [begins, ends] = [text("begins"), text("ends")].map((time) => (time === null ? null : timeOf(time)));
  for (const [field, time] of [
    ["begins", begins],
    ["ends", ends],
  ] as const) {
    if (typeof time === "string" && !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time)) {
      problems.push({ field, message: `${columns[field]} is not a time, such as 2pm or 14:00.` });
    }
  }
  const hasTimes = days.length > 0 || begins !== null || ends !== null;
  if (hasTimes && days.length === 0)
    problems.push({ field: "days", message: "Choose the days, or leave out the times." });
  const ages = said({ minimumAge, maximumAge });
  const cost = values.get("cost") === "free" ? true : values.get("cost") === "paid" || amount !== null ? false : null;
  return {
    name: text("name") ?? "",
    summary: text("summary"),
    url: text("website"),
    contact: said({ email: text("email"), telephone: text("telephone") }),
    eligibility: ages === null ? [] : [ages],
    accessibility: { stepFree: values.get("stepFree") || "UNKNOWN" },
    cost: cost === null ? null : { isFree: cost, ...(amount === null || cost ? {} : { amount }) },
    ...(type === "Place"
      ? {
          category: text("category") ?? "",
          address: said({ streetAddress: text("street"), addressLocality: text("town"), postalCode: text("postcode") }),
          openingHours: hasTimes ? [{ byDay: days, opens: begins ?? "", closes: ends ?? "" }] : [],
        }
      : {}),
    ...(type === "Activity"
      ? {
          schedule: hasTimes
            ? [{ byDay: days, ...said({ startTime: begins, endTime: ends }), repeatFrequency: "P1W" }]
            : [],
        }
      : {}),
  };
}

/** What the form of something new says, links included, and nothing of what is left empty. */
export function newInputOf(type: Type, values: URLSearchParams, problems: Problem[]): Fields {
  const own = Object.entries(inputOf(type, values, problems)).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  const place = values.get("place");
  const field = placeField[type];
  return {
    ...Object.fromEntries(own),
    ...(field !== undefined && place ? { [field]: [place] } : {}),
    serves: values.getAll("serves"),
    supports: values.getAll("needs").map((condition) => ({ condition })),
  };
}

/** What a form would have to say to say what the map says, and the columns that say more than a form can. */
export function valuesOf(
  type: Type,
  fields: Fields,
): { readonly values: URLSearchParams; readonly leaves: readonly Column[] } {
  const object = (name: string) => (fields[name] ?? {}) as Fields;
  const list = (name: string) => (fields[name] ?? []) as readonly Fields[];
  const values = new URLSearchParams();
  const leaves: Column[] = [];
  const put = (name: Column, value: unknown) => {
    if (typeof value === "string" || typeof value === "number") values.append(name, String(value));
  };
  put("name", fields["name"]);
  put("summary", fields["summary"]);
  put("website", fields["url"]);
  put("email", object("contact")["email"]);
  put("telephone", object("contact")["telephone"]);
  put("stepFree", object("accessibility")["stepFree"]);
  put("category", fields["category"]);
  put("street", object("address")["streetAddress"]);
  put("town", object("address")["addressLocality"]);
  put("postcode", object("address")["postalCode"]);
  const { isFree, amount } = object("cost");
  if (isFree !== undefined) put("cost", isFree === true ? "free" : "paid");
  put("price", amount);
  const [who, ...others] = list("eligibility");
  if (
    others.length > 0 ||
    Object.keys(who ?? {}).some((name) => !["minimumAge", "maximumAge", "excludes"].includes(name)) ||
    who?.["excludes"] === true
  ) {
    leaves.push("minimumAge", "maximumAge");
  } else {
    put("minimumAge", who?.["minimumAge"]);
    put("maximumAge", who?.["maximumAge"]);
  }
  const [rule, ...rules] = list(type === "Place" ? "openingHours" : "schedule");
  const known = ["byDay", "startTime", "endTime", "opens", "closes", "repeatFrequency"];
  const isWeekly = type === "Place" || rule?.["repeatFrequency"] === "P1W";
  if (
    rule !== undefined &&
    (rules.length > 0 || !isWeekly || Object.keys(rule).some((name) => !known.includes(name)))
  ) {
    leaves.push("days", "begins", "ends");
  } else if (rule !== undefined) {
    for (const day of (rule["byDay"] ?? []) as readonly string[]) values.append("days", day);
    put("begins", rule["startTime"] ?? rule["opens"]);
    put("ends", rule["endTime"] ?? rule["closes"]);
  }
  return { values, leaves };
}

/** Only what a form says otherwise than the map does: what is not in the form, or in it as it was, stays as it is. */
export function changesIn(type: Type, fields: Fields, sent: URLSearchParams, problems: Problem[]): Fields {
  const { values, leaves } = valuesOf(type, fields);
  const [was, is] = [inputOf(type, values, []), inputOf(type, sent, problems)];
  const left = [
    ...(leaves.includes("days") ? ["schedule", "openingHours"] : []),
    ...(leaves.includes("minimumAge") ? ["eligibility"] : []),
  ];
  const changed = Object.entries(is).filter(
    ([name, value]) => !left.includes(name) && JSON.stringify(value) !== JSON.stringify(was[name]),
  );
  return Object.fromEntries(
    changed.map(([name, value]) => {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return [name, value];
      // What of it is in no field of the form stays.
      const inForm = [
        "email",
        "telephone",
        "streetAddress",
        "addressLocality",
        "postalCode",
        "isFree",
        "amount",
        "stepFree",
      ];
      const kept = Object.entries((fields[name] ?? {}) as Fields).filter(([part]) => !inForm.includes(part));
      return [name, { ...Object.fromEntries(kept), ...(value as Fields) }];
    }),
  );
}

const columnOfField: Readonly<Record<string, Column>> = {
  name: "name",
  summary: "summary",
  category: "category",
  url: "website",
  "contact.email": "email",
  "contact.telephone": "telephone",
  "contact.url": "website",
  "address.streetAddress": "street",
  "address.addressLocality": "town",
  address: "postcode",
  location: "postcode",
  area: "postcode",
  schedule: "days",
  openingHours: "days",
  eligibility: "minimumAge",
  "eligibility.maximumAge": "maximumAge",
  "cost.amount": "price",
  cost: "cost",
  accessibility: "stepFree",
  supports: "needs",
  serves: "serves",
  meetsAt: "place",
  heldAt: "place",
  basedAt: "place",
};

/** What the API says is wrong, at the field of the form that it is about and by the name that it has there. */
export function assetProblems(errors: readonly UserError[]): readonly Problem[] {
  return errors.map(({ message, field }) => {
    const path = field.filter((part) => part !== "input" && part !== "after" && !/^\d+$/.test(part));
    const last = path.at(-1) ?? "";
    const column: Column | undefined =
      last === "startTime" || last === "opens"
        ? "begins"
        : last === "endTime" || last === "closes"
          ? "ends"
          : (columnOfField[path.join(".")] ?? columnOfField[path[0] ?? ""]);
    const first = path[0] ?? "";
    const said = message.startsWith(`${first} `) ? message.slice(first.length + 1) : null;
    const name = column === undefined ? labelOf(first) : columns[column];
    return { field: column ?? null, message: said === null ? message : `${name} ${said}`.replaceAll("`", "") };
  });
}
