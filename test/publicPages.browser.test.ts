import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listen, type Listening } from "../core/listen.ts";
import { type Browsing, expectFit, isWithoutBrowser, startBrowsing, type Width, widths } from "./fixtures/browser.ts";
import { openWorld, type World } from "./world.ts";

describe.skipIf(isWithoutBrowser)("in a browser", () => {
  let world: World;
  let listening: Listening;
  let browsing: Browsing;

  beforeAll(async () => {
    world = await openWorld({ signingKey: "only the tests of public pages sign with this key" });
    listening = await listen(world.fetch, { host: "127.0.0.1", port: 0 });
    browsing = await startBrowsing(listening.url);
  }, 240_000);

  afterAll(async () => {
    await browsing.close();
    await listening.close();
    await world.close();
  });

  const pages = [
    ["home", "/"],
    ["workshop", "/workshop"],
    ["sign-in", "/sign-in"],
    ["pathways", "/pathways"],
    ["referral-routes", "/referral-routes"],
  ] as const;

  test.each(
    (Object.keys(widths) as Width[]).flatMap((width) => pages.map(([name, path]) => [name, width, path] as const)),
  )("the page “%s” keeps what WCAG 2.2 AA asks of it, on a %s", async (name, width, path) => {
    const page = await browsing.somebody({ width });
    expect((await page.goto(path))?.status()).toBe(200);
    await expectFit(page, `public-${name}-${width}`);
    await page.context().close();
  });

  test("no page asks anything of another host, or breaks its own rules", () => {
    expect(browsing.complaints()).toEqual([]);
  });
});
