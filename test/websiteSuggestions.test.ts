import { afterAll, beforeAll, expect, test } from "vitest";
import { createWebsite } from "../website/website.ts";
import { plainWebsite } from "../website/settings.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const fetched = (path: string) => Promise.resolve(world.fetch(new Request(`http://directory.test${path}`)));

async function offered(about: "what" | "where", text: string): Promise<readonly string[]> {
  const response = await fetched(`/suggest?${new URLSearchParams({ for: about, text }).toString()}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("public, max-age=300");
  const suggestions = (await response.json()) as readonly { readonly text: string }[];
  expect(suggestions.length).toBeLessThanOrEqual(8);
  return suggestions.map(({ text: one }) => one);
}

test("where: areas and places are offered, and no condition", async () => {
  expect((await offered("where", "ros"))[0]).toBe("Rose Hill, Oxford");
  expect(await offered("where", "lonel")).toEqual([]);
});

test("where: a postcode is offered as it is written", async () => {
  expect((await offered("where", "ox44hf"))[0]).toBe("OX4 4HF");
});

test("what: conditions and things are offered, and no area", async () => {
  expect(await offered("what", "lonel")).toContain("Loneliness");
  expect((await offered("what", "rose hill")).filter((text) => text === "Rose Hill, Oxford")).toEqual([]);
});

test.for(["", "r", " ", "51.725,-1.231", "💥💥", "(((", "%00", "x".repeat(101)])(
  "nothing is offered for what no word begins with: %j",
  async (text) => {
    expect(await offered("where", text)).toEqual([]);
    expect(await offered("what", text)).toEqual([]);
  },
);

test("what is asked is said: anything else is refused", async () => {
  for (const query of ["", "?text=ros", "?for=who&text=ros"]) {
    const response = await fetched(`/suggest${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: "“for” is “what” or “where”." });
  }
});

test("where the directory does not answer there is nothing to offer, and nobody keeps that", async () => {
  const website = await createWebsite({
    endpoint: () => Promise.reject(new Error("away")),
    settings: plainWebsite,
  });
  const response = await website.fetch(new Request("http://directory.test/suggest?for=where&text=ros"));
  expect([response.status, response.headers.get("cache-control"), await response.json()]).toEqual([
    503,
    "no-store",
    [],
  ]);
});

test("the form says what its scripts say, in the page's language, and is whole without them", async () => {
  const text = await (await fetched("/search?what=tea")).text();
  expect(text).toMatch(/<form\s[^>]*action="\/search"\s+method="get"/);
  expect(text).toContain('data-text-use-location="Use my location"');
  expect(text).toMatch(/data-text-count="Suggestions: \{count\}"/);
  expect(text).not.toContain("accessible-autocomplete");
});

test("what scripts load later is served beside them", async () => {
  const text = await (await fetched("/search?what=tea")).text();
  const folder = /src="(\/assets\/[^/]+\/)searchBox\.js"/.exec(text)?.[1] ?? "";
  for (const [name, type] of [
    ["searchBox.js", "text/javascript; charset=utf-8"],
    ["useMyLocation.js", "text/javascript; charset=utf-8"],
    ["map.js", "text/javascript; charset=utf-8"],
    ["accessible-autocomplete.js", "text/javascript; charset=utf-8"],
    ["accessible-autocomplete.css", "text/css; charset=utf-8"],
    ["maplibre-gl.mjs", "text/javascript; charset=utf-8"],
    ["maplibre-gl-worker.mjs", "text/javascript; charset=utf-8"],
    ["maplibre-gl.css", "text/css; charset=utf-8"],
  ]) {
    const response = await fetched(`${folder}${name}`);
    expect([name, response.status, response.headers.get("content-type")]).toEqual([name, 200, type]);
    await response.body?.cancel();
  }
});
