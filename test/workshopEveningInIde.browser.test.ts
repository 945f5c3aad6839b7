import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { listen, type Listening } from "../core/listen.ts";
import {
  about,
  type Browsing,
  expectFit,
  expectText,
  isWithoutBrowser,
  picture,
  startBrowsing,
  tabTo,
} from "./fixtures/browser.ts";
import { buildIde } from "./fixtures/builtIde.ts";
import { forgetEdits, givenLarder, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

const isSkipped = isWithoutBrowser || !buildIde();

describe.skipIf(isSkipped)("an evening in the IDE", { timeout: 180_000 }, () => {
  let world: World;
  let listening: Listening;
  let browsing: Browsing;
  let facilitator: Page;
  let tableOne: Page;
  let tableTwo: Page;
  let code: string;

  beforeAll(async () => {
    world = await openWorld({ signingKey });
    listening = await listen(world.fetch, { host: "127.0.0.1", port: 0 });
    browsing = await startBrowsing(listening.url);
    facilitator = await browsing.somebody();
    tableOne = await browsing.somebody({ width: "telephone" });
    tableTwo = await browsing.somebody();
  }, 240_000);

  afterAll(async () => {
    await browsing.close();
    await listening.close();
    await forgetEdits(world);
    await world.close();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    for (const [name, page] of Object.entries({ facilitator, tableOne, tableTwo })) {
      await picture(page, `ide-failed-${name}`);
    }
  });

  const looked = (page: Page, name: string) => expectFit(page, `ide-${name}`);

  /** What everybody who asks is told of that is called Larkrise: nothing while it is only proposed. */
  async function publicly(): Promise<readonly string[]> {
    const { data } = await world.ask(`{ search(text: "Larkrise", first: 50) { edges { node { name } } } }`);
    return data.search.edges
      .map(({ node }: { node: { name: string } }) => node.name)
      .filter((name: string) => name.startsWith("Larkrise"))
      .toSorted();
  }

  /** Goes to a part of the workshop by its navigation. */
  async function goTo(page: Page, section: string): Promise<void> {
    await page.getByRole("navigation", { name: "Workshop" }).getByRole("link", { name: section }).click();
    await expectText(page, section);
  }

  async function begin(page: Page, task: string): Promise<void> {
    await goTo(page, "Add and change");
    await page.getByRole("main").getByRole("link", { name: task, exact: true }).click();
    await page.getByRole("heading", { level: 2, name: task }).waitFor();
  }

  /** Chooses from a list by typing a part of the name. */
  async function choose(page: Page, label: string | RegExp, typed: string, name: string): Promise<void> {
    await page.getByRole("combobox", { name: label }).fill(typed);
    await page.getByRole("option", { name }).first().click();
  }

  test("an editor starts a workshop, and two tables join with its code, one of them by keyboard", async () => {
    const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
    const token = await world.tokenOf({ role: "EDITOR", id: "the facilitator in the IDE", areas: [data.area.id] });
    await givenLarder(world, token);
    await tableOne.goto("/ide");
    await expectText(tableOne, "Join a workshop");
    await looked(tableOne, "join");
    await facilitator.goto(`/ide#token=${token}`);
    await expectText(facilitator, "Rose Hill, an autumn evening");
    await expectText(facilitator, "a sample: made up, to show how a workshop goes");
    await facilitator.getByText("Start a workshop", { exact: true }).click();
    await facilitator.getByLabel("What is the workshop called?").fill("An evening in the IDE");
    await choose(facilitator, /Which area does it map/, "Rose Hill", "Rose Hill");
    await looked(facilitator, "start");
    await facilitator.getByRole("button", { name: "Start the workshop" }).click();
    await expectText(facilitator, "To join “An evening in the IDE”");
    await looked(facilitator, "started");
    code = await facilitator.locator(".big-code span").first().innerText();

    await tabTo(tableOne, "The code that is shown in the room");
    await tableOne.keyboard.type(code.toLowerCase());
    await tableOne.keyboard.press("Enter");
    await tableOne.getByText("In “An evening in the IDE”.").waitFor();
    await looked(tableOne, "joined");
    await tableTwo.goto("/ide");
    await tableTwo.getByLabel("The code that is shown in the room").fill(code);
    await tableTwo.getByRole("button", { name: "Join", exact: true }).click();
    await tableTwo.getByText("In “An evening in the IDE”.").waitFor();
  });

  test("who is in a workshop already stays who they are when they enter its code again", async () => {
    await facilitator.getByLabel("The code that is shown in the room").fill(code);
    await facilitator.getByRole("button", { name: "Join", exact: true }).click();
    await facilitator.getByText("You are in “An evening in the IDE” already.").waitFor({ state: "attached" });
    await facilitator.getByText("You are an editor").waitFor();
  });

  test("an editor is asked before the code of another workshop makes them a mapper", async () => {
    const elsewhere = await world.tokenOf({ role: "EDITOR", id: "an editor of nothing here" });
    const visitor = await browsing.somebody();
    await visitor.goto(`/ide#token=${elsewhere}`);
    await visitor.getByText("You are an editor").waitFor();
    await visitor.getByLabel("The code that is shown in the room").fill(code);
    await visitor.getByRole("button", { name: "Join", exact: true }).click();
    await expectText(visitor, "Join “An evening in the IDE” instead?");
    await looked(visitor, "join-instead");
    await visitor.getByRole("button", { name: "Stay as I am" }).click();
    await visitor.getByText("You are an editor").waitFor();
    await visitor.context().close();
  });

  test("a place is added with the keyboard alone", async () => {
    await tabTo(tableOne, "Add and change");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "A place is where things are");
    await looked(tableOne, "tasks");
    await tabTo(tableOne, "Add a place");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "What is the place called?");
    await looked(tableOne, "add-place");
    // Sent with nothing in it: what is missing is said, and leads to its question.
    await tabTo(tableOne, "Add a place");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "There is a problem");
    await looked(tableOne, "add-place-problem");
    await tabTo(tableOne, "Enter what the place is called");
    await tableOne.keyboard.press("Enter");
    await tableOne.keyboard.type("Larkrise Garden Room");
    await tabTo(tableOne, "What sort of place is it?");
    await tableOne.keyboard.type("Community room");
    await tabTo(tableOne, "Postcode (optional)");
    await tableOne.keyboard.type("OX4 4HF");
    await tabTo(tableOne, "When is it open? (optional)");
    await tableOne.keyboard.type("Wednesday 1pm to 5pm");
    await tabTo(tableOne, /^Whose residents is it for/);
    await tableOne.keyboard.type("Rose Hill");
    await tableOne.getByRole("option", { name: "Rose Hill" }).first().waitFor();
    await tableOne.keyboard.press("ArrowDown");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "Take off");
    await tabTo(tableOne, "Add a place");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "Nobody outside the workshop sees it until it is approved.");
    await looked(tableOne, "place-proposed");
  });

  test("a group is added that meets there, and linked to what it helps with", async () => {
    await begin(tableOne, "Add a group");
    await tableOne.getByLabel("What is the group called?").fill("Larkrise Tea Table");
    await tableOne.getByLabel("Other names it is known by").fill("The Wednesday table");
    await tableOne.getByLabel("Youngest age it is for").fill("55");
    await choose(tableOne, /Where does it meet/, "Larkrise", "Larkrise Garden Room");
    await choose(tableOne, /Whose residents/, "Rose Hill", "Rose Hill");
    await tableOne.getByRole("button", { name: "Add a group" }).click();
    await expectText(tableOne, "Nobody outside the workshop sees it until it is approved.");
    await looked(tableOne, "add-group");
    await begin(tableOne, "This supports that");
    await choose(tableOne, /What helps/, "Larkrise Tea", "Larkrise Tea Table");
    await choose(tableOne, /What does it help with/, "lonel", "Loneliness");
    await tableOne.getByLabel("It is what it is for").check();
    await tableOne.getByLabel("How do we know?").fill("It says so on their poster");
    await looked(tableOne, "supports");
    await tableOne.getByRole("button", { name: "Say so" }).click();
    await expectText(tableOne, "“Larkrise Tea Table” supports “Loneliness”");
    await goTo(tableOne, "Around an asset");
    await choose(tableOne, /Around which asset/, "Larkrise Tea", "Larkrise Tea Table");
    await expectText(tableOne, "Larkrise Tea Table meets at Larkrise Garden Room");
    await tableOne.locator("canvas").first().waitFor();
    await looked(tableOne, "around");
  });

  test("what may be on the map already is shown before it is added again", async () => {
    await begin(tableTwo, "Add a group");
    await tableTwo.getByLabel("What is the group called?").fill("Rose Hill Kettle Club");
    await tableTwo.getByRole("button", { name: "Add a group" }).click();
    await expectText(tableTwo, "It may be on the map already");
    await looked(tableTwo, "duplicates");
    await tableTwo.getByRole("link", { name: "Rose Hill Kettle Club" }).click();
    await expectText(tableTwo, "Rose Hill Kettle Club meets at Rose Hill Community Centre");
    await tableTwo.locator("canvas").first().waitFor();
    await looked(tableTwo, "around-what-is-there");
  });

  test("a correction that somebody else was quicker with is shown as a conflict", async () => {
    for (const [page, ends] of [
      [tableTwo, "13:00"],
      [facilitator, "14:00"],
    ] as const) {
      await begin(page, "Change what is said");
      await choose(page, /What do you want to change/, "Oval larder", "Oval larder");
      await page.getByLabel("To (optional)").fill(ends);
      if (page === tableTwo) await looked(page, "change");
      await page.getByRole("button", { name: "Change it" }).click();
      await expectText(page, "Changes schedule of “Oval larder”");
    }
    await goTo(facilitator, "Review");
    await expectText(facilitator, "Of “Oval larder”, schedule has been changed since");
  });

  test("a proposal is taken back by whose it is, and by nobody else", async () => {
    await begin(tableTwo, "Add an activity");
    await tableTwo.getByLabel("What is the activity called?").fill("Larkrise by mistake");
    await tableTwo.getByLabel("Every two weeks").check();
    await tableTwo.getByLabel("Friday").check();
    await tableTwo.getByLabel("The first day, or the only one").fill("2026-12-04");
    await tableTwo.getByRole("button", { name: "Add an activity" }).click();
    await expectText(tableTwo, "Nobody outside the workshop sees it until it is approved.");
    await goTo(tableTwo, "Review");
    await expectText(tableTwo, "Larkrise by mistake");
    expect(await tableTwo.getByRole("button", { name: /^Take it back/ }).allInnerTexts()).toHaveLength(2);
    expect(await facilitator.getByRole("button", { name: /^Take it back/ }).count()).toBe(0);
    await tableTwo
      .getByRole("button", { name: about("Take it back", "Adds the activity “Larkrise by mistake”") })
      .click();
    await looked(tableTwo, "take-back");
    await tableTwo.getByRole("button", { name: "Take the proposal back" }).click();
    await expectText(tableTwo, "Taken back:");
  });

  test("nobody else has seen anything of it", async () => {
    expect(await publicly()).toEqual([]);
  });

  test("the facilitator sees what happens, amends one, rejects one with a reason, and approves the others", async () => {
    await facilitator.getByText("Adds the group “Larkrise Tea Table”").first().waitFor();
    await looked(facilitator, "review");
    await facilitator.getByRole("button", { name: about("Amend", "Adds the group “Larkrise Tea Table”") }).click();
    await facilitator.getByLabel("What is the group called?").fill("Larkrise tea and cake");
    await facilitator.getByLabel("Youngest age it is for").fill("50");
    await looked(facilitator, "amend");
    await facilitator.getByRole("button", { name: "Amend the proposal" }).click();
    await facilitator.getByRole("region", { name: "Larkrise tea and cake" }).waitFor();
    await facilitator.getByRole("checkbox", { name: "Changes schedule of “Oval larder”" }).check();
    await facilitator.getByRole("button", { name: "Reject the 1 one ticked…" }).click();
    await facilitator.getByLabel("Why?", { exact: true }).fill("It was changed already");
    await looked(facilitator, "reject");
    await facilitator.getByRole("button", { name: "Reject 1 proposal" }).click();
    await expectText(facilitator, "3 proposals about");
    await facilitator.getByRole("checkbox", { name: "Adds the place “Larkrise Garden Room”" }).check();
    await facilitator.getByRole("button", { name: "Approve the 1 one ticked" }).click();
    await expectText(facilitator, "2 proposals about");
    expect(await publicly()).toEqual(["Larkrise Garden Room"]);
    await facilitator.getByRole("button", { name: "Approve all 2" }).click();
    await expectText(facilitator, "Nothing is proposed at present.");
    await looked(facilitator, "approved");
    expect(await publicly()).toEqual(["Larkrise Garden Room", "Larkrise tea and cake"]);
    const { data } = await world.ask(`{ search(text: "Larkrise tea and cake", first: 1) { edges { node {
      name eligibility { minimumAge } supports { edges { node { condition { slug } strength } } } } } } }`);
    expect(data.search.edges[0].node).toEqual({
      name: "Larkrise tea and cake",
      eligibility: { minimumAge: 50 },
      supports: { edges: [{ node: { condition: { slug: "loneliness" }, strength: 1 } }] },
    });
    await goTo(tableTwo, "Changes");
    await expectText(tableTwo, "Why: It was changed already");
    await looked(tableTwo, "changes");
  });

  test("what rests on a change is told before it is undone with it", async () => {
    await goTo(facilitator, "Changes");
    await facilitator.getByRole("button", { name: about("Undo", "Adds the place “Larkrise Garden Room”") }).click();
    await facilitator.getByRole("button", { name: "Undo this change" }).click();
    await expectText(facilitator, "What could not be done");
    await looked(facilitator, "undo");
    expect(await publicly()).toContain("Larkrise Garden Room");
    await facilitator.getByLabel("Undo what rests on it too").check();
    await facilitator.getByRole("button", { name: "Undo this change" }).click();
    await expectText(facilitator, "Taken back:");
    expect(await publicly()).toEqual([]);
  });

  test("the editor of GraphQL opens with what a form would send, and what of it is ours keeps out nobody", async () => {
    await begin(facilitator, "Add a group");
    await facilitator.getByText("The operation that this sends").click();
    await facilitator.getByRole("button", { name: "Open in the editor" }).click();
    await facilitator.getByText("CreateGroup").first().waitFor();
    // GraphiQL's own: its tabs and its editor have roles, names and contrasts that are theirs to mend.
    await expectFit(facilitator, "ide-editor", { leaveOut: [".graphiql-container"] });
  });

  test("the evening ends, for everybody at once", async () => {
    await facilitator.goto("/ide");
    await facilitator.getByLabel("An evening in the IDE").check();
    await facilitator.getByRole("button", { name: "Close the workshop…" }).click();
    await facilitator.getByRole("button", { name: "Close the workshop", exact: true }).click();
    await expectText(facilitator, "closed");
    await looked(facilitator, "closed");
    await goTo(tableOne, "Workshop");
    await tableOne.reload();
    await expectText(tableOne, "If it has ended: thank you.");
    await looked(tableOne, "closed-for-a-table");
  });

  test("no page asked anything of another host, or ran into its own rules", () => {
    expect(browsing.complaints()).toEqual([]);
  });
});
