import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { forgetEdits, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

/** A browser with scripts off: it keeps its cookie, follows what it is led to, and sends what a page's form has. */
interface Browser {
  readonly get: (path: string) => Promise<Shown>;
  readonly post: (path: string, fields: Fields, headers?: Readonly<Record<string, string>>) => Promise<Shown>;
  /** Fills in the form of a page and sends it as its button would. */
  readonly submit: (page: Shown, action: string, fields: Fields) => Promise<Shown>;
  session: string | null;
}

type Fields = readonly (readonly [string, string])[];

interface Shown {
  readonly status: number;
  readonly path: string;
  readonly page: string;
  /** What a reader sees of it. */
  readonly text: string;
  readonly headers: Headers;
}

const host = "http://directory.test";

function seen(page: string): string {
  return unescaped(page.replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, " ")).replace(/\s+/g, " ");
}

function unescaped(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

function browser(session: string | null = null): Browser {
  async function ask(path: string, init: RequestInit): Promise<Shown> {
    const response = await world.fetch(
      new Request(`${host}${path}`, {
        ...init,
        headers: {
          ...(own.session === null ? {} : { cookie: `session=${own.session}` }),
          ...(init.headers as Readonly<Record<string, string>> | undefined),
        },
      }),
    );
    const cookie = /session=([^;]*)/.exec(response.headers.get("set-cookie") ?? "");
    if (cookie !== null) own.session = cookie[1] === "" ? null : (cookie[1] ?? null);
    if (response.status === 303) return ask(response.headers.get("location") ?? "", { method: "GET" });
    const page = await response.text();
    return { status: response.status, path, page, text: seen(page), headers: response.headers };
  }
  const own: Browser = {
    session,
    get: (path) => ask(path, { method: "GET" }),
    post: (path, fields, headers = { origin: host }) =>
      ask(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
      }),
    submit: (from, action, fields) => {
      const form = from.page.split("<form ").find((one) => one.includes(`action="${action}"`));
      if (form === undefined) throw new Error(`There is no form for ${action} on ${from.path}: ${from.text}`);
      const kept = [
        ...(form.split("</form>")[0] ?? "").matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g),
      ].map(([, name, value]) => [name ?? "", unescaped(value ?? "")] as const);
      return own.post(action, [...kept, ...fields]);
    },
  };
  return own;
}

/** What stands there of a page for everybody who reads it: whole, in order, and nothing of a script's in it. */
function expectPage({ page, headers, text }: Shown): void {
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; style-src 'sha256-[\w+/]{43}='$/,
  );
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const pointedAt = [...page.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"|href="#([^"]+)"/g)].flatMap(
    ([, by, link]) => (by ?? link ?? "").split(" "),
  );
  expect(pointedAt.filter((id) => !ids.includes(id))).toEqual([]);
  const levels = [...page.matchAll(/<h(\d)[ >]/g)].map(([, level]) => Number(level));
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  expect(page.match(/<h1>/g)?.length).toBe(1);
  expect(page).not.toMatch(/<script|<link|<img|\son\w+=|\sstyle=|javascript:/i);
  expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  expect(page).not.toMatch(/undefined|\[object|>null<|NaN/);
  for (const number of ["999", "116 123"]) expect(text).toContain(number);
}

let facilitator: Browser;
const tableOne = browser();
const tableTwo = browser();
let workshop: string;
let code: string;

const idIn = ({ page, path }: Shown, kind: string): string =>
  new RegExp(`${kind}_[0-9A-Z]{26}`).exec(path)?.[0] ?? new RegExp(`${kind}_[0-9A-Z]{26}`).exec(page)?.[0] ?? "";

beforeAll(async () => {
  world = await openWorld({ signingKey });
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
  facilitator = browser(await world.tokenOf({ role: "EDITOR", id: "the facilitator", areas: [data.area.id] }));
  const front = await facilitator.get("/workshop");
  expectPage(front);
  const begun = await facilitator.submit(front, "/workshop/start", [
    ["name", "Rose Hill by form"],
    ["area", "rose-hill"],
  ]);
  expect(begun.text).toContain("Success: The workshop has begun.");
  expectPage(begun);
  workshop = begun.path.split("?")[0] ?? "";
  [, code = ""] = /class="letters">([^<]+)</.exec(begun.page) ?? [];
  for (const table of [tableOne, tableTwo]) {
    const board = await table.submit(await table.get("/workshop"), "/workshop/join", [["code", code]]);
    expect(board.path).toBe(`${workshop}?done=joined`);
    expect(board.text).toContain("Rose Hill by form");
    expect(board.text).not.toContain(code);
  }
}, 240_000);

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

