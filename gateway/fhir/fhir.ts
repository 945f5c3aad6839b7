import type { Context, Env } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Ask, askApi, Refused } from "../askApi.ts";
import { plain } from "../plain.ts";
import { tagged } from "../tagged.ts";
import { type PathwayAsked, questions, type RoutesAsked } from "./asked.ts";
import { outcomeOf, pathwayBundle, routesBundle } from "./bundles.ts";
import { inputOf, questionOfAddress, questionOfForm, type RoutesQuestion } from "./routesQuestion.ts";

/** So long, in seconds, a bundle may be kept by whoever fetched it. */
const maxAgeSeconds = 3600;

/** Every field, filled with what it takes, is about 2 KB. */
const mostFormBytes = 8 * 1024;

const fhirType = "application/fhir+json; fhirVersion=4.0; charset=utf-8";

/** Asks the API, and takes out of its answer what no reader is to see. Throws as `askApi` does. */
type Asked = <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;

type Handler = (request: Context<Env, string>) => Promise<Response>;

/**
 * Ways to help, to hand to other systems: /pathways/<slug>.fhir.json and /referral-routes.fhir.json, as bundles of FHIR R4. They are made of answers of the API, and so tell nothing
 * that it does not. What is so of a person is taken from the body of a form alone, and an answer to that is kept by nobody. Each handler answers for HEAD as well, and with a
 * status of HTTP and an OperationOutcome when there is nothing to show.
 */
export function fhir({ ask }: { readonly ask: Ask }): {
  readonly pathway: Handler;
  readonly routes: Handler;
  readonly routesByForm: Handler;
} {
  const asked: Asked = async <Data>(query: string, variables?: Readonly<Record<string, unknown>>) =>
    plain(await askApi<Data>(ask, query, variables));
  return {
    pathway: (request) => answered(request, true, () => pathwayFound(request, asked)),
    routes: (request) =>
      answered(request, true, () =>
        routesFound(plain(questionOfAddress(new URL(request.req.url).searchParams)), asked),
      ),
    routesByForm: (request) =>
      answered(request, false, async () => {
        if (new URL(request.req.url).searchParams.size > 0)
          throw new Refused(400, "Send what you ask in the body alone, and nothing in the address.");
        return routesFound(plain(questionOfForm(await formOf(request))), asked);
      }),
  };
}

async function pathwayFound(request: Context, asked: Asked): Promise<string> {
  const [, slug] = /^\/pathways\/([\w-]{1,100})\.fhir\.json$/.exec(new URL(request.req.url).pathname) ?? [];
  const { pathway } =
    slug === undefined ? { pathway: null } : await asked<{ pathway: PathwayAsked | null }>(questions.pathway, { slug });
  if (pathway === null) throw new Refused(404, "There is no such pathway.");
  return JSON.stringify(pathwayBundle(pathway));
}

async function routesFound(question: RoutesQuestion, asked: Asked): Promise<string> {
  const { referralRoutes } = await asked<{ referralRoutes: RoutesAsked }>(questions.routes, {
    input: inputOf(question),
  });
  return JSON.stringify(routesBundle(referralRoutes));
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
 * What `make` makes; when it throws Refused, why not. An answer to an address that went well may be kept, and nothing else: what comes of a form may tell of a person, and
 * what went wrong may be right in a moment.
 */
async function answered(request: Context, mayBeKept: boolean, make: () => Promise<string>): Promise<Response> {
  const headers = { "content-type": fhirType };
  const { status, body } = await madeOrRefused(make);
  if (mayBeKept && status === 200) return tagged(request, { of: body, body: () => body, maxAgeSeconds, headers });
  return request.body(body, status, {
    ...headers,
    "cache-control": "no-store",
    ...(status === 503 ? { "retry-after": "120" } : {}),
  });
}

async function madeOrRefused(make: () => Promise<string>): Promise<{
  readonly status: 200 | Refused["status"];
  readonly body: string;
}> {
  try {
    return { status: 200, body: await make() };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, body: JSON.stringify(outcomeOf(error)) };
  }
}
