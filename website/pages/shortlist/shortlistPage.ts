import { addToShortlist } from "../../components/addToShortlist.ts";
import { assetCard } from "../../components/assetCard.ts";
import { govuk } from "../../components/govuk.ts";
import { linkTo, paragraph } from "../../components/prose.ts";
import { type Html, html } from "../../html.ts";
import { type ShortlistQuery, shortlistQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { idsIn, mostListed } from "../../shortlistIds.ts";
import { type Listed, messageAbout, sitesOf } from "./messageAbout.ts";

/** What somebody put on a list, to keep, to print and to send on. The list is in the address, in its order, and nowhere else at our end. */
export async function shortlistPage(visit: Visit): Promise<Shown | Response> {
  const { words, query, request, addresses } = visit;
  const { say } = words;
  const asked = idsIn(query.get("ids") ?? query.get("list"));
  const [added, removed] = [idsIn(query.get("add")), idsIn(query.get("remove"))];
  // What a button of the shortlist's form asks for is done by leading to the list as it is then.
  if (added.length > 0 || removed.length > 0) {
    const changed = [...new Set([...asked, ...added])].filter((id) => !removed.includes(id));
    return request.redirect(addresses.shortlist(changed), 303);
  }
  const ids = asked.slice(0, mostListed);
  const common = {
    title: say("shortlist.title"),
    description: say("shortlist.description"),
    section: "shortlist",
    isIndexed: false,
    maxAgeSeconds: null,
  } as const;
  if (ids.length === 0) return { ...common, main: empty(visit) };
  const { data, isWhole } = await visit.api.ask(shortlistQuery, { ids });
  const listed = onceEach(data.nodes);
  const gone = data.nodes.filter((node) => !isListed(node)).length;
  return {
    ...common,
    isWhole,
    main: html`<h1 class="govuk-heading-l">${say("shortlist.title")}</h1>
      ${asked.length > mostListed ? govuk("inset-text", { text: say("shortlist.tooMany", { most: mostListed, more: asked.length - mostListed }) }) : null}
      ${gone === 0 || !isWhole ? null : govuk("inset-text", { text: say("shortlist.gone", { count: gone }) })}
      ${listed.length === 0 ? paragraph(say("shortlist.allGone")) : filled(visit, listed)}`,
  };
}

/** What there is, each once: of two ids one may have become the other. */
function onceEach(nodes: ShortlistQuery["nodes"]): readonly Listed[] {
  const byId = new Map<string, Listed>();
  for (const node of nodes.filter(isListed)) byId.set(node.id, node);
  return [...byId.values()];
}

/** Whether something is still there, and is a thing: areas and topics have ids too. */
function isListed(node: ShortlistQuery["nodes"][number]): node is Listed {
  return node !== null && "name" in node;
}

function empty({ words: { say, mark }, addresses }: Visit): Html {
  return html`<h1 class="govuk-heading-l">${say("shortlist.title")}</h1>
    <div data-shortlist-empty="${addresses.shortlist()}">
      ${paragraph(say("shortlist.empty"))} ${paragraph(mark("shortlist.empty.how", { link: linkTo(addresses.home) }))}
    </div>`;
}

function filled(visit: Visit, listed: readonly Listed[]): Html {
  const { words, addresses, settings } = visit;
  const { say, mark } = words;
  const ids = listed.map(({ id }) => id);
  const address = addresses.shortlist(ids);
  return html`<div class="app-only-on-screen" data-shortlist-page="${ids.join(",")}">
      ${paragraph(say("shortlist.count", { count: listed.length, most: mostListed }))}
      <ul class="govuk-list app-actions">
        <li>
          <a class="govuk-link" href="${messageAbout(visit, listed, `${settings.url}${address}`)}"
            >${say("shortlist.email")}</a
          >
        </li>
        <li hidden>
          <button type="button" class="govuk-button govuk-button--secondary" data-print>
            ${say("shortlist.print")}
          </button>
        </li>
        <li hidden>
          <button
            type="button"
            class="govuk-button govuk-button--secondary"
            data-copy="${settings.url}${address}"
            data-copied="${say("shortlist.copied")}"
          >
            ${say("shortlist.copy")}
          </button>
        </li>
        <li hidden>
          <button
            type="button"
            class="govuk-button govuk-button--secondary"
            data-shortlist-keep="${say("shortlist.kept")}"
          >
            ${say("shortlist.keep")}
          </button>
        </li>
      </ul>
      <p class="govuk-visually-hidden" role="status" data-shortlist-said></p>
      ${paragraph(mark("shortlist.address", { link: linkTo(address) }))}
      ${paragraph(mark("shortlist.more", { link: linkTo(addresses.home) }))}
    </div>
    <ul class="app-cards app-shortlist">
      ${listed.map((asset) => entry(visit, asset))}
    </ul>
    <div class="app-shortlist__code">
      <img class="app-code-to-scan" src="${addresses.codeOf(address)}" width="160" height="160" alt="" />
      ${paragraph(say("shortlist.scanAll"))}
    </div>`;
}

/** One thing: its card, with where to go, a code to scan on paper, and a way to take it off. */
function entry(visit: Visit, asset: Listed): Html {
  const { words, addresses } = visit;
  const { say } = words;
  const sites = sitesOf(asset);
  // The whole list in the address of each thing on it would be most of a long list's page.
  const alone = { ...visit, addresses: { ...addresses, asset: addresses.assetAlone } };
  return assetCard(asset, alone, {
    site: sites.length === 0 ? null : { name: sites.join("; ") },
    after: html`<div class="app-only-on-paper">
        <img
          class="app-code-to-scan"
          src="${addresses.codeOf(addresses.assetAlone(asset))}"
          width="120"
          height="120"
          alt=""
        />
        <p class="govuk-body-s">${say("shortlist.scan")}</p>
      </div>
      ${addToShortlist(asset, visit)}`,
  });
}
