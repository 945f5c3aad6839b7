import type { Schedule } from "../../calendar/schedule.ts";

/** What a calendar needs of an activity. */
export interface ActivityAsked {
  readonly id: string;
  readonly name: string;
  readonly summary: string | null;
  readonly url: string | null;
  readonly cost: { readonly isFree: boolean; readonly description: string | null } | null;
  readonly heldAt: readonly PlaceAsked[];
  readonly source: { readonly sample: boolean };
  readonly schedule: readonly ScheduleAsked[];
  readonly sessions: { readonly edges: readonly { readonly node: SessionAsked }[] };
}

/** What a calendar needs of whoever puts activities on, or of where they are held. */
export interface ActivitiesAsked {
  readonly name: string;
  readonly activities: { readonly edges: readonly { readonly node: ActivityAsked }[] };
}

export interface PlaceAsked {
  readonly name: string;
  readonly address: {
    readonly streetAddress: string | null;
    readonly addressLocality: string | null;
    readonly postalCode: string | null;
  };
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

export type ScheduleAsked = Schedule & { readonly inWords: string; readonly sample: boolean };

/** Moments as JSON has them. */
export interface SessionAsked {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly originalStart: string;
  readonly isAllDay: boolean;
  readonly status: "SCHEDULED" | "CANCELLED" | "MOVED" | "FULL";
  readonly note: string | null;
  readonly place: PlaceAsked | null;
  readonly sample: boolean;
}

const place = `{ name address { streetAddress addressLocality postalCode } location { latitude longitude } }`;

const session = `{ id start end originalStart isAllDay status note place ${place} sample }`;

const described = `id name summary url cost { isFree description } source { sample }`;

const period = `{ name ranges { from through } }`;

/** Only what happened to single sessions: the others are by the rule. */
const activity = `{
  ${described}
  heldAt ${place}
  schedule {
    inWords sample startDate endDate startTime endTime repeatFrequency byDay byWeekOfMonth byMonthDay byMonth repeatCount exceptDate extraDate
    during ${period} exceptDuring ${period}
  }
  sessions(status: [CANCELLED, MOVED, FULL], first: 100) { edges { node ${session} } }
}`;

/** As many activities as one page holds. Whoever has more has a calendar of the first, by name. */
const activities = `activities(first: 100) { edges { node ${activity} } }`;

/** By the kind of thing a calendar is of, the question to the API whose answer it is made of. */
export const questions = {
  activities: `query ($id: ID!) { owner: activity(id: $id) ${activity} }`,
  groups: `query ($id: ID!) { owner: group(id: $id) { name ${activities} } }`,
  organisations: `query ($id: ID!) { owner: organisation(id: $id) { name ${activities} } }`,
  places: `query ($id: ID!) { owner: place(id: $id) { name ${activities} } }`,
  areas: `query ($id: ID, $slug: String) { owner: area(id: $id, slug: $slug) { id name } }`,
} as const;

export type Owner = keyof typeof questions;

/** A page of what is on. */
export const sessionsQuestion = `query ($filter: SessionFilter!, $after: String) {
  sessions(filter: $filter, first: 100, after: $after) {
    edges { node ${session.replace("{ id", `{ activity { ${described} } id`)} }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** What a text means as a search of what is on. */
export const understoodQuestion = `query ($text: String!) {
  search(text: $text, first: 1) {
    understood { conditions { condition { slug } } near { area { id } place { id } } age days partOfDay free stepFree reach }
  }
}`;

export interface SessionsPage {
  readonly edges: readonly {
    readonly node: SessionAsked & {
      readonly activity: Pick<ActivityAsked, "id" | "name" | "summary" | "url" | "cost" | "source"> | null;
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
