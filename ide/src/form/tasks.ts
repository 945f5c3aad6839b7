import type { AssetKind, AssetState, EndKind, Relationship, Said } from "../answers.ts";
import type { operations } from "../operations.ts";
import { relationships } from "../words.ts";
import { type Hours, hoursAsTyped, hoursTyped } from "./openingHours.ts";
import { type Field, type Option, pickedOf, textOf, tickedOf, type Values } from "./fields.ts";

export type OperationName = keyof typeof operations;

interface Around {
  /** The id of the workshop it is done in; null: in none. */
  readonly workshop: string | null;
  /** Whether that is a sample: then so is everything that is added in it. */
  readonly isSample: boolean;
  /** The name of this call. */
  readonly call: string;
  /** The asset that the form's question `asset` was answered with, as it is now; null: there is no such question, or no answer yet. */
  readonly state: AssetState | null;
}

/** Something to do, as a form: its questions, and what it sends. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  /** Whether it has to be known what is said of the asset before the rest can be asked. */
  readonly readsAsset?: boolean;
  readonly fields: (state: AssetState | null) => readonly Field[];
  /** What is not asked, and stays as it is, in sentences. Left out: nothing to tell. */
  readonly notes?: (state: AssetState) => readonly string[];
  /** What is answered already. */
  readonly initial?: (state: AssetState) => Values;
  readonly operation: (state: AssetState | null) => OperationName;
  readonly variables: (values: Values, around: Around) => Said;
  /** What to look for that may be there already, before it is sent. */
  readonly possibleDuplicates?: (values: Values) => Said;
}

const assetKinds: readonly AssetKind[] = ["Group", "Activity", "Organisation", "Place"];

/** Without what was left empty. */
function stated(said: Said): Said {
  return Object.fromEntries(
    Object.entries(said).filter(
      ([, value]) =>
        value !== undefined &&
        value !== "" &&
        value !== null &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === "object" && Object.keys(value).length === 0),
    ),
  );
}

/** A number that was typed; undefined while it is none. */
function numberOf(values: Values, name: string): number | undefined {
  const text = textOf(values, name);
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? number : undefined;
}

const idOf = (values: Values, name: string) => pickedOf(values, name)[0]?.id;
const idsOf = (values: Values, name: string) => pickedOf(values, name).map(({ id }) => id);

const done = ({ workshop, call }: Around): Said => stated({ workshop, clientMutationId: call });

const yesNo: readonly Option[] = [
  { value: "YES", label: "Yes" },
  { value: "NO", label: "No" },
  { value: "UNKNOWN", label: "Nobody has said" },
];

const strengths: readonly Option[] = [
  { value: "1", label: "It is what it is for" },
  { value: "0.6", label: "It is a good part of what it does" },
  { value: "0.3", label: "It helps along the way" },
];

const strength: Field = {
  type: "one",
  name: "strength",
  path: "strength",
  label: "How much does it help?",
  options: strengths,
};

const byReferral: Field = {
  type: "some",
  name: "byReferral",
  path: "byReferral",
  label: "How does it help?",
  options: [{ value: "yes", label: "By finding others who do" }],
};

const evidence: Field = {
  type: "text",
  name: "evidence",
  path: "evidence",
  label: "How do we know?",
  hint: "For example: “Their leaflet says so”, “Said at the workshop by the group itself”. No names of people.",
};

const whyTaken = (label: string, missing?: string): Field => ({
  type: "text",
  name: "reason",
  path: "reason",
  label,
  hint: "For example: “Closed in May”. No names of people.",
  ...(missing === undefined ? {} : { missing }),
});

const days: readonly Option[] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
  (day) => ({ value: day.toUpperCase(), label: day }),
);

const weeks: readonly Option[] = [
  { value: "1", label: "The first" },
  { value: "2", label: "The second" },
  { value: "3", label: "The third" },
  { value: "4", label: "The fourth" },
  { value: "-1", label: "The last" },
];

