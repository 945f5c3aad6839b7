import { html } from "hono/html";
import { commands, type End, questions } from "./asked.ts";
import { assetFields, assetProblems, newInputOf } from "./assetForm.ts";
import { choicesOf } from "./choicesOf.ts";
import { hidden } from "./fields.ts";
import { kinds, type KindSlug } from "./inWords.ts";
import type { Problem } from "./problems.ts";
import { callOf, notThere, partOf, pathOf, seeOther, shown, type UserError, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { invented, workshopOf } from "./workshopOf.ts";

/** Asks what kind of thing is to be added. */
export async function addWhatPage(visit: Visit): Promise<Response> {
  const { name } = await workshopOf(visit);
  const path = pathOf(visit);
  return shown(
    visit.request,
    workshopLayout({
      heading: "What do you want to add?",
      back: { path, label: name },
      main: html`<ul class="choices">
        ${Object.entries(kinds).map(
          ([slug, { aOne, hint }]) =>
            html`<li>
              <a href="${path}/add/${slug}">${aOne.slice(0, 1).toUpperCase()}${aOne.slice(1)}</a><br />${hint}
            </li>`,
        )}
      </ul>`,
    }),
  );
}

interface Duplicate {
  readonly asset: End;
  readonly reasons: readonly string[];
}

/** The form of something new; and, before it is added, what on the map may be the same. */
export async function addPage(visit: Visit): Promise<Response> {
  const slug = partOf(visit, "kind");
  if (!Object.hasOwn(kinds, slug)) throw notThere();
  const { type, kind, aOne } = kinds[slug as KindSlug];
  const workshop = await workshopOf(visit);
  const path = pathOf(visit);
  const { sent } = visit;
  const problems: Problem[] = [];
  const call = callOf(sent);
  let duplicates: readonly Duplicate[] = [];
  if (visit.request.req.method === "POST" && sent.get("again") !== "yes") {
    const input = newInputOf(type, sent, problems);
    if (problems.length === 0) {
      duplicates = sent.get("new") === "yes" ? [] : await duplicatesOf(visit, kind, sent);
      if (duplicates.length === 0) {
        const { done } = await visit.asked<{
          done: { change: { status: string; subjectId: string } | null; userErrors: readonly UserError[] };
        }>(commands.create(type), {
          input: { ...input, ...invented(workshop), workshop: workshop.id, clientMutationId: call },
        });
        if (done.userErrors.length === 0 && done.change !== null) {
          const { status, subjectId } = done.change;
          return seeOther(
            visit.request,
            `${path}/assets/${subjectId}`,
            status === "PROPOSED" ? "proposed" : "published",
          );
        }
        problems.push(...assetProblems(done.userErrors));
      }
    }
  }
  const back = { path, label: workshop.name };
  if (duplicates.length > 0) {
    return shown(
      visit.request,
      workshopLayout({
        heading: "Is it one of these?",
        back,
        main: html`<p>They are on the map already, and look like what you are adding.</p>
          <ul>
            ${duplicates.map(
              ({ asset, reasons }) =>
                html`<li>
                  <bdi>${asset.name}</bdi><br />
                  <span class="small"><bdi>${reasons.join(", ")}</bdi></span
                  ><br />
                  <a href="${path}/assets/${asset.id}">It is this one<span class="hidden">: ${asset.name}</span></a>
                </li>`,
            )}
          </ul>
          <form method="post" action="${path}/add/${slug}">
            ${[...sent].filter(([name]) => name !== "clientMutationId").map(([name, value]) => hidden(name, value))}
            ${hidden("clientMutationId", call)}
            <div class="buttons">
              <button name="new" value="yes">No, add it</button>
              <button name="again" value="yes" class="second">Back to the form</button>
            </div>
          </form>`,
      }),
    );
  }
  const choices = await choicesOf(visit, workshop);
  const isNew = visit.request.req.method === "GET";
  const values = isNew
    ? new URLSearchParams([
        ["stepFree", "UNKNOWN"],
        ...(workshop.area === null ? [] : [["serves", workshop.area.slug]]),
      ])
    : sent;
  return shown(
    visit.request,
    workshopLayout({
      heading: `Add ${aOne}`,
      back,
      problems,
      main: html`<p>
          Only the name${type === "Place" ? " and what kind of place it is are" : " is"} needed. Leave empty what you do
          not know.
        </p>
        <form method="post" action="${path}/add/${slug}">
          ${hidden("clientMutationId", call)}
          ${assetFields(type, { values, problems, choices, addPlace: `${path}/add/place` })}
          <button>Add ${aOne}</button>
        </form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );
}

async function duplicatesOf(visit: Visit, kind: string, sent: URLSearchParams): Promise<readonly Duplicate[]> {
  const given = (name: string) => (sent.get(name) ?? "").trim();
  const stated = (name: string, value: string | readonly string[]) => (value.length === 0 ? {} : { [name]: value });
  const website = given("website");
  const { possibleDuplicates } = await visit.asked<{ possibleDuplicates: readonly Duplicate[] }>(
    questions.possibleDuplicates,
    {
      input: {
        kind,
        name: given("name"),
        ...stated("postcode", given("postcode")),
        ...stated("telephone", given("telephone")),
        ...stated("places", given("place") === "" ? [] : [given("place")]),
        ...(URL.canParse(website) ? { url: website } : {}),
      },
    },
  );
  return possibleDuplicates;
}
