import { readFile } from "node:fs/promises";
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
import { forgetEdits, givenLarder, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

describe.skipIf(isWithoutBrowser)("an evening by plain forms, with scripts off", { timeout: 180_000 }, () => {
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
    facilitator = await browsing.somebody({ scripts: "off" });
    tableOne = await browsing.somebody({ scripts: "off", width: "telephone" });
    tableTwo = await browsing.somebody({ scripts: "off" });
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
      await picture(page, `forms-failed-${name}`);
    }
  });

  const looked = (page: Page, name: string) => expectFit(page, `forms-${name}`);

  /** What everybody who asks is told of something by its name: nothing while it is only proposed. */
  async function publicly(name: string): Promise<readonly string[]> {
    const { data } = await world.ask(
      `query ($text: String!) { search(text: $text, first: 50) { edges { node { name } } } }`,
      { text: name },
    );
    return data.search.edges.map(({ node }: { node: { name: string } }) => node.name);
  }

  test("an editor starts a workshop, and two tables join with its code, one of them by keyboard", async () => {
    const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
    const token = await world.tokenOf({ role: "EDITOR", id: "the facilitator of this evening", areas: [data.area.id] });
    await givenLarder(world, token);
    await facilitator.goto("/sign-in");
    await facilitator.getByLabel("Invitation").fill(token);
    await facilitator.getByRole("button", { name: "Sign in" }).click();
    await facilitator.goto("/workshop");
    await expectText(facilitator, "Rose Hill, an autumn evening, in Rose Hill (sample: made up");
    await looked(facilitator, "front-of-an-editor");
    await facilitator.getByLabel("What it is called").fill("An evening by form");
    await facilitator.getByLabel("Where").selectOption("Rose Hill");
    await facilitator.getByRole("button", { name: "Start" }).click();
    await expectText(facilitator, "The workshop has begun. Read out its code.");
    await looked(facilitator, "board-begun");
    code = await facilitator.locator(".letters").innerText();

    await tableOne.goto("/workshop");
    await expectText(tableOne, "Join a workshop");
    await looked(tableOne, "join");
    await tabTo(tableOne, "Workshop code");
    await tableOne.keyboard.type(code.toLowerCase());
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "You have joined the workshop.");
    await looked(tableOne, "board-of-a-table");
    await tableTwo.goto("/workshop");
    await tableTwo.getByLabel("Workshop code").fill(code);
    await tableTwo.getByRole("button", { name: "Join" }).click();
    await expectText(tableTwo, "You have joined the workshop.");
  });

  test("a sample workshop says that it is one, and so is what is added in it", async () => {
    await facilitator.goto("/workshop");
    await facilitator.getByRole("link", { name: "Rose Hill, an autumn evening" }).click();
    await expectText(facilitator, "Sample: this workshop is made up, to show how one goes.");
    await expectText(facilitator, "A mapper (Table 3), Thursday 19 November 2026");
    await looked(facilitator, "sample");
    await facilitator.getByRole("link", { name: "Add something to the map" }).click();
    await facilitator.getByRole("link", { name: "A group" }).click();
    await facilitator.getByLabel("Name", { exact: true }).fill("Oval circle of nobody");
    await facilitator.getByRole("button", { name: "Add a group" }).click();
    await expectText(facilitator, "Success: Done. It is on the map.");
    await expectText(facilitator, "Sample, made up yes");
  });

  test("who is somebody already is asked before a code makes them somebody else, or stays who they are", async () => {
    await facilitator.goto("/workshop");
    await facilitator.getByLabel("Workshop code").fill(code);
    await facilitator.getByRole("button", { name: "Join" }).click();
    await expectText(facilitator, "You are signed in as an editor");
    await looked(facilitator, "join-instead");
    await facilitator.getByRole("link", { name: "Go to An evening by form" }).click();
    await facilitator.getByText("End the workshop").waitFor();
    const before = await tableOne.context().cookies();
    await tableOne.goto("/workshop");
    await tableOne.getByLabel("Workshop code").fill(code);
    await tableOne.getByRole("button", { name: "Join" }).click();
    await expectText(tableOne, "You have joined the workshop.");
    expect(await tableOne.context().cookies()).toEqual(before);
  });

  test("a place is added with the keyboard alone", async () => {
    await tabTo(tableOne, "Add something to the map");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "What do you want to add?");
    await looked(tableOne, "add-what");
    await tabTo(tableOne, "A place");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "Add a place");
    await looked(tableOne, "add-place");
    // Sent with nothing in it: what is missing is said, and leads to its field.
    await tabTo(tableOne, "Add a place");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "There is a problem");
    await looked(tableOne, "add-place-problem");
    await tabTo(tableOne, "Name");
    await tableOne.keyboard.type("Larkrise Garden Room");
    await tabTo(tableOne, "What kind of place");
    await tableOne.keyboard.type("Community room");
    await tabTo(tableOne, "Postcode");
    await tableOne.keyboard.type("OX4 4HF");
    await tabTo(tableOne, "Wednesday");
    await tableOne.keyboard.press("Space");
    await tabTo(tableOne, "Opens");
    await tableOne.keyboard.type("1pm");
    await tabTo(tableOne, "Closes");
    await tableOne.keyboard.type("5pm");
    await tableOne.keyboard.press("Enter");
    await expectText(tableOne, "Proposed. The facilitator will look at it.");
    await expectText(tableOne, "Wednesday, 1pm to 5pm");
    await looked(tableOne, "place-proposed");
  });

  test("a group is added that meets there, and linked to what it helps with", async () => {
    await tableOne.getByRole("link", { name: "Back to An evening by form" }).click();
    await tableOne.getByRole("link", { name: "Add something to the map" }).click();
    await tableOne.getByRole("link", { name: "A group" }).click();
    await tableOne.getByLabel("Name", { exact: true }).fill("Larkrise Tea Table");
    await tableOne.getByLabel("What it is", { exact: true }).fill("Tea and company every Wednesday afternoon.");
    await tableOne.getByLabel("Where it meets").selectOption("Larkrise Garden Room");
    await tableOne.getByLabel("It is free").check();
    await tableOne.getByRole("button", { name: "Add a group" }).click();
    await expectText(tableOne, "Proposed. The facilitator will look at it.");
    await tableOne.getByRole("link", { name: "Link it to something" }).click();
    await expectText(tableOne, "How does Larkrise Tea Table belong with something?");
    await looked(tableOne, "link-how");
    await tableOne.getByLabel("helps with …", { exact: true }).check();
    await tableOne.getByRole("button", { name: "Go on" }).click();
    await expectText(tableOne, "Which one?");
    await looked(tableOne, "link-what");
    await tableOne.getByRole("radio", { name: "Loneliness" }).check();
    await tableOne.getByRole("button", { name: "Go on" }).click();
    await tableOne.getByLabel("How do you know?").fill("It says so on their poster");
    await expectText(tableOne, "How do you know?");
    await looked(tableOne, "link-why");
    await tableOne.getByRole("button", { name: "Link them" }).click();
    await expectText(tableOne, "How we know: It says so on their poster");
    await looked(tableOne, "group-proposed");
  });

  test("somebody who sends people on is linked with how they do", async () => {
    await tableOne.getByRole("link", { name: "Link it to something" }).click();
    await tableOne.getByLabel("refers people to …").check();
    await tableOne.getByRole("button", { name: "Go on" }).click();
    await tableOne.getByLabel("Find it by its name").fill("Oval larder");
    await tableOne.getByRole("button", { name: "Find" }).click();
    await tableOne.getByRole("radio", { name: "Oval larder" }).check();
    await tableOne.getByRole("button", { name: "Go on" }).click();
    await tableOne.getByRole("button", { name: "Link them" }).click();
    await expectText(tableOne, "Choose how people are sent on.");
    await looked(tableOne, "link-method");
    await tableOne.getByLabel("Somebody introduces them").check();
    await tableOne.getByRole("button", { name: "Link them" }).click();
    await expectText(tableOne, "Success: Proposed.");
  });

  test("what may be on the map already is shown before it is added again", async () => {
    await tableTwo.getByRole("link", { name: "Add something to the map" }).click();
    await tableTwo.getByRole("link", { name: "A group" }).click();
    await tableTwo.getByLabel("Name", { exact: true }).fill("Rose Hill Kettle Club");
    await tableTwo.getByRole("button", { name: "Add a group" }).click();
    await expectText(tableTwo, "Is it one of these?");
    await looked(tableTwo, "duplicates");
    await tableTwo.getByRole("button", { name: "Back to the form" }).click();
    expect(await tableTwo.getByLabel("Name", { exact: true }).inputValue()).toBe("Rose Hill Kettle Club");
    await tableTwo.getByRole("button", { name: "Add a group" }).click();
    await tableTwo.getByRole("link", { name: about("It is this one", "Rose Hill Kettle Club") }).click();
    await expectText(tableTwo, "Rose Hill Kettle Club");
    await looked(tableTwo, "asset-on-the-map");
  });

  test("a correction that somebody else was quicker with is shown as a conflict", async () => {
    for (const [page, ends] of [
      [tableTwo, "1pm"],
      [facilitator, "2pm"],
    ] as const) {
      await page.goto(workshopPath(facilitator));
      await page.getByRole("link", { name: "Find something" }).click();
      await page.getByLabel("What are you looking for?").fill("Oval larder");
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByRole("link", { name: "Oval larder" }).click();
      await page.getByRole("link", { name: "Change what is said" }).click();
      await page.getByLabel("Ends").fill(ends);
      await page.getByRole("button", { name: "Change it" }).click();
    }
    await expectText(tableTwo, "Success: Proposed.");
    await expectText(facilitator, "Success: Done. It is on the map.");
    await facilitator.getByRole("link", { name: "Back to" }).click();
    await expectText(facilitator, "It does not fit any more: Of “Oval larder”, schedule has been changed since");
  });

  test("a spreadsheet is looked at before anything of it is added; what was proposed is saved as one", async () => {
    await tableTwo.goto(workshopPath(facilitator));
    await tableTwo.getByRole("link", { name: "Add many things from a spreadsheet" }).click();
    await expectText(tableTwo, "Fill in a spreadsheet");
    await looked(tableTwo, "import");
    await tableTwo.getByLabel("CSV file").setInputFiles({
      name: "things.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "\uFEFFKind,Name,Days,Begins,Ends,What it helps with\r\nactivity,Larkrise form filling,Tuesday,2pm,4pm,Loneliness\r\nactivity,Larkrise at night,Someday,2pm,,Everything\r\n",
      ),
    });
    await tableTwo.getByRole("button", { name: "Look at the rows" }).click();
    await expectText(tableTwo, "1 of 2 rows can be added. Nothing has been added yet.");
    await expectText(tableTwo, "Days cannot be “Someday”.");
    await looked(tableTwo, "import-looked-at");
    await tableTwo.getByRole("button", { name: "Add 1 row" }).click();
    await expectText(tableTwo, "Every row that was right was added.");
    await looked(tableTwo, "board-of-the-other-table");
    const [saved] = await Promise.all([
      tableTwo.waitForEvent("download"),
      tableTwo.getByRole("link", { name: "Save all changes as a spreadsheet" }).click(),
    ]);
    const csv = await readFile(await saved.path(), "utf8");
    expect(csv).toContain("Adds the activity “Larkrise form filling”");
    expect(csv).not.toContain("Larkrise at night");
  });

  test("nobody else has seen anything of it", async () => {
    expect((await publicly("Larkrise")).filter((name) => name.startsWith("Larkrise"))).toEqual([]);
  });

  test("the facilitator amends one, turns one down with a reason, and approves the others", async () => {
    await facilitator.goto(workshopPath(facilitator));
    await expectText(facilitator, "An evening by form");
    await looked(facilitator, "board-to-review");
    await facilitator
      .getByRole("link", { name: about("Change it before approving", "Adds the activity “Larkrise form filling”") })
      .click();
    await expectText(facilitator, "Change a proposal");
    await looked(facilitator, "amend");
    await facilitator.getByLabel("Name", { exact: true }).fill("Larkrise help with forms");
    await facilitator.getByRole("button", { name: "Change the proposal" }).click();
    await expectText(facilitator, "The proposal was changed.");
    await facilitator.getByRole("button", { name: "Approve what is ticked" }).click();
    await expectText(facilitator, "Tick what you want to approve or turn down.");
    await looked(facilitator, "board-problem");
    await facilitator.getByRole("checkbox", { name: about("Choose", "Changes schedule of “Oval larder”") }).check();
    await facilitator.getByRole("button", { name: "Turn down what is ticked" }).click();
    await expectText(facilitator, "Turn down 1 change");
    await looked(facilitator, "turn-down");
    await facilitator.getByLabel("Why").fill("It was changed already");
    await facilitator.getByRole("button", { name: "Turn down" }).click();
    await expectText(facilitator, "Turned down. It stays on record, with your reason.");
    for (const summary of ["Adds the place “Larkrise Garden Room”", "Adds the group “Larkrise Tea Table”"]) {
      await facilitator.getByRole("checkbox", { name: about("Choose", summary) }).check();
    }
    await facilitator.getByRole("button", { name: "Approve what is ticked" }).click();
    await expectText(facilitator, "Approved. It is on the map.");
    expect((await publicly("Larkrise")).filter((name) => name.startsWith("Larkrise")).toSorted()).toEqual([
      "Larkrise Garden Room",
      "Larkrise Tea Table",
    ]);
    await facilitator.getByRole("button", { name: "Approve everything proposed" }).click();
    await expectText(facilitator, "Approved. It is on the map.");
    expect((await publicly("Larkrise")).filter((name) => name.startsWith("Larkrise")).toSorted()).toEqual([
      "Larkrise Garden Room",
      "Larkrise Tea Table",
      "Larkrise help with forms",
    ]);
    await tableTwo.goto(`${workshopPath(facilitator)}?status=REJECTED`);
    await expectText(tableTwo, "Why: It was changed already");
  });

  test("what rests on a change is told before it is undone with it", async () => {
    await facilitator.getByLabel("Show").selectOption("On the map");
    await facilitator.getByRole("button", { name: "Show these" }).click();
    await expectText(facilitator, "On the map");
    await looked(facilitator, "board-on-the-map");
    await facilitator.getByRole("link", { name: about("Undo", "Adds the place “Larkrise Garden Room”") }).click();
    await expectText(facilitator, "Undo a change");
    await looked(facilitator, "undo");
    await facilitator.getByRole("button", { name: "Undo" }).click();
    await expectText(facilitator, "This rests on it, and has to be undone with it:");
    await expectText(facilitator, "Adds the group “Larkrise Tea Table”");
    await looked(facilitator, "undo-all");
    expect(await publicly("Larkrise Garden Room")).toContain("Larkrise Garden Room");
    await facilitator.getByRole("button", { name: "Undo all of it" }).click();
    await expectText(facilitator, "Success: Undone.");
    expect((await publicly("Larkrise")).filter((name) => name.startsWith("Larkrise"))).toEqual([
      "Larkrise help with forms",
    ]);
  });

  test("the evening ends, and a table that comes late is told so kindly", async () => {
    await facilitator.goto(workshopPath(facilitator));
    await facilitator.getByRole("link", { name: "End the workshop" }).click();
    await expectText(facilitator, "Nobody can add anything any more.");
    await looked(facilitator, "end");
    await facilitator.getByRole("button", { name: "End the workshop" }).click();
    await expectText(facilitator, "This workshop has ended. Thank you to everybody who took part.");
    await looked(facilitator, "board-ended");
    await tableOne.goto(workshopPath(facilitator));
    await expectText(tableOne, "If it has ended: thank you.");
    await looked(tableOne, "ended-for-a-table");
  });

  test("no page asked anything of another host, or ran into its own rules", () => {
    expect(browsing.complaints()).toEqual([]);
  });
});

/** The address of the workshop that somebody is at a page of. */
function workshopPath(page: Page): string {
  const path = /\/workshop\/wks_\w+/.exec(page.url())?.[0];
  if (path === undefined) throw new Error(`${page.url()} is no page of a workshop.`);
  return path;
}
