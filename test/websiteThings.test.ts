import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { pageOf } from "./fixtures/pages.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let admin: string;

/** Real, and as hostile as somebody can make it; and one that became another. */
const ids = { activity: "", group: "", merged: "", teaDance: "", communityCentre: "" };

const hostile = `Bob's <script>alert(1)</script> & "friends" \u202Eneb`;

beforeAll(async () => {
  world = await openWorld({ signingKey });
  admin = await world.tokenOf({ role: "ADMIN" });
  const created = async (kind: string, input: object) => {
    const payload = await payloadOf(world, `create${kind}`, { input, token: admin, fields: "change { subjectId }" });
    expect(payload.userErrors).toEqual([]);
    return String(payload.change.subjectId);
  };
  const idOf = async (name: string) =>
    String((await world.cypher(cypher`MATCH (asset:Asset {name: $name}) RETURN asset.id AS id`, { name }))[0]?.["id"]);
  ids.teaDance = await idOf("Tuesday tea dance");
  ids.communityCentre = await idOf("Rose Hill Community Centre");
  ids.group = await created("Group", { name: "The Hill singers", serves: ["rose-hill"], summary: "Sings." });
  ids.merged = await created("Group", { name: "Hill Singers (choir)", serves: ["rose-hill"], summary: "Sings." });
  const merged = await payloadOf(world, "mergeAssets", {
    input: { into: ids.group, from: [ids.merged], reason: "The same choir" },
    token: admin,
    fields: "asset { id }",
  });
  expect(merged.userErrors).toEqual([]);
  ids.activity = await created("Activity", {
    name: "Hill choir practice",
    summary: "Come and sing.",
    description:
      'Bring **water**.\n\n- [Songs](https://example.org/songs)\n- [Not a link](javascript:alert(1))\n\n<b onclick="x">Markup</b>',
    url: "https://example.org/choir",
    contact: { telephone: "01865 000000", email: "choir@example.org" },
    cost: { isFree: false, amount: 2.5 },
    eligibility: [
      { minimumAge: 18, maximumAge: 30 },
      { description: "people who are already in a choir", excludes: true },
    ],
    heldAt: [ids.communityCentre],
    hostedBy: [ids.group],
    serves: ["rose-hill"],
    schedule: [
      { byDay: ["MONDAY"], startTime: "19:00", endTime: "20:30", repeatFrequency: "P1W", startDate: "2026-11-23" },
    ],
    supports: [{ condition: "loneliness", strength: 0.6, evidence: "Its leaflet" }],
  });
});

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

test("an activity's page tells when, where, for whom, at what cost and how to join, who is behind it and how we know", async () => {
  const { status, seen, body } = await pageOf(world, `/activities/${ids.activity}`);
  expect(status).toBe(200);
  for (const said of [
    "Hill choir practice",
    "Come and sing.",
    "Every Monday, 7pm to 8.30pm",
    "Monday 23 November 2026, 7pm to 8.30pm",
    "Rose Hill Community Centre",
    "£2.50",
    "People aged 18 to 30",
    "Not for: people who are already in a choir",
    "For people who live in Rose Hill",
    "01865 000000",
    "choir@example.org",
    "Put on by The Hill singers",
    "Loneliness Why we say so: Its leaflet",
    "Ways to get help with Loneliness",
    "Last confirmed 22 November 2026",
    "Suggest an edit",
  ]) {
    expect(seen).toContain(said);
  }
  for (const link of [
    `href="/calendar/activities/${ids.activity}.ics"`,
    `href="/suggest-an-edit/${ids.activity}"`,
    `href="/shortlist?ids=${ids.activity}"`,
    `href="/groups/${ids.group}"`,
    `href="/places/${ids.communityCentre}"`,
    `href="/areas/rose-hill"`,
    `href="/topics/loneliness"`,
    `href="/referral-routes?condition=loneliness"`,
    `href="tel:01865000000"`,
    `href="mailto:choir@example.org"`,
    `href="https://example.org/choir"`,
  ]) {
    expect(body).toContain(link);
  }
});

test("of a description in Markdown there are paragraphs, lists and links to the web, and nothing that runs", async () => {
  const { body, seen } = await pageOf(world, `/activities/${ids.activity}`);
  expect(body).toContain("<strong>water</strong>");
  expect(body).toContain(`<a class="govuk-link" href="https://example.org/songs" rel="nofollow">Songs</a>`);
  expect(seen).toContain("Not a link");
  expect(body).not.toMatch(/javascript:|<b onclick/);
  expect(seen).toContain(`<b onclick="x">Markup</b>`);
});

