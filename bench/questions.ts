import { z } from "zod";

/** What is asked of a GraphQL server: a query that stays the same, and the values that are asked with it. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a page shows of each thing in a list: its own facts from its owner, and the name of where it is. Each kind of asset has another owner. */
const listed = `
  id
  name
  summary
  source { name sample }
  ... on Activity { heldAt { name } }
  ... on Group { meetsAt { name } }
  ... on Organisation { basedAt { name } }
  ... on Place { category address { postalCode } }`;

const found = `
  understood { near { name } }
  edges {
    node { ${listed} }
    distanceMetres
    why { sentence }
  }
  pageInfo { hasNextPage endCursor }`;

const headlineQuery = `query Headline($text: String!, $first: Int!) {
  search(text: $text, first: $first) { ${found} }
}`;

const headlineWithCountsQuery = `query HeadlineWithCounts($text: String!, $first: Int!) {
  search(text: $text, first: $first) {
    ${found}
    totalCount
    facets { kinds { kind count } reach { kind count } days { day count } free stepFree }
  }
}`;

const joiningQuery = `query Joining($text: String!, $first: Int!) {
  search(text: $text, first: $first) {
    understood { near { name } }
    edges {
      cursor
      node {
        __typename
        id
        name
        summary
        url
        cost { isFree }
        freshness { status }
        source { name publisher licence asOf sample }
        ... on Activity { heldAt { id name address { streetAddress postalCode } } hostedBy { id name } runBy { id name } }
        ... on Group { meetsAt { id name address { streetAddress postalCode } } runBy { id name } }
        ... on Organisation { charityNumber basedAt { id name address { streetAddress postalCode } } }
        ... on Place { category address { streetAddress postalCode } }
      }
      distanceMetres
      why { sentence }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const whatIsNearQuery = `query WhatIsNear($near: String!, $first: Int!) {
  assets(filter: { near: $near }, first: $first) {
    edges {
      node { ${listed} }
      distanceMetres
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const activityNearQuery = `query ActivityNear($near: String!) {
  activities(filter: { near: $near, reach: [AT_A_PLACE] }, first: 1) { edges { node { id } } }
}`;

const entityPageQuery = `query EntityPage($id: ID!) {
  activity(id: $id) {
    id
    name
    summary
    description
    url
    contact { telephone email url }
    cost { isFree amount { amount currency } description }
    eligibility { description minimumAge maximumAge }
    accessibility { stepFree accessibleToilet hearingLoop }
    reach { kinds }
    schedule { byDay startTime endTime repeatFrequency }
    freshness { status lastConfirmedOn }
    source { name publisher licence asOf url sample }
    heldAt {
      id
      name
      category
      address { streetAddress addressLocality postalCode }
      location { latitude longitude }
      openingHours { byDay opens closes }
      accessibility { stepFree }
      areas { name kind }
    }
    hostedBy { id name summary meetsAt { name } }
    runBy { id name charityNumber contact { telephone email url } }
    serves { name kind }
    supports(first: 10) { edges { node { strength condition { slug name } } } }
    links(first: 20) { edges { node { relationship from { id } to { id } } } }
  }
}`;

/** The headline query: what helps against loneliness near a place, given as `near` takes it. It counts nothing, as a page that is read need not. */
export function headlinePage(near: string, first = 20): Question {
  return { query: headlineQuery, variables: { text: `loneliness support near ${near}`, first } };
}

/** The headline query with what narrows it down: how many there are, and of which sorts, for which all that is near has to be met. */
export function headlinePageWithCounts(near: string, first = 20): Question {
  return { query: headlineWithCountsQuery, variables: { text: `loneliness support near ${near}`, first } };
}

/** The headline query with more from those who own what it finds: whom it is run by and hosted by, and where, from five subgraphs. */
export function joiningPage(near: string, first = 20): Question {
  return { query: joiningQuery, variables: { text: `loneliness support near ${near}`, first } };
}

/** All sorts of things near a place, the nearest first. */
export function whatIsNearPage(near: string, first = 20): Question {
  return { query: whatIsNearQuery, variables: { near, first } };
}

/** An activity near a place, whose id `activityIn` reads from the answer: what an entity page is asked of. */
export function activityNear(near: string): Question {
  return { query: activityNearQuery, variables: { near } };
}

const activityFound = z.object({
  data: z.object({ activities: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }) }),
});

/** The id of the activity in an answer to `activityNear`; null when there is none. Throws when it is no such answer. */
export function activityIn(answer: unknown): string | null {
  return activityFound.parse(answer).data.activities.edges[0]?.node.id ?? null;
}

/** Everything that a page about one activity shows, from five subgraphs. */
export function entityPage(id: string): Question {
  return { query: entityPageQuery, variables: { id } };
}

const whatsOnQuery = `query WhatsOn($filter: SessionFilter!) {
  sessions(filter: $filter, first: 20) {
    edges { node { id start inWords status activity { id name summary } place { name } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** What is on in an area in a time (ISO 8601). */
export function whatsOnPage(areaId: string, from: string, to: string): Question {
  return { query: whatsOnQuery, variables: { filter: { areas: [areaId], from, to } } };
}

const stepAsked = `
  from { ... on Referrer { name } ... on Activity { name } ... on Group { name } ... on Organisation { name } ... on Place { name } }
  to { name }
  method
  waitDays
  criteria
  capacity`;

const routesAsked = `
  routes {
    steps { ${stepAsked} }
    destination { id name summary }
    condition { name }
    totalWaitDays
    distanceMetres
    lastConfirmedOn
    summary
    assumptions
    sample
  }
  understood { condition { name } area { name } }`;

const routesQuery = `query Routes($input: ReferralRoutesInput!, $first: Int!) {
  referralRoutes(input: $input, first: $first) { ${routesAsked} }
}`;

const routesAndBlockedQuery = `query RoutesAndBlocked($input: ReferralRoutesInput!, $first: Int!) {
  referralRoutes(input: $input, first: $first) {
    ${routesAsked}
    blocked { steps { ${stepAsked} } destination { id name } reason message substitute { id name } }
  }
}`;

/** Which ways are asked for: the slugs of a kind of referrer and of a need, and a place as `near` takes it. */
export interface RoutesWanted {
  readonly from: string;
  readonly condition: string;
  readonly near: string;
}

/** The five best ways, as a page shows them. */
export function routesPage(input: RoutesWanted): Question {
  return { query: routesQuery, variables: { input, first: 5 } };
}

/** The five best ways, and what is out of reach for one reason, with what may do instead. */
export function routesPageWithBlocked(input: RoutesWanted): Question {
  return { query: routesAndBlockedQuery, variables: { input, first: 5 } };
}
