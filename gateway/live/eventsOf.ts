import type { GraphQLFormattedError } from "graphql";
import type { AskedByQuery, LiveEvent } from "./asQuery.ts";
import type { Watching } from "./watch.ts";

/** What the API answered to the query of an event. */
export interface Answered {
  /** Of HTTP. */
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphQLFormattedError[];
}

/** An event as it is sent: with what was asked for, or with errors alone. */
export interface Sent {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export interface Listening {
  readonly asked: AskedByQuery;
  readonly watching: Watching;
  /** What was told at once, with which the stream begins, and the generation that the workshop had before that was read. */
  readonly first: { readonly answered: Answered; readonly generation: number | null };
  readonly ask: (query: string, variables: Readonly<Record<string, unknown>>) => Promise<Answered>;
  /** Whether whoever listens has read what was sent to them. */
  readonly isRead: () => boolean;
  /** Why the stream has to end now; an empty list: it ends as it should; null: it goes on. */
  readonly ending: () => readonly GraphQLFormattedError[] | null;
}

/** An answer that takes too long may do so because much is asked of Neo4j; one that does five times, because of what it asks for. */
const mostTimeouts = 5;

/** What cannot be asked is asked again after as many milliseconds, and after twice as long each time, up to ten seconds. */
const retryMs = 500;
const longestRetryMs = 10_000;

/**
 * What happens in a workshop, event by event: the first answer, and from where it ends each time that the workshop has come further. An event is asked for when the one before was read, so that who reads slowly
 * gets fewer and longer ones, and nothing is kept for them. While nothing can be asked nothing is told, and then goes on from the same place. Ends with what is wrong, where something is that goes on being so.
 */
export async function* eventsOf(listening: Listening): AsyncGenerator<Sent, undefined> {
  const { asked, watching, first, ask, isRead, ending } = listening;
  const begun = told(asked, first.answered);
  yield begun.sent;
  let { generation } = first;
  let { event } = begun;
  let failures = 0;
  let notBefore = 0;

  function isDue(): boolean {
    if (!isRead() || Date.now() < notBefore) return false;
    const mark = watching.mark();
    return event.hasMore || (mark?.sequence ?? 0) > event.sequence || (mark?.generation ?? null) !== generation;
  }

  for (;;) {
    const errors = ending();
    if (errors !== null) {
      if (errors.length > 0) yield { errors };
      return;
    }
    if (!isDue()) {
      await watching.next();
      continue;
    }
    const before = watching.mark()?.generation ?? null;
    const answered = await ask(asked.query, asked.variables(event.sequence));
    if (ending() !== null) continue;
    if (answered.data === null) {
      const code = answered.errors[0]?.extensions?.["code"];
      failures += 1;
      if (code !== "UNAVAILABLE" && !(code === "TIMEOUT" && failures < mostTimeouts)) {
        yield { errors: answered.errors };
        return;
      }
      notBefore = Date.now() + Math.min(retryMs * 2 ** (failures - 1), longestRetryMs);
      continue;
    }
    failures = 0;
    generation = before;
    const next = told(asked, answered);
    const isNews = next.event.sequence !== event.sequence || next.event.open !== event.open;
    ({ event } = next);
    if (isNews) yield next.sent;
    // Whoever answered may know less than whoever was looked at: asked again when it is time, and not at once.
    else await watching.next();
  }
}

function told(asked: AskedByQuery, { data, errors }: Answered): { readonly event: LiveEvent; readonly sent: Sent } {
  if (data === null) throw new Error("There is no event in an answer with no data.");
  const event = asked.eventOf(data);
  return { event, sent: { data: event.data, ...(errors.length === 0 ? {} : { errors }) } };
}
