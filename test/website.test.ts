import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../core/config.ts";
import { cypher } from "../graph/cypher.ts";
import { pages } from "../website/pages.ts";
import { plainWebsite } from "../website/settings.ts";
import { createWebsite } from "../website/website.ts";
import { openWorld, type World } from "./world.ts";

const anAddress = (path: string, init: RequestInit = {}) => new Request(`http://directory.test${path}`, init);

/** What a reader sees of a page: no tags, and spaces as one. */
function seen(page: string): string {
  return page
    .replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}

describe("over the seed", () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld();
  });

  afterAll(() => world.close());

  const fetched = (path: string, init: RequestInit = {}) => Promise.resolve(world.fetch(anAddress(path, init)));
  const page = async (path: string) => (await fetched(path)).text();

  test("somebody who is lonely near Rose Hill is told what there is, how it was understood, and why each is here", async () => {
    const response = await fetched("/search?what=lonely&where=Rose+Hill");
    expect(response.status).toBe(200);
    const text = seen(await response.text());
    expect(text).toMatch(/\d+ results for lonely near Rose Hill/);
    expect(text).toContain("How we understood it");
    expect(text).toContain(
      "Tea & Chat at Rose Hill supports social isolation, part of loneliness; held at Rose Hill Community Centre, in Rose Hill.",
    );
    expect(text).toContain("Made up to show what the directory can do.");
  });

  test("words that speak of a crisis bring whom to call before anything else", async () => {
    const [, main = ""] = (await page("/search?what=I+want+to+kill+myself")).split("<main");
    const text = seen(main);
    expect(text.indexOf("call 999")).toBeGreaterThan(0);
    expect(text.indexOf("116 123")).toBeGreaterThan(0);
    expect(text.indexOf("116 123")).toBeLessThan(text.indexOf("There are people you can talk to now"));
    expect(text).not.toContain("Apply filters");
  });

  test("a place that nobody knows is said so, and a filter that empties the list is named with what it would bring to leave it out", async () => {
    const unknown = await fetched("/search?what=tea&where=Nowhereville");
    expect(unknown.status).toBe(404);
    expect(seen(await unknown.text())).toContain("We do not know a place called");
    const empty = seen(await page("/search?what=juggling&day=SUNDAY&where=Rose+Hill"));
    expect(empty).toContain("We found nothing that is all of this.");
    expect(empty).toMatch(/Without “juggling”: \d+ results\./);
  });

  test("results come in the order that is asked for, page for page, and without a place none is the nearest", async () => {
    const milesIn = (text: string) =>
      Array.from(text.matchAll(/(less than a quarter of a mile|about [\d.]+ miles?) away/g), ([, told = ""]) =>
        Number(/[\d.]+/.exec(told)?.[0] ?? 0),
      );
    const nearest = await page("/search?what=lonely&where=Rose+Hill&sort=nearest");
    const miles = milesIn(seen(nearest));
    expect(miles.length).toBeGreaterThan(10);
    expect(miles).toEqual(miles.toSorted((a, b) => a - b));
    expect(milesIn(seen(await page("/search?what=lonely&where=Rose+Hill")))).not.toEqual(miles);
    const next = /href="([^"]*after=[^"]*)"/.exec(nearest)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(next).toContain("sort=nearest");
    expect(milesIn(seen(await page(next))).every((one) => one >= (miles.at(-1) ?? 0))).toBe(true);

    const byName = await page("/search?what=lonely&where=Rose+Hill&sort=name");
    const names = Array.from(
      byName.matchAll(/<h2 class="govuk-heading-m app-card__title">([^]*?)<\/h2>/g),
      ([, name = ""]) => seen(name).trim(),
    );
    expect(names.length).toBe(20);
    // As the database orders names: by their characters.
    expect(names).toEqual(names.toSorted());
    expect(seen(byName)).toMatch(/Sort by Best match Nearest A to Z Soonest/);
    expect(seen(await page("/search?what=lonely"))).toMatch(/Sort by Best match A to Z Soonest/);
  });

  test("pages are sent compressed, but for those with a form that is signed for one browser", async () => {
    const encodingOf = async (path: string) =>
      (
        await world.fetch(new Request(`http://directory.test${path}`, { headers: { "accept-encoding": "gzip" } }))
      ).headers.get("content-encoding");
    const { data } = await world.ask(`{ activities(first: 1) { edges { node { id } } } }`);
    const { id } = data.activities.edges[0].node;
    expect(await encodingOf("/")).toBe("gzip");
    expect(await encodingOf(`/ur/activities/${id}`)).toBe("gzip");
    expect(await encodingOf(`/suggest-an-edit/${id}`)).toBe(null);
    expect(await encodingOf(`/ur/suggest-an-edit/${id}`)).toBe(null);
  });

  test("what is not understood in an address is as if it were not there", async () => {
    const odd =
      "/search?what=tea&kind=CAT&day=SOMEDAY&age=old&within=7&topic=%22%27%3Cscript%3E&after=nothing&free=perhaps";
    expect((await fetched(odd)).status).toBe(200);
    expect(seen(await page(odd))).toContain(
      seen(await page("/search?what=tea")).match(/\d+ results for tea/)?.[0] ?? "none",
    );
  });

  test("names of markup, and of characters that turn the text around, are text", async () => {
    await world.cypher(
      cypher`MATCH (asset:Asset {name: 'Tea & Chat at Rose Hill'}) SET asset.was = asset.name, asset.name = $name RETURN count(*) AS done`,
      { name: `<img src=x onerror=alert(1)>\u202Eaet "quoted" & Co` },
    );
    try {
      const text = await page("/search?what=lonely&where=Rose+Hill");
      expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;aet &quot;quoted&quot; &amp; Co");
      expect(text).not.toContain("<img src=x");
      expect(text).not.toContain("\u202E");
    } finally {
      await world.cypher(
        cypher`MATCH (asset:Asset) WHERE asset.was IS NOT NULL SET asset.name = asset.was REMOVE asset.was RETURN count(*) AS done`,
      );
    }
  });

  test("what is typed is shown as it was typed, and never as markup", async () => {
    const typed = `"><script>alert(1)</script>`;
    const text = await page(`/search?what=${encodeURIComponent(typed)}`);
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("a page may be kept, is the same until something changes, and runs and loads nothing from elsewhere", async () => {
    const response = await fetched("/search?what=tea");
    const etag = response.headers.get("etag") ?? "";
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect((await fetched("/search?what=tea", { headers: { "if-none-match": etag } })).status).toBe(304);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("content-security-policy")).not.toMatch(/unsafe|nonce/);
    const text = await response.text();
    expect(text).not.toMatch(/<script(?![^>]*(src=|application\/ld\+json))/);
    expect(text).not.toMatch(/ style=| on[a-z]+=/);
    expect(
      [...text.matchAll(/<(?:script|link rel="stylesheet"|img)[^>]*(?:src|href)="([^"]*)"/g)].map(([, address]) =>
        address?.slice(0, 8),
      ),
    ).not.toContainEqual(expect.stringMatching(/^https?:/));
  });

  test("pages, the style sheet and what is run stay small", async () => {
    const named = pages.map(({ path, example = path }) => example).filter((path) => !path.includes(":"));
    const sizes = await Promise.all(
      [...named, "/search?what=lonely&where=Rose+Hill", "/areas/rose-hill", "/topics/loneliness"].map(async (path) => {
        const response = await fetched(path);
        const isPage = response.headers.get("content-type")?.startsWith("text/html") === true;
        return [path, isPage ? Buffer.byteLength(await response.text()) : 0] as const;
      }),
    );
    expect(sizes.filter(([, bytes]) => bytes > 60 * 1024)).toEqual([]);
    expect(sizes.filter(([, bytes]) => bytes > 0).length).toBeGreaterThan(15);
    const home = await page("/");
    const [, sheet = ""] = /<link rel="stylesheet" href="([^"]*)"/.exec(home) ?? [];
    const style = await fetched(sheet, { headers: { "accept-encoding": "gzip" } });
    expect(style.headers.get("content-encoding")).toBe("gzip");
    expect(style.headers.get("cache-control")).toContain("immutable");
    const packed = Buffer.from(await style.arrayBuffer());
    expect(packed.length).toBeLessThan(30 * 1024);
    expect(gunzipSync(packed).toString()).toContain("--govuk-brand-colour: #14403d");
    const modules = [...home.matchAll(/<script type="module" src="([^"]*)"/g)].map(([, address = ""]) => address);
    const run = await Promise.all(
      modules.map(async (address) => Buffer.from(await (await fetched(address)).arrayBuffer())),
    );
    expect(gzipSync(Buffer.concat(run)).length).toBeLessThan(20 * 1024);
  });

  test("every page is there in Urdu, from right to left, with the directory's own words marked as English", async () => {
    const text = await page("/ur/search?what=lonely&where=Rose+Hill");
    expect(text).toMatch(/<html lang="ur" dir="rtl"/);
    expect(text).toContain('<span lang="en-GB" dir="ltr">');
    expect(text).toContain('href="/search?what=lonely&amp;where=Rose+Hill"');
    expect((await fetched("/ur")).status).toBe(200);
    expect((await fetched("/ur/nothing-here")).status).toBe(404);
  });

  test("there is nothing at an address that is none", async () => {
    for (const path of [
      "/nothing-here",
      "/activities/../../etc/passwd",
      "/assets/x/../../package.json",
      "/activities/%00",
    ]) {
      const response = await fetched(path);
      expect([path, response.status]).toEqual([path, 404]);
    }
  });
});