test("who is not signed in is led to where one joins, and a code that is none is said beside its field", async () => {
  const nobody = browser();
  for (const path of [workshop, `${workshop}/add/group`, `${workshop}/proposals.csv`]) {
    const led = await nobody.get(path);
    expect([led.path, led.status]).toEqual(["/workshop?why=signed-out", 200]);
    expect(led.text).toContain("To see a workshop, join it with its code, or sign in.");
    expectPage(led);
  }
  const refused = await nobody.submit(await nobody.get("/workshop"), "/workshop/join", [["code", "NO SUCH CODE"]]);
  expect(refused.status).toBe(400);
  expect(refused.page).toContain(
    '<a href="#code">This is no code of a workshop that goes on. Ask the facilitator.</a>',
  );
  expect(refused.page).toMatch(/<title>Problem: /);
  expectPage(refused);
});

test("what another site's page sends is refused, and does nothing", async () => {
  const before = await tableOne.get(workshop);
  for (const headers of [{}, { origin: "https://elsewhere.example" }, { "sec-fetch-site": "cross-site" }]) {
    const refused = await tableOne.post(`${workshop}/add/group`, [["name", "Forged"]], headers);
    expect(refused.status).toBe(403);
    expectPage(refused);
    expect((await browser().post("/workshop/join", [["code", code]], headers)).status).toBe(403);
  }
  expect((await tableOne.get(workshop)).page).toBe(before.page);
});

