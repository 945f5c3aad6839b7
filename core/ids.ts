import { createHash } from "node:crypto";
import { ulid } from "ulid";

/** The kinds of thing that have an id of their own, and the prefix that says so. Opaque to clients. */
const prefixes = {
  Group: "grp",
  Activity: "act",
  Organisation: "org",
  Place: "plc",
  Area: "are",
  Condition: "con",
  Session: "ses",
  Referrer: "ref",
  Pathway: "pth",
  ReferralStep: "stp",
  Change: "chg",
  Workshop: "wks",
} as const;

/** What has an id of its own. A step from one to the next is a relationship of the graph, and no node of the API. */
export type Identified = keyof typeof prefixes;

export type Kind = Exclude<Identified, "ReferralStep">;

const assetKinds = ["Group", "Activity", "Organisation", "Place"] as const;

export type AssetKind = (typeof assetKinds)[number];

const kindByPrefix: ReadonlyMap<string, Identified> = new Map(
  (Object.entries(prefixes) as [Identified, string][]).map(([kind, prefix]) => [prefix, kind]),
);

const idPattern = /^([a-z]{3})_[0-9A-HJKMNP-TV-Z]{26}$/;

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * The id of something loaded from a source: the same record of the same source always gets the same id, so that loading twice, or in
 * two processes at once, makes one node. It is shaped like a ULID (26 characters of Crockford's base 32, 130 bits of SHA-256).
 */
export function idOf(kind: Identified, source: string, sourceId: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([kind, source, sourceId]))
    .digest();
  let text = "";
  for (let bit = 0; bit < 130; bit += 5) {
    // Five bits from `bit` on, out of the two bytes that hold them.
    const two = digest.readUInt16BE(bit >> 3);
    text += crockford.charAt((two >> (11 - (bit & 7))) & 31);
  }
  return `${prefixes[kind]}_${text}`;
}

/** The id of something made here and now: a ULID (26 characters), so that ids of a kind are in the order in which they were made. */
export function newId(kind: Identified, now: Date): string {
  return `${prefixes[kind]}_${ulid(now.getTime())}`;
}

/** The kind of node that an id says it is, or null for any other text. */
export function kindOf(id: string): Kind | null {
  const prefix = idPattern.exec(id)?.[1];
  const kind = prefix === undefined ? null : (kindByPrefix.get(prefix) ?? null);
  return kind === "ReferralStep" ? null : kind;
}

/** The kind of asset an id says it is, or null for anything else. */
export function assetKindOf(id: string): AssetKind | null {
  const kind = kindOf(id);
  return assetKinds.find((assetKind) => assetKind === kind) ?? null;
}