test("what machines read of a real activity is an event of schema.org, with its rule and the next time", async () => {
  const { body } = await pageOf(world, `/activities/${ids.activity}`);
  const [, json = ""] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(body) ?? [];
  expect(JSON.parse(json)).toMatchObject({
    "@context": "https://schema.org",
    "@type": "Event",
    name: "Hill choir practice",
    startDate: "2026-11-23T19:00:00.000Z",
    isAccessibleForFree: false,
    eventSchedule: [
      {
        "@type": "Schedule",
        scheduleTimezone: "Europe/London",
        startDate: "2026-11-23",
        startTime: "19:00",
        endTime: "20:30",
        repeatFrequency: "P1W",
        byDay: ["https://schema.org/Monday"],
      },
    ],
    location: [{ "@type": "Place", name: "Rose Hill Community Centre", address: { addressCountry: "GB" } }],
    organizer: [{ name: "The Hill singers" }],
  });
  expect(body).toContain(`<link rel="canonical" href="http://127.0.0.1:4000/activities/${ids.activity}" />`);
});

test("what is invented says so on its page, and nothing of it is for search engines", async () => {
  const { seen, body } = await pageOf(world, `/activities/${ids.teaDance}`);
  expect(seen).toContain("Sample Made up to show what the directory can do. It does not exist: do not go there.");
  expect(body).toContain(`<meta name="robots" content="noindex" />`);
  expect(body).not.toContain("application/ld+json");
});

test("names, links and contacts that mean harm are text", async () => {
  await world.cypher(
    cypher`MATCH (asset:Asset {id: $id}) SET asset.name = $hostile, asset.summary = $hostile, asset.contactUrl = 'javascript:alert(2)', asset.url = 'javascript:alert(1)' RETURN 1 AS done`,
    { id: ids.group, hostile },
  );
  const { status, body, seen } = await pageOf(world, `/groups/${ids.group}`);
  expect(status).toBe(200);
  expect(seen).toContain(`Bob's <script>alert(1)</script> & "friends" neb`);
  expect(body).not.toMatch(/<script>|javascript:|[\u202A-\u202E\u2066-\u2069]/);
  // Within a script, that would end it.
  expect(body.match(/<script type="application\/ld\+json">[\s\S]*?<\/script>/)?.[0]).not.toContain("<script>a");
  await world.cypher(
    cypher`MATCH (asset:Asset {id: $id}) SET asset.name = 'The Hill singers', asset.summary = 'Sings.', asset.contactUrl = null, asset.url = null RETURN 1 AS done`,
    { id: ids.group },
  );
});

test("what was merged leads to what it became, an id of another kind to its own page, and what is not there to nothing", async () => {
  const merged = await pageOf(world, `/groups/${ids.merged}`);
  expect([merged.status, merged.headers.get("location")]).toEqual([301, `/groups/${ids.group}`]);
  const elsewhere = await pageOf(world, `/ur/places/${ids.teaDance}`);
  expect([elsewhere.status, elsewhere.headers.get("location")]).toEqual([301, `/ur/activities/${ids.teaDance}`]);
  for (const path of [
    "/activities/act_00000000000000000000000000",
    "/groups/nothing",
    "/places/%3Cscript%3E",
    "/organisations/are_9143S0AXFJV6NQVMVRRQ9X175G",
    "/areas/nowhere",
    "/areas/are_00000000000000000000000000",
    "/topics/nothing",
    "/topics/%22%3E%3Cscript%3E",
    "/ur/feed.atom",
    "/sitemaps/none.xml",
    "/feed.atom?area=nowhere",
    "/feed.atom?topic=%3Cb%3E",
  ]) {
    expect([path, (await pageOf(world, path)).status]).toEqual([path, 404]);
  }
});

test("a group tells what it puts on, an organisation what it runs, and a place what is on there", async () => {
  expect((await pageOf(world, `/groups/${ids.group}`)).seen).toContain(
    "What it puts on Hill choir practice Every Monday, 7pm to 8.30pm",
  );
  const { seen } = await pageOf(world, `/places/${ids.communityCentre}`);
  expect(seen).toContain("What is on here");
  expect(seen).toContain("Hill choir practice Every Monday, 7pm to 8.30pm");
  expect(seen).toMatch(/In these areas Rose Hill .*Oxford/);
});