test("an evening by form: two tables add, link, change and take back; the facilitator approves, amends and turns down", async () => {
  // Table one adds a place, then a group that meets there.
  const place = await tableOne.submit(await tableOne.get(`${workshop}/add/place`), `${workshop}/add/place`, [
    ["name", "The Oval pavilion"],
    ["category", "pavilion"],
    ["postcode", "OX4 4HF"],
    ["days", "MONDAY"],
    ["begins", "9am"],
    ["ends", "17:00"],
    ["stepFree", "YES"],
  ]);
  expect(place.text).toContain("Success: Proposed.");
  expect(place.text).toContain("Monday, 9am to 5pm");
  expectPage(place);
  const placeId = idIn(place, "plc");
  const form = await tableOne.get(`${workshop}/add/group`);
  expectPage(form);
  expect(form.page).toContain(`<option value="${placeId}" >The Oval pavilion</option>`);
  const filled = [
    ["name", "Oval knitters"],
    ["summary", "Knits and talks."],
    ["place", placeId],
    ["minimumAge", "18"],
    ["cost", "paid"],
    ["price", "£1.50"],
    ["telephone", "01865 000000"],
    ["needs", "loneliness"],
    ["serves", "rose-hill"],
  ] as const;
  const action = `${workshop}/add/group`;
  const hidden = /name="clientMutationId" value="([^"]+)"/.exec(form.page)?.[1] ?? "";
  const twice = await Promise.all([1, 2].map(() => tableOne.post(action, [["clientMutationId", hidden], ...filled])));
  const [group, again] = twice;
  if (group === undefined) throw new Error("Nothing was answered.");
  expect(again?.path).toBe(group.path);
  for (const said of [
    "This is proposed, and not on the map yet.",
    "People aged 18 or over",
    "£1.50",
    "meets at The Oval pavilion (proposed)",
    "helps with Loneliness (proposed)",
    "is for people in Rose Hill (proposed)",
  ]) {
    expect(group.text).toContain(said);
  }
  const groupId = idIn(group, "grp");

  // Table two finds it, and says what else it helps with, and how they know.
  const found = await tableTwo.get(`${workshop}/assets?q=knitters`);
  expectPage(found);
  expect(found.page).toContain(`${workshop}/assets/${groupId}`);
  const own = `${workshop}/assets/${groupId}`;
  const how = await tableTwo.get(`${own}/link`);
  expectPage(how);
  expect(how.text).toContain("helps with …");
  const which = await tableTwo.get(`${own}/link?how=SUPPORTS-from`);
  expectPage(which);
  expect(which.page).toContain('value="bereavement"');
  const why = await tableTwo.get(`${own}/link?how=SUPPORTS-from&other=bereavement`);
  expectPage(why);
  const linked = await tableTwo.submit(why, `${own}/link`, [["evidence", "It is on their poster"]]);
  expect(linked.text).toContain("Success: Proposed.");
  expect(linked.text).toContain("helps with Bereavement (proposed) How we know: It is on their poster");
  // A kind of end that is looked for.
  const searched = await tableTwo.get(`${own}/link?how=RUNS-to&q=oxford`);
  expectPage(searched);
  expect(searched.text).toContain("Which one?");

  // Table two adds another, and takes it back.
  const mistake = await tableTwo.submit(await tableTwo.get(action), action, [["name", "A mistake"]]);
  const undoPath = /href="([^"]+\/undo)"/.exec(mistake.page)?.[1] ?? "";
  const undoing = await tableTwo.get(undoPath);
  expectPage(undoing);
  const back = await tableTwo.submit(undoing, undoPath, []);
  expect(back.text).toContain("Success: Taken back.");
  expect(back.text).not.toContain("A mistake");
  // And a third that nobody should want.
  await tableTwo.submit(await tableTwo.get(action), action, [["name", "Gamblers"]]);

  const board = await facilitator.get(workshop);
  expectPage(board);
  for (const said of [
    code,
    "The Oval pavilion",
    "Oval knitters",
    "New: Oval knitters helps with Loneliness",
    "A mapper (",
    "Gamblers",
  ]) {
    expect(board.text).toContain(said);
  }
  const changeOf = (summary: string) =>
    new RegExp(`name="change" value="(chg_\\w+)" /><span\\s*>Choose<span class="hidden">: ${summary}`).exec(
      board.page,
    )?.[1] ?? "";
  // Nothing ticked.
  const unticked = await facilitator.submit(board, workshop, [["do", "approve"]]);
  expect([unticked.status, unticked.text.includes("Tick what you want")]).toEqual([400, true]);
  // Amended: the form has what is proposed, and only what is changed is sent.
  const amendPath = `${workshop}/changes/${changeOf("Adds the group “Oval knitters”")}/amend`;
  const amending = await facilitator.get(amendPath);
  expectPage(amending);
  expect(amending.page).toContain('value="01865 000000"');
  const amended = await facilitator.submit(amending, amendPath, [
    ["name", "Oval knitters"],
    ["summary", "Knits, and talks."],
    ["minimumAge", "18"],
    ["cost", "paid"],
    ["price", "1.5"],
    ["telephone", "01865 000000"],
    ["stepFree", "UNKNOWN"],
  ]);
  expect(amended.text).toContain("Success: The proposal was changed.");
  // Turned down, with a reason.
  const asking = await facilitator.submit(board, workshop, [
    ["do", "reject"],
    ["change", changeOf("Adds the group “Gamblers”")],
  ]);
  expectPage(asking);
  const noReason = await facilitator.submit(asking, `${workshop}/reject`, [["reason", " "]]);
  expect(noReason.page).toContain('<a href="#reason">Say why.</a>');
  const rejected = await facilitator.submit(asking, `${workshop}/reject`, [["reason", "Not for this map"]]);
  expect(rejected.text).toContain("Success: Turned down.");
  expect((await tableTwo.get(`${workshop}?status=REJECTED`)).text).toContain("Why: Not for this map");
  // A link alone does not fit, and says so.
  const early = await facilitator.submit(board, workshop, [
    ["do", "approve"],
    ["change", changeOf("“Oval knitters” supports “Bereavement”")],
  ]);
  expect(early.text).toContain("Nothing could be approved.");
  const approved = await facilitator.submit(early, workshop, [["do", "approve-all"]]);
  expect(approved.text).toContain("Success: Approved. It is on the map.");
  expect(approved.text).toContain("There are none.");
  const { data } = await world.ask(
    `query ($id: ID!) { group(id: $id) { name summary meetsAt { id } cost { isFree } supports { edges { node { condition { slug } } } } } }`,
    { id: groupId },
  );
  expect(data.group).toMatchObject({
    name: "Oval knitters",
    summary: "Knits, and talks.",
    cost: { isFree: false },
    supports: {
      edges: [{ node: { condition: { slug: "bereavement" } } }, { node: { condition: { slug: "loneliness" } } }],
    },
  });

  // Changed afterwards: only what is said otherwise, before and after.
  const changing = await tableOne.get(`${own}/change`);
  expectPage(changing);
  const changed = await tableOne.submit(changing, `${own}/change`, [
    ["name", "Oval knitters"],
    ["summary", "Knits, talks and drinks tea."],
    ["minimumAge", "18"],
    ["cost", "free"],
    ["telephone", "01865 000000"],
    ["stepFree", "UNKNOWN"],
  ]);
  expect(changed.text).toContain("Was: Knits, and talks. Now: Knits, talks and drinks tea.");
  expect(changed.text).toContain("Was: £1.50 Now: Free");
  const wrong = await tableOne.submit(await tableOne.get(`${own}/change`), `${own}/change`, [
    ["name", ""],
    ["email", "nobody"],
    ["minimumAge", "old"],
  ]);
  expect(wrong.status).toBe(400);
  expect(wrong.page).toContain('<a href="#minimumAge">Youngest age is a number, such as 5.</a>');
  expectPage(wrong);
  const refused = await tableOne.submit(await tableOne.get(`${own}/change`), `${own}/change`, [
    ["name", ""],
    ["email", "nobody"],
    ["stepFree", "UNKNOWN"],
  ]);
  expect(refused.page).toContain('<a href="#name">Name is empty.</a>');
  expect(refused.page).toContain('<a href="#email">Email is not an e-mail address.</a>');

  // Still so, a link taken away, and taken off: each asked about first.
  const linkId = encodeURIComponent(/unlink\?link=([^"]+)"/.exec((await tableOne.get(own)).page)?.[1] ?? "");
  for (const [path, fields, said] of [
    // It was added today.
    [`${own}/confirm`, [], "Success: It was so already."],
    [`${own}/unlink?link=${decodeURIComponent(linkId)}`, [], "Success: Proposed."],
    [`${own}/remove`, [["reason", "It has stopped"]], "Success: Proposed."],
  ] as const) {
    const question = await tableOne.get(path);
    expectPage(question);
    const done = await tableOne.submit(question, path.split("?")[0] ?? "", fields);
    expect([path, done.text.includes(said)]).toEqual([path, true]);
  }
  // The facilitator's own do at once, and can be undone.
  const atOnce = await facilitator.submit(await facilitator.get(`${own}/change`), `${own}/change`, [
    ["name", "Oval knitters and friends"],
    ["summary", "Knits, and talks."],
    ["minimumAge", "18"],
    ["cost", "paid"],
    ["price", "1.50"],
    ["telephone", "01865 000000"],
    ["stepFree", "UNKNOWN"],
  ]);
  expect(atOnce.text).toContain("Success: Done. It is on the map.");
  const all = await facilitator.get(`${workshop}?status=APPLIED`);
  expectPage(all);
  const undo = [...all.page.matchAll(/href="([^"]+\/undo)"/g)].map(([, path]) => path).at(-1) ?? "";
  const undone = await facilitator.submit(await facilitator.get(undo), undo, [["reason", "The name was right"]]);
  expect(undone.text).toContain("Success: Undone.");
  // Every statement of an evening is planned for the first time here.
}, 240_000);

