import { afterAll, beforeAll, expect, test } from "vitest";
import { assetToEditQuery, suggestClosedMutation, suggestGroupMutation } from "../website/operations.generated.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let admin: string;
let editor: string;
/** A group that was made for this, in Rose Hill. */
let group: { readonly id: string; readonly version: number };

beforeAll(async () => {
  world = await openWorld({ signingKey });
  await forgetEdits(world);
  admin = await world.tokenOf({ role: "ADMIN" });
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
  editor = await world.tokenOf({ role: "EDITOR", areas: [data.area.id] });
  const { group: made } = await payloadOf(world, "createGroup", {
    input: {
      name: "Suggestible quilters",
      summary: "They quilt.",
      serves: ["rose-hill"],
      contact: { telephone: "01865 000000" },
      cost: { isFree: false, amount: 2.5 },
    },
    token: admin,
    fields: "group { id version }",
  });
  group = made;
  // What is asked first in a process is planned first, which takes longer than a page waits.
  await world.ask(assetToEditQuery.text, { ids: [group.id] });
  const { id, version: expectedVersion } = group;
  const mapper = await world.tokenOf({ role: "MAPPER" });
  for (const [{ text }, variables] of [
    [suggestGroupMutation, { id, expectedVersion, input: { name: "Planned first" } }],
    [suggestClosedMutation, { input: { id, reason: "Planned first" } }],
  ] as const) {
    const { data: answer } = await world.ask(text, variables, mapper);
    await rejected(answer.done.change.id);
  }
});

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

const path = () => `/suggest-an-edit/${group.id}`;

/** Whoever is at an address of their own, so that nobody is counted for another. */
let visitors = 0;
function visitorAt(address = `192.0.2.${(visitors += 1)}`) {
  const connection = { incoming: { socket: { remoteAddress: address } } };
  let cookie = "";
  return {
    get: async (where = path()) => {
      const response = await world.fetch(
        new Request(`http://directory.test${where}`, { headers: cookie === "" ? {} : { cookie } }),
        connection,
      );
      const set = response.headers.get("set-cookie");
      if (set !== null) cookie = set.split(";")[0] ?? "";
      return response;
    },
    /** Sends a form as it was given out, with some fields filled in otherwise. */
    send: async (
      form: URLSearchParams,
      fields: Readonly<Record<string, string>>,
      headers: Readonly<Record<string, string>> = {},
    ) => {
      const body = new URLSearchParams(form);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return world.fetch(
        new Request(`http://directory.test${path()}`, {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", cookie, ...headers },
          body: body.toString(),
        }),
        connection,
      );
    },
  };
}

/** What a browser sends of a form that nobody has changed. */
function formIn(page: string): URLSearchParams {
  const form = page.slice(page.indexOf('<form method="post"'));
  const attribute = (tag: string, name: string) =>
    (new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "").replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  const sent = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    if (/type="(checkbox|radio)"/.test(tag) && !/\schecked/.test(tag)) continue;
    sent.append(attribute(tag, "name"), attribute(tag, "value"));
  }
  sent.set("reason", "");
  return sent;
}

async function opened(visitor: ReturnType<typeof visitorAt>): Promise<URLSearchParams> {
  const response = await visitor.get();
  expect(response.status).toBe(200);
  return formIn(await response.text());
}

/** What is proposed of the group, as somebody sees it. */
async function proposals(token?: string) {
  const { data } = await world.ask(
    `{ changes(filter: { status: PROPOSED }) {
      edges { node { id kind by reason before after subjectId workshop { id } } } } }`,
    {},
    token,
  );
  return data.changes.edges.flatMap(({ node: { subjectId, ...rest } }: { node: { subjectId: string } }) =>
    subjectId === group.id ? [rest] : [],
  );
}

const seen = (page: string) => page.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

test("the form has what is said now, a cookie that no other site can have sent, and is kept by nobody", async () => {
  const response = await visitorAt().get();
  const page = await response.text();
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(response.headers.get("set-cookie")).toMatch(
    /^suggest=[\w-]{43}; Max-Age=14400; Path=\/suggest-an-edit; HttpOnly; SameSite=Strict$/,
  );
  expect(Object.fromEntries(formIn(page))).toMatchObject({
    name: "Suggestible quilters",
    summary: "They quilt.",
    telephone: "01865 000000",
    cost: "paid",
    homepage: "",
  });
  expect(page).toContain("Do not write anything personal");
});

test("what is suggested is proposed to the editors with its reason, and nobody else sees anything of it", async () => {
  const visitor = visitorAt();
  const form = await opened(visitor);
  const fields = {
    name: "Quilters of Rose Hill",
    telephone: "01865 111111",
    cost: "free",
    when: "Mondays at 2pm",
    reason: "I go there every week",
  };
  const response = await visitor.send(form, fields);
  expect([response.status, response.headers.get("location")]).toEqual([303, `${path()}?sent=yes`]);
  expect(seen(await (await visitor.get(`${path()}?sent=yes`)).text())).toContain("waits for an editor");

  const { data } = await world.ask(`{ group(id: "${group.id}") { name version contact { telephone } } }`);
  expect(data.group).toEqual({
    name: "Suggestible quilters",
    version: group.version,
    contact: { telephone: "01865 000000" },
  });
  expect(await proposals()).toEqual([]);
  const found = await proposals(editor);
  expect(found).toEqual([
    {
      id: expect.any(String),
      kind: "updateGroup",
      by: "mapper A visitor of the website",
      reason: "I go there every week",
      workshop: null,
      before: expect.objectContaining({ name: "Suggestible quilters" }),
      after: {
        name: "Quilters of Rose Hill",
        contact: { telephone: "01865 111111" },
        cost: { isFree: true },
        description: "When: Mondays at 2pm",
      },
    },
  ]);

  // Sent again, as by a second press of the button: it is one suggestion.
  expect((await visitor.send(form, fields)).status).toBe(303);
  expect(await proposals(editor)).toHaveLength(1);
  await rejected(found[0].id);
});

