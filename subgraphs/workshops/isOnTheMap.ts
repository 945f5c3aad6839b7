import { type AssetKind, assetKindOf } from "../../core/ids.ts";
import type { MapState } from "./mapState.ts";

/** Whether an asset is on a map for everybody; of a certain kind, where that is asked. */
export function isOnTheMap({ assets }: MapState, id: string, kind: AssetKind | null = assetKindOf(id)): boolean {
  const asset = assets.get(id);
  return asset?.kind === kind && asset.fields["status"] === "PUBLISHED";
}
