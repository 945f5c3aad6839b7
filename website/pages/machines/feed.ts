import { ApiProblem } from "../../api.ts";
import { dateInWords } from "../../components/inWords.ts";
import { html } from "../../html.ts";
import { kept } from "../../kept.ts";
import { type AssetFilter, areaMeantQuery, topicNamedQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { type AssetPublished, assetsPublished } from "./assetsPublished.ts";
import { xml } from "./xml.ts";

const keptSeconds = 3600;

/** So many hundreds are looked through for what is newest: the API has no order by when something was confirmed. */
const mostPages = 50;
const mostEntries = 50;

/** Of no entry yet: a feed has to say when it changed, and one that said "now" would be new each time. */
const never = "1970-01-01T00:00:00Z";

/**
 * What was last confirmed to be so, the latest first, as Atom: of everything, of an area, of a topic, or of both. The directory does not tell when something was first listed,
 * but listing it is the first confirmation. What was never confirmed and what is invented are not in it. An entry keeps its id, and changes when it is confirmed again.
 */
export async function feed(visit: Visit): Promise<Response> {
  const { query, api, now, request } = visit;
  const [area, topic] = [query.get("area") ?? "", query.get("topic") ?? ""];
  if (![area, topic].every((name) => /^[\w-]{0,100}$/.test(name))) return noSuchFeed(visit);
  try {
    const about = await named(visit, area, topic);
    if (about === null) return noSuchFeed(visit);
    const assets = await kept(api, `feed ${area} ${topic}`, { seconds: keptSeconds, now }, () =>
      latest(visit, about.filter),
    );
    return written(visit, { name: about.name, path: visit.addresses.feed({ area, topic }) }, assets);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return request.text("The directory does not answer. Try again later.\n", 503, { "retry-after": "600" });
  }
}

function noSuchFeed({ request }: Visit): Response {
  return request.text("There is no such feed: give an area or a topic by its name in addresses.\n", 404);
}

/** What the feed is of. Null where there is no such area or topic. */
async function named(
  { api }: Visit,
  area: string,
  topic: string,
): Promise<{ readonly name: string | null; readonly filter: AssetFilter } | null> {
  const [place, condition] = await Promise.all([
    area === "" ? null : api.ask(areaMeantQuery, /^are_[0-9A-Z]{26}$/.test(area) ? { id: area } : { slug: area }),
    topic === "" ? null : api.ask(topicNamedQuery, { slug: topic }),
  ]);
  if (place?.data.area === null || condition?.data.condition === null) return null;
  const names = [condition?.data.condition.name, place?.data.area.name].filter((name) => name !== undefined);
  return {
    name: names.length === 0 ? null : names.join(", "),
    filter: {
      areas: place === null ? null : [place.data.area.id],
      conditions: condition === null ? null : [condition.data.condition.slug],
    },
  };
}

type Confirmed = AssetPublished & { readonly freshness: { readonly lastConfirmedOn: string } };

async function latest({ api }: Visit, filter: AssetFilter): Promise<readonly Confirmed[]> {
  const assets = await assetsPublished(api, filter, mostPages);
  return assets
    .filter((asset): asset is Confirmed => asset.freshness.lastConfirmedOn !== null)
    .toSorted(
      (a, b) => b.freshness.lastConfirmedOn.localeCompare(a.freshness.lastConfirmedOn) || a.id.localeCompare(b.id),
    )
    .slice(0, mostEntries);
}

function written(
  { words, addresses, settings }: Visit,
  { name, path }: { readonly name: string | null; readonly path: string },
  assets: readonly Confirmed[],
): Response {
  const { say, language } = words;
  const address = `${settings.url}${path}`;
  const updated = (day: string) => `${day}T00:00:00Z`;
  return xml(
    "application/atom+xml",
    html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language.tag}">
      <id>${address}</id>
      <title>${name === null ? say("feed.title.all") : say("feed.title", { what: name })}</title>
      <subtitle>${say("feed.subtitle")}</subtitle>
      <updated>${assets[0] === undefined ? never : updated(assets[0].freshness.lastConfirmedOn)}</updated>
      <author><name>${settings.council ?? settings.name}</name></author>
      <link rel="self" type="application/atom+xml" href="${address}" />
      <link rel="alternate" type="text/html" href="${settings.url}${addresses.home}" />
      ${assets.map((asset) => {
        const page = `${settings.url}${addresses.asset(asset)}`;
        const { lastConfirmedOn } = asset.freshness;
        const confirmed = say("asset.confirmed", {
          date: dateInWords(lastConfirmedOn, words),
          source: asset.source.publisher,
        });
        return html`<entry>
          <id>${page}</id>
          <title>${asset.name}</title>
          <updated>${updated(lastConfirmedOn)}</updated>
          <link rel="alternate" type="text/html" href="${page}" />
          <summary>${asset.summary === null ? confirmed : `${asset.summary} ${confirmed}`}</summary>
        </entry>`;
      })}
    </feed>`,
    keptSeconds,
  );
}
