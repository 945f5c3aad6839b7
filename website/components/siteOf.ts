import type { SitedFragment } from "../operations.generated.ts";

export interface Site {
  readonly name: string;
  readonly location: { readonly latitude: number; readonly longitude: number };
}

/** The first place of an asset that we know to be somewhere; null where there is none. */
export function siteOf(asset: SitedFragment): Site | null {
  for (const { name, location } of placesOf(asset)) if (location !== null) return { name, location };
  return null;
}

function placesOf(
  asset: SitedFragment,
): readonly { readonly name: string; readonly location: Site["location"] | null }[] {
  switch (asset.__typename) {
    case "Place":
      return [asset];
    case "Activity":
      return asset.heldAt;
    case "Group":
      return asset.meetsAt;
    case "Organisation":
      return asset.basedAt;
  }
}