/** When an activity is on: one rule, of the kinds that people say in a breath. */
const timing: readonly Field[] = [
  {
    type: "one",
    name: "howOften",
    path: "schedule",
    label: "How often is it on?",
    options: [
      { value: "P1W", label: "Every week" },
      { value: "P2W", label: "Every two weeks" },
      { value: "P1M", label: "Every month" },
      { value: "ONCE", label: "Once" },
      { value: "", label: "Nobody has said, or it is not so simple", hint: "Say when it is under “More about it”." },
    ],
  },
  { type: "some", name: "byDay", path: "schedule.byDay", label: "On which days?", options: days },
  {
    type: "some",
    name: "byWeekOfMonth",
    path: "schedule.byWeekOfMonth",
    label: "If it is every month: which of these days in the month?",
    options: weeks,
  },
  { type: "time", name: "startTime", path: "schedule.startTime", label: "From", width: "short" },
  { type: "time", name: "endTime", path: "schedule.endTime", label: "To", width: "short" },
  {
    type: "date",
    name: "startDate",
    path: "schedule.startDate",
    label: "The first day, or the only one",
    hint: "Needed for what is once, or every two weeks.",
    width: "short",
  },
];

/** Whom something is for: one statement. */
const whom: readonly Field[] = [
  {
    type: "number",
    name: "youngest",
    path: "eligibility.minimumAge",
    label: "Youngest age it is for",
    hint: "In years. Leave it empty if there is none.",
    width: "short",
  },
  {
    type: "number",
    name: "oldest",
    path: "eligibility.maximumAge",
    label: "Oldest age it is for",
    hint: "In years.",
    width: "short",
  },
  {
    type: "text",
    name: "eligible",
    path: "eligibility.description",
    label: "Who it is for, in words",
    hint: "For example: “People who live alone”. Leave it empty if anybody may come.",
  },
  {
    type: "pick",
    name: "eligibleWith",
    path: "eligibility.conditions",
    label: "Only for people with any of these",
    hint: "Conditions and needs. Leave it empty if anybody may come.",
    of: ["Condition"],
    many: true,
  },
];

/** What is said of an asset that these forms have no questions for: it stays as it is. */
type Left = ReadonlySet<"schedule" | "eligibility">;

const staying = {
  schedule: "When it is on is more than this form can show, and stays as it is.",
  eligibility: "Who it is for is more than this form can show, and stays as it is.",
} as const;

const nothingLeft: Left = new Set();

function leftOf({ fields }: AssetState): Left {
  const list = (name: string) => (fields[name] ?? []) as readonly Said[];
  const left = new Set<"schedule" | "eligibility">();
  const [rule, ...rules] = list("schedule");
  const { repeatFrequency = "ONCE" } = rule ?? {};
  const asked = ["byDay", "startTime", "endTime", "startDate", "repeatFrequency", "byWeekOfMonth"];
  if (
    rules.length > 0 ||
    !["P1W", "P2W", "P1M", "ONCE"].includes(String(repeatFrequency)) ||
    Object.keys(rule ?? {}).some((name) => !asked.includes(name))
  ) {
    left.add("schedule");
  }
  const [statement, ...statements] = list("eligibility");
  const { conditions } = statement ?? {};
  // Of conditions it is told which, and not what they are called.
  if (
    statements.length > 0 ||
    statement?.["excludes"] === true ||
    (Array.isArray(conditions) && conditions.length > 0)
  ) {
    left.add("eligibility");
  }
  return left;
}

function scheduleSaid(values: Values): readonly Said[] {
  const byDay = tickedOf(values, "byDay");
  // Whoever says days, and not how often, means every week.
  const howOften = textOf(values, "howOften") || (byDay.length > 0 ? "P1W" : "");
  if (howOften === "") return [];
  return [
    stated({
      repeatFrequency: howOften === "ONCE" ? "" : howOften,
      byDay: howOften === "ONCE" ? [] : byDay,
      byWeekOfMonth: howOften === "P1M" ? tickedOf(values, "byWeekOfMonth").map(Number) : [],
      startTime: textOf(values, "startTime"),
      endTime: textOf(values, "endTime"),
      startDate: textOf(values, "startDate"),
    }),
  ];
}

