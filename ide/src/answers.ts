// What the operations of operations.ts are answered, as far as it is used.

export type Role = "VIEWER" | "MAPPER" | "EDITOR" | "ADMIN";

export type Relationship = "RUNS" | "HOSTS" | "HELD_AT" | "MEETS_AT" | "BASED_AT" | "SERVES" | "SUPPORTS" | "REFERS_TO";

export type AssetKind = "Group" | "Activity" | "Organisation" | "Place";

/** What something is that a link may begin or end at; Unknown is what only its id is known of. */
export type EndKind = AssetKind | "Area" | "Condition" | "Referrer" | "Unknown";

export interface LinkEnd {
  readonly id: string;
  readonly name: string;
  readonly kind: EndKind;
}

/** A JSON object as the API sends it: its names are those of the Create input. */
export type Said = Readonly<Record<string, unknown>>;

export interface Effect {
  readonly recordId: string;
  readonly relationship: Relationship | null;
  readonly from: LinkEnd | null;
  readonly to: LinkEnd | null;
  readonly asset: LinkEnd | null;
  readonly before: Said | null;
  readonly after: Said | null;
}

export interface ChangeNamed {
  readonly id: string;
  readonly summary: string;
}

export interface Conflict {
  readonly code: string;
  readonly message: string;
  readonly otherChange: (ChangeNamed & { readonly by: string }) | null;
}

export type ChangeStatus = "PROPOSED" | "APPLIED" | "REJECTED" | "UNDONE";

export interface Change extends ChangeNamed {
  readonly at: string;
  readonly appliedAt: string | null;
  readonly sequence: number;
  readonly by: string;
  readonly kind: string;
  readonly status: ChangeStatus;
  readonly subjectId: string;
  readonly reason: string | null;
  readonly before: Said | null;
  readonly after: Said | null;
  readonly effects: readonly Effect[];
  readonly conflicts: readonly Conflict[];
  readonly undoes: { readonly id: string } | null;
  readonly undoneBy: { readonly id: string } | null;
}

export interface LinkState {
  readonly id: string;
  readonly relationship: Relationship;
  readonly from: LinkEnd;
  readonly to: LinkEnd;
  readonly fields: Said;
  readonly isEnding: boolean;
  readonly proposal: { readonly id: string; readonly kind: string; readonly summary: string } | null;
}

export interface AssetState {
  readonly id: string;
  readonly kind: "GROUP" | "ACTIVITY" | "ORGANISATION" | "PLACE";
  readonly name: string;
  readonly status: "PROPOSED" | "PUBLISHED" | "ARCHIVED" | "MERGED" | "WITHDRAWN" | "UNDONE";
  readonly version: number;
  readonly fields: Said;
  readonly links: readonly LinkState[];
  readonly proposals: readonly Change[];
}

export interface Workshop {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly sample: boolean;
  readonly startedAt: string;
  readonly closedAt: string | null;
  readonly isFacilitator: boolean;
  readonly sequence: number;
  readonly area: { readonly id: string; readonly name: string | null; readonly slug: string | null } | null;
  readonly joinCode: { readonly code: string; readonly expiresAt: string } | null;
}

export interface Viewer {
  /** What `Change.by` says of what they do; null: they do nothing. */
  readonly by: string | null;
  readonly role: Role;
  readonly areas: readonly { readonly id: string; readonly name: string | null }[];
  readonly organisations: readonly { readonly id: string; readonly name: string | null }[];
  readonly workshops: readonly string[];
}

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[];
}

/** A page of a list. */
export interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface PossibleDuplicate {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly asset: LinkEnd;
}

/** What any command answers: each answers some of these. */
export interface Made {
  readonly change?: (ChangeNamed & { readonly status: ChangeStatus; readonly subjectId: string }) | null;
  readonly changes?: readonly ChangeNamed[];
  readonly undone?: readonly ChangeNamed[];
  readonly conflicts?: readonly (Conflict & { readonly change: ChangeNamed })[];
  readonly conflictingChange?: (ChangeNamed & { readonly by: string; readonly at: string }) | null;
  readonly possibleDuplicates?: readonly PossibleDuplicate[];
  readonly isRemembered?: boolean;
  readonly userErrors: readonly UserError[];
}