describe("when not all of it answers", () => {
  test("with one subgraph gone a page shows what it can, and says that there may be more", async () => {
    const world = await openWorld({ without: ["places"] });
    try {
      const response = await Promise.resolve(world.fetch(anAddress("/search?what=lonely&where=Rose+Hill")));
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const text = seen(await response.text());
      expect(text).toContain("Part of this page is missing");
      // What is held at a place is told with the place's name, by whoever knows of the activity.
      expect(text).toContain("Tea & Chat at Rose Hill");
      expect(text).toMatch(/Where Rose Hill Community Centre ?, less than a quarter of a mile away/);
    } finally {
      await world.close();
    }
  });

  test.each([
    ["never answers", () => new Promise<never>(() => undefined)],
    ["is gone", () => Promise.reject(new Error("connection refused"))],
    ["answers something else", () => Promise.resolve("<html>")],
  ])("an endpoint that %s makes a page that says whom to call, within three seconds", async (_, endpoint) => {
    const website = await createWebsite({
      endpoint,
      settings: { ...plainWebsite, telephone: "01865 000 000" },
    });
    for (const path of ["/", "/search?what=lonely"]) {
      const began = performance.now();
      const response = await website.fetch(anAddress(path));
      expect(performance.now() - began).toBeLessThan(3000);
      expect(response.status).toBe(503);
      expect(response.headers.get("cache-control")).toBe("no-store");
      const text = seen(await response.text());
      for (const number of ["999", "111", "116 123", "01865 000 000"]) expect(text).toContain(number);
    }
  });
});