function eligibilitySaid(values: Values): readonly Said[] {
  const statement = stated({
    minimumAge: numberOf(values, "youngest"),
    maximumAge: numberOf(values, "oldest"),
    description: textOf(values, "eligible"),
    conditions: idsOf(values, "eligibleWith"),
  });
  return Object.keys(statement).length === 0 ? [] : [statement];
}

function describing(kind: AssetKind, left: Left): readonly Field[] {
  const it = { Group: "group", Activity: "activity", Organisation: "organisation", Place: "place" }[kind];
  return [
    {
      type: "text",
      name: "name",
      path: "name",
      label: `What is the ${it} called?`,
      hint: "As it calls itself.",
      missing: `Enter what the ${it} is called`,
    },
    ...(kind === "Place"
      ? ([
          {
            type: "text",
            name: "category",
            path: "category",
            label: "What sort of place is it?",
            hint: "For example: Community centre, Library, Café.",
            missing: "Enter what sort of place it is",
          },
          { type: "text", name: "streetAddress", path: "address.streetAddress", label: "Number and street" },
          { type: "text", name: "addressLocality", path: "address.addressLocality", label: "Town or village" },
          {
            type: "text",
            name: "postalCode",
            path: "address.postalCode",
            label: "Postcode",
            hint: "A whole one, such as OX4 4HF. It puts the place on the map.",
            width: "short",
          },
        ] satisfies Field[])
      : []),
    {
      type: "text",
      name: "summary",
      path: "summary",
      label: "What is it, in one sentence?",
      hint: "In plain words: “A weekly cup of tea and a chat for anybody over 50.”",
    },
    { type: "long", name: "description", path: "description", label: "More about it" },
    {
      type: "long",
      name: "alternateNames",
      path: "alternateNames",
      label: "Other names it is known by",
      hint: "One a line.",
    },
    ...(kind === "Place"
      ? ([
          {
            type: "hours",
            name: "openingHours",
            path: "openingHours",
            label: "When is it open?",
            hint: "A line for each, such as: Monday to Friday 9am to 5pm",
          },
        ] satisfies Field[])
      : []),
    ...(kind === "Activity" && !left.has("schedule") ? timing : []),
    ...(left.has("eligibility") ? [] : whom),
    { type: "url", name: "url", path: "url", label: "Its web page", hint: "It starts with https://" },
    {
      type: "email",
      name: "email",
      path: "contact.email",
      label: "Email address",
      hint: "Of an organisation, never a private person’s.",
    },
    {
      type: "tel",
      name: "telephone",
      path: "contact.telephone",
      label: "Telephone number",
      hint: "Of an organisation, never a private person’s.",
      width: "short",
    },
    ...(kind === "Organisation"
      ? ([
          {
            type: "text",
            name: "charityNumber",
            path: "charityNumber",
            label: "Charity number",
            hint: "6 to 8 digits, from the Charity Commission.",
            width: "short",
          },
        ] satisfies Field[])
      : []),
    {
      type: "one",
      name: "isFree",
      path: "cost",
      label: "Is it free?",
      options: [
        { value: "yes", label: "Yes" },
        { value: "no", label: "No" },
        { value: "", label: "Nobody has said" },
      ],
    },
    {
      type: "number",
      name: "amount",
      path: "cost.amount",
      label: "If it is not free: the usual price of one visit, in pounds",
      hint: "For example: 2.50",
      width: "short",
    },
    { type: "one", name: "stepFree", path: "accessibility", label: "Can you get in without a step?", options: yesNo },
    {
      type: "some",
      name: "reach",
      path: "reach",
      label: "How does it reach people?",
      hint: "Choose all that apply.",
      options: [
        { value: "AT_A_PLACE", label: "At a place" },
        { value: "COMES_TO_YOU", label: "It comes to you" },
        { value: "ONLINE", label: "Online" },
        { value: "PHONE", label: "By telephone" },
      ],
    },
  ];
}

