import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportSPKI, importJWK, SignJWT, type JWTPayload } from "jose";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Actor, anybody, callerAs } from "../core/caller.ts";
import { callerHeader, callerIn } from "../core/callerHeader.ts";
import { readConfig } from "../core/config.ts";
import { idOf } from "../core/ids.ts";
import { signingKeyOf } from "../core/signingKeyOf.ts";
import { createTokens } from "../core/tokens.ts";
import { identityProvider } from "../gateway/signingIn/identityProvider.ts";
import { invite } from "../gateway/signingIn/invite.ts";
import { needsOf } from "../gateway/signingIn/needs.ts";
import { createEcho, type Echo } from "./fixtures/echo.ts";
import { type Issuer, startIssuer } from "./fixtures/issuer.ts";
import { startTownGateway, type TownGateway } from "./fixtures/townGateway.ts";
import { aSunday, openWorld, type World } from "./world.ts";

const signingKey = "a key that only this test run may sign with";
const recordingKey = "a key that only this test run may record with";
const now = aSunday;
const seconds = now.getTime() / 1000;
const inAnHour = new Date(now.getTime() + 3_600_000);
const audience = "common-ground-test";
const tokens = createTokens(signingKey);

const mapper: Actor = { id: "m", role: "MAPPER", areas: [], organisations: [], workshops: [] };
const areaId = idOf("Area", "signing-in-test", "somewhere");
const editor: Actor = { ...mapper, id: "e", role: "EDITOR", areas: [areaId], organisations: ["org"] };
const admin: Actor = { ...mapper, id: "a", role: "ADMIN", workshops: [{ id: "wks", generation: 2 }] };
const ask = (query: string) => JSON.stringify({ query });

let issuer: Issuer;
let echo: Echo;
let gateway: TownGateway;
const tokenOf: Record<string, string> = {};

function open(town: Echo, more: Parameters<typeof startTownGateway>[0] = {}): Promise<TownGateway> {
  return startTownGateway({
    town,
    waysIn: {
      recordingKey,
      signingKey,
      identityProvider: { issuer: issuer.url, audience, claim: "common_ground" },
      clock: () => now,
    },
    ...more,
  });
}

function post(query: string, headers: Readonly<Record<string, string>> = {}, on = gateway) {
  return on.request("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: ask(query),
  });
}

