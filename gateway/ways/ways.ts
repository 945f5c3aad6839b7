import type { Context, Env } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Ask, askApi, Refused } from "../askApi.ts";
import { tagged } from "../tagged.ts";
import {
  type AssetForFhir,
  type Choice,
  type Choices,
  type PathwayAsked,
  questions,
  type RoutesAsked,
  type RoutesWithBlocked,
} from "./asked.ts";
import { outcomeOf, pathwayBundle, routesBundle } from "./fhir/bundles.ts";
import type { Html } from "./layout.ts";
import { type PathwayListed, pathwayPage, pathwaysPage } from "./pathwayPage.ts";
import { plain } from "./plain.ts";
import { problemPage } from "./problemPage.ts";
import { routesPage } from "./routesPage.ts";
import { inputOf, isAsking, questionOfAddress, questionOfForm, type RoutesQuestion } from "./routesQuestion.ts";

/** So long, in seconds, a page may be kept by whoever fetched it. */
const maxAgeSeconds = 3600;

/** Every field of the form, filled with what it takes and every box ticked, is about 2 KB. */
const mostFormBytes = 8 * 1024;

/** So many pages of pathways are listed at most. */
const mostPages = 5;

const pageType = "text/html; charset=utf-8";
const fhirType = "application/fhir+json; fhirVersion=4.0; charset=utf-8";

/** What is to be sent: a page, or a resource of FHIR. */
interface Made {
  readonly status: 200 | Refused["status"];
  readonly body: string;
}

/** Asks the API, and takes out of its answer what no page is to show. Throws as `askApi` does. */
type Asked = <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;

type Handler = (request: Context<Env, string>) => Promise<Response>;

/**
 * Ways to help, to read, to print and to hand to other systems: /pathways, /pathways/<slug> and /referral-routes as pages, and the latter two with `.fhir.json` as bundles of
 * FHIR R4. They are made of answers of the API, and so tell nothing that it does not. What is so of a person is taken from the body of a form alone, and an answer to
 * that is kept by nobody. Each handler answers for HEAD as well, and with a status of HTTP and a page, or an OperationOutcome, when there is nothing to show.
 */
export function ways({ ask }: { readonly ask: Ask }): {
  readonly pathways: Handler;
  readonly routes: Handler;
  readonly routesByForm: Handler;
} {
  const asked: Asked = async <Data>(query: string, variables?: Readonly<Record<string, unknown>>) =>
    plain(await askApi<Data>(ask, query, variables));
  return {
    pathways: (request) => pathwaysAnswer(request, asked),
    routes: (request) => routesAnswer(request, asked),
    routesByForm: (request) => routesByFormAnswer(request, asked),
  };
}

async function pathwaysAnswer(request: Context, asked: Asked): Promise<Response> {
  const { pathname } = new URL(request.req.url);
  const [, slug, suffix] = /^\/pathways(?:\/([\w-]{1,100})(\.fhir\.json)?)?$/.exec(pathname) ?? [];
  const isFhir = pathname.endsWith(".fhir.json");
  return answered(request, isFhir, true, async () => {
    if (pathname === "/pathways") return page(pathwaysPage(await allPathways(asked)));
    if (slug === undefined) throw noPathway();
    if (suffix !== undefined) {
      const { pathway } = await asked<{ pathway: PathwayAsked<AssetForFhir> | null }>(questions.pathwayForFhir, {
        slug,
      });
      if (pathway === null) throw noPathway();
      return { status: 200, body: JSON.stringify(pathwayBundle(pathway)) };
    }
    const { pathway } = await asked<{ pathway: PathwayAsked | null }>(questions.pathway, { slug });
    if (pathway === null) throw noPathway();
    return page(pathwayPage(pathway));
  });
}

async function allPathways(asked: Asked): Promise<readonly PathwayListed[]> {
  const found: PathwayListed[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { pathways }: { pathways: PathwaysPage } = await asked<{ pathways: PathwaysPage }>(questions.pathways, {
      after,
    });
    found.push(...pathways.edges.flatMap(({ node }) => node ?? []));
    after = pathways.pageInfo.endCursor;
    if (!pathways.pageInfo.hasNextPage) break;
  }
  return found;
}