function described(kind: AssetKind, values: Values, left: Left): Said {
  const isFree = textOf(values, "isFree");
  const stepFree = textOf(values, "stepFree");
  return stated({
    name: textOf(values, "name"),
    ...(kind === "Place"
      ? {
          category: textOf(values, "category"),
          address: stated({
            streetAddress: textOf(values, "streetAddress"),
            addressLocality: textOf(values, "addressLocality"),
            postalCode: textOf(values, "postalCode"),
          }),
        }
      : {}),
    summary: textOf(values, "summary"),
    description: textOf(values, "description"),
    alternateNames: textOf(values, "alternateNames")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    ...(kind === "Place" ? { openingHours: hoursTyped(textOf(values, "openingHours")) ?? [] } : {}),
    ...(kind === "Activity" && !left.has("schedule") ? { schedule: scheduleSaid(values) } : {}),
    ...(left.has("eligibility") ? {} : { eligibility: eligibilitySaid(values) }),
    url: textOf(values, "url"),
    contact: stated({ email: textOf(values, "email"), telephone: textOf(values, "telephone") }),
    ...(kind === "Organisation" ? { charityNumber: textOf(values, "charityNumber") } : {}),
    cost: isFree === "" ? null : stated({ isFree: isFree === "yes", amount: numberOf(values, "amount") }),
    accessibility: stepFree === "" ? null : { stepFree },
    reach: tickedOf(values, "reach"),
  });
}

const textIn = (said: unknown, name: string): string => {
  const value = typeof said === "object" && said !== null ? (said as Said)[name] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

/** What is said of an asset, as answers to the questions about it. */
function answersFrom({ fields }: AssetState): Values {
  const [rule = {}] = (fields["schedule"] ?? []) as readonly Said[];
  const [statement = {}] = (fields["eligibility"] ?? []) as readonly Said[];
  const listed = (value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]).map(String) : []);
  const isFree = (fields["cost"] as Said | null | undefined)?.["isFree"];
  const of = (name: string) => textIn(fields, name);
  return {
    name: of("name"),
    category: of("category"),
    streetAddress: textIn(fields["address"], "streetAddress"),
    addressLocality: textIn(fields["address"], "addressLocality"),
    postalCode: textIn(fields["address"], "postalCode"),
    summary: of("summary"),
    description: of("description"),
    alternateNames: listed(fields["alternateNames"]).join("\n"),
    openingHours: hoursAsTyped((fields["openingHours"] ?? []) as readonly Hours[]),
    howOften: Object.keys(rule).length === 0 ? "" : textIn(rule, "repeatFrequency") || "ONCE",
    byDay: listed(rule["byDay"]),
    byWeekOfMonth: listed(rule["byWeekOfMonth"]),
    startTime: textIn(rule, "startTime"),
    endTime: textIn(rule, "endTime"),
    startDate: textIn(rule, "startDate"),
    youngest: textIn(statement, "minimumAge"),
    oldest: textIn(statement, "maximumAge"),
    eligible: textIn(statement, "description"),
    url: of("url"),
    email: textIn(fields["contact"], "email"),
    telephone: textIn(fields["contact"], "telephone"),
    charityNumber: of("charityNumber"),
    isFree: isFree === true ? "yes" : isFree === false ? "no" : "",
    amount: textIn(fields["cost"], "amount"),
    stepFree: textIn(fields["accessibility"], "stepFree"),
    reach: Array.isArray(fields["reach"]) ? (fields["reach"] as readonly string[]) : [],
  };
}

/** What states nothing when it is empty, and may not be null. */
const lists: ReadonlySet<string> = new Set(["reach", "alternateNames", "openingHours", "schedule", "eligibility"]);

/**
 * What the answers change of what is said: the names whose value is another, null for what was emptied. Of what replaces the whole, such as a contact, it keeps what the
 * form does not ask about.
 */