const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token ?? ""}` });

/** Who the subgraph is told asks. */
async function callerOf(headers: Readonly<Record<string, string>>, on = gateway): Promise<unknown> {
  const { status, body } = await post("{ caller }", headers, on);
  expect([status, body.errors]).toEqual([200, undefined]);
  return JSON.parse((body.data as { caller: string }).caller);
}

/** What the provider says of somebody who may edit. */
const granted: JWTPayload = {
  sub: "rosa@example.org",
  aud: audience,
  exp: seconds + 600,
  common_ground: { role: "editor", areas: [areaId] },
};

beforeAll(async () => {
  issuer = await startIssuer();
  echo = createEcho();
  gateway = await open(echo);
  for (const actor of [mapper, editor, admin]) tokenOf[actor.role] = await tokens.sign(actor, inAnHour);
});

afterAll(async () => {
  await gateway.stop();
  await issuer.stop();
});

describe("who is known", () => {
  test("nobody in particular, by nothing", async () => {
    expect(await callerOf({})).toEqual(anybody);
    expect(await callerOf({ authorization: "Basic b3V0ZXI6ZG9vcg==" })).toEqual(anybody);
  });

  test.for([mapper, editor, admin])("a $role by a token of ours, with the scopes of the role", async (actor) => {
    expect(await callerOf(bearer(tokenOf[actor.role]))).toEqual(callerAs(actor));
  });

  test("each role has the scopes that the schema asks for it", () => {
    expect([mapper, editor, admin].map((actor) => callerAs(actor).scopes)).toEqual([
      ["PROPOSE"],
      ["PROPOSE", "EDIT", "RECORD_OUTCOMES"],
      ["RECORD_OUTCOMES", "PROPOSE", "EDIT", "ADMINISTER"],
    ]);
  });

  test("who has the key for recording, who is nobody in particular", async () => {
    expect(await callerOf(bearer(recordingKey))).toEqual({ scopes: ["RECORD_OUTCOMES"], actor: null });
  });

  test("an editor by a token of the identity provider, under a name that tells nothing of them and stays", async () => {
    const caller = (await callerOf(bearer(await issuer.sign(granted)))) as { actor: Actor };
    expect(caller).toEqual(
      callerAs({ ...editor, id: expect.stringMatching(/^[\w-]{22}$/) as string, organisations: [] }),
    );
    const again = (await callerOf(bearer(await issuer.sign({ ...granted, exp: seconds + 60 })))) as { actor: Actor };
    const another = (await callerOf(bearer(await issuer.sign({ ...granted, sub: "luis" })))) as { actor: Actor };
    expect(again.actor.id).toBe(caller.actor.id);
    expect(another.actor.id).not.toBe(caller.actor.id);
  });

  test("a subgraph elsewhere is told just the same, and whatever a client says of itself is not passed on", async () => {
    const elsewhere = await open(createEcho(), { reached: () => "over HTTP" });
    try {
      for (const actor of [mapper, editor, admin]) {
        expect(await callerOf(bearer(tokenOf[actor.role]), elsewhere)).toEqual(callerAs(actor));
      }
      expect(await callerOf({}, elsewhere)).toEqual(anybody);
      expect(await callerOf({ "x-caller": callerHeader(callerAs(admin)) }, elsewhere)).toEqual(anybody);
    } finally {
      await elsewhere.stop();
    }
  });

  test("a header from a gateway that is not as it should be tells of nobody", () => {
    const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { scopes, actor } = callerAs(admin);
    expect(callerIn(callerHeader({ scopes, actor }))).toEqual({ scopes, actor });
    for (const header of [
      undefined,
      "",
      "RECORD_OUTCOMES",
      encoded(null),
      encoded({ scopes }),
      encoded({ scopes: ["EVERYTHING"], actor }),
      encoded({ scopes, actor: { ...actor, role: "VIEWER" } }),
      encoded({ scopes, actor: { ...actor, id: "" } }),
      encoded({ scopes, actor: { ...actor, workshops: [{ id: "wks" }] } }),
      encoded({ scopes, actor, more: 1 }),
    ]) {
      expect(callerIn(header)).toEqual(anybody);
    }
  });
});

/** A token of ours but for what is changed. */
function forged(
  claims: JWTPayload,
  { key = signingKey, header = { alg: "HS256" } }: { key?: string; header?: { alg: string } } = {},
) {
  const { id, ...rest } = admin;
  return new SignJWT({
    iss: "common-ground",
    aud: "common-ground",
    sub: id,
    exp: seconds + 60,
    ...rest,
    ...claims,
  })
    .setProtectedHeader(header)
    .sign(new TextEncoder().encode(key));
}

/** What nobody is let in with, each with why. */
async function badTokens(): Promise<readonly (readonly [string, string])[]> {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const payload = { iss: "common-ground", aud: "common-ground", sub: "a", exp: seconds + 60, ...admin };
  const good = await forged({});
  const [head = "", body = "", signature = ""] = good.split(".");
  const spki = await exportSPKI((await importJWK(issuer.publicKey(), "ES256")) as CryptoKey);
  return [
    ["none", ""],
    ["garbage", "garbage"],
    ["three dots", "a.b.c"],
    ["half a key", recordingKey.slice(0, -1)],
    ["alg none", `${encoded({ alg: "none" })}.${encoded(payload)}.`],
    ["alg none, with a signature", `${encoded({ alg: "None" })}.${encoded(payload)}.${signature}`],
    ["another key", await forged({}, { key: `${signingKey}!` })],
    ["another algorithm", await forged({}, { header: { alg: "HS512" } })],
    ["other claims under the signature", `${head}.${encoded({ ...payload, role: "ADMIN" })}.${signature}`],
    ["no signature", `${head}.${body}.`],
    ["another audience", await forged({ aud: "another" })],
    ["another issuer", await forged({ iss: "https://example.org" })],
    ["no issuer", await forged({ iss: "" })],
    ["expired", await forged({ exp: seconds - 1 })],
    ["not yet valid", await forged({ nbf: seconds + 60 })],
    ["no expiry", await forged({ exp: undefined as never })],
    ["an expiry in words", await forged({ exp: "tomorrow" as never })],
    ["an unknown role", await forged({ role: "KING" })],
    ["the role of nobody", await forged({ role: "VIEWER" })],
    ["no subject", await forged({ sub: undefined as never })],
    ["areas that are no list", await forged({ areas: "*" })],
    ["10 KB of it", await forged({ areas: ["x".repeat(10_000)] })],
    ["10 KB of nothing", "x".repeat(10_240)],
    ["the provider's: another audience", await issuer.sign({ ...granted, aud: "another" })],
    ["the provider's: expired for longer than clocks differ", await issuer.sign({ ...granted, exp: seconds - 31 })],
    ["the provider's: not yet valid", await issuer.sign({ ...granted, nbf: seconds + 31 })],
    ["the provider's: no expiry", await issuer.sign({ ...granted, exp: undefined as never })],
    ["the provider's: no subject", await issuer.sign({ ...granted, sub: undefined as never })],
    ["the provider's: nothing about us", await issuer.sign({ ...granted, common_ground: undefined })],
    ["the provider's: an unknown role", await issuer.sign({ ...granted, common_ground: { role: "king" } })],
    ["the provider's: said to be ours", await issuer.sign({ ...granted, ...payload })],
    ["ours, said to be the provider's", await forged({ ...granted, iss: issuer.url })],
    ["the provider's public key, taken for a shared one", await forged({ ...granted, iss: issuer.url }, { key: spki })],
  ];
}

describe("a token or key that is not good", () => {
  test("is refused with one sentence whatever is wrong with it, before anything is read, and nothing of it is logged", async () => {
    const before = echo.asked();
    const answers = new Set<string>();
    const tried = await badTokens();
    for (const [why, token] of tried) {
      for (const query of ["{ caller }", "mutation { change }", "no GraphQL at all {"]) {
        const { status, headers, text } = await post(query, bearer(token));
        expect([why, status, headers.get("www-authenticate")]).toEqual([why, 401, "Bearer"]);
        answers.add(text);
      }
    }
    expect([...answers].map((text) => JSON.parse(text) as unknown)).toEqual([
      {
        errors: [
          {
            message:
              "This key or token is not one of this directory's, or is no longer good. Ask whoever runs it for another, or leave it out: reading needs none.",
            extensions: { code: "NOT_ALLOWED" },
          },
        ],
      },
    ]);
    expect(echo.asked()).toBe(before);
    const logged = JSON.stringify(gateway.logged);
    for (const [, token] of tried)
      for (const part of token.split(".")) if (part !== "") expect(logged).not.toContain(part);
  });

  test("is refused on the page as well", async () => {
    for (const [why, token] of await badTokens()) {
      const { status, headers } = await gateway.request("/sign-in", {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ token }).toString(),
      });
      expect([why, status, headers.get("set-cookie")]).toEqual([why, 401, null]);
    }
  });

  test("clocks may differ by half a minute from the provider's", async () => {
    const late = await issuer.sign({ ...granted, exp: seconds - 29, nbf: seconds + 29 });
    expect((await post("{ caller }", bearer(late))).status).toBe(200);
  });
});

describe("the identity provider", () => {
  const log = pino({ level: "silent" });

  function providerOf(one: Issuer, cooldownMs: number) {
    return identityProvider(
      { issuer: one.url, audience, claim: "common_ground" },
      { actorKey: signingKey, log, cooldownMs },
    );
  }

  test.for(["RS256", "PS256", "ES256", "EdDSA"])("may sign with %s", async (algorithm) => {
    const one = await startIssuer(algorithm);
    try {
      expect((await providerOf(one, 0).verify(await one.sign(granted), now))?.actor.role).toBe("EDITOR");
    } finally {
      await one.stop();
    }
  });

  test.for(["ES384", "RS512"])("may not sign with %s, and is not even asked for its keys", async (algorithm) => {
    const one = await startIssuer(algorithm);
    try {
      expect(await providerOf(one, 0).verify(await one.sign(granted), now)).toBeNull();
      expect(one.asked).toEqual([]);
    } finally {
      await one.stop();
    }
  });

  test("changes its keys: a new one is taken when it is first seen, an old one no longer, and keys that it has are not asked for again", async () => {
    const one = await startIssuer();
    try {
      const provider = providerOf(one, 0);
      const first = await one.sign(granted);
      expect(await provider.verify(first, now)).not.toBeNull();
      expect(await provider.verify(first, now)).not.toBeNull();
      expect(one.asked).toEqual(["/.well-known/openid-configuration", "/keys"]);
      await one.rotate();
      expect(await provider.verify(await one.sign(granted), now)).not.toBeNull();
      expect(one.asked).toEqual(["/.well-known/openid-configuration", "/keys", "/keys"]);
      expect(await provider.verify(first, now)).toBeNull();
    } finally {
      await one.stop();
    }
  });

  test("is not asked again and again because of tokens whose key is unknown", async () => {
    const one = await startIssuer();
    try {
      const provider = providerOf(one, 60_000);
      expect(await provider.verify(await one.sign(granted), now)).not.toBeNull();
      await one.rotate();
      for (let tries = 0; tries < 5; tries += 1) {
        expect(await provider.verify(await one.sign(granted), now)).toBeNull();
      }
      expect(one.asked).toHaveLength(2);
    } finally {
      await one.stop();
    }
  });

  test("that cannot be reached is said plainly, keeps nobody else out, and is asked again later", async () => {
    const one = await startIssuer();
    const town = await open(createEcho(), {
      waysIn: {
        signingKey,
        identityProvider: { issuer: one.url, audience, claim: "common_ground" },
        clock: () => now,
      },
    });
    try {
      const token = await one.sign(granted);
      one.answer(() => new Response("down", { status: 502 }));
      for (let tries = 0; tries < 3; tries += 1) {
        const { status, headers, body } = await post("{ caller }", bearer(token), town);
        expect([status, headers.get("retry-after"), body]).toEqual([
          503,
          "10",
          {
            errors: [
              {
                message:
                  "Who you are cannot be checked at the moment, because the service that you sign in with does not answer. Try again shortly. Reading needs no signing in.",
                extensions: { code: "UNAVAILABLE" },
              },
            ],
          },
        ]);
      }
      expect(one.asked).toHaveLength(1);
      expect((await post("{ caller }", {}, town)).status).toBe(200);
      expect((await post("{ caller }", bearer(tokenOf["ADMIN"]), town)).status).toBe(200);
      expect(JSON.stringify(town.logged)).toContain("OIDC_ISSUER");

      const provider = providerOf(one, 0);
      await expect(provider.verify(token, now)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      one.answer(null);
      expect(await provider.verify(token, now)).not.toBeNull();
    } finally {
      await town.stop();
      await one.stop();
    }
  });

  test.for([
    ["of another issuer", () => Response.json({ issuer: "https://example.org", jwks_uri: "https://example.org/keys" })],
    ["that is none", () => Response.json({})],
    ["that is a page", () => new Response("<h1>Welcome</h1>", { headers: { "content-type": "text/html" } })],
    ["that leads elsewhere", () => Response.redirect("https://example.org/")],
  ] as const)("is not known by a discovery document %s", async ([, answer]) => {
    const one = await startIssuer();
    try {
      one.answer(answer);
      await expect(providerOf(one, 0).verify(await one.sign(granted), now)).rejects.toMatchObject({
        code: "UNAVAILABLE",
      });
    } finally {
      await one.stop();
    }
  });

  test("is asked nothing because of what does not claim to be from it", async () => {
    const one = await startIssuer();
    const town = await open(createEcho(), {
      waysIn: { signingKey, identityProvider: { issuer: one.url, audience, claim: "common_ground" }, clock: () => now },
    });
    try {
      for (const [, token] of await badTokens()) {
        expect((await post("{ caller }", bearer(token), town)).status).toBe(401);
      }
      expect(one.asked).toEqual([]);
    } finally {
      await town.stop();
      await one.stop();
    }
  });
});

describe("what may be asked by whom", () => {
  const of: Readonly<Record<string, Record<string, string>>> = {};
  const who = ["nobody", "recording key", "mapper", "editor", "admin"] as const;

  beforeAll(() => {
    Object.assign(of, {
      nobody: {},
      "recording key": bearer(recordingKey),
      mapper: bearer(tokenOf["MAPPER"]),
      editor: bearer(tokenOf["EDITOR"]),
      admin: bearer(tokenOf["ADMIN"]),
    });
  });

  const [everybody, signedIn, editing] = [
    [200, 200, 200, 200, 200],
    [401, 403, 200, 200, 200],
    [401, 403, 403, 200, 200],
  ];

  test.for([
    ["{ caller }", everybody],
    ["{ thing { name inner { name } } named { name } }", everybody],
    ["mutation { free }", everybody],
    ['{ __typename __schema { types { name } } __type(name: "Hidden") { fields { name } } }', everybody],
    ["{ members }", signedIn],
    ["{ caller: members }", signedIn],
    ["{ caller ... { ... on Query { members } } }", signedIn],
    ["{ ...A } fragment A on Query { ...B } fragment B on Query { caller members }", signedIn],
    ["{ caller members @include(if: false) }", signedIn],
    ["{ caller members @skip(if: true) }", signedIn],
    ["query($is: Boolean = false) { caller ... @include(if: $is) { members } }", signedIn],
    ["{ hidden { name } }", signedIn],
    ["{ hidden { __typename } }", signedIn],
    ["{ level }", signedIn],
    ["query Q { caller } fragment Unused on Query { caller }", [400, 400, 400, 400, 400]],
    ["{ thing { notes } }", editing],
    ["{ named { notes } }", editing],
    ["{ named { ... on Thing { notes } } }", editing],
    ["{ named { ... on Other { notes } } }", everybody],
    ["{ named { ...N } } fragment N on Named { notes }", editing],
    ["{ thing { ... on Named { notes } } }", editing],
    ["{ thing { inner { inner { secret } } } }", editing],
    ["mutation { change }", editing],
    ["mutation { free change }", editing],
    ["mutation { free @skip(if: false) change @skip(if: true) }", editing],
    ["{ either(of: 1) }", [401, 403, 403, 200, 200]],
  ] as const)("%s", async ([query, statuses]) => {
    for (const [index, name] of who.entries()) {
      const before = echo.asked();
      const { status, body } = await post(query, of[name]);
      expect([name, status, status === 200 ? undefined : echo.asked() - before]).toEqual([
        name,
        statuses[index],
        status === 200 ? undefined : 0,
      ]);
      if (status === 401 || status === 403) {
        expect(body.data).toBeUndefined();
        expect(body.errors?.map(({ extensions }) => extensions)).toEqual([{ code: "NOT_ALLOWED" }]);
      } else if (status === 200) {
        expect(body.errors).toBeUndefined();
      }
    }
  });

  test("a refusal names the field by its own name, says who may, and how", async () => {
    const messages = await Promise.all(
      (
        [
          ["{ name: members }", "nobody"],
          ["{ members }", "recording key"],
          ["mutation { change }", "nobody"],
          ["mutation { change }", "mapper"],
        ] as const
      ).map(async ([query, name]) => (await post(query, of[name])).body.errors?.[0]?.message),
    );
    expect(messages).toEqual([
      "Only somebody who is signed in may ask for members. Send the token or key in the header `Authorization: Bearer <token>`.",
      "Only somebody who is signed in may ask for members.",
      "Only an editor or an admin may ask for change. Send the token or key in the header `Authorization: Bearer <token>`.",
      "Only an editor or an admin may ask for change.",
    ]);
  });

  test("of a document with several operations, the one that is asked decides", async () => {
    const query = "query Open { caller } query Closed { members }";
    const asked = async (operationName: string) => (await gateway.ask(query, {}, { operationName })).status;
    expect([await asked("Open"), await asked("Closed"), await asked("Open")]).toEqual([200, 401, 200]);
  });

  test("the same document is refused to one and answered to another, in any order", async () => {
    const statuses: number[] = [];
    for (const name of ["editor", "mapper", "editor", "nobody", "admin"] as const) {
      statuses.push((await post("mutation { change free }", of[name])).status);
    }
    expect(statuses).toEqual([200, 403, 200, 401, 200]);
  });

  test("a scope in the schema that nobody can have is a mistake in the schema", () => {
    expect(() => needsOf('type Query { a: Int @requiresScopes(scopes: [["EDTI"]]) }')).toThrow(
      "Query.a needs the scope EDTI",
    );
  });
});

describe("by a session", () => {
  const cookie = () => ({ cookie: `session=${tokenOf["EDITOR"] ?? ""}` });
  const host = "localhost";

  test("an editor's browser reads and changes from our own pages", async () => {
    for (const from of [
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "same-origin", origin: "null" },
      { origin: `http://${host}` },
      { origin: `https://${host}` },
    ]) {
      const { status, headers } = await post("mutation { change }", { ...cookie(), ...from });
      expect([from, status]).toEqual([from, 200]);
      expect(headers.get("access-control-allow-credentials")).toBeNull();
      expect(headers.get("cache-control")).toBe("no-store");
    }
    expect(await callerOf({ ...cookie(), "sec-fetch-site": "same-origin" })).toEqual(callerAs(editor));
  });

  test("nothing is done from anywhere else", async () => {
    const before = echo.asked();
    for (const from of [
      {},
      { "apollo-require-preflight": "true" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: `http://${host}` },
      { "sec-fetch-site": "none" },
      { origin: "null" },
      { origin: "https://example.org" },
      { origin: `http://${host}.example.org` },
      { origin: `http://${host}:8080` },
    ]) {
      const { status, body } = await post("mutation { change }", { ...cookie(), ...from });
      expect([from, status, body.errors?.[0]?.extensions]).toEqual([from, 403, { code: "NOT_ALLOWED" }]);
    }
    expect(echo.asked()).toBe(before);
  });

  test("a form changes nothing, nor does GET", async () => {
    const before = echo.asked();
    const headers = { ...cookie(), "sec-fetch-site": "same-origin" };
    const form = await gateway.request("/graphql", {
      method: "POST",
      headers: { ...headers, "content-type": "text/plain" },
      body: ask("mutation { change }"),
    });
    const get = await gateway.request(`/graphql?query=${encodeURIComponent("mutation { change }")}`, {
      headers: { ...headers, "apollo-require-preflight": "true" },
    });
    expect([form.status, get.status, echo.asked() - before]).toEqual([400, 405, 0]);
  });

  test("a token in the header comes before it", async () => {
    expect(await callerOf({ ...cookie(), ...bearer(tokenOf["MAPPER"]) })).toEqual(callerAs(mapper));
    expect((await post("{ caller }", { ...cookie(), ...bearer("garbage") })).status).toBe(401);
  });

  test("one that is over is refused once, and forgotten", async () => {
    const { status, headers } = await post("{ caller }", {
      cookie: `session=${await tokens.sign(editor, new Date(now.getTime() - 1000))}`,
      "sec-fetch-site": "same-origin",
    });
    expect([status, headers.get("set-cookie")]).toEqual([
      401,
      "session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict",
    ]);
  });
});

