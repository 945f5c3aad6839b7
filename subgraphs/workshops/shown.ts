import type { AssetKind } from "../../core/ids.ts";
import type { Relationship } from "../../core/linkIds.ts";
import type { Fields } from "./effects.ts";
import type { ChangeRow } from "./queries/changes.ts";
import type { RefusalCode } from "./refusals.ts";

/** One end of a link, or what a change is about. */
export interface End {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** A link as those who edit see it. */
export interface LinkShown {
  readonly id: string;
  readonly relationship: Relationship;
  readonly from: End;
  readonly to: End;
  readonly fields: Fields;
  readonly proposal: ChangeRow | null;
  readonly isEnding: boolean;
}

/** An asset as those who edit see it. */
export interface AssetShown {
  readonly id: string;
  /** Whether everybody may see it today. */
  readonly isOnTheMap: boolean;
  readonly kind: AssetKind;
  readonly name: string;
  readonly status: "PROPOSED" | "PUBLISHED" | "ARCHIVED" | "MERGED" | "WITHDRAWN" | "UNDONE";
  readonly version: number;
  readonly fields: Fields;
  readonly links: readonly LinkShown[];
  readonly asOf: Date;
  readonly mergedInto: string | null;
  readonly proposals: readonly ChangeRow[];
}

/** Why a change cannot be applied, or undone. */
export interface ConflictFound {
  readonly code: RefusalCode;
  readonly message: string;
  readonly change: ChangeRow;
  readonly otherChange: ChangeRow | null;
}
