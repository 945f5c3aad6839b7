import type { Relationship, Type } from "./inWords.ts";

/** Something by its id, as the API names it. */
export interface End {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/** What was said of something. */
export type Fields = Readonly<Record<string, unknown>>;

/** One thing that a change does. */
export interface EffectAsked {
  readonly recordId: string;
  readonly relationship: Relationship | null;
  readonly from: End | null;
  readonly to: End | null;
  readonly asset: End | null;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/** A change, with all that is told of it. */
export interface ChangeAsked {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly kind: string;
  readonly status: "PROPOSED" | "APPLIED" | "REJECTED" | "UNDONE";
  readonly subjectId: string;
  readonly summary: string;
  readonly reason: string | null;
  readonly effects: readonly EffectAsked[];
  readonly conflicts: readonly {
    readonly code: string;
    readonly message: string;
    readonly otherChange: { readonly summary: string } | null;
  }[];
}

/** A workshop, as its members see it. */
export interface WorkshopAsked {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly isFacilitator: boolean;
  readonly sample: boolean;
  readonly area: { readonly id: string; readonly slug: string; readonly name: string } | null;
  readonly joinCode: { readonly code: string; readonly expiresAt: string } | null;
}

/** A page of changes. */
export interface ChangesAsked {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: ChangeAsked }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What the map says of an asset, with what a workshop proposes. */
export interface AssetAsked {
  readonly id: string;
  readonly kind: Uppercase<Type>;
  readonly name: string;
  readonly status: string;
  readonly version: number;
  readonly fields: Fields;
  readonly proposals: readonly { readonly id: string }[];
  readonly links: readonly LinkAsked[];
}

/** A link of an asset. */
export interface LinkAsked {
  readonly id: string;
  readonly relationship: Relationship;
  readonly from: End;
  readonly to: End;
  readonly fields: Fields;
  readonly isEnding: boolean;
  readonly proposal: { readonly id: string } | null;
}

const change = `id at by kind status subjectId summary reason conflicts { code message otherChange { summary } }
  effects { recordId relationship from { id name kind } to { id name kind } asset { id name kind } before after }`;

const workshop = `id name open isFacilitator sample area { id slug name } joinCode { code expiresAt }`;

/** What the pages of workshops ask the API. */
export const questions = {
  workshops: `query Workshops { workshops(first: 50) { edges { node { ${workshop} } } } }`,
  workshop: `query Workshop($id: ID!) { workshop(id: $id) { ${workshop} } }`,
  board: `query Board($id: ID!, $status: ChangeStatus, $first: Int!, $after: String) {
    workshop(id: $id) { ${workshop} changes(status: $status, first: $first, after: $after) {
      totalCount edges { node { ${change} } } pageInfo { hasNextPage endCursor } } } }`,
  change: `query Change($id: ID!) { change(id: $id) { ${change} } }`,
  names: `query Names($ids: [ID!]!) { nodes(ids: $ids) { id ... on Area { name } ... on Condition { name } } }`,
  asset: `query AssetInWorkshop($id: ID!, $workshop: ID!) { asset(id: $id, workshop: $workshop) {
    id kind name status version fields proposals { id }
    links { id relationship from { id name kind } to { id name kind } fields isEnding proposal { id } } } }`,
  changesOfAsset: `query ChangesOfAsset($id: ID!) { changes(filter: { asset: $id }, first: 20) { edges { node { ${change} } } } }`,
  conditions: `query Needs { conditions(first: 100) { edges { node { id slug name } } } }`,
  areas: `query Neighbourhoods { areas(kind: NEIGHBOURHOOD, first: 100) { edges { node { id slug name } } } }`,
  placesNear: `query PlacesNear($near: String!) { places(filter: { near: $near }, first: 50) { edges { node { id name } } } }`,
  proposedAssets: `query ProposedAssets($id: ID!) { workshop(id: $id) { board(first: 100) { edges { node { id name kind status } } } } }`,
  search: `query Find($text: String!, $near: String, $kinds: [AssetKind!]) {
    search(text: $text, near: $near, first: 20, filter: { kinds: $kinds }) { edges { node { __typename id name summary } } } }`,
  possibleDuplicates: `query Duplicates($input: PossibleDuplicatesInput!) {
    possibleDuplicates(input: $input) { asset { id name kind } score reasons } }`,
} as const;

const errors = "userErrors { code message field }";

/** What the forms of workshops have the API do. */
export const commands = {
  create: (type: Type) =>
    `mutation Create($input: Create${type}Input!) { done: create${type}(input: $input) { change { id subjectId status } ${errors} } }`,
  update: (type: Type) =>
    `mutation Update($id: ID!, $expectedVersion: Int!, $input: Update${type}Input!) {
      done: update${type}(id: $id, expectedVersion: $expectedVersion, input: $input) { change { id subjectId status } ${errors} } }`,
  archive: `mutation Archive($input: ArchiveAssetInput!) { done: archiveAsset(input: $input) { change { id status } ${errors} } }`,
  link: `mutation Link($input: LinkInput!) { done: link(input: $input) { change { id status } ${errors} } }`,
  unlink: `mutation Unlink($input: UnlinkInput!) { done: unlink(input: $input) { change { id status } ${errors} } }`,
  confirm: `mutation Confirm($input: ConfirmInput!) { done: confirm(input: $input) { change { id status } ${errors} } }`,
  undo: `mutation Undo($input: UndoChangeInput!) { done: undoChange(input: $input) {
    undone { id } conflicts { code message otherChange { summary } } ${errors} } }`,
  amend: `mutation Amend($input: AmendChangeInput!) { done: amendChange(input: $input) { change { id } ${errors} } }`,
  approve: `mutation Approve($input: ApproveChangesInput!) { done: approveChanges(input: $input) { changes { id } conflicts { code message change { summary } } ${errors} } }`,
  reject: `mutation Reject($input: RejectChangesInput!) { done: rejectChanges(input: $input) { changes { id } conflicts { message } ${errors} } }`,
  join: `mutation Join($input: JoinWorkshopInput!) { done: joinWorkshop(input: $input) { token expiresAt workshop { id name } ${errors} } }`,
  start: `mutation Start($input: StartWorkshopInput!) { done: startWorkshop(input: $input) { workshop { id } ${errors} } }`,
  close: `mutation Close($input: CloseWorkshopInput!) { done: closeWorkshop(input: $input) { workshop { id } ${errors} } }`,
  renew: `mutation Renew($input: RenewJoinCodeInput!) { done: renewJoinCode(input: $input) { workshop { id } ${errors} } }`,
} as const;
