import { ApiProblem } from "../../api.ts";
import { suggestWhatQuery, suggestWhereQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";

/** So many are offered at most: more than that nobody reads. */
const most = 8;
/** So many are asked for, since some are of what the other question is about. */
const asked = 20;
const longest = 100;

const places = new Set(["Area", "Place"]);

/** What somebody may be about to type, as JSON: `text` so far, `for` the question what would help, or the question where. What no word begins with, such as coordinates, has none. */
export async function suggestions(visit: Visit): Promise<Response> {
  const { request, query } = visit;
  const about = query.get("for");
  if (about !== "what" && about !== "where")
    return request.json({ message: "“for” is “what” or “where”." }, 400, { "cache-control": "no-store" });
  const text = (query.get("text") ?? "").trim();
  const isWord = text.length >= 2 && text.length <= longest && /\p{L}/u.test(text);
  try {
    const found = !isWord ? [] : await (about === "what" ? things(visit, text) : placesNamed(visit, text));
    const offered = [...new Set(found)].slice(0, most).map((one) => ({ text: one }));
    return request.json(offered, 200, { "cache-control": "public, max-age=300" });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    // The box works without.
    return request.json([], error.code === "UNAVAILABLE" ? 503 : 200, { "cache-control": "no-store" });
  }
}

async function things({ api }: Visit, text: string): Promise<readonly string[]> {
  const { data } = await api.ask(suggestWhatQuery, { text, first: asked });
  return data.suggest.filter(({ node }) => node === null || node.__typename !== "Area").map((one) => one.text);
}

async function placesNamed({ api }: Visit, text: string): Promise<readonly string[]> {
  const { data } = await api.ask(suggestWhereQuery, { text, first: asked });
  return [
    ...data.locate.matches.filter(({ kind }) => kind === "POSTCODE").map(({ name }) => name),
    ...data.suggest.filter(({ node }) => node !== null && places.has(node.__typename)).map((one) => one.text),
  ];
}
