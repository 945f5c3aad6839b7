import type { Context, Env } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Visit } from "./page.ts";
import { plain } from "./plain.ts";
import { Refusal } from "./refusal.ts";

/**
 * What a form sent, without characters that no page is to show. Throws Refusal for a body of another kind, for one that is longer than `mostBytes`, of which no more is read, and
 * where there is anything in the address: it is kept in histories and logs, and may be about somebody.
 */
export async function formSent(visit: Pick<Visit, "request">, mostBytes: number): Promise<URLSearchParams> {
  const request = visit.request as Context<Env, string>;
  if (new URL(request.req.url).searchParams.size > 0) throw new Refusal(400, "refused.inAddress");
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.req.header("content-type") ?? "")) {
    throw new Refusal(415, "refused.noForm");
  }
  const read: { text: string | null } = { text: null };
  await bodyLimit({ maxSize: mostBytes, onError: () => new Response() })(request, async () => {
    read.text = await request.req.text();
  });
  if (read.text === null) throw new Refusal(413, "refused.tooLong");
  return new URLSearchParams(
    Array.from(new URLSearchParams(read.text), ([name, value]) => [name, plain(value) as string]),
  );
}
