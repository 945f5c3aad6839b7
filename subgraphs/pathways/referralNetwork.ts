import { type Located, locateOne } from "../../knowledge/locate.ts";
import type { Graph, Parameters } from "../../graph/graph.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { surroundingsStatement, type SurroundingsRow } from "./queries/surroundings.ts";

/** What asking takes from its surroundings. */
interface Asking {
  readonly graph: Graph;
  readonly knowledge: Pick<Knowledge, "gazetteer">;
}

/** The referrals of an area, or of the whole directory, whose health is looked into. */
export interface NetworkAsked {
  /** Null: the whole directory. */
  readonly near: NetworkNear | null;
  readonly area: { readonly id: string } | null;
}

/** The referrals around a place. */
export interface NetworkNear {
  readonly areaId: string;
  /** What statements take that begin at the place. */
  readonly asked: Parameters;
  /** All that has a part in referrals there, read once however many lists are made of it. */
  readonly assets: () => Promise<readonly SurroundingsRow[]>;
}

/**
 * The referrals of what a text means as a place; of the whole directory where there is none. Throws CodedError PLACE_NOT_FOUND or AMBIGUOUS_PLACE, and InputError at
 * `near`, as `locateOne` does.
 */
export async function referralNetwork(
  { graph, knowledge }: Asking,
  { near }: { readonly near?: string | null | undefined },
): Promise<NetworkAsked> {
  if (near === null || near === undefined) return { near: null, area: null };
  const located = await locateOne(graph, await knowledge.gazetteer(), near, ["near"]);
  const asked = askedOf(located);
  let reading: Promise<readonly SurroundingsRow[]> | null = null;
  return {
    near: {
      areaId: located.area.id,
      asked,
      assets: () => (reading ??= graph.run(surroundingsStatement, { asked })),
    },
    area: { id: located.area.id },
  };
}

function askedOf({ area, location: { latitude, longitude } }: Located): Parameters {
  return { areaId: area.id, latitude, longitude, isBlockedWanted: false };
}
