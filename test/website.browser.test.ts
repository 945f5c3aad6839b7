import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen, type Listening } from "../core/listen.ts";
import {
  type Browsing,
  isTooWide,
  isWithoutBrowser,
  narrowest,
  picture,
  startBrowsing,
  tabTo,
  violations,
  type Width,
} from "./fixtures/browser.ts";
import { openWorld, type World } from "./world.ts";

describe.skipIf(isWithoutBrowser)("the website in a browser", { timeout: 180_000 }, () => {
  let world: World;
  let listening: Listening;
  let browsing: Browsing;
  /** An address of each kind of page, by the name of its picture. */
  let pages: ReadonlyMap<string, string>;

  beforeAll(async () => {
    world = await openWorld({ signingKey: "only the tests of public pages sign with this key" });
    listening = await listen(world.fetch, { host: "127.0.0.1", port: 0 });
    browsing = await startBrowsing(listening.url);
    const { data } = await world.ask(`{
      activity: search(text: "Tea & Chat at Rose Hill", first: 1) { edges { node { id } } }
      group: search(text: "Kettle Club", filter: { kinds: [GROUP] }, first: 1) { edges { node { id } } }
      organisation: search(text: "advice", filter: { kinds: [ORGANISATION] }, first: 1) { edges { node { id } } }
      place: search(text: "Rose Hill Community Centre", filter: { kinds: [PLACE] }, first: 1) { edges { node { id } } }
    }`);
    const idOf = (kind: string) => data[kind].edges[0].node.id as string;
    pages = new Map([
      ["home", "/"],
      ["search", "/search?what=lonely&where=Rose+Hill"],
      ["search-map", "/search?what=lonely&where=Rose+Hill&map=yes"],
      ["search-nothing", "/search?what=juggling&where=Rose+Hill"],
      ["search-crisis", "/search?what=I+want+to+die"],
      ["activity", `/activities/${idOf("activity")}`],
      ["group", `/groups/${idOf("group")}`],
      ["organisation", `/organisations/${idOf("organisation")}`],
      ["place", `/places/${idOf("place")}`],
      ["areas", "/areas"],
      ["area", "/areas/rose-hill"],
      ["topics", "/topics"],
      ["topic", "/topics/loneliness?where=Rose+Hill"],
      ["whats-on", "/whats-on?where=Rose+Hill"],
      ["referral-routes", "/referral-routes"],
      ["referral-routes-found", "/referral-routes?from=self&condition=loneliness&near=Oldham"],
      ["pathways", "/pathways"],
      ["pathway", "/pathways/oldham-social-prescribing"],
      ["shortlist", `/shortlist?ids=${idOf("activity")},${idOf("group")}`],
      ["suggest-an-edit", `/suggest-an-edit/${idOf("activity")}`],
      ["help-now", "/help-now"],
      ["about-the-data", "/about-the-data"],
      ["accessibility", "/accessibility"],
      ["privacy", "/privacy"],
      ["cookies", "/cookies"],
      ["developers", "/developers"],
      ["embed", "/embed"],
      ["embedded", "/embed/activities?area=rose-hill&condition=loneliness"],
      ["urdu", "/ur/search?what=lonely&where=Rose+Hill"],
      ["workshop", "/workshop"],
      ["sign-in", "/sign-in"],
    ]);
  }, 240_000);

  afterAll(async () => {
    await browsing.close();
    await listening.close();
    await world.close();
  });

  test.each([
    ["telephone", "on"],
    ["laptop", "on"],
    ["telephone", "off"],
    ["laptop", "off"],
  ] as const satisfies readonly (readonly [Width, "on" | "off"])[])(
    "every page keeps what WCAG 2.2 AA asks of it, on a %s with scripts %s",
    async (width, scripts) => {
      const page = await browsing.somebody({ width, scripts });
      const found: Record<string, unknown> = {};
      for (const [name, path] of pages) {
        expect([name, (await page.goto(path))?.status()]).toEqual([name, 200]);
        if (scripts === "on") await picture(page, `website-${name}-${width}`);
        const wrong = [...(await violations(page)), ...((await isTooWide(page)) ? ["is too wide"] : [])];
        if (wrong.length > 0) found[name] = wrong;
      }
      expect(found).toEqual({});
      await page.context().close();
    },
  );

  test("every page fits the narrowest screen that WCAG 2.2 asks of it", async () => {
    const page = await browsing.somebody({ width: "telephone" });
    await page.setViewportSize({ width: narrowest, height: 640 });
    const found: string[] = [];
    for (const [name, path] of pages) {
      await page.goto(path);
      if (await isTooWide(page)) found.push(name);
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  test("with scripts off, a search leads to a thing, to the shortlist and to print, by keyboard alone", async () => {
    const page = await browsing.somebody({ width: "telephone", scripts: "off" });
    await page.goto("/");
    await tabTo(page, /What would help/);
    await page.keyboard.type("lonely");
    await tabTo(page, /Where/);
    await page.keyboard.type("Rose Hill");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?/);
    await tabTo(page, "Tea & Chat at Rose Hill");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/activities\//);
    await tabTo(page, /^Add to shortlist/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/shortlist\?ids=act_/);
    expect(await page.getByRole("link", { name: "Tea & Chat at Rose Hill" }).count()).toBeGreaterThan(0);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("Need help now?").isVisible()).toBe(false);
    await page.context().close();
  });

  test("no page asks anything of another host, or breaks its own rules", () => {
    expect(browsing.complaints()).toEqual([]);
  });
});