test("what somebody types is shown as text, never as markup, and what turns text around is refused", async () => {
  const name = `Bob's <script>alert(1)</script> & "friends"`;
  const action = `${workshop}/add/group`;
  const added = await tableOne.submit(await tableOne.get(action), action, [
    ["name", name],
    ["summary", name],
  ]);
  expect(added.page).toContain("Bob&#39;s &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;friends&quot;");
  expectPage(added);
  for (const path of [workshop, `${workshop}/assets?q=${encodeURIComponent(name)}`])
    expectPage(await facilitator.get(path));
  const turned = await tableOne.submit(await tableOne.get(action), action, [["name", "Bob\u202Eneb"]]);
  expect(turned.status).toBe(400);
  expect(turned.text).toContain("Name has characters that cannot be seen, or that turn text around.");
  expectPage(turned);
  const strange = await tableOne.get(`${workshop}?done=%3Cscript%3E&status=%22%3E%3Cscript%3E&after=%00`);
  expect([200, 400]).toContain(strange.status);
  expectPage(strange);
});

test("proposals are saved as CSV that no spreadsheet takes for formulas", async () => {
  const action = `${workshop}/add/group`;
  await tableOne.submit(await tableOne.get(action), action, [["name", '=HYPERLINK("https://example.org")']]);
  const { page, headers } = await tableOne.get(`${workshop}/proposals.csv`);
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(page).toContain(`"'=HYPERLINK(""https://example.org"")"`);
  expect(page).not.toMatch(/(^|,)"?[=+@]/m);
});

test("a CSV file is looked at before anything of it is added, with what is wrong row by row", async () => {
  const path = `${workshop}/import`;
  const start = await tableTwo.get(path);
  expectPage(start);
  expect((await tableTwo.get(`${path}/template.csv`)).page).toMatch(/^Kind,Name,What it is,/);
  const text = [
    "Kind,Name,Days,Begins,Ends,What it helps with,Youngest age",
    "activity,Form filling for beginners,Tuesday; Friday,2pm,4pm,Loneliness,60",
    "activity,No such need,Someday,2pm,,Everything,old",
    "castle,Somewhere,,,,,",
    "group,'=SUM(1),,,,,",
  ].join("\r\n");
  const before = (await tableTwo.get(workshop)).page;
  const looked = await tableTwo.submit(start, path, [["text", text]]);
  expectPage(looked);
  for (const said of [
    "2 of 4 rows can be added. Nothing has been added yet.",
    "Days cannot be “Someday”.",
    "What it helps with cannot be “Everything”.",
    "Youngest age is a number, such as 5.",
    "Ends is missing, and there is a beginning.",
    "Kind is group, activity, organisation or place.",
  ]) {
    expect(looked.text).toContain(said);
  }
  expect((await tableTwo.get(workshop)).page).toBe(before);
  const added = await tableTwo.submit(looked, path, [["do", "add"]]);
  expect(added.text).toContain("Success: Every row that was right was added.");
  expect(added.text).toContain("Tuesday and Friday, 2pm to 4pm");
  expect(added.text).toContain("Adds the group “=SUM(1)”");
  // Of what is nowhere, and for anybody, an editor of one area cannot decide; and is told so.
  expect(added.text).toContain("Form filling for beginners is for people in Rose Hill");
  const forAnybody = [["text", "Kind,Name,Who lives where\ngroup,For anybody at all,"]] as const;
  await tableTwo.submit(await tableTwo.submit(start, path, forAnybody), path, [["do", "add"]]);
  const board = await facilitator.get(workshop);
  const [, change = ""] =
    /name="change" value="(chg_\w+)"[^>]*><span\s*>Choose<span class="hidden">: Adds the group “For anybody at all”/.exec(
      board.page,
    ) ?? [];
  const notTheirs = await facilitator.submit(board, workshop, [
    ["do", "approve"],
    ["change", change],
  ]);
  expect(notTheirs.text).toContain(
    "Adds the group “For anybody at all”: It is outside the areas and organisations that you may edit",
  );
  expectPage(notTheirs);
  const strange = await tableTwo.submit(start, path, [["text", "Colour,Name\nred,x"]]);
  expect(strange.page).toContain('<a href="#text">There is no column “Colour”.');
  const tooLong = await tableTwo.post(path, [["text", "x".repeat(100 * 1024)]]);
  expect(tooLong.status).toBe(413);
});

test("pages of what is not there, or is not theirs, say so", async () => {
  const nowhere = `/workshop/${idOf("Workshop", "test", "nowhere")}`;
  expect((await facilitator.get(nowhere)).status).toBe(403);
  expect((await tableOne.get(`${workshop}/add/castle`)).status).toBe(404);
  expect((await tableOne.get(`${workshop}/assets/grp_00000000000000000000000000`)).status).toBe(404);
  for (const path of ["close", "code", "reject?change=x"]) {
    expect((await tableOne.get(`${workshop}/${path}`)).path).toBe("/workshop?why=not-yours");
  }
});

test("a workshop that has ended says so kindly, to those who joined and to the facilitator", async () => {
  const closing = await facilitator.get(`${workshop}/close`);
  expectPage(closing);
  const closed = await facilitator.submit(closing, `${workshop}/close`, []);
  expect(closed.text).toContain("This workshop has ended. Thank you to everybody who took part.");
  expect(closed.text).not.toContain("Add something to the map");
  const late = await tableOne.get(workshop);
  expect(late.text).toContain("If it has ended: thank you. What you added is kept");
  expectPage(late);
});

test("the home page leads to workshops", async () => {
  expect((await browser().get("/")).page).toMatch(/<a [^>]*href="\/workshop">/);
});
