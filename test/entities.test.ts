import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const grants = "oxford-community-grants";
const club = idOf("Group", grants, "GB-CHC-1161836");
const advice = idOf("Organisation", grants, "GB-CHC-1123488");
const tea = idOf("Activity", "common-ground-sample", "tea-and-chat-rose-hill");
const kettleClub = idOf("Group", "common-ground-sample", "rose-hill-kettle-club");
const neighbours = idOf("Organisation", "common-ground-sample", "rose-hill-neighbours");
const centre = idOf("Place", "oxford-community-centres", "rose-hill-community-centre");
const pharmacy = idOf("Place", "nhs-pharmacies", "FPF41");
const roseHill = idOf("Area", "common-ground", "rose-hill");
const lsoa = idOf("Area", "ons", "E01028578");
const livesAlone = idOf("Condition", "common-ground", "lives-alone");

const assetFields = `
  __typename id name summary description url
  contact { email telephone url }
  eligibility { minimumAge maximumAge description statements { excludes minimumAge maximumAge description conditions { slug } } }
  accessibility { stepFree accessibleToilet hearingLoop }
  cost { isFree amount { amount currency } description }
  reach { kinds }
  serves { name kind }
  supports { totalCount edges { node { condition { slug name } strength evidence lastConfirmedOn sample } } }
  links { totalCount edges { node { relationship from { id } to { id } evidence lastConfirmedOn sample } } }
  freshness { lastConfirmedOn status }
  source { name publisher url licence asOf sample }
  version`;

