import { type ApolloServer, type BaseContext, HeaderMap } from "@apollo/server";
import type { Context } from "hono";

/** The headers that decide how an operation is answered; the others do not concern it. */
const decisiveHeaders = ["accept", "content-type", "x-apollo-operation-name", "apollo-require-preflight"] as const;

/** Answers an HTTP request with what `server` says to the operation in it. Never throws for what the caller sent. */
export async function graphqlOverHttp<ContextValue extends BaseContext>(
  request: Context,
  server: ApolloServer<ContextValue>,
  contextValue: ContextValue,
): Promise<Response> {
  const headers = new HeaderMap();
  for (const name of decisiveHeaders) {
    const value = request.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const { method } = request.req;
  const body = method === "POST" ? await jsonBody(request) : { value: undefined };
  if (body === null) {
    return request.json({ errors: [{ message: "The body is not JSON.", extensions: { code: "BAD_REQUEST" } }] }, 400);
  }
  const { url } = request.req;
  const queryStart = url.indexOf("?");
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method,
      headers,
      search: queryStart === -1 ? "" : url.slice(queryStart),
      body: body.value,
    },
    context: () => Promise.resolve(contextValue),
  });
  if (answer.body.kind === "chunked") throw new Error("Incremental answers are not supported.");
  return new Response(answer.body.string, {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
  });
}

/** The JSON of the body; undefined for another kind of body, which the server refuses in its own words; null for what is not JSON. */
async function jsonBody(request: Context): Promise<{ readonly value: unknown } | null> {
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(request.req.header("content-type") ?? ""))
    return { value: undefined };
  try {
    return { value: JSON.parse(await request.req.text()) };
  } catch {
    return null;
  }
}