function changed(kind: AssetKind, values: Values, state: AssetState): Said {
  const left = leftOf(state);
  const before = described(kind, answersFrom(state), left);
  const after = described(kind, values, left);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => {
        const [old, asked, said] = [state.fields[name], before[name], after[name]];
        if (said === undefined) return [name, lists.has(name) ? [] : null];
        const isWhole = name === "contact" || name === "cost" || name === "address";
        if (!isWhole || typeof old !== "object" || old === null) return [name, said];
        const unasked = Object.entries(old).filter(([part]) => !Object.hasOwn((asked ?? {}) as object, part));
        return [name, { ...Object.fromEntries(unasked), ...(said as object) }];
      }),
  );
}

/**
 * The questions about what a proposal says of an asset, answered as it says it, and what answering them otherwise changes of it. Of something that is there already it asks only about what is proposed to change.
 */
export function amending(kind: AssetKind, after: Said, isNew: boolean) {
  const state: AssetState = {
    id: "",
    kind: kind.toUpperCase() as AssetState["kind"],
    name: "",
    status: "PROPOSED",
    version: 0,
    fields: after,
    links: [],
    proposals: [],
  };
  return {
    fields: describing(kind, leftOf(state)).filter(
      ({ path }) => isNew || Object.hasOwn(after, path.split(".")[0] ?? ""),
    ),
    initial: answersFrom(state),
    after: (values: Values): Said => changed(kind, values, state),
  };
}

const kindOf = (state: AssetState | null): AssetKind =>
  (({ GROUP: "Group", ACTIVITY: "Activity", ORGANISATION: "Organisation", PLACE: "Place" }) as const)[
    state?.kind ?? "GROUP"
  ];

const sample: Field = {
  type: "some",
  name: "sample",
  path: "sample",
  label: "Is it made up?",
  options: [{ value: "yes", label: "Yes, to try things out", hint: "It is shown as an example everywhere." }],
};

const serves: Field = {
  type: "pick",
  name: "serves",
  path: "serves",
  label: "Whose residents is it for?",
  hint: "Areas, if it is only for the people of some. Leave it empty if it is for anybody.",
  of: ["Area"],
  many: true,
};

const supports: Field = {
  type: "pick",
  name: "supports",
  path: "supports",
  label: "What does it help with?",
  hint: "Conditions and needs. You can say how much later.",
  of: ["Condition"],
  many: true,
};

const pickMany = (name: string, label: string, of: readonly EndKind[]): Field => ({
  type: "pick",
  name,
  path: name,
  label,
  hint: "Type a part of the name. You can choose several.",
  of,
  many: true,
});

/** The questions about links of something new, by its kind. */
const linking: Readonly<Record<AssetKind, readonly Field[]>> = {
  Group: [
    pickMany("meetsAt", "Where does it meet?", ["Place"]),
    pickMany("runBy", "Which organisations run it?", ["Organisation"]),
  ],
  Activity: [
    pickMany("heldAt", "Where is it held?", ["Place"]),
    pickMany("hostedBy", "Which groups put it on?", ["Group"]),
    pickMany("runBy", "Which organisations run it?", ["Organisation"]),
  ],
  Organisation: [pickMany("basedAt", "Where is it based?", ["Place"])],
  Place: [],
};

function linksSaid(kind: AssetKind, values: Values): Said {
  return stated({
    ...Object.fromEntries(
      linking[kind].flatMap((field) => (field.type === "pick" ? [[field.name, idsOf(values, field.name)]] : [])),
    ),
    serves: idsOf(values, "serves"),
    supports: idsOf(values, "supports").map((condition) => ({ condition })),
  });
}