async function answered(query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { data, errors } = await world.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

const unknownAccess = { stepFree: "UNKNOWN", accessibleToilet: "UNKNOWN", hearingLoop: "UNKNOWN" };
const forAnyone = { minimumAge: null, maximumAge: null, description: null, statements: [] };

const grantsSource = (asOf: string) => ({
  name: "Community grants awarded, 2014/15 to 2017/18 (360Giving)",
  publisher: "Oxford City Council",
  url: "https://github.com/OxOpenData/community-grants-awarded",
  licence: "OGL-UK-3.0",
  asOf,
  sample: false,
});

const samples = {
  name: "Common Ground sample",
  publisher: "Common Ground",
  url: null,
  licence: "CC0-1.0",
  asOf: "2026-11-22",
  sample: true,
};

test("a group is told with the place it meets at, who runs it and what it puts on", async () => {
  const answer = await answered(
    `query ($id: ID!) {
    group(id: $id) { ${assetFields} meetsAt { name areas { name kind } } runBy { name } activities { totalCount edges { node { name } } } }
  }`,
    { id: club },
  );
  const evidence = "Grant purpose, Oxford City Council community grants 2016/17";
  const asserted = { lastConfirmedOn: "2016-01-01", sample: false };
  expect(answer).toEqual({
    group: {
      __typename: "Group",
      id: club,
      name: "Rose Hill Junior Youth Club",
      summary: "Junior youth club that meets at Rose Hill Community Centre.",
      description: null,
      url: null,
      contact: null,
      eligibility: {
        minimumAge: null,
        maximumAge: null,
        description: "Children and young people",
        statements: [
          {
            excludes: false,
            minimumAge: null,
            maximumAge: null,
            description: "Children and young people",
            conditions: [],
          },
        ],
      },
      accessibility: unknownAccess,
      cost: null,
      reach: { kinds: ["AT_A_PLACE"] },
      serves: [],
      supports: {
        totalCount: 1,
        edges: [
          {
            node: {
              condition: { slug: "young-people-wellbeing", name: "Young people's wellbeing" },
              strength: 0.6,
              evidence,
              ...asserted,
            },
          },
        ],
      },
      links: {
        totalCount: 2,
        edges: [
          {
            node: { relationship: "MEETS_AT", from: { id: club }, to: { id: centre }, evidence: null, ...asserted },
          },
          {
            node: {
              relationship: "SUPPORTS",
              from: { id: club },
              to: { id: idOf("Condition", "common-ground", "young-people-wellbeing") },
              evidence,
              ...asserted,
            },
          },
        ],
      },
      freshness: { lastConfirmedOn: "2016-01-01", status: "OVERDUE" },
      source: grantsSource("2016"),
      version: 1,
      meetsAt: [
        {
          name: "Rose Hill Community Centre",
          areas: [
            { name: "Oxford 016F", kind: "LSOA" },
            { name: "Rose Hill", kind: "NEIGHBOURHOOD" },
            { name: "Rose Hill & Iffley", kind: "WARD" },
            { name: "Littlemore & Rose Hill", kind: "MSOA" },
            { name: "Oxford", kind: "LOCAL_AUTHORITY" },
            { name: "England", kind: "NATION" },
          ],
        },
      ],
      runBy: [],
      activities: { totalCount: 0, edges: [] },
    },
  });
});

test("an activity is told with its times, its hall and the areas that is in, its hosts and who runs it", async () => {
  const answer = await answered(
    `query ($id: ID!) {
    activity(id: $id) {
      ${assetFields.replace("freshness { lastConfirmedOn status }", "freshness { lastConfirmedOn }")}
      schedule { byDay startTime endTime repeatFrequency sample }
      heldAt { name category address { postalCode } areas { name } }
      hostedBy { name activities { totalCount } }
      runBy { name basedAt { name } }
    }
  }`,
    { id: tea },
  );
  const evidence = "Sample: it is for people who see few others, and a host sits with each newcomer.";
  const asserted = { lastConfirmedOn: "2026-11-22", sample: true };
  const link = (relationship: string, from: string, to: string, on: string | null = null) => ({
    node: { relationship, from: { id: from }, to: { id: to }, evidence: on, ...asserted },
  });
  expect(answer).toEqual({
    activity: {
      __typename: "Activity",
      id: tea,
      name: "Tea & Chat at Rose Hill",
      summary: "Drop in for a cup of tea and a chat. Come on your own and someone will sit with you.",
      description: null,
      url: null,
      contact: null,
      eligibility: forAnyone,
      accessibility: { stepFree: "YES", accessibleToilet: "YES", hearingLoop: "YES" },
      cost: { isFree: true, amount: null, description: null },
      reach: { kinds: ["AT_A_PLACE"] },
      serves: [],
      supports: {
        totalCount: 1,
        edges: [
          {
            node: {
              condition: { slug: "social-isolation", name: "Social isolation" },
              strength: 1,
              evidence,
              ...asserted,
            },
          },
        ],
      },
      links: {
        totalCount: 5,
        edges: [
          link("HELD_AT", tea, centre),
          link("HOSTS", kettleClub, tea),
          link("REFERS_TO", idOf("Referrer", "common-ground", "anyone"), tea, "Sample: you can just turn up."),
          link("RUNS", neighbours, tea),
          link("SUPPORTS", tea, idOf("Condition", "common-ground", "social-isolation"), evidence),
        ],
      },
      freshness: { lastConfirmedOn: "2026-11-22" },
      source: samples,
      version: 1,
      schedule: [{ byDay: ["TUESDAY"], startTime: "10:30", endTime: "12:00", repeatFrequency: "P1W", sample: true }],
      heldAt: [
        {
          name: "Rose Hill Community Centre",
          category: "Community centre",
          address: { postalCode: "OX4 4HF" },
          areas: [
            { name: "Oxford 016F" },
            { name: "Rose Hill" },
            { name: "Rose Hill & Iffley" },
            { name: "Littlemore & Rose Hill" },
            { name: "Oxford" },
            { name: "England" },
          ],
        },
      ],
      hostedBy: [{ name: "Rose Hill Kettle Club", activities: { totalCount: 3 } }],
      runBy: [{ name: "Rose Hill Neighbours", basedAt: [{ name: "Rose Hill Community Centre" }] }],
    },
  });
});

test("an organisation is told with its number, whom it serves and what is known of its work", async () => {
  const answer = await answered(
    `query ($id: ID!) {
    organisation(id: $id) { ${assetFields} charityNumber basedAt { name } groups { totalCount } activities { totalCount } }
  }`,
    { id: advice },
  );
  const evidence = "Grant purpose, Oxford City Council community grants 2017/18";
  const asserted = { lastConfirmedOn: "2017-01-01", sample: false };
  expect(answer).toMatchObject({
    organisation: {
      __typename: "Organisation",
      id: advice,
      name: "Rose Hill & Donnington Advice Centre",
      summary: "Advice on benefits and debt for people in Rose Hill, Donnington and around.",
      description: null,
      url: null,
      contact: null,
      eligibility: forAnyone,
      accessibility: unknownAccess,
      cost: null,
      reach: { kinds: ["AT_A_PLACE"] },
      supports: {
        totalCount: 2,
        edges: [
          { node: { condition: { slug: "debt", name: "Debt" }, strength: 1, evidence, ...asserted } },
          { node: { condition: { slug: "money", name: "Money worries" }, strength: 1, evidence, ...asserted } },
        ],
      },
      links: { totalCount: 4 },
      freshness: { lastConfirmedOn: "2017-01-01", status: "OVERDUE" },
      source: grantsSource("2017"),
      version: 1,
      charityNumber: "1123488",
      basedAt: [],
      groups: { totalCount: 0 },
      activities: { totalCount: 0 },
    },
  });
  const { serves } = (answer as { organisation: { serves: readonly object[] } }).organisation;
  expect(new Set(serves)).toEqual(
    new Set([
      { name: "Rose Hill", kind: "NEIGHBOURHOOD" },
      { name: "Donnington", kind: "WARD" },
    ]),
  );
});

test("an organisation is told with the groups and activities it runs, by name", async () => {
  expect(
    await answered(
      `query ($id: ID!) {
      organisation(id: $id) {
        groups { totalCount edges { node { name activities { edges { node { name } } } } } }
        activities(first: 2) { totalCount edges { node { name schedule { startTime } } } }
      }
    }`,
      { id: neighbours },
    ),
  ).toEqual({
    organisation: {
      groups: {
        totalCount: 2,
        edges: [
          {
            node: {
              name: "Rose Hill Kettle Club",
              activities: {
                edges: [
                  { node: { name: "Rose Hill lunch table" } },
                  { node: { name: "Tea & Chat at Rose Hill" } },
                  { node: { name: "Tuesday tea dance" } },
                ],
              },
            },
          },
          {
            node: {
              name: "Rose Hill walking group",
              activities: {
                edges: [
                  { node: { name: "Gentle stroll from Rose Hill" } },
                  { node: { name: "Walk to Iffley Lock and back" } },
                ],
              },
            },
          },
        ],
      },
      activities: {
        totalCount: 10,
        edges: [
          { node: { name: "Bereavement Café", schedule: [{ startTime: "14:00" }] } },
          { node: { name: "Bills and benefits drop-in", schedule: [{ startTime: expect.any(String) as string }] } },
        ],
      },
    },
  });
});

test("a place is told with its address, where it stands, when it opens and the smallest area first", async () => {
  const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
  expect(
    await answered(
      `query ($id: ID!) {
      place(id: $id) {
        ${assetFields}
        category address { streetAddress addressLocality postalCode } location { latitude longitude }
        areas { name kind } openingHours { byDay opens closes } activities { totalCount edges { node { name } } }
      }
    }`,
      { id: pharmacy },
    ),
  ).toEqual({
    place: {
      __typename: "Place",
      id: pharmacy,
      name: "Apex Pharmacy",
      summary: "Pharmacy (chemist) on Lees Road.",
      description: null,
      url: null,
      contact: null,
      eligibility: forAnyone,
      accessibility: unknownAccess,
      cost: null,
      reach: { kinds: ["AT_A_PLACE"] },
      serves: [],
      supports: { totalCount: 0, edges: [] },
      links: {
        totalCount: 1,
        edges: [
          {
            node: {
              relationship: "IN",
              from: { id: pharmacy },
              to: { id: idOf("Area", "ons", "E01005428") },
              evidence: null,
              lastConfirmedOn: null,
              sample: false,
            },
          },
        ],
      },
      freshness: { lastConfirmedOn: "2025-03-01", status: "DUE" },
      source: {
        name: "Pharmacies, 2024/25 quarter 4 (placed on the map by postcode, OS Code-Point Open)",
        publisher: "NHS England, by way of Trafford Data Lab",
        url: "https://github.com/traffordDataLab/open_data",
        licence: "OGL-UK-3.0",
        asOf: "2025-03",
        sample: false,
      },
      version: 1,
      category: "Pharmacy",
      address: { streetAddress: "Suite 1, 177 Lees Road", addressLocality: "Oldham", postalCode: "OL4 1JP" },
      location: { latitude: 53.541823, longitude: -2.092674 },
      areas: [
        { name: "Oldham 019A", kind: "LSOA" },
        { name: "Salem", kind: "MSOA" },
        { name: "Waterhead", kind: "WARD" },
        { name: "Oldham", kind: "LOCAL_AUTHORITY" },
        { name: "England", kind: "NATION" },
      ],
      openingHours: [
        { byDay: weekdays, opens: "09:00", closes: "13:00" },
        { byDay: weekdays, opens: "14:00", closes: "18:00" },
      ],
      activities: { totalCount: 0, edges: [] },
    },
  });
});

test.for([
  ["2026-11-23T09:00:00Z", true, "a Monday in winter, when London is on UTC"],
  ["2026-11-23T08:59:59Z", false, "a second before it opens"],
  ["2026-11-23T12:59:00Z", true, "the minute before it shuts for lunch"],
  ["2026-11-23T13:00:00Z", false, "the minute it shuts for lunch"],
  ["2026-07-06T08:00:00Z", true, "a Monday in summer, when London is an hour ahead"],
  ["2026-07-06T07:59:59Z", false, "a second before it opens in summer"],
  ["2026-07-06T17:00:00Z", false, "six o'clock in London"],
  ["2026-07-06T12:30:00+01:00", true, "a moment told on another clock"],
  ["2026-10-25T09:30:00Z", false, "a Sunday"],
  ["2026-10-23T09:30:00+14:00", false, "a Friday somewhere that is Thursday evening in London"],
] as const)("a pharmacy is open by the clock of London: %s is %s, %s", async ([at, isOpenAt]) => {
  expect(
    await answered(`query ($id: ID!, $at: DateTime) { place(id: $id) { isOpenAt(at: $at) } }`, { id: pharmacy, at }),
  ).toEqual({ place: { isOpenAt } });
});

test("whether a place is open is not known where its hours are not, and is asked of now when no moment is given", async () => {
  expect(await answered(`query ($id: ID!) { place(id: $id) { isOpenAt } }`, { id: centre })).toEqual({
    place: { isOpenAt: null },
  });
  expect(await answered(`query ($id: ID!) { place(id: $id) { isOpenAt } }`, { id: pharmacy })).toEqual({
    place: { isOpenAt: expect.any(Boolean) as boolean },
  });
});

test("a neighbourhood is told with what it lies in and holds, and what is there for its people", async () => {
  expect(
    await answered(`{
      area(slug: "rose-hill") {
        __typename id name kind code slug population isProposed centre { latitude longitude }
        within { name kind within { name kind } }
        contains { name kind code }
        borders { metres }
        assets(first: 1, filter: { kinds: [GROUP] }) { totalCount edges { distanceMetres node { __typename name } } }
      }
    }`),
  ).toEqual({
    area: {
      __typename: "Area",
      id: roseHill,
      name: "Rose Hill",
      kind: "NEIGHBOURHOOD",
      code: null,
      slug: "rose-hill",
      population: 4006,
      isProposed: true,
      centre: { latitude: 51.724855, longitude: -1.231019 },
      within: [{ name: "Oxford", kind: "LOCAL_AUTHORITY", within: [{ name: "England", kind: "NATION" }] }],
      contains: [
        { name: "Oxford 016E", kind: "LSOA", code: "E01028576" },
        { name: "Oxford 016F", kind: "LSOA", code: expect.stringMatching(/^E0102/) as string },
      ],
      borders: [],
      assets: {
        totalCount: expect.any(Number) as number,
        edges: [{ distanceMetres: 205, node: { __typename: "Group", name: "Rose Hill Kettle Club" } }],
      },
    },
  });
});

test("an LSOA is told with its residents and its neighbours, the longest shared edge first, from both sides", async () => {
  const answer = (await answered(
    `query ($id: ID!) {
      area(id: $id) {
        name kind code slug population isProposed within { name kind }
        borders { metres area { id name borders { metres area { id } } } }
      }
    }`,
    { id: lsoa },
  )) as { area: { borders: readonly { metres: number; area: { borders: readonly object[] } }[] } };
  expect(answer).toMatchObject({
    area: {
      name: "Oxford 015F",
      kind: "LSOA",
      code: "E01028578",
      slug: null,
      population: 1535,
      isProposed: false,
      within: [
        { name: "Cowley South & Iffley", kind: "MSOA" },
        { name: "Rose Hill & Iffley", kind: "WARD" },
      ],
      borders: [
        { metres: 774, area: { name: "Oxford 015A" } },
        { metres: 722, area: { name: "Oxford 015E" } },
        { metres: 679, area: { name: "Oxford 016C" } },
        { metres: 593, area: { name: "Oxford 016E" } },
        { metres: 363, area: { name: "Oxford 015D" } },
      ],
    },
  });
  for (const { metres, area } of answer.area.borders) {
    expect(area.borders).toContainEqual({ metres, area: { id: lsoa } });
  }
});

test("areas hold each other as far down as is asked", async () => {
  expect(
    await answered(`{
      leys: area(slug: "the-leys") { contains { name } lsoas: contains(kind: LSOA) { name } wards: contains(kind: WARD) { name } }
      oxford: area(slug: "oxford") { contains(kind: NEIGHBOURHOOD) { name isProposed } lsoas: contains(kind: LSOA) { id } }
      england: area(slug: "england") { contains { name } }
    }`),
  ).toEqual({
    leys: {
      contains: [{ name: "Blackbird Leys" }, { name: "Greater Leys" }],
      lsoas: ["017A", "017B", "017C", "017D", "018A", "018B", "018C", "018D"].map((code) => ({
        name: `Oxford ${code}`,
      })),
      wards: [],
    },
    oxford: {
      contains: [
        "Barton",
        "Blackbird Leys",
        "Greater Leys",
        "Littlemore",
        "Northway",
        "Rose Hill",
        "The Leys",
        "Wood Farm",
      ].map((name) => ({ name, isProposed: true })),
      lsoas: expect.objectContaining({ length: 84 }) as object,
    },
    england: { contains: [{ name: "Oldham" }, { name: "Oxford" }] },
  });
});

test("a condition is told with its words, what it is part of, what often comes with it and what supports it", async () => {
  const answer = await answered(
    `query ($id: ID!) {
      byId: condition(id: $id) {
        __typename id slug name description broader { slug } narrower { slug } terms
        oftenWith { weight condition { slug } }
        assets(first: 1, filter: { near: "Rose Hill" }) { edges { node { name } } }
      }
      bySlug: condition(slug: "lives-alone") { id broader { narrower { name broader { name } } } }
    }`,
    { id: livesAlone },
  );
  expect(answer).toEqual({
    byId: {
      __typename: "Condition",
      id: livesAlone,
      slug: "lives-alone",
      name: "Living alone",
      description: "Living by yourself and wanting more company, or someone to look out for you.",
      broader: [{ slug: "loneliness" }],
      narrower: [],
      terms: expect.arrayContaining(["live alone", "on my own", "eating alone"]) as string[],
      oftenWith: [
        { weight: 0.4, condition: { slug: "bereavement" } },
        { weight: 0.3, condition: { slug: "falls" } },
        { weight: 0.3, condition: { slug: "getting-about" } },
        { weight: 0.2, condition: { slug: "cold-home" } },
      ],
      assets: { edges: [{ node: { name: "Rose Hill phone circle" } }] },
    },
    bySlug: {
      id: livesAlone,
      broader: [
        {
          narrower: [
            { name: "Living alone", broader: [{ name: "Loneliness" }] },
            { name: "Social isolation", broader: [{ name: "Loneliness" }] },
          ],
        },
      ],
    },
  });
});

const says = (stated: object) => ({
  excludes: false,
  minimumAge: null,
  maximumAge: null,
  description: null,
  conditions: [],
  ...stated,
});

test.for([
  [
    "leys-family-supper",
    "a statement about anybody leaves both ends open",
    {
      minimumAge: null,
      maximumAge: null,
      description: "Children aged 5 to 11. Parents and carers of any age, with a child who comes",
      statements: [
        says({ minimumAge: 5, maximumAge: 11, description: "Children aged 5 to 11" }),
        says({ description: "Parents and carers of any age, with a child who comes" }),
      ],
    },
  ],
  [
    "table-for-one-northway",
    "the youngest of two ranges of ages, and an open end",
    {
      minimumAge: 18,
      maximumAge: null,
      description: "Young adults aged 18 to 25. Anyone aged 60 or over",
      statements: [
        says({ minimumAge: 18, maximumAge: 25, description: "Young adults aged 18 to 25" }),
        says({ minimumAge: 60, description: "Anyone aged 60 or over" }),
      ],
    },
  ],
  [
    "stay-and-play-mills-hill",
    "parts of a year",
    {
      minimumAge: 0.5,
      maximumAge: 2.5,
      description: "Children from six months to two and a half, with a parent or carer",
      statements: [
        says({
          minimumAge: 0.5,
          maximumAge: 2.5,
          description: "Children from six months to two and a half, with a parent or carer",
        }),
      ],
    },
  ],
  [
    "rose-hill-river-walk",
    "an age that is kept out is no age that it is for",
    {
      minimumAge: null,
      maximumAge: null,
      description: "Not for children under 3: a pushchair cannot get down the steps",
      statements: [
        says({
          excludes: true,
          maximumAge: 2,
          description: "Not for children under 3: a pushchair cannot get down the steps",
        }),
      ],
    },
  ],
  [
    "narrowboat-afternoon-oxford",
    "conditions that keep out",
    {
      minimumAge: 18,
      maximumAge: null,
      description: "Anyone aged 18 or over. Not for anyone who has been drinking or using drugs that day",
      statements: [
        says({ minimumAge: 18, description: "Anyone aged 18 or over" }),
        says({
          excludes: true,
          description: "Not for anyone who has been drinking or using drugs that day",
          conditions: [{ slug: "alcohol-use" }, { slug: "drug-use" }],
        }),
      ],
    },
  ],
] as const)("%s is told with whom it is for: %s", async ([key, _, eligibility]) => {
  expect(
    await answered(
      `query ($id: ID!) {
        activity(id: $id) {
          eligibility {
            minimumAge maximumAge description
            statements { excludes minimumAge maximumAge description conditions { slug } }
          }
        }
      }`,
      { id: idOf("Activity", "common-ground-sample", key) },
    ),
  ).toEqual({ activity: { eligibility } });
});

test("anything that has an id is found by it, in the order asked and as often as it is asked", async () => {
  const nobody = "grp_00000000000000000000000000";
  const ids = [tea, nobody, roseHill, club, advice, pharmacy, livesAlone, lsoa, "", "nonsense", tea, tea.toLowerCase()];
  const fields = `__typename id ... on Asset { name source { sample } } ... on Area { name kind } ... on Condition { name slug }`;
  const expected = [
    { __typename: "Activity", id: tea, name: "Tea & Chat at Rose Hill", source: { sample: true } },
    null,
    { __typename: "Area", id: roseHill, name: "Rose Hill", kind: "NEIGHBOURHOOD" },
    { __typename: "Group", id: club, name: "Rose Hill Junior Youth Club", source: { sample: false } },
    {
      __typename: "Organisation",
      id: advice,
      name: "Rose Hill & Donnington Advice Centre",
      source: { sample: false },
    },
    { __typename: "Place", id: pharmacy, name: "Apex Pharmacy", source: { sample: false } },
    { __typename: "Condition", id: livesAlone, name: "Living alone", slug: "lives-alone" },
    { __typename: "Area", id: lsoa, name: "Oxford 015F", kind: "LSOA" },
    null,
    null,
    { __typename: "Activity", id: tea, name: "Tea & Chat at Rose Hill", source: { sample: true } },
    null,
  ];
  expect(await answered(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`, { ids })).toEqual({
    nodes: expected,
  });
  for (const [index, id] of ids.entries()) {
    expect(await answered(`query ($id: ID!) { node(id: $id) { ${fields} } }`, { id })).toEqual({
      node: expected[index],
    });
  }
});

test("more than 100 ids at once are refused", async () => {
  const { data, errors } = await world.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
    ids: Array.from({ length: 101 }, () => tea),
  });
  expect({ data, errors }).toEqual({
    data: null,
    errors: [
      {
        message: "At most 100 ids at once; 101 were asked for.",
        path: ["nodes"],
        extensions: { code: "BAD_INPUT", field: ["ids"] },
      },
    ],
  });
});

test.for([
  ["a stranger", "00000000000000000000000000"],
  ["a text that is no id", "x'}) DETACH DELETE n //"],
] as const)("%s is nobody, whatever is asked for", async ([, rest]) => {
  expect(
    await answered(
      `query ($group: ID!, $activity: ID!, $organisation: ID!, $place: ID!, $area: ID!, $condition: ID!, $slug: String) {
        group(id: $group) { name meetsAt { name } supports { totalCount } }
        activity(id: $activity) { name links { totalCount } }
        organisation(id: $organisation) { name activities { totalCount } }
        place(id: $place) { name activities { totalCount } }
        area(id: $area) { name assets { totalCount } }
        condition(id: $condition) { name assets { totalCount } }
        bySlug: area(slug: $slug) { name }
        conditionBySlug: condition(slug: $slug) { name }
      }`,
      {
        group: `grp_${rest}`,
        activity: `act_${rest}`,
        organisation: `org_${rest}`,
        place: `plc_${rest}`,
        area: `are_${rest}`,
        condition: `con_${rest}`,
        slug: rest,
      },
    ),
  ).toEqual({
    group: null,
    activity: null,
    organisation: null,
    place: null,
    area: null,
    condition: null,
    bySlug: null,
    conditionBySlug: null,
  });
});

test("the id of one kind is no id of another", async () => {
  expect(
    await answered(
      `query ($tea: ID!, $club: ID!) {
        group(id: $tea) { name } activity(id: $club) { name } organisation(id: $tea) { name } place(id: $tea) { name }
        area(id: $tea) { name } condition(id: $tea) { name }
      }`,
      { tea, club },
    ),
  ).toEqual({ group: null, activity: null, organisation: null, place: null, area: null, condition: null });
});

test.for(["area", "condition"])("%s is asked by its id or by its slug, by one of them", async (field) => {
  const ask = (values: string) => world.ask(`{ ${field}${values} { name } }`);
  expect((await ask("")).errors).toMatchObject([{ extensions: { code: "BAD_INPUT", field: ["id"] } }]);
  expect((await ask(`(id: "x", slug: "y")`)).errors).toMatchObject([
    { extensions: { code: "BAD_INPUT", field: ["slug"] } },
  ]);
});

test("every asset says where it comes from, under which licence, as of when, and whether it is a sample", async () => {
  interface Sourced {
    readonly name: string;
    readonly source: Readonly<Record<string, unknown>>;
    readonly supports: { readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[] };
  }
  let after: string | null = null;
  const assets: Sourced[] = [];
  do {
    const { data, errors } = await world.ask(
      `query ($after: String) {
        assets(filter: {}, first: 100, after: $after) {
          edges { node { name source { name publisher licence asOf sample } supports { edges { node { sample evidence } } } } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { after },
    );
    expect(errors).toBeUndefined();
    assets.push(...data.assets.edges.map(({ node }: { readonly node: Sourced }) => node));
    after = data.assets.pageInfo.hasNextPage === true ? String(data.assets.pageInfo.endCursor) : null;
  } while (after !== null);
  expect(new Set(assets.map(({ source: { sample } }) => sample))).toEqual(new Set([true, false]));
  for (const { name, source, supports } of assets) {
    expect(source, name).toEqual({
      name: expect.stringMatching(/./) as string,
      publisher: expect.stringMatching(/./) as string,
      licence: expect.stringMatching(/./) as string,
      asOf: expect.stringMatching(/^\d{4}(-\d\d(-\d\d)?)?$/) as string,
      sample: source["name"] === "Common Ground sample",
    });
    for (const { node } of supports.edges) {
      expect(node, name).toEqual({
        sample: expect.any(Boolean) as boolean,
        evidence: expect.stringMatching(/./) as string,
      });
    }
  }
});

test.for([
  ["P0D", "CONFIRMED"],
  ["P3M24D", "CONFIRMED"],
  ["P4M4D", "DUE"],
  ["P5M24D", "DUE"],
  ["P6M4D", "OVERDUE"],
  [null, "OVERDUE"],
] as const)("what was confirmed %s ago is %s", async ([ago, status]) => {
  const [before] = await world.cypher(
    cypher`MATCH (asset:Asset {id: $id}) RETURN toString(asset.confirmedOn) AS confirmedOn`,
    { id: tea },
  );
  const confirm = (on: string | null) =>
    world.cypher(
      cypher`MATCH (asset:Asset {id: $id}) SET asset.confirmedOn = date($on) RETURN toString(asset.confirmedOn) AS confirmedOn`,
      { id: tea, on },
    );
  const [day] = await world.cypher(
    cypher`RETURN CASE WHEN $ago IS NULL THEN null ELSE toString(date() - duration($ago)) END AS day`,
    { ago },
  );
  await confirm((day?.["day"] ?? null) as string | null);
  try {
    expect(
      await answered(`query ($id: ID!) { activity(id: $id) { freshness { lastConfirmedOn status } } }`, { id: tea }),
    ).toEqual({ activity: { freshness: { lastConfirmedOn: day?.["day"], status } } });
  } finally {
    await confirm((before?.["confirmedOn"] ?? null) as string | null);
  }
});
