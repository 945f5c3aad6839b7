import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";
import { type AssetAsked, type ChangeAsked, type LinkAsked, questions } from "./asked.ts";
import { changeActions } from "./boardPage.ts";
import { changeShown, fieldsShown, namesIn } from "./changeList.ts";
import { inWords, relationships, statuses } from "./inWords.ts";
import { notThere, partOf, pathOf, shown, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { workshopOf } from "./workshopOf.ts";

/** What the map and the workshop say of the asset that a page is about. Throws Refused when that is nothing. */
export async function assetOf(visit: Visit): Promise<AssetAsked> {
  const { asset } = await visit.asked<{ asset: AssetAsked | null }>(questions.asset, {
    id: partOf(visit, "asset"),
    workshop: partOf(visit, "workshop"),
  });
  if (asset === null) throw notThere();
  return asset;
}

const said: Readonly<Record<string, string>> = {
  PROPOSED: "This is proposed, and not on the map yet.",
  ARCHIVED: "This was taken off the map, or is proposed to be.",
  WITHDRAWN: "Its source no longer has this.",
  MERGED: "This is now part of something else.",
  UNDONE: "Adding this was undone.",
};

/** All that is said of an asset, with its links as a table, what was changed of it, and what can be done with it. */
export async function assetPage(visit: Visit): Promise<Response> {
  const [workshop, asset] = [await workshopOf(visit), await assetOf(visit)];
  const { changes } = await visit.asked<{ changes: { edges: readonly { node: ChangeAsked }[] } }>(
    questions.changesOfAsset,
    { id: asset.id },
  );
  const proposed = await Promise.all(
    asset.proposals
      .slice(0, 20)
      .map(async ({ id }) => (await visit.asked<{ change: ChangeAsked | null }>(questions.change, { id })).change),
  );
  const history = [
    ...new Map(
      [...proposed.filter((one) => one !== null), ...changes.edges.map(({ node }) => node)].map((one) => [one.id, one]),
    ).values(),
  ];
  const names = await namesIn(visit, [asset.fields, history]);
  const path = pathOf(visit);
  const own = `${path}/assets/${asset.id}`;
  const isHere = asset.status === "PUBLISHED" || asset.status === "PROPOSED";
  return shown(
    visit.request,
    workshopLayout({
      heading: asset.name,
      doneCode: visit.query.get("done"),
      back: { path, label: workshop.name },
      main: html`<p class="tag">${inWords(asset.kind).toLowerCase()}</p>
        ${said[asset.status] === undefined ? null : html`<p class="notice">${said[asset.status]}</p>`}
        ${fieldsShown(asset.fields, names)}
        ${
          workshop.open && isHere
            ? html`<p class="actions">
                <a href="${own}/change">Change what is said</a> <a href="${own}/link">Link it to something</a>
                ${asset.status === "PUBLISHED" ? html`<a href="${own}/confirm">It is still so</a> <a href="${own}/remove">Take it off the map</a>` : null}
              </p>`
            : null
        }
        <h2>What it belongs with</h2>
        ${asset.links.length === 0 ? html`<p>Nothing yet.</p>` : linkTable(asset, own, workshop.open && isHere)}
        ${
          history.length === 0
            ? null
            : html`<h2>What was changed</h2>
                ${history.map(
                  (change) =>
                    html`<div class="change">
                      <p class="tag">${statuses[change.status]}</p>
                      ${changeShown(change, { names, actorId: visit.known.actor.id })}
                      ${changeActions(visit, change, workshop.isFacilitator)}
                    </div>`,
                )}`
        }`,
    }),
  );
}

/** A link as a sentence that starts at one of its ends. */
export function linkInWords(
  { relationship, from, to }: LinkAsked,
  id: string,
): { readonly verb: string; readonly other: LinkAsked["to"] } {
  return from.id === id
    ? { verb: relationships[relationship].from, other: to }
    : { verb: relationships[relationship].to, other: from };
}

function linkTable({ links, id, name }: AssetAsked, own: string, mayChange: boolean): Html {
  return html`<table>
    <caption class="hidden">
      What ${name} belongs with
    </caption>
    <thead>
      <tr>
        <th scope="col">It</th>
        <th scope="col">What</th>
        ${mayChange ? html`<th scope="col">Do</th>` : null}
      </tr>
    </thead>
    <tbody>
      ${links.map((link) => {
        const { verb, other } = linkInWords(link, id);
        const { evidence } = link.fields;
        const about = html`<span class="hidden">: ${verb} ${other.name}</span>`;
        return html`<tr>
          <td>${verb}</td>
          <td>
            <bdi>${other.name}</bdi>
            ${link.isEnding ? html`<strong>(to be taken away)</strong>` : link.proposal === null ? null : html`<strong>(proposed)</strong>`}
            ${typeof evidence === "string" ? html`<br /><span class="small">How we know: <bdi>${evidence}</bdi></span>` : null}
          </td>
          ${
            mayChange
              ? html`<td class="do">
                  ${
                    link.isEnding
                      ? null
                      : html`<a href="${own}/unlink?link=${encodeURIComponent(link.id)}">Take away${about}</a>
                          ${link.proposal === null ? html`<br /><a href="${own}/confirm?link=${encodeURIComponent(link.id)}">Still so${about}</a>` : null}`
                  }
                </td>`
              : null
          }
        </tr>`;
      })}
    </tbody>
  </table>`;
}
