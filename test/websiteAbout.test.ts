import { afterAll, beforeAll, expect, test } from "vitest";
import { crisisHelpQuery, exampleQuery, sourcesQuery } from "../website/operations.generated.ts";
import { plainWebsite } from "../website/settings.ts";
import { createWebsite } from "../website/website.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  // What is asked first in a process is planned first, which takes longer than a page waits.
  await world.ask(crisisHelpQuery.text);
  await world.ask(exampleQuery.text, { text: "loneliness support near Rose Hill" });
  await world.ask(sourcesQuery.text, { after: null });
});

afterAll(() => world.close());

const text = (page: string) =>
  page
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ");

const pageAt = async (path: string) => {
  const response = await world.fetch(new Request(`http://directory.test${path}`));
  return { status: response.status, page: await response.text() };
};

/** The website by itself, over an endpoint that does not answer, in a council's own settings. */
const alone = async (path: string, settings: Partial<typeof plainWebsite> = {}) => {
  const website = await createWebsite({
    endpoint: () => Promise.reject(new Error("nobody is there")),
    settings: { ...plainWebsite, ...settings },
    clock: world.clock,
  });
  const response = await website.fetch(new Request(`http://directory.test${path}`), null);
  return { status: response.status, cached: response.headers.get("cache-control"), page: await response.text() };
};

test.for(["/help-now", "/about-the-data", "/accessibility", "/privacy", "/cookies", "/developers"])(
  "%s is a page with one heading above all, that is there whether or not the directory is",
  async (path) => {
    for (const { status, page } of [await pageAt(path), await pageAt(`/ur${path}`), await alone(path)]) {
      expect(status).toBe(200);
      expect([...page.matchAll(/<h1[ >]/g)]).toHaveLength(1);
      // That a part of it is missing stands above all.
      const levels = [...page.slice(page.indexOf("<h1")).matchAll(/<h(\d)[ >]/g)].map(([, level]) => Number(level));
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
      expect(page).not.toMatch(/undefined|\[object|>null<|\{\w+\}<|\sstyle=|\son\w+=/);
      expect(page.length).toBeLessThan(61_440);
    }
  },
);

test("whom to call now is what the directory tells; without it, the numbers that nobody may be without", async () => {
  const { data } = await world.ask(`{ search(text: "I want to die") { crisis { helps { name telephone } } } }`);
  const { page } = await pageAt("/help-now");
  for (const { name, telephone } of data.search.crisis.helps) expect(text(page)).toContain(`${name} : ${telephone}`);
  const without = await alone("/help-now");
  expect(without.cached).toBe("no-store");
  for (const number of ["999", "111", "116123"]) expect(without.page).toContain(`href="tel:${number}"`);
});

test("about the data counts what there is, what is made up and what is out of date, and names every source with licence and date", async () => {
  const said = text((await pageAt("/about-the-data")).page);
  const { data } = await world.ask(`{ assets(filter: {}, first: 1) { totalCount } activities { totalCount } }`);
  expect(said).toContain(`${data.assets.totalCount} things are listed today`);
  expect(said).toContain(`${data.activities.totalCount} activities`);
  expect(said).toMatch(/\d+ of the \d+ are samples/);
  expect(said).toMatch(
    /Common Ground sample, Common Ground, [^]*?Licence: CC0-1\.0\. [^]*?\d+ things listed from it\. Made up\./,
  );
  expect(said).toContain("Charity Commission for England and Wales");
  expect(text((await alone("/about-the-data")).page)).toContain("It does not exist");
});

test("the example for developers has the answer that the endpoint gives", async () => {
  const { data } = await world.ask(exampleQuery.text, { text: "loneliness support near Rose Hill" });
  expect(text((await pageAt("/developers")).page)).toContain(JSON.stringify(data, null, 2).replace(/\s+/g, " "));
});

test("a council and its telephone and address are named where it has them, and that there are none where it has not", async () => {
  const settings = { council: "Oxtown City Council", telephone: "01865 123 456", email: "web@oxtown.example" };
  for (const path of ["/accessibility", "/privacy", "/about-the-data"]) {
    const { page } = await alone(path, settings);
    expect(text(page)).toContain("Oxtown City Council runs this website.");
    expect(page).toContain('href="tel:01865123456"');
    expect(page).toContain('href="mailto:web@oxtown.example"');
    expect(text((await alone(path)).page)).toContain("Nobody has given a telephone number or an e-mail address");
  }
});

test("cookies that the pages tell of are those that are set: none for who only reads", async () => {
  for (const path of ["/", "/help-now", "/shortlist", "/referral-routes"]) {
    const response = await world.fetch(new Request(`http://directory.test${path}`));
    expect(response.headers.get("set-cookie")).toBeNull();
  }
  const said = text((await pageAt("/cookies")).page);
  for (const name of ["session", "suggest"]) expect(said).toContain(`Name ${name} When it is set`);
});