describe("a start", () => {
  test("asks once what every kind of page asks, in its own time, and visitors wait for theirs meanwhile", async () => {
    const world = await openWorld();
    try {
      const asked = new Map<string, number>();
      const answers: Promise<unknown>[] = [];
      let slowness = 0;
      const website = await createWebsite({
        endpoint: async ({ query, variables, operationName = "" }, { patienceMs }) => {
          asked.set(operationName, patienceMs);
          await new Promise((resolve) => setTimeout(resolve, slowness));
          const answer = world.ask(query, variables);
          answers.push(answer);
          return answer;
        },
        settings: plainWebsite,
        patienceMs: 100,
      });
      const warmedUp = website.warmUp();
      slowness = 200;
      const early = await website.fetch(anAddress("/topics"));
      slowness = 0;
      expect(early.status).toBe(200);
      await warmedUp;
      for (const name of [
        "Home",
        "Search",
        "WhatsOn",
        "AreasToChoose",
        "AreaWhole",
        "Topics",
        "Topic",
        "ActivityWhole",
        "GroupWhole",
        "OrganisationWhole",
        "PlaceWhole",
        "Pathway",
        "AssetToEdit",
      ]) {
        expect([name, asked.get(name)]).toEqual([name, 60_000]);
      }
      slowness = 200;
      const before = answers.length;
      expect((await website.fetch(anAddress("/topics"))).status).toBe(503);
      // What was asked goes on, and ends before the directory does.
      await expect.poll(() => answers.length).toBe(before + 1);
      await Promise.all(answers);
    } finally {
      await world.close();
    }
  }, 120_000);
});

describe("what a council makes of it", () => {
  test("has its name, colour, font and logo, and only a colour that white can be read on", async () => {
    const { website: settings } = readConfig({
      WEBSITE_NAME: "Near you",
      WEBSITE_BRAND_COLOUR: "#4B0082",
      WEBSITE_FONT_FAMILY: '"Open Sans", sans-serif',
      WEBSITE_URL: "https://near.example.org/",
    });
    const website = await createWebsite({ endpoint: () => Promise.reject(new Error("not asked")), settings });
    const page = await (await website.fetch(anAddress("/"))).text();
    expect(page).toContain("Near you");
    expect(page).toContain('content="https://near.example.org/"');
    const [, sheet = ""] = /<link rel="stylesheet" href="([^"]*)"/.exec(page) ?? [];
    const style = await (await website.fetch(anAddress(sheet))).text();
    expect(style).toContain("--govuk-brand-colour: #4b0082");
    expect(style).toContain('font-family:"Open Sans",sans-serif');
    expect(() => readConfig({ WEBSITE_BRAND_COLOUR: "#ffdd00" })).toThrow(/WEBSITE_BRAND_COLOUR/);
    expect(() => readConfig({ WEBSITE_FONT_FAMILY: "x; } body { display: none" })).toThrow(/WEBSITE_FONT_FAMILY/);
  });
});