function adding(kind: AssetKind, title: string, lead: string): Task {
  return {
    id: `add-${kind.toLowerCase()}`,
    title,
    lead,
    button: title,
    fields: () => [...describing(kind, nothingLeft), ...linking[kind], serves, supports, sample],
    operation: () => `Create${kind}` as const,
    variables: (values, around) => ({
      input: {
        ...described(kind, values, nothingLeft),
        ...linksSaid(kind, values),
        ...(around.isSample || tickedOf(values, "sample").length > 0 ? { sample: true } : {}),
        ...done(around),
      },
    }),
    possibleDuplicates: (values) => ({
      input: stated({
        kind: kind.toUpperCase(),
        name: textOf(values, "name"),
        places: [...idsOf(values, "meetsAt"), ...idsOf(values, "heldAt"), ...idsOf(values, "basedAt")],
        // One that is no postcode yet is said to be none when it is sent.
        postcode: /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/.test(textOf(values, "postalCode"))
          ? textOf(values, "postalCode")
          : "",
        telephone: textOf(values, "telephone"),
        url: /^https?:\/\/\S+$/.test(textOf(values, "url")) ? textOf(values, "url") : "",
        charityNumber: textOf(values, "charityNumber"),
      }),
    }),
  };
}

/** Which asset something is about: always the question `asset`, so that what was looked at last is answered already. */
const asset = (label: string, path: string, of: readonly EndKind[] = assetKinds): Field => ({
  type: "pick",
  name: "asset",
  path,
  label,
  hint: "Type a part of its name.",
  missing: "Choose one from the list",
  of,
});

const other = (label: string, of: readonly EndKind[], missing: string): Field => ({
  type: "pick",
  name: "to",
  path: "to",
  label,
  hint: "Type a part of its name.",
  missing,
  of,
});

function joining(
  id: string,
  relationship: Relationship,
  title: string,
  labels: readonly [from: string, to: string],
  more: readonly Field[] = [],
): Task {
  const { from, to, hint } = relationships[relationship];
  return {
    id,
    title,
    lead: `Says how two things belong together: ${hint}.`,
    button: "Say so",
    fields: () => [asset(labels[0], "from", from), other(labels[1], to, "Choose one from the list"), ...more, evidence],
    operation: () => "Link",
    variables: (values, around) => ({
      input: {
        relationship,
        from: idOf(values, "asset") ?? "",
        to: idOf(values, "to") ?? "",
        ...stated({
          strength: numberOf(values, "strength"),
          byReferral: tickedOf(values, "byReferral").length > 0 ? true : undefined,
          evidence: textOf(values, "evidence"),
          referral: relationship === "REFERS_TO" ? referralSaid(values) : undefined,
        }),
        ...done(around),
      },
    }),
  };
}

const referring: readonly Field[] = [
  {
    type: "one",
    name: "method",
    path: "referral.method",
    label: "How are people sent on?",
    missing: "Say how people are sent on",
    options: [
      { value: "WALK_IN", label: "They just go there" },
      { value: "PHONE", label: "By telephone" },
      { value: "FORM", label: "With a form" },
      { value: "EMAIL", label: "By email" },
      { value: "LETTER", label: "By letter" },
      { value: "WARM_INTRODUCTION", label: "Somebody introduces them" },
    ],
  },
  {
    type: "text",
    name: "referralContact",
    path: "referral.contact",
    label: "Where to?",
    hint: "A number, an address or a page of an organisation.",
  },
  {
    type: "text",
    name: "criteria",
    path: "referral.criteria",
    label: "Whom does it take?",
    hint: "For example: “Anybody registered with the practice”.",
  },
  { type: "number", name: "minimumAge", path: "referral.minimumAge", label: "Youngest age it takes", width: "short" },
  { type: "number", name: "maximumAge", path: "referral.maximumAge", label: "Oldest age it takes", width: "short" },
  {
    type: "pick",
    name: "areas",
    path: "referral.areas",
    label: "Residents of which areas does it take?",
    hint: "Leave it empty for those that it is for anyway.",
    of: ["Area"],
    many: true,
  },
  {
    type: "pick",
    name: "accepts",
    path: "referral.accepts",
    label: "Does it take only people with one of these?",
    hint: "Conditions and needs. Leave it empty if it takes people with any, or none.",
    of: ["Condition"],
    many: true,
  },
  {
    type: "pick",
    name: "excludes",
    path: "referral.excludes",
    label: "Whom does it not take?",
    hint: "People with any of these conditions and needs.",
    of: ["Condition"],
    many: true,
  },
  {
    type: "number",
    name: "waitDays",
    path: "referral.waitDays",
    label: "How many days do people wait?",
    hint: "From asking to being seen, as a rule.",
    width: "short",
  },
  {
    type: "one",
    name: "capacity",
    path: "referral.capacity",
    label: "Does it take people at present?",
    options: [
      { value: "OPEN", label: "Yes" },
      { value: "FULL", label: "It is full" },
      { value: "PAUSED", label: "It has paused" },
      { value: "CLOSED", label: "No" },
      { value: "", label: "Nobody has said" },
    ],
  },
];

