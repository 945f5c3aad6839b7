import { GraphQLDateTime, GraphQLJSON, GraphQLLocalDate, GraphQLURL } from "graphql-scalars";
import { type AssetKind, assetKindOf, kindOf } from "../../core/ids.ts";
import { isAsked } from "../isAsked.ts";
import { answered } from "./answered.ts";
import { assetAsked, board, linkShown } from "./assetState.ts";
import { byShown, changeAsked, conflictsOf, effectsShown, onTheMap, partOf, workshopOfChange } from "./changeShown.ts";
import { changesOfWorkshop, changesPage, lastSequence, workshopChanges } from "./changesPage.ts";
import { archiveAsset } from "./commands/archiveAsset.ts";
import { confirm } from "./commands/confirm.ts";
import { createAsset, createdPayload } from "./commands/createAsset.ts";
import { link, unlink, updateLink } from "./commands/link.ts";
import { notTheSame } from "./commands/notTheSame.ts";
import { byOf } from "./commands/perform.ts";
import { mergeAssets } from "./commands/mergeAssets.ts";
import { amendChange, approveChanges, rejectChanges, undoChange } from "./commands/review.ts";
import { updateAsset } from "./commands/updateAsset.ts";
import { closeWorkshop, joinWorkshop, renewJoinCode, shownCode, startWorkshop } from "./commands/workshops.ts";
import { dueForConfirmation } from "./dueForConfirmation.ts";
import { possibleDuplicates } from "./possibleDuplicates.ts";
import type { Resolvers } from "./schema.generated.ts";
import { isFacilitator } from "./whoMay.ts";
import { workshopAsked, workshopMarks, workshopsPage } from "./workshopsPage.ts";

/** The fields that workshops add to every asset. */
const asset = {
  __resolveReference: ({ id }: { readonly id: string }) => ({ id }),
  changes: async ({ id }, { first, after }, { changesOfAsset }) => {
    const { edges, ...connection } = await changesOfAsset.load({ parentId: id, first, after });
    return { ...connection, edges: edges.map(({ cursor, node }) => ({ cursor, node: node.change })) };
  },
} satisfies NonNullable<Resolvers["Group"]>;

const created = { change: null, possibleDuplicates: [] };
const changed = { change: null };
const settled = { changes: [], conflicts: [] };

/** A kind as the schema's enum has it. */
function shouted(kind: AssetKind) {
  return kind.toUpperCase() as Uppercase<AssetKind>;
}

/** The kind of node that is an asset, a change or a workshop: what this subgraph tells of. */
function nodeKindOf(id: string) {
  const kind = kindOf(id);
  return kind === "Change" || kind === "Workshop" ? kind : assetKindOf(id);
}

