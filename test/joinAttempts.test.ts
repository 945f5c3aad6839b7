import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { type Answer, openWorld, type World } from "./world.ts";

// A code of a workshop is nothing to be found by trying: who has tried a hundred within ten minutes waits.

let world: World;
let code: string;

/** Somebody's address, and where a proxy passes on what they ask, what it says of that. */
interface From {
  readonly address: string;
  readonly forwardedFor?: string;
}

const connectionOf = ({ address }: From) => ({ incoming: { socket: { remoteAddress: address } } });
const headersOf = ({ forwardedFor }: From): Record<string, string> =>
  forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };

async function send(query: string, from: From): Promise<{ readonly status: number; readonly answer: Answer }> {
  const response = await world.fetch(
    new Request("http://directory.test/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...headersOf(from) },
      body: JSON.stringify({ query }),
    }),
    connectionOf(from),
  );
  return { status: response.status, answer: (await response.json()) as Answer };
}

/** Joins with a code: "in", or why not. */
async function join(tried: string, from: From): Promise<string> {
  const { answer } = await send(
    `mutation { joinWorkshop(input: { code: "${tried}" }) { token userErrors { code } } }`,
    from,
  );
  if (answer.errors !== undefined) return String(answer.errors[0]?.extensions["code"]);
  return answer.data.joinWorkshop.token === null ? String(answer.data.joinWorkshop.userErrors[0].code) : "in";
}

/** Tries a hundred wrong codes, twenty in one operation, some of them in fragments. */
async function tryHundred(from: From): Promise<void> {
  const one = (index: number) => `a${index}: joinWorkshop(input: { code: "WRONG${index}" }) { userErrors { code } }`;
  const some = Array.from({ length: 20 }, (_, index) => one(index));
  const query = `mutation { ${some.slice(0, 10).join(" ")} ...More } fragment More on Mutation { ${some.slice(10).join(" ")} }`;
  for (let times = 0; times < 5; times += 1) {
    const { answer } = await send(query, from);
    expect(answer.errors).toBe(undefined);
  }
}

beforeAll(async () => {
  const first = await openWorld({ signingKey });
  const started = await payloadOf(first, "startWorkshop", {
    input: { name: "Guess", area: "rose-hill" },
    token: await first.tokenOf({ role: "ADMIN" }),
    fields: "workshop { joinCode { code } }",
  });
  code = started.workshop.joinCode.code;
  await first.close();
});

// Another process for each, which has counted nobody.
beforeEach(async () => {
  world = await openWorld({ signingKey });
  return () => world.close();
});

afterAll(async () => {
  const last = await openWorld({ signingKey });
  await forgetEdits(last);
  await last.close();
});

test("who has tried a hundred codes joins no more for ten minutes, not even with the right one, and others do", async () => {
  const guesser = { address: "203.0.113.7" };
  await tryHundred(guesser);
  const { status, answer } = await send(
    `mutation { joinWorkshop(input: { code: "${code}" }) { token userErrors { code } } }`,
    guesser,
  );
  expect(status).toBe(429);
  expect(answer.errors).toEqual([
    {
      message: "Too many codes were tried from where you are. Try again in 10 minutes.",
      extensions: { code: "RATE_LIMITED", limit: 100, retryAfterSeconds: expect.any(Number) },
    },
  ]);
  const seconds = answer.errors?.[0]?.extensions["retryAfterSeconds"] as number;
  expect(seconds).toBeGreaterThan(540);
  expect(seconds).toBeLessThanOrEqual(600);
  const { answer: reading } = await send(`{ area(slug: "rose-hill") { name } }`, guesser);
  expect(reading, "all else is as it was").toEqual({ data: { area: { name: "Rose Hill" } } });
  expect(await join(code, { address: "203.0.113.8" })).toBe("in");
});

test("the page to join says so as well, to who tried, and to nobody else", async () => {
  const guesser = { address: "203.0.113.7" };
  await tryHundred(guesser);
  const byForm = async (from: From) =>
    world.fetch(
      new Request("http://directory.test/workshop/join", {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ code }),
      }),
      connectionOf(from),
    );
  const refused = await byForm(guesser);
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain("Too many codes were tried from where you are.");
  expect((await byForm({ address: "203.0.113.8" })).status).toBe(303);
});

test("a proxy nearby is believed whom it asks for, and nobody else is", async () => {
  await tryHundred({ address: "127.0.0.1", forwardedFor: "198.51.100.1, 203.0.113.7" });
  expect(await join(code, { address: "10.0.0.5", forwardedFor: "203.0.113.7" })).toBe("RATE_LIMITED");
  expect(await join(code, { address: "10.0.0.5", forwardedFor: "203.0.113.8" })).toBe("in");
  expect(await join(code, { address: "::ffff:203.0.113.7" })).toBe("RATE_LIMITED");
  expect(await join(code, { address: "203.0.113.7", forwardedFor: "198.51.100.9" })).toBe("RATE_LIMITED");
  expect(await join(code, { address: "127.0.0.1", forwardedFor: "nonsense" })).toBe("in");
});

test("who has a network of addresses is one", async () => {
  await tryHundred({ address: "2001:db8:1:2::1" });
  expect(await join(code, { address: "2001:db8:1:2:ffff:1:2:3" })).toBe("RATE_LIMITED");
  expect(await join(code, { address: "2001:db8:1:3::1" })).toBe("in");
  expect(await join(code, { address: "2001:db8::1" })).toBe("in");
});
