import type { ShortlistQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";

/** Something on a shortlist. */
export type Listed = Extract<NonNullable<ShortlistQuery["nodes"][number]>, { readonly name: string }>;

/** So many characters a message holds: some mail programs take no longer addresses than 2,000, and a character of another script is nine. */
const mostCharacters = 1_600;

/** Where something is, each place with its address: nothing for what comes to people, is online or by telephone. */
export function sitesOf(asset: Listed): readonly string[] {
  return placesOf(asset).map(({ name, address: { streetAddress, addressLocality, postalCode } }) =>
    [name, streetAddress, addressLocality, postalCode].filter((part) => part !== null && part !== "").join(", "),
  );
}

/** The address that opens a message with the list in it, to be sent to anybody: what there is, where, when and whom to call; or as much of it as a message holds. */
export function messageAbout({ words: { say } }: Visit, listed: readonly Listed[], address: string): string {
  const lines = listed.map((asset, index) =>
    [
      `${index + 1}. ${asset.name}${asset.source.sample ? ` (${say("shortlist.message.sample")})` : ""}`,
      asset.__typename === "Activity" ? asset.scheduleInWords : null,
      ...sitesOf(asset),
      asset.contact?.telephone ?? asset.contact?.email ?? null,
    ]
      .filter((part) => part !== null)
      .join("\r\n"),
  );
  const said = (count: number) =>
    [
      ...lines.slice(0, count),
      ...(count < lines.length ? [say("shortlist.message.more", { count: lines.length - count })] : []),
      say("shortlist.message.whole", { address }),
      say("layout.askFirst"),
    ].join("\r\n\r\n");
  let count = lines.length;
  while (count > 0 && encodeURIComponent(said(count)).length > mostCharacters) count -= 1;
  return `mailto:?subject=${encodeURIComponent(say("shortlist.title"))}&body=${encodeURIComponent(said(count))}`;
}

function placesOf(asset: Listed) {
  switch (asset.__typename) {
    case "Activity":
      return asset.heldAt;
    case "Group":
      return asset.meetsAt;
    case "Organisation":
      return asset.basedAt;
    case "Place":
      return [];
  }
}
