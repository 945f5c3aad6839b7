import { type Referrers, withBroaderReferrers } from "../../knowledge/referrers.ts";
import { countingFor } from "../../knowledge/vocabulary.ts";
import type { Context } from "./context.ts";
import { openRoutesTo, shortestWay, supportedBy } from "./openRoutes.ts";
import { reachedAnywhereStatement, supportAnywhereStatement, supportNearStatement } from "./queries/surroundings.ts";
import type { NetworkNear, NetworkAsked } from "./referralNetwork.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";

const order = "without self-referral";

type Asking = Pick<Context, "graph" | "knowledge">;

/**
 * A page, by name, of the conditions that something supports and nobody can come to help with by themselves. Throws InputError for a page size or cursor that cannot
 * be; else as `Graph.run` does.
 */
export async function withoutSelfReferral(context: Asking, { near }: NetworkAsked, asked: PageAsked) {
  const [vocabulary, referrers] = await Promise.all([context.knowledge.vocabulary(), context.knowledge.referrers()]);
  const fromIds = selfIds(referrers);
  const [assets, support] =
    near === null ? await readAnywhere(context, fromIds, [...vocabulary.byId.keys()]) : await readNear(context, near);
  const needsNoReferral = new Map(support.map((one) => [one.conditionId, one.needsNoReferral]));
  const supportedIds = new Set([...needsNoReferral.keys(), ...(near === null ? [] : supportedBy(assets))]);
  const found = openRoutesTo([...supportedIds], assets, vocabulary).flatMap(({ conditionId, hops, endIds }) => {
    const { name } = vocabulary.byId.get(conditionId) ?? {};
    if (name === undefined || shortestWay(hops, fromIds, endIds) !== null) return [];
    const counting = [...countingFor(vocabulary, [conditionId]).keys()];
    return [{ condition: { id: conditionId }, name, needsNoReferral: counting.some((id) => needsNoReferral.get(id)) }];
  });
  return sortedPage(order, found, ({ name, condition }) => [name, condition.id], asked);
}

/** Oneself, and all that one is besides. Empty where the directory has no such kind: nobody can then come by themselves. */
function selfIds(referrers: Referrers): readonly string[] {
  const self = referrers.bySlug.get("self");
  return self === undefined ? [] : withBroaderReferrers(referrers, self.id);
}

function readNear({ graph }: Asking, near: NetworkNear) {
  return Promise.all([near.assets(), graph.run(supportNearStatement, { asked: near.asked })]);
}

function readAnywhere({ graph }: Asking, fromIds: readonly string[], conditionIds: readonly string[]) {
  return Promise.all([
    graph.run(reachedAnywhereStatement, { asked: { fromIds: [...fromIds] } }),
    graph.run(supportAnywhereStatement, { asked: { conditionIds: [...conditionIds] } }),
  ]);
}
