import type { Context } from "hono";
import { kindOf } from "../../core/ids.ts";
import { localDateOf } from "../../calendar/localDate.ts";
import { type EventOut, writeCalendar } from "../../calendar/writeCalendar.ts";
import { type Ask, askApi, Refused } from "../askApi.ts";
import { tagged } from "../tagged.ts";
import {
  type ActivitiesAsked,
  type ActivityAsked,
  type Owner,
  questions,
  sessionsQuestion,
  type SessionsPage,
  understoodQuestion,
} from "./asked.ts";
import { eventsOf, eventsOfSessions } from "./eventsOf.ts";
import { searchFilter, type Understood, understoodFilter } from "./searchFilter.ts";

/** So long, in seconds, a calendar may be kept by whoever fetched it; and after so many hours a subscriber is to fetch it again. */
const maxAgeSeconds = 3600;
const refreshHours = 12;

/** So many pages of sessions make a calendar at most. */
const mostPages = 5;

interface Made {
  readonly name: string;
  readonly events: readonly EventOut[];
}

/**
 * Calendars in iCalendar's format, for whoever subscribes to one: /calendar/activities/….ics, and likewise of groups, organisations, places and areas; and
 * /calendar/search.ics of what a search finds, by `q` in words or by the fields of SessionFilter. They are made of answers of the API, and so
 * tell nothing that it does not. Answers with plain text and a status of HTTP when there is none: 400, 404, 503 and so on.
 */
export function calendars({ ask, clock }: { readonly ask: Ask; readonly clock: () => Date }) {
  return async (request: Context): Promise<Response> => {
    const path = new URL(request.req.url).pathname;
    const [, folder, name] = /^\/calendar\/(?:([a-z]+)\/)?([\w-]{1,100})\.ics$/.exec(path) ?? [];
    const now = clock();
    try {
      const made =
        folder === undefined && name === "search"
          ? await ofSearch(ask, new URL(request.req.url).searchParams)
          : await ofOwner(ask, folder, name, localDateOf(now));
      if (made === null) return request.text("There is no such calendar.\n", 404);
      return answer(request, made, now);
    } catch (error) {
      if (error instanceof Refused) return request.text(`${error.message}\n`, error.status);
      throw error;
    }
  };
}

function answer(request: Context, { name, events }: Made, now: Date): Response {
  return tagged(request, {
    // Of the events alone, since the time it was written is in each file.
    of: [name, events],
    body: () =>
      writeCalendar({
        name: `${name} – Common Ground`,
        description: null,
        url: request.req.url,
        now,
        refreshHours,
        events,
      }),
    maxAgeSeconds,
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'inline; filename="common-ground.ics"',
    },
  });
}

async function ofOwner(
  ask: Ask,
  folder: string | undefined,
  name: string | undefined,
  today: string,
): Promise<Made | null> {
  if (folder === undefined || name === undefined || !isOwner(folder)) return null;
  const variables = folder === "areas" && kindOf(name) === null ? { slug: name } : { id: name };
  if (folder === "areas") {
    const { owner } = await askApi<{ owner: { readonly id: string; readonly name: string } | null }>(
      ask,
      questions.areas,
      variables,
    );
    return owner === null ? null : { name: owner.name, events: await sessionEvents(ask, { areas: [owner.id] }) };
  }
  if (folder === "activities") {
    const { owner } = await askApi<{ owner: ActivityAsked | null }>(ask, questions.activities, variables);
    return owner === null ? null : { name: owner.name, events: eventsOf(owner, today) };
  }
  const { owner } = await askApi<{ owner: ActivitiesAsked | null }>(ask, questions[folder], variables);
  if (owner === null) return null;
  return { name: owner.name, events: owner.activities.edges.flatMap(({ node }) => eventsOf(node, today)) };
}

async function ofSearch(ask: Ask, parameters: URLSearchParams): Promise<Made> {
  const filter = searchFilter(parameters);
  if (filter === null)
    throw new Refused(
      400,
      "Say what to look for: q=tea dance near Rose Hill, or near=, areas=, conditions=, days= and so on, each once.",
    );
  const text = parameters.get("q");
  if (text === null) return { name: "What’s on", events: await sessionEvents(ask, filter) };
  const { search } = await askApi<{ search: { readonly understood: Understood } }>(ask, understoodQuestion, { text });
  return { name: text, events: await sessionEvents(ask, { ...understoodFilter(search.understood), ...filter }) };
}

async function sessionEvents(ask: Ask, filter: Readonly<Record<string, unknown>>): Promise<readonly EventOut[]> {
  const edges: SessionsPage["edges"][number][] = [];
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { sessions }: { sessions: SessionsPage } = await askApi(ask, sessionsQuestion, { filter, after });
    edges.push(...sessions.edges);
    after = sessions.pageInfo.endCursor;
    if (!sessions.pageInfo.hasNextPage) break;
  }
  return eventsOfSessions(edges);
}

function isOwner(folder: string): folder is Owner {
  return Object.hasOwn(questions, folder);
}