test("that something has closed is proposed, and it stays on the map until an editor agrees", async () => {
  const visitor = visitorAt();
  const response = await visitor.send(await opened(visitor), { closed: "yes", reason: "The door is boarded up" });
  expect(response.status).toBe(303);
  const [found, ...more] = await proposals(editor);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    kind: "archiveAsset",
    reason: "The door is boarded up",
    after: { status: "ARCHIVED" },
  });
  const { data } = await world.ask(`{ group(id: "${group.id}") { name } }`);
  expect(data.group.name).toBe("Suggestible quilters");
  await rejected(found.id);
});

async function rejected(change: string): Promise<void> {
  const { userErrors } = await payloadOf(world, "rejectChanges", {
    input: { changes: [change], reason: "A test" },
    token: editor,
    fields: "changes { id }",
  });
  expect(userErrors).toEqual([]);
}

test.for([
  [{ name: "Other quilters" }, "reason", "Say how you know."],
  [{ name: "", reason: "I know" }, "name", "Give its name."],
  [{ url: "javascript:alert(1)", reason: "I know" }, "url", "Give an address that begins with https://"],
  [{ name: "x".repeat(201), reason: "I know" }, "name", "at most 200 characters"],
  [{ reason: "x".repeat(501), name: "Others" }, "reason", "at most 500 characters"],
  [{ email: "not an address", reason: "I know" }, "email", "e-mail"],
  [{ reason: "It is all wrong" }, null, "Nothing is different yet."],
] as const)(
  "a form with %j wrong says so at its field, keeps what was typed, and proposes nothing",
  async ([fields, field, said]) => {
    const visitor = visitorAt();
    const response = await visitor.send(await opened(visitor), fields);
    const page = await response.text();
    expect(response.status).toBe(400);
    expect(page).toMatch(/<title>Error: /);
    expect(seen(page).toLowerCase()).toContain(said.toLowerCase());
    if (field !== null) {
      expect(page).toContain(`href="#${field}"`);
      expect(page).toContain(`id="${field}-error"`);
    }
    const kept = formIn(page);
    for (const [name, value] of Object.entries(fields)) {
      if (name !== "reason") expect(kept.get(name)).toBe(value);
      else expect(page).toContain(`>${value}</textarea>`);
    }
    expect(await proposals(editor)).toEqual([]);
  },
);

test("markup that was typed comes back as text", async () => {
  const visitor = visitorAt();
  const hostile = `"><script>alert(1)</script>\u202E`;
  const response = await visitor.send(await opened(visitor), { name: hostile, reason: "" });
  const page = await response.text();
  expect(page).not.toContain("<script>alert");
  expect(page).not.toContain("\u202E");
  expect(page).toContain("&lt;script&gt;");
});

test("a form that was not given out to this browser is not taken, and one that a program filled in goes nowhere", async () => {
  const fields = { name: "Forged quilters", reason: "I know" };
  const [visitor, other] = [visitorAt(), visitorAt()];
  const form = await opened(visitor);
  await opened(other);
  for (const [who, token] of [
    [other, form.get("token") ?? ""],
    [visitor, ""],
    [visitor, `${(form.get("token") ?? "").slice(0, -1)}_`],
    [visitor, (form.get("token") ?? "").replace(/^\d/, "9")],
  ] as const) {
    const response = await who.send(form, { ...fields, token });
    expect(response.status).toBe(403);
    expect(formIn(await response.text()).get("name")).toBe("Forged quilters");
  }
  const filled = await visitor.send(form, { ...fields, homepage: "https://spam.example" });
  expect(filled.status).toBe(303);
  expect(await proposals(editor)).toEqual([]);
});

test("the sixth suggestion within ten minutes waits, and says how long; what is said of an address in a header is not believed", async () => {
  const visitor = visitorAt();
  const form = await opened(visitor);
  const fields = { closed: "yes", reason: "I know" };
  for (let times = 0; times < 5; times += 1) {
    const response = await visitor.send(form, fields);
    expect([response.status, response.headers.get("ratelimit-remaining")]).toEqual([303, String(4 - times)]);
  }
  const response = await visitor.send(form, fields, { "x-forwarded-for": "198.51.100.7" });
  expect([
    response.status,
    response.headers.get("ratelimit-limit"),
    response.headers.get("ratelimit-remaining"),
  ]).toEqual([429, "5", "0"]);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(590);
  expect(seen(await response.text())).toContain("wait 10 minutes");
  const found = await proposals(editor);
  expect(found).toHaveLength(1);
  await rejected(found[0].id);
});

test("a form of another kind, or longer than 16 KB, is refused", async () => {
  const visitor = visitorAt();
  const form = await opened(visitor);
  expect((await visitor.send(form, {}, { "content-type": "application/json" })).status).toBe(415);
  expect((await visitor.send(form, { reason: "x".repeat(16 * 1024) })).status).toBe(413);
});

test("what is not on the map cannot be edited", async () => {
  for (const id of ["grp_00000000000000000000000000", "are_00000000000000000000000000", "..%2fgraphql", "x"]) {
    expect((await visitorAt().get(`/suggest-an-edit/${id}`)).status).toBe(404);
  }
});

test("where nobody can sign in, the page says how else it can be said", async () => {
  const closed = await openWorld();
  const response = await closed.fetch(new Request(`http://directory.test${path()}`));
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).not.toContain("<form method");
  expect(seen(page)).toContain("You can tell us in another way");
  await closed.close();
});
