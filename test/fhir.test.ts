import { Fhir } from "fhir/fhir.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const fetched = (path: string, init: RequestInit = {}) =>
  Promise.resolve(world.fetch(new Request(`http://directory.test${path}`, init)));

const fhir = new Fhir();

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what it is, is what is tested
type Json = any;

async function bundleAt(path: string): Promise<Json> {
  const response = await fetched(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "application/fhir+json; fhirVersion=4.0; charset=utf-8",
  ]);
  return JSON.parse(await response.text());
}

const resourcesIn = (bundle: Json, type: string): Json[] =>
  (bundle.entry ?? []).map(({ resource }: Json) => resource).filter(({ resourceType }: Json) => resourceType === type);

/** Every value with its place, however deep. */
function valuesIn(value: unknown, path = ""): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const entries = Object.entries(value);
  return entries.length === 0 ? [[path, value]] : entries.flatMap(([key, one]) => valuesIn(one, `${path}.${key}`));
}

const routes = "/referral-routes.fhir.json?from=self&condition=loneliness&near=Oldham";

const pathwaysWithSteps = async (): Promise<readonly string[]> => {
  const { data } = await world.ask(`{ pathways(first: 100) { edges { node { slug } } } }`);
  return data.pathways.edges.map(({ node }: Json) => `/pathways/${node.slug}.fhir.json`);
};

test("every bundle is FHIR R4 by HL7's own definitions, refers only to what is in it, and has nothing empty", async () => {
  const paths = [
    ...(await pathwaysWithSteps()),
    routes,
    `${routes}&first=20`,
    "/referral-routes.fhir.json?from=gp-practice&condition=loneliness&near=rose-hill&first=20",
    "/referral-routes.fhir.json?from=self&condition=domestic-abuse",
  ];
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) {
    const bundle = await bundleAt(path);
    const { messages } = fhir.validate(bundle, { errorOnUnexpected: true });
    expect([path, messages.filter(({ severity }) => severity === "error")]).toEqual([path, []]);
    expect(bundle.type).toBe("collection");
    const urls = bundle.entry.map(({ fullUrl }: Json) => fullUrl);
    expect(new Set(urls).size).toBe(urls.length);
    for (const [at, value] of valuesIn(bundle)) {
      expect([path, at, value]).not.toEqual([path, at, ""]);
      expect([path, at, typeof value === "object"]).toEqual([path, at, false]);
      if (at.endsWith(".reference")) expect(urls).toContain(value);
      if (at.endsWith(".fullUrl"))
        expect(value).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    }
  }
});

test("the validator refuses what is not FHIR R4, so that what it passes means something", () => {
  const draft = {
    resourceType: "ServiceRequest",
    status: "draft",
    intent: "proposal",
    subject: { display: "Somebody" },
  };
  expect(fhir.validate(draft, { errorOnUnexpected: true }).valid).toBe(true);
  for (const wrong of [
    { ...draft, status: "drafted" },
    { ...draft, subject: undefined },
    { ...draft, colour: "blue" },
  ])
    expect(fhir.validate(JSON.parse(JSON.stringify(wrong)), { errorOnUnexpected: true }).valid).toBe(false);
});

test("each asset passed is a service, and each hand-off a draft of a referral that is about nobody, in the order of the way", async () => {
  const { data } = await world.ask(
    `{ referralRoutes(input: { from: "self", condition: "loneliness", near: "Oldham" }) { routes { steps { id to { id } } } } }`,
  );
  const ways: Json[] = data.referralRoutes.routes;
  const bundle = await bundleAt(routes);
  const services = resourcesIn(bundle, "HealthcareService");
  expect(new Set(services.map(({ identifier }) => identifier[0].value))).toEqual(
    new Set(ways.flatMap(({ steps }) => steps.map(({ to }: Json) => to.id))),
  );
  const requests = resourcesIn(bundle, "ServiceRequest");
  expect(requests.map(({ identifier }) => identifier[0].value)).toEqual(
    ways.flatMap(({ steps }) => steps.map(({ id }: Json) => id)),
  );
  for (const request of requests) {
    expect(request).toMatchObject({
      status: "draft",
      intent: "proposal",
      subject: { type: "Patient", display: "The person to be referred" },
      code: {
        coding: [
          {
            system: "http://snomed.info/sct",
            code: "871731000000106",
            display: "Referral to social prescribing service",
          },
        ],
      },
    });
    expect(Object.keys(request.subject)).toEqual(["type", "display"]);
  }
  expect(resourcesIn(bundle, "Patient")).toEqual([]);
  const lastOfTwo = requests.find(({ basedOn }) => basedOn !== undefined);
  const before = bundle.entry.find(({ fullUrl }: Json) => fullUrl === lastOfTwo.basedOn[0].reference).resource;
  expect(before.requisition).toEqual(lastOfTwo.requisition);
  expect(before.performer[0].display).toContain("Oldham social prescribing service");
});