describe("the pages", () => {
  const ours = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  const submit = (path: string, form: Record<string, string>, headers: Record<string, string> = ours) =>
    gateway.request(path, { method: "POST", headers, body: new URLSearchParams(form).toString() });

  test("without a script, somebody signs in, sees who they are, and signs out", async () => {
    const begun = await submit("/sign-in", { token: ` http://localhost/sign-in#token=${tokenOf["ADMIN"] ?? ""}\n` });
    expect([begun.status, begun.headers.get("location"), begun.headers.get("set-cookie")]).toEqual([
      303,
      "/sign-in",
      `session=${tokenOf["ADMIN"] ?? ""}; Max-Age=3600; Path=/; HttpOnly; SameSite=Strict`,
    ]);
    const cookie = { cookie: `session=${tokenOf["ADMIN"] ?? ""}` };
    const seen = (await gateway.request("/sign-in", { headers: cookie })).text;
    expect(seen).toContain("<h1>You are signed in</h1>");
    expect(seen).toContain("An admin: you may publish changes everywhere");
    expect(seen).toContain("Sunday 22 November 2026, 1pm");
    expect(seen).not.toContain(tokenOf["ADMIN"]);
    expect((await gateway.request("/sign-out", { headers: cookie })).text).toContain('action="/sign-out"');
    const ended = await submit("/sign-out", {}, { ...ours, ...cookie });
    expect([ended.status, ended.headers.get("location"), ended.headers.get("set-cookie")]).toEqual([
      303,
      "/sign-in",
      "session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict",
    ]);
    expect((await gateway.request("/sign-in")).text).toContain("<h1>Sign in</h1>");
  });

  test("with https, on our side or in front of us, the session is sent over nothing else", async () => {
    const form = { token: tokenOf["MAPPER"] ?? "" };
    const behind = await submit("/sign-in", form, { ...ours, "x-forwarded-proto": "https" });
    expect(behind.headers.get("set-cookie")).toContain("; Secure");
    const response = await gateway.gateway.fetch(
      new Request("https://directory.test/sign-in", {
        method: "POST",
        headers: ours,
        body: new URLSearchParams(form).toString(),
      }),
    );
    expect(response.headers.get("set-cookie")).toContain("; Secure");
  });

  test("another site signs nobody in or out", async () => {
    for (const from of [
      { "sec-fetch-site": "cross-site" },
      { origin: "https://example.org" },
      { origin: "null" },
      {},
    ]) {
      const headers = { "content-type": "application/x-www-form-urlencoded", ...from };
      for (const path of ["/sign-in", "/sign-out"]) {
        const answer = await submit(path, { token: tokenOf["MAPPER"] ?? "" }, headers);
        expect([answer.status, answer.headers.get("set-cookie")]).toEqual([403, null]);
        expect(answer.text).toContain("There is a problem");
      }
    }
  });

  test("what is longer than any invitation is refused, unread", async () => {
    expect((await submit("/sign-in", { token: "x".repeat(20_000) })).status).toBe(413);
  });

  test("a token that no browser keeps is said to be so", async () => {
    const areas = Array.from({ length: 100 }, (_, index) => idOf("Area", "signing-in-test", String(index)));
    const long = await tokens.sign({ ...editor, areas }, inAnHour);
    const { status, text, headers } = await submit("/sign-in", { token: long });
    expect([status, headers.get("set-cookie")]).toEqual([400, null]);
    expect(text).toContain("too long for a browser to keep");
    expect((await post("{ caller }", bearer(long))).status).toBe(200);
  });

  test("their one script is allowed by what it is, nobody may keep or frame them, and where they lead learns nothing", async () => {
    for (const path of ["/sign-in", "/sign-out"]) {
      const { headers, text } = await gateway.request(path);
      const script = /<script>([^]*?)<\/script>/.exec(text)?.[1];
      const hash = script === undefined ? "" : createHash("sha256").update(script).digest("base64");
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; style-src 'sha256-[\w+/]{43}='/,
      );
      expect(/script-src (.*)$/.exec(headers.get("content-security-policy") ?? "")?.[1]).toBe(
        path === "/sign-in" ? `'sha256-${hash}'` : undefined,
      );
      expect([headers.get("cache-control"), headers.get("referrer-policy")]).toEqual(["no-store", "same-origin"]);
      expect(text).not.toMatch(/<link|<img|\son\w+=|\sstyle=|undefined|\[object/);
    }
    const home = await gateway.request("/schema.graphql");
    expect(home.headers.get("content-security-policy")).not.toContain("script-src");
    expect(home.headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("where there is no way to sign in, the page says so, and the API too", async () => {
    const closed = await startTownGateway({ town: createEcho() });
    try {
      expect((await closed.request("/sign-in")).text).toContain("Nobody can sign in yet");
      const { status, body } = await closed.ask("{ members }");
      expect([status, body.errors?.[0]?.message]).toEqual([
        401,
        "Nobody may ask for members: whoever runs this directory has set no way to sign in (SIGNING_KEY, OIDC_ISSUER or RECORDING_KEY).",
      ]);
      expect((await post("{ caller }", bearer(tokenOf["ADMIN"]), closed)).status).toBe(401);
    } finally {
      await closed.stop();
    }
  });
});

describe("an invitation", () => {
  const given = { role: "ADMIN", areas: [], organisations: [], hours: 24, url: "http://localhost:4000/" } as const;
  const made = (changes: Partial<Parameters<typeof invite>[0]>) => invite({ ...given, ...changes }, { tokens, now });

  test("is a link with the token where no server sees it, good until it runs out", async () => {
    const { link, token, expiresAt } = await made({});
    expect(link).toBe(`http://localhost:4000/sign-in#token=${token}`);
    expect(expiresAt).toEqual(new Date(now.getTime() + 24 * 3_600_000));
    expect(await callerOf(bearer(token))).toEqual(
      callerAs({ ...admin, id: expect.any(String) as string, workshops: [] }),
    );
    expect(await tokens.verify(token, new Date(expiresAt.getTime() - 1000))).not.toBeNull();
    expect(await tokens.verify(token, expiresAt)).toBeNull();
  });

  test("is of somebody new each time", async () => {
    const ids = await Promise.all([1, 2].map(async () => (await tokens.verify((await made({})).token, now))?.actor.id));
    expect(new Set(ids).size).toBe(2);
  });

  test.for([
    [{ role: "EDITOR" }, "Say what the editor may edit"],
    [{ role: "MAPPER", areas: ["rose-hill"] }, "for editors"],
    [{ role: "EDITOR", areas: ["Rose Hill"] }, "neither the slug nor the id"],
    [{ role: "EDITOR", organisations: ["rose-hill"] }, "not the id of an organisation"],
    [{ hours: 0 }, "--hours"],
    [{ hours: 0.5 }, "--hours"],
    [{ hours: 9000 }, "--hours"],
    [{ url: "localhost" }, "--url"],
    [{ url: "javascript:alert(1)" }, "--url"],
  ] as const)("%j makes no sense", async ([changes, message]) => {
    await expect(made(changes)).rejects.toThrow(message);
  });

  test("stays good over a restart: the key is made once, and read by its owner alone", async () => {
    const directory = await mkdtemp(join(tmpdir(), "common-ground-key-"));
    try {
      const local = { DATA_DIR: join(directory, "data") };
      const keys = await Promise.all([1, 2, 3].map(() => signingKeyOf(readConfig(local))));
      expect(new Set(keys).size).toBe(1);
      expect(await signingKeyOf(readConfig(local))).toBe(keys[0]);
      const file = join(directory, "data", "signing-key");
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await readFile(file, "utf8")).trim()).toBe(keys[0]);
      await writeFile(file, "short\n");
      await expect(signingKeyOf(readConfig(local))).rejects.toThrow("too short to be a key");
      expect(await signingKeyOf(readConfig({ ...local, SIGNING_KEY: signingKey }))).toBe(signingKey);
      expect(await signingKeyOf(readConfig({ NEO4J_URI: "bolt://localhost", NEO4J_PASSWORD: "x" }))).toBeNull();
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe("in the directory", () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld({
      signingKey,
      recordingKey,
      identityProvider: { issuer: issuer.url, audience, claim: "common_ground" },
    });
  });

  afterAll(() => world.close());

  const mutations = [
    `mutation { recordReferralOutcome(input: {step: "x", month: "2026-10", area: "x", source: "x", outcome: ATTENDED, count: 1}) { userErrors { code } } }`,
    `mutation { startWorkshop(input: {name: "x", area: "rose-hill"}) { userErrors { code } } }`,
    `{ workshops { edges { node { id } } } }`,
  ];

  test("no refusal sends a statement to Neo4j", async () => {
    world.forget();
    for (const [, token] of await badTokens()) await world.ask(mutations[0] ?? "", {}, token);
    for (const query of mutations) {
      const { errors } = await world.ask(query);
      expect(errors?.map(({ extensions }) => extensions["code"])).toEqual(["NOT_ALLOWED"]);
    }
    for (const query of mutations.slice(0, 2)) {
      const { errors } = await world.ask(query, {}, await world.tokenOf({ role: "MAPPER" }));
      expect(errors?.map(({ extensions }) => extensions["code"])).toEqual(["NOT_ALLOWED"]);
    }
    expect(world.statements()).toEqual([]);
  });

  test("an editor may record what came of referrals, without the key for it", async () => {
    const { data, errors } = await world.ask(mutations[0] ?? "", {}, await world.tokenOf({ role: "EDITOR" }));
    expect(errors).toBeUndefined();
    expect(data.recordReferralOutcome.userErrors).not.toEqual([]);
  });

  test("areas are named by slug or id, and what is none gives no right; they are asked for once", async () => {
    const { data } = await world.ask(`{ area(slug: "barton") { id } }`);
    const token = await world.tokenOf({ role: "EDITOR", areas: ["rose-hill", data.area.id, "nowhere-at-all"] });
    const page = async () => {
      const response = await world.fetch(
        new Request("http://directory.test/sign-in", { headers: { cookie: `session=${token}` } }),
      );
      return response.text();
    };
    expect(await page()).toContain("Rose Hill and Barton");
    world.forget();
    await world.ask("{ __typename }", {}, token);
    expect(world.statements()).toEqual([]);
  });
});