test("an area's page counts what there is and what is on this week, by topic and by day, and leads to the same in search", async () => {
  const { seen, body } = await pageOf(world, "/areas/rose-hill");
  const count = Number(/(\d+) things are here or serve people here/.exec(seen)?.[1]);
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id population assets(first: 1) { totalCount } } }`);
  expect(count).toBe(data.area.assets.totalCount);
  expect(body).toContain(`<title>Rose Hill: ${count} things,`);
  expect(seen).toContain("Monday 23 November");
  expect(seen).toContain("9am to 10am : Rose Hill phone circle");
  expect(seen).toContain("4,006 usual residents. Source: Census 2021, Office for National Statistics.");
  expect(seen).toContain("Next to it Littlemore");
  const [, link = "", counted = ""] = /href="([^"]*topic=loneliness)"[^>]*>Loneliness \((\d+)\)/.exec(body) ?? [];
  const found = await pageOf(world, link.replaceAll("&amp;", "&"));
  expect(found.seen).toContain(`${counted} results`);
  expect(found.seen).toContain("In Rose Hill");
  const byId = await pageOf(world, `/areas/${data.area.id}`);
  expect([byId.status, byId.headers.get("location")]).toEqual([301, "/areas/rose-hill"]);
});

test("all areas that people name are listed by local authority", async () => {
  const { body } = await pageOf(world, "/areas");
  for (const slug of ["oxford", "oldham", "rose-hill", "saddleworth", "ward-donnington"]) {
    expect(body).toContain(`href="/areas/${slug}"`);
  }
});

test("a topic says what is meant, what is part of it and what helps near a place", async () => {
  const { seen, body } = await pageOf(world, "/topics/loneliness?where=Rose+Hill");
  expect(seen).toMatch(/\d+ things that help near Rose Hill/);
  expect(body).toContain(`href="/topics/social-isolation"`);
  expect(body).toContain(`href="/referral-routes?condition=loneliness&amp;near=Rose+Hill"`);
  expect(body).toContain(`<meta name="robots" content="noindex" />`);
  const unknown = await pageOf(world, "/topics/loneliness?where=Oldhm");
  expect(unknown.status).toBe(404);
  expect(unknown.seen).toContain("Did you mean");
  expect((await pageOf(world, "/topics")).body).toContain(`href="/topics/domestic-abuse"`);
});

test.for([
  ["domestic-abuse", "National Domestic Abuse Helpline"],
  ["depression", "116 123"],
  ["homelessness", "999"],
])("the topic %s tells whom to call now before what there is", async ([slug, said]) => {
  const { seen } = await pageOf(world, `/topics/${slug}`);
  expect(seen.indexOf(said ?? "")).toBeGreaterThan(0);
  expect(seen.indexOf(said ?? "")).toBeLessThan(seen.indexOf("that help"));
});

test("what is on is told day by day, by time of day, and with the days around it", async () => {
  const { seen, body } = await pageOf(world, "/whats-on?where=rose-hill&date=2026-11-23");
  expect(seen).toContain("What’s on near Rose Hill: Monday 23 November");
  expect(seen).toMatch(/Evening.* 7pm to 8.30pm Hill choir practice/);
  expect(seen.indexOf("Morning")).toBeLessThan(seen.indexOf("Hill choir practice"));
  expect(body).toContain(`href="/whats-on?where=rose-hill&amp;date=2026-11-24"`);
  expect(body).toContain(`href="/calendar/search.ics?near=rose-hill"`);
  expect(body.length).toBeLessThan(60_000);
});

test("what is cancelled is in the list and says so", async () => {
  const { seen } = await pageOf(world, "/whats-on?where=rose-hill&date=2026-12-25");
  expect(seen).toMatch(/9am to 10am Cancelled Rose Hill phone circle/);
  expect(seen).toContain("Closed: Christmas Day");
  const { data } = await world.ask(
    `query ($from: DateTime!, $to: DateTime!) {
    without: sessions(filter: { near: "rose-hill", from: $from, to: $to }, first: 100) { totalCount edges { node { status } } }
    with: sessions(filter: { near: "rose-hill", from: $from, to: $to, includeCancelled: true }, first: 100) { totalCount edges { node { status } } }
  }`,
    { from: "2026-12-25T00:00:00Z", to: "2026-12-26T00:00:00Z" },
  );
  const statuses = (list: { edges: { node: { status: string } }[] }) => list.edges.map(({ node }) => node.status);
  expect(statuses(data.without)).not.toContain("CANCELLED");
  expect(statuses(data.with)).toContain("CANCELLED");
  expect(data.with.totalCount).toBeGreaterThan(data.without.totalCount);
});

test("a day that is none, is over or is too far ahead is today; filters of a search go along", async () => {
  for (const date of ["2026-11-31", "2020-01-01", "2030-01-01", "tomorrow", "<script>"]) {
    const { status, seen } = await pageOf(world, `/whats-on?where=rose-hill&date=${encodeURIComponent(date)}`);
    expect([date, status]).toEqual([date, 200]);
    expect(seen).toContain("Sunday 22 November");
  }
  const { seen, body } = await pageOf(world, "/whats-on?where=rose-hill&topic=loneliness&free=yes&day=TUESDAY");
  expect(seen).toContain("Tuesday 24 November");
  expect(seen).toContain("For: Loneliness");
  expect(body).toContain(`href="/calendar/search.ics?near=rose-hill&amp;conditions=loneliness&amp;free=true"`);
  expect((await pageOf(world, "/whats-on?where=Oldhm")).status).toBe(404);
  expect((await pageOf(world, "/whats-on?where=rose-hill&after=nonsense")).status).toBe(200);
});

test("words of a crisis are answered with whom to call, before all that was found", async () => {
  for (const path of ["/search?what=I+want+to+die", "/whats-on?what=I+want+to+die"]) {
    const { seen } = await pageOf(world, path);
    expect(seen.indexOf("116 123")).toBeGreaterThan(0);
    expect(seen.indexOf("116 123")).toBeLessThan(
      Math.max(seen.lastIndexOf("There are people you can talk to now"), seen.lastIndexOf("What’s on:")),
    );
  }
});

test("the sitemap lists what is real, by kind, and robots are told of it", async () => {
  const robots = await pageOf(world, "/robots.txt");
  expect(robots.body).toContain("Sitemap: http://127.0.0.1:4000/sitemap.xml");
  const index = await pageOf(world, "/sitemap.xml");
  expect(index.headers.get("content-type")).toBe("application/xml; charset=utf-8");
  expect([...index.body.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, path]) => path)).toEqual(
    ["pages", "activities", "groups", "organisations", "places"].map(
      (part) => `http://127.0.0.1:4000/sitemaps/${part}.xml`,
    ),
  );
  const activities = await pageOf(world, "/sitemaps/activities.xml");
  expect(activities.body).toContain(
    `<url><loc>http://127.0.0.1:4000/activities/${ids.activity}</loc><lastmod>2026-11-22</lastmod></url>`,
  );
  expect(activities.body).not.toContain(ids.teaDance);
  expect((await pageOf(world, "/sitemaps/pages.xml")).body).toContain(
    "<loc>http://127.0.0.1:4000/areas/rose-hill</loc>",
  );
});

