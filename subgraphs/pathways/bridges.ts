import { InputError } from "../../core/errors.ts";
import { kindOf } from "../../core/ids.ts";
import { type Referrers, withBroaderReferrers } from "../../knowledge/referrers.ts";
import type { Context } from "./context.ts";
import { type OpenRoutes, openRoutesTo, shortestWay, supportedBy } from "./openRoutes.ts";
import type { NetworkAsked } from "./referralNetwork.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";

const order = "bridges";

/**
 * A page of what all open ways to help with something pass in an area, those first that most depends on. Throws InputError without an area: over the whole directory
 * there is a way around nearly everything, which helps nobody where they live, and an empty list would say that all is well. Also for a page size or cursor that cannot
 * be; else as `Graph.run` does.
 */
export async function bridges({ knowledge }: Pick<Context, "knowledge">, { near }: NetworkAsked, asked: PageAsked) {
  if (near === null) {
    throw new InputError("Say where: what all ways pass is different in each area. Give `referralNetwork` a `near`.", {
      field: ["near"],
    });
  }
  const [assets, vocabulary, referrers] = await Promise.all([
    near.assets(),
    knowledge.vocabulary(),
    knowledge.referrers(),
  ]);
  const cutOff = new Map<string, string[]>();
  for (const routes of openRoutesTo([...supportedBy(assets)].sort(), assets, vocabulary)) {
    for (const id of passedByAll(routes, referrers)) {
      cutOff.set(id, [...(cutOff.get(id) ?? []), routes.conditionId]);
    }
  }
  const found = Array.from(cutOff, ([id, conditionIds]) => ({
    // A kind of referrer is ours to tell whole; an asset is told by its owner.
    what: referrers.byId.get(id) ?? { id },
    conditions: conditionIds.map((conditionId) => ({ id: conditionId })),
    area: { id: near.areaId },
  }));
  return sortedPage(order, found, ({ what, conditions }) => [-conditions.length, what.id], asked);
}

/** What every route passes: kinds of referrer that it begins at, and assets, an only destination among them. Empty when there is no route. */
function passedByAll({ endIds, hops }: OpenRoutes, referrers: Referrers): readonly string[] {
  if (endIds.size === 0) return [];
  const starts = [...new Set(hops.map(({ fromId }) => fromId).filter((id) => kindOf(id) === "Referrer"))];
  const way = shortestWay(hops, starts, endIds);
  if (way === null) return [];
  // What all routes pass is on this one too, and no other asset need be tried.
  const [, ...assetIds] = way;
  const passed = assetIds.filter((id) => shortestWay(hops, starts, endIds, id) === null);
  const kind = onlyKind(
    starts.filter((id) => shortestWay(hops, [id], endIds) !== null),
    referrers,
  );
  return kind === null ? passed : [kind, ...passed];
}

/**
 * The kind that all of some kinds are, where it is one of them and can be lost: not oneself, nor a kind that every other is part of, since there is always somebody of it.
 */
function onlyKind(ids: readonly string[], referrers: Referrers): string | null {
  const isPartOf = (kindId: string) => (id: string) => withBroaderReferrers(referrers, id).includes(kindId);
  const only = ids.find((id) => ids.every(isPartOf(id)));
  if (only === undefined || referrers.byId.get(only)?.slug === "self") return null;
  return referrers.all.every(({ id }) => isPartOf(only)(id)) ? null : only;
}
