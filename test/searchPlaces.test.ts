import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const roseHill = idOf("Area", "common-ground", "rose-hill");
const stMarysInOxford = idOf("Area", "ons", "E05013115");
const stMarysInOldham = idOf("Area", "ons", "E05014663");
const communityCentre = idOf("Place", "oxford-community-centres", "rose-hill-community-centre");

const matchFields = "kind name isApproximate area { id name kind } place { id name } location { latitude longitude }";

async function understoodNear(text: string, near?: string): Promise<unknown> {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String) {
      search(text: $text, near: $near, first: 1) { understood { near { kind name area { name kind } place { name } } } }
    }`,
    { text, near },
  );
  expect(errors, text).toBeUndefined();
  return data.search.understood.near;
}

async function errorOf(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { data, errors } = await world.ask(query, variables);
  expect(data, JSON.stringify(variables)).toBeNull();
  expect(errors).toHaveLength(1);
  return errors?.[0];
}

const searchError = (text: string, near?: string) =>
  errorOf(`query ($text: String!, $near: String) { search(text: $text, near: $near) { totalCount } }`, { text, near });

const area = (name: string, kind: string) => ({ kind: "AREA", name, area: { name, kind }, place: null });

const placesByWords: readonly (readonly [string, object])[] = [
  ["Rose Hill", area("Rose Hill", "NEIGHBOURHOOD")],
  ["rose hill", area("Rose Hill", "NEIGHBOURHOOD")],
  ["Rosehill", area("Rose Hill", "NEIGHBOURHOOD")],
  ["rose-hill", area("Rose Hill", "NEIGHBOURHOOD")],
  ["Rose Hill, Oxford", area("Rose Hill", "NEIGHBOURHOOD")],
  ["the Leys", area("The Leys", "NEIGHBOURHOOD")],
  ["Leys", area("The Leys", "NEIGHBOURHOOD")],
  ["Greater Leys estate", area("Greater Leys", "NEIGHBOURHOOD")],
  ["Barton & Sandhills", area("Barton & Sandhills", "WARD")],
  ["Barton and Sandhills", area("Barton & Sandhills", "WARD")],
  ["Jericho", area("Carfax & Jericho", "WARD")],
  ["Glodwick", area("St Mary's", "WARD")],
  ["St Mary's, Oldham", area("St Mary's", "WARD")],
  ["ward-st-marys-oxford", area("St Mary's", "WARD")],
  ["Uppermill", area("Greenfield & Uppermill", "MSOA")],
  ["Shaw & Crompton", area("Shaw and Crompton", "NEIGHBOURHOOD")],
  ["Oxford", area("Oxford", "LOCAL_AUTHORITY")],
  ["City of Oxford", area("Oxford", "LOCAL_AUTHORITY")],
  ["Oldham borough", area("Oldham", "LOCAL_AUTHORITY")],
  ["OX4 4HF", { kind: "POSTCODE", name: "OX4 4HF", area: { name: "Oxford 016F", kind: "LSOA" }, place: null }],
  [
    "Rose Hill Community Centre",
    {
      kind: "PLACE",
      name: "Rose Hill Community Centre",
      area: { name: "Oxford 016F", kind: "LSOA" },
      place: { name: "Rose Hill Community Centre" },
    },
  ],
  [
    "Cardinal House",
    {
      kind: "PLACE",
      name: "Cardinal House",
      area: { name: "Oxford 016C", kind: "LSOA" },
      place: { name: "Cardinal House" },
    },
  ],
  [
    "51.7254,-1.2338",
    { kind: "COORDINATES", name: "51.7254,-1.2338", area: { name: "Oxford 016F", kind: "LSOA" }, place: null },
  ],
];

test.for(placesByWords)("a text and `near` find the same place: %s", async ([words, place]) => {
  expect(await understoodNear("loneliness", words)).toEqual(place);
  expect(await understoodNear(`loneliness support near ${words}`)).toEqual(place);
  expect(await understoodNear(`lonely at ${words} since my husband died`)).toEqual(place);
});

test.for([
  [roseHill, area("Rose Hill", "NEIGHBOURHOOD")],
  ["E05013113", area("Rose Hill & Iffley", "WARD")],
  ["E02005955", area("Littlemore & Rose Hill", "MSOA")],
  ["E01028578", area("Oxford 015F", "LSOA")],
  [idOf("Area", "ons", "E01028578"), area("Oxford 015F", "LSOA")],
  ["E07000178", area("Oxford", "LOCAL_AUTHORITY")],
  [
    communityCentre,
    {
      kind: "PLACE",
      name: "Rose Hill Community Centre",
      area: { name: "Oxford 016F", kind: "LSOA" },
      place: { name: "Rose Hill Community Centre" },
    },
  ],
] as const)("`near` takes an id and a code: %s", async ([near, place]) => {
  expect(await understoodNear("loneliness", near)).toEqual(place);
});

test.for(["OX4 4HF", "ox4 4hf", "OX44HF", "ox44hf", "  Ox4   4hF "])(
  "a postcode is one in any case and with any spacing: %s",
  async (postcode) => {
    expect(await understoodNear("loneliness", postcode)).toMatchObject({ kind: "POSTCODE", name: "OX4 4HF" });
    expect(await understoodNear(`lonely ${postcode.trim()}`)).toMatchObject({ kind: "POSTCODE", name: "OX4 4HF" });
  },
);

test("`near` overrides what the text says, and `filter.near` does too", async () => {
  expect(await understoodNear("loneliness support near Rose Hill", "Barton")).toEqual(area("Barton", "NEIGHBOURHOOD"));
  const { data } = await world.ask(`{
    search(text: "loneliness support near Rose Hill", filter: { near: "Royton" }, first: 1) {
      understood { conditions { condition { slug } } near { name } text }
      edges { site { name } }
    }
  }`);
  expect(data.search).toEqual({
    understood: { conditions: [{ condition: { slug: "loneliness" } }], near: { name: "Royton" }, text: null },
    edges: [{ site: { name: "Royton Library" } }],
  });
});

test("a place that nobody knows is an error that suggests what is like it", async () => {
  expect(await searchError("lonely", "Rose Hil")).toEqual({
    message: 'We do not know a place called "Rose Hil".',
    path: ["search"],
    extensions: {
      code: "PLACE_NOT_FOUND",
      suggestions: [
        { id: roseHill, name: "Rose Hill, Oxford", kind: "NEIGHBOURHOOD" },
        { id: idOf("Area", "ons", "E02005955"), name: "Littlemore & Rose Hill, Oxford", kind: "MSOA" },
        { id: idOf("Area", "ons", "E05013113"), name: "Rose Hill & Iffley, Oxford", kind: "WARD" },
        { id: idOf("Area", "ons", "E05013104"), name: "Headington Hill & Northway, Oxford", kind: "WARD" },
      ],
    },
  });
});

test("what is suggested is understood when it is asked for, by its id and by its name", async () => {
  const { errors } = await world.ask(`{ search(text: "lonely near St Mary's") { totalCount } }`);
  const suggestions = errors?.[0]?.extensions["suggestions"] as readonly { id: string; name: string }[];
  expect(suggestions.map(({ name }) => name)).toEqual(["St Mary's, Oxford", "St Mary's, Oldham"]);
  for (const { id, name } of suggestions) {
    expect(await understoodNear("lonely", id)).toEqual(area("St Mary's", "WARD"));
    expect(await understoodNear(`lonely near ${name}`)).toEqual(area("St Mary's", "WARD"));
  }
});

test("a name that two towns have is an error that says which there are", async () => {
  const ambiguous = {
    message: 'There are 2 places called "St Mary\'s". Say which.',
    path: ["search"],
    extensions: {
      code: "AMBIGUOUS_PLACE",
      suggestions: [
        { id: stMarysInOxford, name: "St Mary's, Oxford", kind: "WARD" },
        { id: stMarysInOldham, name: "St Mary's, Oldham", kind: "WARD" },
      ],
    },
  };
  expect(await searchError("loneliness support near St Mary's")).toEqual(ambiguous);
  expect(await searchError("loneliness support", "St Mary's")).toEqual(ambiguous);
  expect(
    await errorOf(`query ($near: String!) { assets(filter: { near: $near }) { totalCount } }`, { near: "St Mary's" }),
  ).toEqual({ ...ambiguous, path: ["assets"] });
});

test.for([
  ["OX4 4ZZ", "OX4 4", "Oxford 016E"],
  ["ox4 4zz", "OX4 4", "Oxford 016E"],
  ["OX44ZZ", "OX4 4", "Oxford 016E"],
  [" ox4  4Zz ", "OX4 4", "Oxford 016E"],
  ["OL8 2ZZ", "OL8 2", "Oldham 029C"],
  ["OX4 4", "OX4 4", "Oxford 016E"],
  ["ox4 4", "OX4 4", "Oxford 016E"],
  ["OX44", "OX4 4", "Oxford 016E"],
  ["ox44", "OX4 4", "Oxford 016E"],
  ["OX4", "OX4", "Oxford 015D"],
  [" ox4 ", "OX4", "Oxford 015D"],
  ["m35", "M35", "Oldham 032A"],
] as const)(
  "a postcode that we do not have, or half a one, is the middle of its sector or district: %s",
  async ([text, name, lsoa]) => {
    const { data, errors } = await world.ask(
      `query ($text: String!) {
      locate(text: $text) { matches { kind name isApproximate place { id } area { name kind } } suggestions { name } }
    }`,
      { text },
    );
    expect(errors).toBeUndefined();
    const match = { kind: "POSTCODE", name, isApproximate: true, place: null, area: { name: lsoa, kind: "LSOA" } };
    expect(data.locate).toEqual({ matches: [match], suggestions: [] });
    expect(await understoodNear("loneliness", text)).toMatchObject({ kind: "POSTCODE", name });
  },
);

test.for([
  ["lonely near OX4 4ZZ", "OX4 4"],
  ["cold home OX4", "OX4"],
  ["cold home near OX4", "OX4"],
  ["cold home in ox4", "OX4"],
] as const)("a sentence may name half a postcode: %s", async ([text, name]) => {
  expect(await understoodNear(text)).toMatchObject({ kind: "POSTCODE", name });
});

test("a place of our own is no middle of anything, be it an area, a postcode, a hall or a point", async () => {
  for (const text of ["Rose Hill", "OX4 4HF", "Rose Hill Community Centre", "51.7254,-1.2338", "Oxford 016F"]) {
    const { data } = await world.ask(`query ($text: String!) { locate(text: $text) { matches { isApproximate } } }`, {
      text,
    });
    expect(data, text).toEqual({ locate: { matches: [{ isApproximate: false }] } });
  }
});

test.for(["OX2 9ZZ", "OX2 9", "ox29"])(
  "a postcode of a sector that we do not have is an error that suggests where its neighbours are: %s",
  async (postcode) => {
    const { data } = await world.ask(
      `query ($text: String!) { locate(text: $text) { matches { name } suggestions { name kind } } }`,
      { text: postcode },
    );
    expect(data.locate.matches).toEqual([]);
    expect(await searchError("lonely", postcode)).toMatchObject({
      message: `We do not know a place called "${postcode}".`,
      extensions: { code: "PLACE_NOT_FOUND" },
    });
  },
);

test("a postcode of a district that we know suggests the district's neighbourhoods and wards", async () => {
  const { data } = await world.ask(`{ locate(text: "OX2 9ZZ") { suggestions { name area { kind } } } }`);
  expect(data.locate.suggestions).toContainEqual({ name: "Wolvercote", area: { kind: "WARD" } });
});

test.for(["Oxford 016F", "oxford 016f", "OXFORD  016F"])(
  "an LSOA is found by the name that statistics give it: %s",
  async (name) => {
    expect(await understoodNear("loneliness", name)).toEqual(area("Oxford 016F", "LSOA"));
  },
);

test("what only looks like half a postcode is a word like others", async () => {
  const { data } = await world.ask(`{ search(text: "B12 injections") { understood { near { name } text } } }`);
  expect(data.search.understood).toEqual({ near: null, text: "B12 injections" });
});

test.for(["loneliness support near me", "help close to me", "lonely nearby", "walking groups in my area", "near here"])(
  "only the caller knows where they are: %s",
  async (text) => {
    expect(await searchError(text)).toEqual({
      message: "We do not know where you are. Add a place's name or a postcode.",
      path: ["search"],
      extensions: { code: "BAD_INPUT", field: ["near"] },
    });
  },
);

test("who says where they are besides is understood", async () => {
  expect(await understoodNear("lonely, anything near me in Rose Hill?")).toEqual(area("Rose Hill", "NEIGHBOURHOOD"));
  expect(await understoodNear("lonely, anything near me?", "Rose Hill")).toEqual(area("Rose Hill", "NEIGHBOURHOOD"));
});

test.for([
  "lonely near Narnia",
  "lonely in Narnia",
  "lonely at Narnia Hall",
  "lonely around Narnia",
  "lonely SW1A 1AA",
])("a place that we do not know never becomes the whole country: %s", async (text) => {
  expect(await searchError(text)).toMatchObject({ extensions: { code: "PLACE_NOT_FOUND" } });
});

test.for([
  ["", "Say where: a place's name or a postcode."],
  ["   ", "Say where: a place's name or a postcode."],
  ["91,0", "Coordinates are a latitude from -90 to 90, a comma, and a longitude from -180 to 180."],
  ["x".repeat(201), "A place is at most 200 characters; this is 201."],
] as const)("a place that can be none is refused where it was given: %s", async ([near, message]) => {
  const refused = (path: string, field: readonly string[]) => ({
    message,
    path: [path],
    extensions: { code: "BAD_INPUT", field },
  });
  expect(await searchError("lonely", near)).toEqual(refused("search", ["near"]));
  const variables = { near };
  expect(await errorOf(`query ($near: String!) { assets(filter: { near: $near }) { totalCount } }`, variables)).toEqual(
    refused("assets", ["filter", "near"]),
  );
  expect(await errorOf(`query ($near: String!) { locate(text: $near) { matches { name } } }`, variables)).toEqual(
    refused("locate", ["text"]),
  );
});

test.for(["I want to end my life", "suicidal near Narnia", "I took an overdose near me", "self harm near St Mary's"])(
  "an unclear place keeps nobody from help in a crisis: %s",
  async (text) => {
    const { data, errors } = await world.ask(
      `query ($text: String!) { search(text: $text) { crisis { helps { telephone } } understood { near { name } } } }`,
      { text },
    );
    expect(errors).toBeUndefined();
    const { crisis: help, understood } = data.search;
    expect(help.helps.slice(0, 3)).toEqual([{ telephone: "999" }, { telephone: "111" }, { telephone: "116 123" }]);
    expect(understood).toEqual({ near: null });
  },
);

test("words that are a need, or part of another word, are no place", async () => {
  expect(await understoodNear("in debt")).toBeNull();
  expect(await understoodNear("trouble getting around the house")).toBeNull();
  expect(await understoodNear("help at home for carers")).toBeNull();
});

test("locate tells what a text means as a place", async () => {
  const { data } = await world.ask(
    `query ($centre: String!) {
      area: locate(text: "rose hill") { matches { ${matchFields} } suggestions { name } }
      place: locate(text: $centre) { matches { ${matchFields} } suggestions { name } }
      postcode: locate(text: "ox44hf") { matches { kind name area { name within { name } } } suggestions { name } }
      point: locate(text: "53.5411, -2.1183") { matches { kind name location { latitude longitude } } }
      nowhere: locate(text: "0,0") { matches { name } suggestions { name } }
    }`,
    { centre: "Rose Hill Community Centre" },
  );
  expect(data).toEqual({
    area: {
      matches: [
        {
          kind: "AREA",
          name: "Rose Hill",
          isApproximate: false,
          area: { id: roseHill, name: "Rose Hill", kind: "NEIGHBOURHOOD" },
          place: null,
          location: { latitude: 51.724855, longitude: -1.231019 },
        },
      ],
      suggestions: [],
    },
    place: {
      matches: [
        {
          kind: "PLACE",
          name: "Rose Hill Community Centre",
          isApproximate: false,
          area: { id: expect.stringMatching(/^are_/) as string, name: "Oxford 016F", kind: "LSOA" },
          place: { id: communityCentre, name: "Rose Hill Community Centre" },
          location: { latitude: 51.725443, longitude: -1.233832 },
        },
      ],
      suggestions: [],
    },
    postcode: {
      matches: [
        {
          kind: "POSTCODE",
          name: "OX4 4HF",
          area: {
            name: "Oxford 016F",
            within: [{ name: "Littlemore & Rose Hill" }, { name: "Rose Hill" }, { name: "Rose Hill & Iffley" }],
          },
        },
      ],
      suggestions: [],
    },
    point: {
      matches: [{ kind: "COORDINATES", name: "53.5411,-2.1183", location: { latitude: 53.5411, longitude: -2.1183 } }],
    },
    nowhere: { matches: [], suggestions: [] },
  });
});

test("locate leaves the choice to who asks: every match of a name, what is like a name that has none", async () => {
  const { data, errors } = await world.ask(`{
    both: locate(text: "St Mary's") { matches { kind name area { id within { name } } } suggestions { name } }
    neither: locate(text: "Blackbird Lees") { matches { name } suggestions { kind name area { kind } } }
  }`);
  expect(errors).toBeUndefined();
  expect(data.both).toEqual({
    matches: [
      { kind: "AREA", name: "St Mary's", area: { id: stMarysInOxford, within: [{ name: "Oxford" }] } },
      { kind: "AREA", name: "St Mary's", area: { id: stMarysInOldham, within: [{ name: "Oldham" }] } },
    ],
    suggestions: [],
  });
  expect(data.neither.matches).toEqual([]);
  expect(data.neither.suggestions[0]).toEqual({
    kind: "AREA",
    name: "Blackbird Leys",
    area: { kind: "NEIGHBOURHOOD" },
  });
});

/** The distance between two points in metres, on a sphere of the earth's mean radius. */
function metresBetween(one: Point, other: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [latitude, otherLatitude] = [radians(one.latitude), radians(other.latitude)];
  const haversine =
    Math.sin((otherLatitude - latitude) / 2) ** 2 +
    Math.cos(latitude) *
      Math.cos(otherLatitude) *
      Math.sin((radians(other.longitude) - radians(one.longitude)) / 2) ** 2;
  return 2 * 6_371_009 * Math.asin(Math.sqrt(haversine));
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

test.for(["Rose Hill", "OX4 4HF", "51.75,-1.21", "Rose Hill Community Centre"])(
  "distances are metres from the point of the place asked about, as the crow flies: %s",
  async (near) => {
    const { data } = await world.ask(
      `query ($near: String!) {
        search(text: "lonely", near: $near, first: 50) {
          understood { near { location { latitude longitude } } }
          edges { distanceMetres site { location { latitude longitude } } }
        }
      }`,
      { near },
    );
    const from: Point = data.search.understood.near.location;
    const edges: readonly { distanceMetres: number | null; site: { location: Point | null } | null }[] =
      data.search.edges;
    const measured = edges.filter(({ site }) => site?.location);
    expect(measured.length).toBeGreaterThan(20);
    for (const { distanceMetres, site } of measured) {
      const metres = metresBetween(from, site?.location ?? from);
      // The earth is no sphere: its radius is a matter of opinion, by a part in a thousand.
      expect(Math.abs((distanceMetres ?? NaN) - metres)).toBeLessThan(1 + metres / 500);
    }
    for (const { distanceMetres, site } of edges) if (site === null) expect(distanceMetres).toBeNull();
  },
);