test("the feed of an area has what was last confirmed there first, under ids that stay, and nothing invented", async () => {
  const { body, headers } = await pageOf(world, "/feed.atom?area=rose-hill");
  expect(headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  const entries = [...body.matchAll(/<id>([^<]*)<\/id>\s*<title>([^<]*)<\/title>\s*<updated>([^<]*)<\/updated>/g)].map(
    ([, id, title, updated]) => ({ id, title, updated }),
  );
  expect(entries).toContainEqual({
    id: `http://127.0.0.1:4000/activities/${ids.activity}`,
    title: "Hill choir practice",
    updated: "2026-11-22T00:00:00Z",
  });
  const updated = entries.map((entry) => entry.updated);
  expect(updated).toEqual(updated.toSorted().toReversed());
  expect(body).not.toContain(ids.teaDance);
  expect(body).toContain(
    `<link rel="self" type="application/atom+xml" href="http://127.0.0.1:4000/feed.atom?area=rose-hill" />`,
  );
});

const pages = [
  "/areas",
  "/areas/rose-hill",
  "/areas/oldham",
  "/topics",
  "/topics/loneliness",
  "/whats-on",
  "/ur/whats-on?where=oldham",
  "/ur/areas/rose-hill",
  "/search?what=loneliness+near+Rose+Hill",
] as const;

test.for(pages)(
  "%s is in order: one heading above all, no step left out, no id twice, nothing inline, and small",
  async (path) => {
    const { status, body } = await pageOf(world, path);
    expect(status).toBe(200);
    expect([...body.matchAll(/<h1[ >]/g)]).toHaveLength(1);
    const levels = [...body.replace(/[\s\S]*?<h1/, "<h1").matchAll(/<h(\d)[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 1) + 1)).toEqual([]);
    const found = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(found.filter((id, index) => found.indexOf(id) !== index)).toEqual([]);
    expect(body).not.toMatch(/\sstyle=|\son\w+=|<script>|undefined|\[object|>null</);
    expect(Buffer.byteLength(body)).toBeLessThan(60_000);
  },
);
