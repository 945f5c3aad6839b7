import { type Context, type Env, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { CodedError } from "../../core/errors.ts";
import type { SignedIn } from "../../core/tokens.ts";
import { type Ask, askApi, Refused } from "../askApi.ts";
import { clientOf } from "../clientOf.ts";
import type { Callers } from "../signingIn/callers.ts";
import { beginSession, endSession, isFromOurPages, sessionOf } from "../signingIn/session.ts";
import { plain } from "../plain.ts";
import { problemPage } from "../pages/problemPage.ts";
import { addPage, addWhatPage } from "./addPage.ts";
import { commands, questions, type WorkshopAsked } from "./asked.ts";
import { changePage, confirmPage, removePage, unlinkPage } from "./assetActions.ts";
import { assetPage } from "./assetPage.ts";
import { boardPage, reviewByForm } from "./boardPage.ts";
import { areasOf } from "./choicesOf.ts";
import { findPage } from "./findPage.ts";
import { importPage, templateCsv } from "./importPage.ts";
import { joinInsteadPage, joinPage, toJoin } from "./joinPage.ts";
import { linkPage } from "./linkPage.ts";
import type { Problem } from "./problems.ts";
import { proposalsCsv } from "./proposalsCsv.ts";
import { amendPage, closePage, codePage, rejectPage, undoPage } from "./reviewPages.ts";
import { callOf, type Page, problemsOf, seeOther, shown, type UserError } from "./visit.ts";

/** A spreadsheet of a few hundred rows; the API takes no more at once. */
const mostFormBytes = 96 * 1024;

const elsewhere =
  "This was not sent from a page of this directory. Go back to the page, load it again, and send it again.";

/**
 * The pages of workshops, for people who map together without a script: each asks the API as whoever is signed in by the session, within the limits of everybody. What a form sends is
 * carried out only when a page of ours sent it, and answered by leading to a page; the same form sent twice does it once. Nothing may be kept by anybody on the way.
 */
export function workshops({
  callers,
  ask,
  clock,
}: {
  readonly callers: Callers;
  readonly ask: Ask;
  readonly clock: () => Date;
}): Hono {
  const app = new Hono();

  /** Asks as whoever has `token`; `client` stands for the network that they ask from, where it matters. */
  function askingWith(token: string | null, client: string | null = null) {
    const asSomebody: Ask = (query, variables) => ask(query, variables, token, client);
    return async <Data>(query: string, variables?: Readonly<Record<string, unknown>>) =>
      plain(await askApi<Data>(asSomebody, query, variables));
  }

  /** Who is signed in by the session; one that is no good any more is ended. Throws Refused when that cannot be found out. */
  async function signedIn(request: Context): Promise<SignedIn | null> {
    const session = sessionOf(request);
    if (session === null) return null;
    try {
      const known = await callers.signedIn(session);
      if (known === null) endSession(request);
      return known;
    } catch (error) {
      if (error instanceof CodedError) throw new Refused(503, error.message);
      throw error;
    }
  }

  /** Answers with what `make` makes, or says why not. */
  async function answered(request: Context, make: () => Promise<Response>): Promise<Response> {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return shown(request, problemPage(error), error.status);
    }
  }

  /** A page for those signed in alone; others are led to where they join. */
  function page(make: Page) {
    return (request: Context) =>
      answered(request, async () => {
        const isSent = request.req.method === "POST";
        if (isSent && !isFromOurPages(request)) throw new Refused(403, elsewhere);
        const known = await signedIn(request);
        if (known === null) return toJoin(request, "signed-out");
        try {
          return await make({
            request,
            known,
            asked: askingWith(sessionOf(request)),
            sent: isSent ? await formOf(request) : new URLSearchParams(),
            query: plainly(new URL(request.req.url).searchParams),
          });
        } catch (error) {
          // Where somebody may not see a workshop at all, they are told how to.
          if (error instanceof Refused && error.status === 403 && known.actor.role === "MAPPER")
            return toJoin(request, "not-yours");
          throw error;
        }
      });
  }

  /** A workshop as whoever is signed in sees it; null where they are no member of it. Throws Refused as `askApi` does, for what else is wrong. */
  async function seenBy(request: Context, id: string): Promise<WorkshopAsked | null> {
    try {
      const asked = askingWith(sessionOf(request));
      return (await asked<{ workshop: WorkshopAsked | null }>(questions.workshop, { id })).workshop;
    } catch (error) {
      if (error instanceof Refused && error.status === 403) return null;
      throw error;
    }
  }

  async function front(
    request: Context,
    { problems, sent }: { readonly problems: readonly Problem[]; readonly sent: URLSearchParams },
  ): Promise<Response> {
    const known = await signedIn(request);
    const asked = askingWith(known === null ? null : sessionOf(request));
    const isEditor = known !== null && known.actor.role !== "MAPPER";
    const [theirs, areas] = await Promise.all([
      known === null
        ? []
        : asked<{ workshops: { edges: readonly { node: WorkshopAsked }[] } }>(questions.workshops).then(
            ({ workshops: all }) => all.edges.map(({ node }) => node),
          ),
      isEditor ? areasOf({ asked }) : [],
    ]);
    const query = new URL(request.req.url).searchParams;
    const page = joinPage({
      known,
      workshops: theirs,
      areas,
      problems,
      code: sent.get("code") ?? "",
      startName: sent.get("name") ?? "",
      startArea: sent.get("area") ?? "",
      call: callOf(sent),
      why: query.get("why"),
      doneCode: query.get("done"),
    });
    return shown(request, page, problems.length === 0 ? 200 : 400);
  }

  app.get("/", (request) => answered(request, () => front(request, { problems: [], sent: new URLSearchParams() })));

  app.post("/join", (request) =>
    answered(request, async () => {
      if (!isFromOurPages(request)) throw new Refused(403, elsewhere);
      const sent = await formOf(request);
      const { done } = await askingWith(null, clientOf(request))<{
        done: {
          token: string | null;
          expiresAt: string | null;
          workshop: { id: string; name: string } | null;
          userErrors: readonly UserError[];
        };
      }>(commands.join, { input: { code: (sent.get("code") ?? "").trim() } });
      const { token, expiresAt, workshop, userErrors } = done;
      if (token === null || expiresAt === null || workshop === null) {
        return front(request, { problems: problemsOf(userErrors, "code"), sent });
      }
      const known = await signedIn(request);
      // A code makes nobody less than they are, unless they say so; and who has a seat keeps the name under which they proposed.
      if (known !== null && sent.get("instead") !== "yes") {
        const [seat] = (await callers.signedIn(token))?.actor.workshops ?? [];
        const { role, workshops: seats } = known.actor;
        if (
          role === "MAPPER" &&
          seats.some(({ id, generation }) => id === seat?.id && generation === seat.generation)
        ) {
          return seeOther(request, `/workshop/${workshop.id}`, "joined");
        }
        const theirs = role === "MAPPER" ? null : await seenBy(request, workshop.id);
        return shown(
          request,
          joinInsteadPage({ known, code: sent.get("code") ?? "", workshop, mayReview: theirs !== null }),
        );
      }
      beginSession(request, token, { now: clock(), expiresAt: new Date(expiresAt) });
      return seeOther(request, `/workshop/${workshop.id}`, "joined");
    }),
  );

  app.post("/start", (request) =>
    answered(request, async () => {
      if (!isFromOurPages(request)) throw new Refused(403, elsewhere);
      if ((await signedIn(request)) === null) return toJoin(request, "signed-out");
      const sent = await formOf(request);
      const [name, area] = [(sent.get("name") ?? "").trim(), sent.get("area") ?? ""];
      const problems: Problem[] = [
        ...(name === "" ? [{ field: "name", message: "Say what it is called." }] : []),
        ...(area === "" ? [{ field: "area", message: "Choose where it is." }] : []),
      ];
      if (problems.length > 0) return front(request, { problems, sent });
      try {
        const { done } = await askingWith(sessionOf(request))<{
          done: { workshop: { id: string } | null; userErrors: readonly UserError[] };
        }>(commands.start, { input: { name, area, clientMutationId: callOf(sent) } });
        if (done.workshop !== null) return seeOther(request, `/workshop/${done.workshop.id}`, "started");
        return await front(request, {
          problems: done.userErrors.map(({ message, field }) => ({
            field: field.includes("area") ? "area" : "name",
            message,
          })),
          sent,
        });
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 403) throw error;
        return front(request, {
          problems: [{ field: "area", message: "You may not edit the map there. Choose another area." }],
          sent,
        });
      }
    }),
  );

  app.get("/:workshop", page(boardPage)).post(page(reviewByForm));
  app.get("/:workshop/proposals.csv", page(proposalsCsv));
  app.get("/:workshop/add", page(addWhatPage));
  app.get("/:workshop/import/template.csv", page(templateCsv));
  app.get("/:workshop/assets", page(findPage));
  app.get("/:workshop/assets/:asset", page(assetPage));
  for (const [path, make] of [
    ["/:workshop/add/:kind", addPage],
    ["/:workshop/import", importPage],
    ["/:workshop/reject", rejectPage],
    ["/:workshop/code", codePage],
    ["/:workshop/close", closePage],
    ["/:workshop/changes/:change/undo", undoPage],
    ["/:workshop/changes/:change/amend", amendPage],
    ["/:workshop/assets/:asset/change", changePage],
    ["/:workshop/assets/:asset/link", linkPage],
    ["/:workshop/assets/:asset/unlink", unlinkPage],
    ["/:workshop/assets/:asset/confirm", confirmPage],
    ["/:workshop/assets/:asset/remove", removePage],
  ] as const) {
    app.get(path, page(make)).post(page(make));
  }
  return app;
}

/** The fields of a form; of a file in it, its text. Throws Refused for a body of another kind, or one that is too long. */
async function formOf(request: Context): Promise<URLSearchParams> {
  const type = request.req.header("content-type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(type)) {
    throw new Refused(415, "Send a form.");
  }
  const read: { sent: URLSearchParams | null } = { sent: null };
  await bodyLimit({ maxSize: mostFormBytes, onError: () => new Response() })(
    request as Context<Env, string>,
    async () => {
      const form = await request.req.raw.formData();
      const fields = await Promise.all(
        [...form].map(async ([name, value]) => [name, typeof value === "string" ? value : await value.text()]),
      );
      read.sent = new URLSearchParams(fields);
    },
  );
  if (read.sent === null) throw new Refused(413, "This is too long. Send less at once.");
  return read.sent;
}

function plainly(given: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...given].map(([name, value]) => [name, plain(value)]));
}