export const resolvers = {
  Query: {
    viewer: (_, __, { caller }) => caller,
    change: (_, { id }, context) => changeAsked(context, id),
    changes: (_, asked, context, info) => changesPage(context, asked, isAsked(info, "totalCount")),
    asset: (_, asked, context) => assetAsked(context, asked),
    workshop: (_, { id }, context) => workshopAsked(context, id),
    workshops: (_, asked, context) => workshopsPage(context, asked),
    workshopChanges: (_, asked, context) => workshopChanges(context, asked),
    workshopMarks: (_, { ids }, context) => workshopMarks(context, ids),
    possibleDuplicates: (_, { input }, { graph }) => possibleDuplicates(graph, input),
    dueForConfirmation: (_, asked, context) => dueForConfirmation(context, asked),
  },
  Mutation: {
    createGroup: (_, { input }, context) =>
      answered({ group: null, ...created }, async () => {
        const { id, ...payload } = await createdPayload(context, await createAsset(context, "Group", input));
        return { group: id, ...payload };
      }),
    createActivity: (_, { input }, context) =>
      answered({ activity: null, ...created }, async () => {
        const { id, ...payload } = await createdPayload(context, await createAsset(context, "Activity", input));
        return { activity: id, ...payload };
      }),
    createOrganisation: (_, { input }, context) =>
      answered({ organisation: null, ...created }, async () => {
        const { id, ...payload } = await createdPayload(context, await createAsset(context, "Organisation", input));
        return { organisation: id, ...payload };
      }),
    createPlace: (_, { input }, context) =>
      answered({ place: null, ...created }, async () => {
        const { id, ...payload } = await createdPayload(context, await createAsset(context, "Place", input));
        return { place: id, ...payload };
      }),
    updateGroup: (_, asked, context) =>
      answered({ group: null, ...changed }, async () => {
        const change = await updateAsset(context, "Group", asked);
        return { change, group: await onTheMap(context, asked.id), conflictingChange: null };
      }),
    updateActivity: (_, asked, context) =>
      answered({ activity: null, ...changed }, async () => {
        const change = await updateAsset(context, "Activity", asked);
        return { change, activity: await onTheMap(context, asked.id), conflictingChange: null };
      }),
    updateOrganisation: (_, asked, context) =>
      answered({ organisation: null, ...changed }, async () => {
        const change = await updateAsset(context, "Organisation", asked);
        return { change, organisation: await onTheMap(context, asked.id), conflictingChange: null };
      }),
    updatePlace: (_, asked, context) =>
      answered({ place: null, ...changed }, async () => {
        const change = await updateAsset(context, "Place", asked);
        return { change, place: await onTheMap(context, asked.id), conflictingChange: null };
      }),
    archiveAsset: (_, { input }, context) =>
      answered(changed, async () => ({ change: await archiveAsset(context, input), conflictingChange: null })),
    link: (_, { input }, context) =>
      answered({ link: null, ...changed }, async () => {
        const { id, change } = await link(context, input);
        return { change, link: await linkShown(context, id, change) };
      }),
    updateLink: (_, { input }, context) =>
      answered({ link: null, ...changed }, async () => {
        const change = await updateLink(context, input);
        return { change, link: await linkShown(context, input.link, change), conflictingChange: null };
      }),
    unlink: (_, { input }, context) => answered(changed, async () => ({ change: await unlink(context, input) })),
    confirm: (_, { input }, context) => answered(changed, async () => ({ change: await confirm(context, input) })),
    mergeAssets: (_, { input }, context) =>
      answered({ asset: null, ...changed }, async () => {
        const change = await mergeAssets(context, input);
        return { change, asset: await onTheMap(context, input.into) };
      }),
    notTheSame: (_, { input }, context) => notTheSame(context, input),
    startWorkshop: (_, { input }, context) =>
      answered({ workshop: null }, async () => ({ workshop: await startWorkshop(context, input) })),
    closeWorkshop: (_, { input }, context) =>
      answered({ workshop: null }, async () => ({ workshop: await closeWorkshop(context, input) })),
    renewJoinCode: (_, { input }, context) =>
      answered({ workshop: null }, async () => ({ workshop: await renewJoinCode(context, input) })),
    joinWorkshop: (_, { input }, context) =>
      answered({ token: null, expiresAt: null, workshop: null }, () => joinWorkshop(context, input)),
    amendChange: (_, { input }, context) =>
      answered(changed, async () => ({ change: await amendChange(context, input) })),
    approveChanges: (_, { input }, context) => answered(settled, () => approveChanges(context, input)),
    rejectChanges: (_, { input }, context) => answered(settled, () => rejectChanges(context, input)),
    undoChange: (_, { input }, context) =>
      answered({ change: null, undone: [], conflicts: [] }, () => undoChange(context, input)),
  },
  Node: { __resolveType: ({ id }) => nodeKindOf(id) },
  Asset: { __resolveType: ({ id }) => assetKindOf(id) },
  Group: asset,
  Activity: asset,
  Organisation: asset,
  Place: asset,
  Viewer: {
    by: ({ actor }) => (actor === null ? null : byOf(actor)),
    role: ({ actor }) => actor?.role ?? "VIEWER",
    areas: ({ actor }) => (actor?.areas ?? []).map((id) => ({ id })),
    organisations: async ({ actor }, _, context) =>
      (await Promise.all((actor?.organisations ?? []).map((id) => onTheMap(context, id)))).filter(
        (one) => one !== null,
      ),
    workshops: ({ actor }) => (actor?.workshops ?? []).map(({ id }) => id),
  },
  Change: {
    __resolveReference: ({ id }: { readonly id: string }, context) => changeAsked(context, id),
    by: (change, _, context) => byShown(context, change),
    workshop: (change, _, context) => workshopOfChange(context, change),
    subject: ({ subjectId }, _, context) => onTheMap(context, subjectId),
    before: (change, _, context) => partOf(context, change, "before"),
    after: (change, _, context) => partOf(context, change, "after"),
    effects: (change, _, context) => effectsShown(context, change),
    undoes: ({ undoes }, _, context) => changeAsked(context, undoes),
    undoneBy: ({ undoneBy }, _, context) => changeAsked(context, undoneBy),
    conflicts: (change, _, context) => conflictsOf(context, change),
  },
  AssetState: {
    kind: ({ kind }) => shouted(kind),
    node: ({ id }, _, context) => onTheMap(context, id),
  },
  Workshop: {
    __resolveReference: ({ id }: { readonly id: string }, context) => workshopAsked(context, id),
    area: ({ areaId }) => (areaId === null ? null : { id: areaId }),
    joinCode: (workshop, _, { caller, now }) =>
      !isFacilitator(caller.actor, workshop) ||
      workshop.code === null ||
      workshop.codeExpiresAt === null ||
      new Date(workshop.codeExpiresAt) <= now
        ? null
        : { code: shownCode(workshop.code), expiresAt: workshop.codeExpiresAt },
    isFacilitator: (workshop, _, { caller }) => isFacilitator(caller.actor, workshop),
    sequence: ({ id }, _, context) => lastSequence(context, id),
    changes: ({ id }, asked, context) => changesOfWorkshop(context, id, asked),
    board: ({ id }, asked, context) => board(context, id, asked),
  },
  Date: GraphQLLocalDate,
  DateTime: GraphQLDateTime,
  JSON: GraphQLJSON,
  URL: GraphQLURL,
} satisfies Resolvers;