function referralSaid(values: Values): Said {
  return stated({
    method: textOf(values, "method"),
    contact: textOf(values, "referralContact"),
    criteria: textOf(values, "criteria"),
    minimumAge: numberOf(values, "minimumAge"),
    maximumAge: numberOf(values, "maximumAge"),
    areas: idsOf(values, "areas"),
    accepts: idsOf(values, "accepts"),
    excludes: idsOf(values, "excludes"),
    waitDays: numberOf(values, "waitDays"),
    capacity: textOf(values, "capacity"),
  });
}

const itsLink: Field = {
  type: "link",
  name: "link",
  path: "link",
  label: "Which link?",
  missing: "Choose a link",
};

/** Everything that can be done, each a form, in the order in which a workshop comes to it. */
export const tasks: readonly Task[] = [
  adding("Group", "Add a group", "A group is people who meet: a choir, a carers’ group, a men’s shed."),
  adding("Activity", "Add an activity", "An activity is what people come to: a walk, a class, a coffee morning."),
  adding(
    "Organisation",
    "Add an organisation",
    "An organisation runs things: a charity, a council service, a practice.",
  ),
  adding("Place", "Add a place", "A place is where things are: a hall, a park, a library."),
  joining(
    "supports",
    "SUPPORTS",
    "This supports that",
    ["What helps?", "What does it help with?"],
    [strength, byReferral],
  ),
  joining("held-at", "HELD_AT", "This is held at", ["Which activity?", "At which place is it held?"]),
  joining("meets-at", "MEETS_AT", "This meets at", ["Which group?", "At which place does it meet?"]),
  joining("based-at", "BASED_AT", "This is based at", ["Which organisation?", "At which place is it based?"]),
  joining("runs", "RUNS", "This runs that", ["Which organisation?", "Which group or activity does it run?"]),
  joining("hosts", "HOSTS", "This puts that on", ["Which group?", "Which activity does it put on?"]),
  joining("serves", "SERVES", "This serves an area", ["What is for the people of an area?", "Which area?"]),
  joining(
    "refers-to",
    "REFERS_TO",
    "This refers to that",
    ["Who sends people on?", "To what do they send them?"],
    referring,
  ),
  {
    id: "change",
    title: "Change what is said",
    lead: "Only what you change is sent. If somebody else has changed it meanwhile, nothing is overwritten.",
    button: "Change it",
    readsAsset: true,
    fields: (state) => [
      asset("What do you want to change?", "id"),
      ...(state === null ? [] : describing(kindOf(state), leftOf(state))),
    ],
    notes: (state) => [...leftOf(state)].map((name) => staying[name]),
    initial: answersFrom,
    operation: (state) => `Update${kindOf(state)}` as const,
    variables: (values, around) => ({
      id: idOf(values, "asset") ?? "",
      expectedVersion: around.state?.version ?? 0,
      input: {
        ...(around.state === null ? {} : changed(kindOf(around.state), values, around.state)),
        ...done(around),
      },
    }),
  },
  {
    id: "change-link",
    title: "Change a link",
    lead: "Says more, or something else, about how two things belong together.",
    button: "Change it",
    readsAsset: true,
    fields: (state) => [
      asset("Which asset has the link?", "asset"),
      ...(state === null ? [] : [itsLink, strength, evidence]),
    ],
    operation: () => "UpdateLink",
    variables: (values, around) => ({
      input: {
        link: textOf(values, "link"),
        ...stated({ strength: numberOf(values, "strength"), evidence: textOf(values, "evidence") }),
        ...done(around),
      },
    }),
  },
  {
    id: "confirm",
    title: "It is still so",
    lead: "Says that something, or one link of it, is as the map says, today.",
    button: "It is still so",
    readsAsset: true,
    fields: (state) => [
      asset("What is still so?", "id"),
      ...(state === null
        ? []
        : [
            {
              type: "link",
              name: "link",
              path: "link",
              label: "All of it, or one link?",
              hint: "Choose none to say that the asset itself is still there.",
            } satisfies Field,
          ]),
    ],
    operation: () => "Confirm",
    variables: (values, around) => ({
      input: { id: textOf(values, "link") || (idOf(values, "asset") ?? ""), ...done(around) },
    }),
  },
  {
    id: "archive",
    title: "Take something off the map",
    lead: "It is kept, and can be put back with Undo.",
    button: "Take it off the map",
    fields: () => [asset("What is no longer there?", "id"), whyTaken("Why?", "Say why")],
    operation: () => "ArchiveAsset",
    variables: (values, around) => ({
      input: { id: idOf(values, "asset") ?? "", reason: textOf(values, "reason"), ...done(around) },
    }),
  },
  {
    id: "unlink",
    title: "Take a link away",
    lead: "Says that two things do not belong together any more. It can be put back with Undo.",
    button: "Take the link away",
    readsAsset: true,
    fields: (state) => [
      asset("Which asset has the link?", "asset"),
      ...(state === null ? [] : [itsLink, whyTaken("Why?")]),
    ],
    operation: () => "Unlink",
    variables: (values, around) => ({
      input: { link: textOf(values, "link"), ...stated({ reason: textOf(values, "reason") }), ...done(around) },
    }),
  },
  {
    id: "merge",
    title: "Merge two that are the same",
    lead: "For one thing that is on the map twice. Every link and source of both is kept.",
    button: "Merge them",
    fields: () => [
      asset("Which one stays?", "into"),
      {
        type: "pick",
        name: "from",
        path: "from",
        label: "Which are the same thing?",
        hint: "They become one with it. They have to be of the same kind.",
        missing: "Choose at least one from the list",
        of: assetKinds,
        many: true,
      },
      whyTaken("How do we know?"),
    ],
    operation: () => "MergeAssets",
    variables: (values, around) => ({
      input: {
        into: idOf(values, "asset") ?? "",
        from: idsOf(values, "from"),
        ...stated({ reason: textOf(values, "reason") }),
        ...done(around),
      },
    }),
  },
  {
    id: "not-the-same",
    title: "These are not the same",
    lead: "Two that look alike and are two: they are not suggested as duplicates again.",
    button: "They are not the same",
    fields: () => [
      asset("Which one?", "assets"),
      {
        type: "pick",
        name: "from",
        path: "assets",
        label: "Which is another?",
        missing: "Choose at least one from the list",
        of: assetKinds,
        many: true,
      },
    ],
    operation: () => "NotTheSame",
    variables: (values) => ({ input: { assets: [...idsOf(values, "asset"), ...idsOf(values, "from")] } }),
  },
  {
    id: "undo",
    title: "Undo",
    lead: "Takes back what a change did, and leaves what others have done since.",
    button: "Undo it",
    fields: () => [
      { type: "change", name: "change", path: "change", label: "Which change?", missing: "Choose a change" },
      {
        type: "some",
        name: "withDependants",
        path: "withDependants",
        label: "What rests on it",
        options: [
          {
            value: "yes",
            label: "Undo what rests on it too",
            hint: "For example: the links of a group that is undone.",
          },
        ],
      },
      whyTaken("Why?"),
    ],
    operation: () => "UndoChange",
    variables: (values, around) => ({
      input: {
        change: textOf(values, "change"),
        ...(tickedOf(values, "withDependants").length > 0 ? { withDependants: true } : {}),
        ...stated({ reason: textOf(values, "reason"), clientMutationId: around.call }),
      },
    }),
  },
];