test("a service says who provides it, where, for which areas, for whom, how people are referred, and when it is on", async () => {
  const bundle = await bundleAt("/referral-routes.fhir.json?from=self&condition=loneliness&near=Oldham&first=20");
  const services = resourcesIn(bundle, "HealthcareService");
  const table = services.find(({ name }) => name === "Sample: Tea & Talk at the library");
  expect(table).toMatchObject({
    active: false,
    appointmentRequired: false,
    referralMethod: [{ text: "Go there. Nobody has to ask first." }],
    availableTime: [{ daysOfWeek: ["wed"], availableStartTime: "10:30:00", availableEndTime: "12:00:00" }],
  });
  const at = (url: string) => bundle.entry.find(({ fullUrl }: Json) => fullUrl === url).resource;
  expect(at(table.providedBy.reference)).toMatchObject({ resourceType: "Organization", active: false });
  expect(at(table.location[0].reference)).toMatchObject({
    resourceType: "Location",
    status: "active",
    name: "Oldham Library & Lifelong Learning Centre",
    address: { postalCode: "OL1 1AL" },
  });
  expect(services.flatMap(({ referralMethod }) => referralMethod)).toContainEqual({
    coding: [
      { system: "http://terminology.hl7.org/CodeSystem/service-referral-method", code: "phone", display: "Phone" },
    ],
    text: "By telephone",
  });
  const prescribing = services.find(({ name }) => name.includes("Oldham social prescribing service"));
  expect(prescribing.eligibility[0].code.text).toContain("For people");
  expect(services.some(({ coverageArea }) => coverageArea?.length > 0)).toBe(true);
});

test("no code says that a form or an e-mail is secure, since nobody has told us", async () => {
  const methods = new Set<string>();
  for (const path of await pathwaysWithSteps()) {
    for (const service of resourcesIn(await bundleAt(path), "HealthcareService"))
      for (const { text, coding } of service.referralMethod ?? [])
        methods.add(`${coding?.[0].code ?? "none"}: ${text}`);
  }
  expect([...methods].toSorted().filter((method) => /form|e-mail/.test(method))).toEqual([
    "none: By a form, on paper or on the web",
    "none: By e-mail",
  ]);
});

test("what was made up is labelled as test data, inactive, and says so in its name or note; what was not is none of these", async () => {
  const label = {
    system: "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    code: "HTEST",
    display: "test health data",
  };
  const bundle = await bundleAt("/pathways/oldham-social-prescribing.fhir.json");
  expect(bundle.meta).toEqual({ security: [label], tag: [label] });
  const [made, real] = [0, 1].map((index) =>
    resourcesIn(bundle, "ServiceRequest").filter(({ meta }) => (meta === undefined ? 1 : 0) === index),
  ) as [Json[], Json[]];
  expect([made.length > 0, real.length > 0]).toEqual([true, true]);
  for (const { note } of made) expect(note[0].text).toMatch(/^Made up to show what the directory can do/);
  for (const { note } of real) expect(note[0].text).not.toMatch(/Made up/);
  for (const { resource } of bundle.entry) {
    if (resource.active === undefined) continue;
    expect([resource.name, resource.active]).toEqual([resource.name, resource.meta === undefined]);
    expect(resource.name.startsWith("Sample: ")).toBe(resource.meta !== undefined);
  }
});

test("a person's age is sent in a form's body, counts, and is in nothing that comes back", async () => {
  const ask = (age: string) =>
    fetched("/referral-routes.fhir.json", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `from=self&condition=loneliness&near=Oldham&age=${age}`,
    });
  const response = await ask("12.25");
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const text = await response.text();
  expect(text).toContain("After-school table");
  expect(text).not.toContain("12.25");
  expect(await (await ask("72")).text()).not.toContain("After-school table");
});

test.for([
  ["/pathways/no-such-pathway.fhir.json", 404, "not-found"],
  ["/referral-routes.fhir.json", 400, "invalid"],
  ["/referral-routes.fhir.json?from=self&condition=loneliness&near=nowhere+at+all", 404, "not-found"],
  ["/referral-routes.fhir.json?from=self&condition=loneliness&first=21", 400, "invalid"],
] as const)("%s has status %i and an OperationOutcome", async ([path, status, code]) => {
  const response = await fetched(path);
  const outcome: Json = JSON.parse(await response.text());
  expect([response.status, response.headers.get("content-type")]).toEqual([
    status,
    "application/fhir+json; fhirVersion=4.0; charset=utf-8",
  ]);
  expect(outcome).toMatchObject({ resourceType: "OperationOutcome", issue: [{ severity: "error", code }] });
  expect(fhir.validate(outcome, { errorOnUnexpected: true }).valid).toBe(true);
});