interface PathwaysPage {
  readonly edges: readonly { readonly node: PathwayListed | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function routesAnswer(request: Context, asked: Asked): Promise<Response> {
  const { pathname, searchParams } = new URL(request.req.url);
  const isFhir = pathname.endsWith(".fhir.json");
  return answered(request, isFhir, true, () => {
    const question = plain(questionOfAddress(searchParams));
    return isFhir ? routesFound(question, asked) : routesShown(question, false, asked);
  });
}

async function routesByFormAnswer(request: Context<Env, string>, asked: Asked): Promise<Response> {
  const { pathname, searchParams } = new URL(request.req.url);
  const isFhir = pathname.endsWith(".fhir.json");
  return answered(request, isFhir, false, async () => {
    if (searchParams.size > 0)
      throw new Refused(400, "Send what you ask in the body alone, and nothing in the address.");
    const question = plain(questionOfForm(await formOf(request)));
    return isFhir ? routesFound(question, asked) : routesShown(question, true, asked);
  });
}

async function routesFound(question: RoutesQuestion, asked: Asked): Promise<Made> {
  const input = inputOf(question);
  const { referralRoutes } = await asked<{ referralRoutes: RoutesAsked<AssetForFhir> }>(questions.routesForFhir, {
    input,
  });
  return { status: 200, body: JSON.stringify(routesBundle(referralRoutes)) };
}

async function routesShown(question: RoutesQuestion, isPosted: boolean, asked: Asked): Promise<Made> {
  const [choices, outcome] = await Promise.all([
    choicesOf(asked),
    isPosted || isAsking(question) ? routesOrProblem(question, asked) : null,
  ]);
  if (outcome instanceof Refused) {
    return {
      ...(await page(routesPage({ question, choices, answer: null, problem: outcome }, isPosted))),
      status: outcome.status,
    };
  }
  return page(routesPage({ question, choices, answer: outcome, problem: null }, isPosted));
}

/** The answer; or what the caller can put right in the form. Throws Refused for what they cannot. */
async function routesOrProblem(question: RoutesQuestion, asked: Asked): Promise<RoutesWithBlocked | Refused> {
  try {
    const input = inputOf(question);
    const { referralRoutes } = await asked<{ referralRoutes: RoutesWithBlocked }>(questions.routes, { input });
    return referralRoutes;
  } catch (error) {
    if (error instanceof Refused && error.status < 500) return error;
    throw error;
  }
}

async function choicesOf(asked: Asked): Promise<Choices> {
  interface Listed {
    readonly edges: readonly { readonly node: Choice }[];
  }
  const { referrers, conditions } = await asked<{ referrers: Listed; conditions: Listed }>(questions.choices);
  return {
    referrers: referrers.edges.map(({ node }) => node),
    conditions: conditions.edges.map(({ node }) => node),
  };
}

/** The fields of a form. Throws Refused for a body of another kind, or one that is too long. */
async function formOf(request: Context<Env, string>): Promise<URLSearchParams> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.req.header("content-type") ?? "")) {
    throw new Refused(415, "Send a form: application/x-www-form-urlencoded.");
  }
  const text = await textOf(request);
  if (text === null) throw new Refused(413, "This form is longer than 8 KB.");
  return new URLSearchParams(text);
}

/** The body as a text; null when it is too long, in which case no more of it is read. */
async function textOf(request: Context<Env, string>): Promise<string | null> {
  const read: { text: string | null } = { text: null };
  await bodyLimit({ maxSize: mostFormBytes, onError: () => new Response() })(request, async () => {
    read.text = await request.req.text();
  });
  return read.text;
}

/**
 * What `make` makes, with its headers; when it throws Refused, why not. An answer to an address that went well may be kept, and nothing else: what comes of a form may
 * tell of a person, and what went wrong may be right in a moment.
 */
async function answered(
  request: Context,
  isFhir: boolean,
  mayBeKept: boolean,
  make: () => Promise<Made> | Made,
): Promise<Response> {
  const headers = { "content-type": isFhir ? fhirType : pageType };
  const { status, body } = await madeOrRefused(isFhir, make);
  if (mayBeKept && status === 200) return tagged(request, { of: body, body: () => body, maxAgeSeconds, headers });
  return request.body(body, status, {
    ...headers,
    "cache-control": "no-store",
    ...(status === 503 ? { "retry-after": "120" } : {}),
  });
}

async function madeOrRefused(isFhir: boolean, make: () => Promise<Made> | Made): Promise<Made> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (isFhir) return { status: error.status, body: JSON.stringify(outcomeOf(error)) };
    return { ...(await page(problemPage(error))), status: error.status };
  }
}

async function page(content: Html): Promise<Made> {
  return { status: 200, body: (await content).toString() };
}

function noPathway(): Refused {
  return new Refused(404, "There is no such pathway.");
}
