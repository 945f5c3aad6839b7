import { type Html, html, joined } from "../html.ts";
import type { AssetType } from "../addresses.ts";
import type { Visit } from "../page.ts";
import { govuk } from "./govuk.ts";

interface AssetNamed {
  readonly __typename: AssetType;
  readonly id: string;
  readonly name: string;
  readonly source: { readonly sample: boolean };
}

/** A link to an asset, marked where it is invented. */
export function assetLink(asset: AssetNamed, { words: { say, english }, addresses }: Visit): Html {
  return html`<a class="govuk-link" href="${addresses.asset(asset)}">${english(html`<bdi>${asset.name}</bdi>`)}</a
    >${asset.source.sample ? html` ${govuk("tag", { text: say("asset.sample"), classes: "govuk-tag--red app-tag" })}` : null}`;
}

/** Links to assets, one after another. Null when there are none. */
export function assetLinks(assets: readonly AssetNamed[], visit: Visit): Html | null {
  if (assets.length === 0) return null;
  return joined(
    assets.map((asset) => assetLink(asset, visit)),
    "; ",
  );
}
