import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";
import { type AssetAsked, commands } from "./asked.ts";
import { assetFields, assetProblems, changesIn, valuesOf } from "./assetForm.ts";
import { assetOf, linkInWords } from "./assetPage.ts";
import { hidden, textField } from "./fields.ts";
import { kinds, type Type } from "./inWords.ts";
import type { Problem } from "./problems.ts";
import { callOf, notThere, pathOf, problemsOf, seeOther, shown, type UserError, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { workshopOf } from "./workshopOf.ts";

/** What a command about an asset answers. */
export interface Done {
  readonly change: { readonly status: string } | null;
  readonly userErrors: readonly UserError[];
}

/** What is said of a command that was carried out, by what became of its change. */
export function doneCodeOf({ change }: Done): string {
  return change === null ? "unchanged" : change.status === "PROPOSED" ? "proposed" : "published";
}

/** The kind of an asset as the API's types are called. */
export function typeOf({ kind }: AssetAsked): Type {
  const [found] = Object.values(kinds).filter((one) => one.kind === kind);
  if (found === undefined) throw notThere();
  return found.type;
}

/** The form of what is said of an asset. */
export async function changePage(visit: Visit): Promise<Response> {
  const [workshop, asset] = [await workshopOf(visit), await assetOf(visit)];
  const type = typeOf(asset);
  const path = pathOf(visit);
  const own = `${path}/assets/${asset.id}`;
  const { values, leaves } = valuesOf(type, asset.fields);
  const problems: Problem[] = [];
  const isSent = visit.request.req.method === "POST";
  if (isSent) {
    const input = changesIn(type, asset.fields, visit.sent, problems);
    if (problems.length === 0 && Object.keys(input).length === 0) return seeOther(visit.request, own, "unchanged");
    if (problems.length === 0) {
      const version = Number(visit.sent.get("version"));
      const { done } = await visit.asked<{ done: Done }>(commands.update(type), {
        id: asset.id,
        expectedVersion: Number.isInteger(version) ? version : asset.version,
        input: { ...input, workshop: workshop.id, clientMutationId: callOf(visit.sent) },
      });
      if (done.userErrors.length === 0) return seeOther(visit.request, own, doneCodeOf(done));
      problems.push(
        ...(done.userErrors.some(({ code }) => code === "CONFLICT")
          ? [
              {
                field: null,
                message:
                  "Somebody else has changed this since you opened the form. Look at what they did, then say again what you want to change.",
              },
            ]
          : assetProblems(done.userErrors)),
      );
    }
  }
  return shown(
    visit.request,
    workshopLayout({
      heading: `Change ${asset.name}`,
      back: { path: own, label: asset.name },
      problems,
      main: html`<form method="post" action="${own}/change">
        ${hidden("clientMutationId", callOf(new URLSearchParams()))} ${hidden("version", String(asset.version))}
        ${assetFields(type, { values: isSent ? visit.sent : values, problems, choices: null, addPlace: `${path}/add/place`, leaves })}
        <button>Change it</button>
      </form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );
}

/** Asks about something to be done to an asset, or to one link of it, and does it. */
async function askedFirst(
  visit: Visit,
  {
    heading,
    at,
    button,
    command,
    inputOf,
    reason,
    ofLink,
  }: {
    readonly heading: (asset: AssetAsked) => string;
    readonly at: string;
    readonly button: string;
    readonly command: string;
    readonly inputOf: (id: string, reason: string) => Readonly<Record<string, unknown>>;
    /** What is asked beside; null: nothing. */
    readonly reason: { readonly label: string; readonly isNeeded: boolean } | null;
    /** Whether it is done to a link: always, never, or where the address names one. */
    readonly ofLink: "always" | "never" | "where named";
  },
): Promise<Response> {
  const [workshop, asset] = [await workshopOf(visit), await assetOf(visit)];
  const own = `${pathOf(visit)}/assets/${asset.id}`;
  const isSent = visit.request.req.method === "POST";
  const linkId = (isSent ? visit.sent : visit.query).get("link");
  const link = ofLink === "never" ? undefined : asset.links.find(({ id }) => id === linkId);
  if (link === undefined && (ofLink === "always" || (linkId !== null && ofLink !== "never"))) throw notThere();
  let problems: readonly Problem[] = [];
  const given = (visit.sent.get("reason") ?? "").trim();
  if (isSent && reason?.isNeeded === true && given === "") {
    problems = [{ field: "reason", message: "Say why." }];
  } else if (isSent) {
    const { done } = await visit.asked<{ done: Done }>(command, {
      input: {
        ...inputOf(link?.id ?? asset.id, given),
        workshop: workshop.id,
        clientMutationId: callOf(visit.sent),
      },
    });
    if (done.userErrors.length === 0) return seeOther(visit.request, own, doneCodeOf(done));
    problems = problemsOf(done.userErrors, reason === null ? null : "reason");
  }
  return shown(
    visit.request,
    workshopLayout({
      heading: heading(asset),
      back: { path: own, label: asset.name },
      problems,
      main: html`${link === undefined ? null : linkSaid(asset, link.id)}
        <form method="post" action="${own}/${at}">
          ${hidden("clientMutationId", callOf(visit.sent))} ${link === undefined ? null : hidden("link", link.id)}
          ${reason === null ? null : textField({ name: "reason", label: reason.label, value: given, problems })}
          <button>${button}</button>
        </form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );
}

function linkSaid(asset: AssetAsked, linkId: string): Html | null {
  const link = asset.links.find(({ id }) => id === linkId);
  if (link === undefined) return null;
  const { verb, other } = linkInWords(link, asset.id);
  return html`<p class="hop"><bdi>${asset.name}</bdi> ${verb} <bdi>${other.name}</bdi></p>`;
}

/** Takes a link of an asset away. */
export function unlinkPage(visit: Visit): Promise<Response> {
  return askedFirst(visit, {
    heading: () => "Take away a link",
    at: "unlink",
    button: "Take it away",
    command: commands.unlink,
    inputOf: (link, reason) => ({ link, ...(reason === "" ? {} : { reason }) }),
    reason: { label: "Why (if you want to say)", isNeeded: false },
    ofLink: "always",
  });
}

/** Says that an asset, or one link of it, is still so. */
export function confirmPage(visit: Visit): Promise<Response> {
  return askedFirst(visit, {
    heading: ({ name }) => `Is it still so: ${name}`,
    at: "confirm",
    button: "Yes, it is still so today",
    command: commands.confirm,
    inputOf: (id) => ({ id }),
    reason: null,
    ofLink: "where named",
  });
}

/** Takes an asset off the map. */
export function removePage(visit: Visit): Promise<Response> {
  return askedFirst(visit, {
    heading: ({ name }) => `Take off the map: ${name}`,
    at: "remove",
    button: "Take it off the map",
    command: commands.archive,
    inputOf: (id, reason) => ({ id, reason }),
    reason: { label: "Why", isNeeded: true },
    ofLink: "never",
  });
}
