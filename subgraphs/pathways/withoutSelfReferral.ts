import { type Referrers, withBroaderReferrers } from "../../knowledge/referrers.ts";
import { countingFor, type Vocabulary, withBroader } from "../../knowledge/vocabulary.ts";
import type { Context } from "./context.ts";
import { openRoutesTo, shortestWay, supportedBy } from "./openRoutes.ts";
import {
  leadingAnywhereStatement,
  reachedDirectlyStatement,
  supportAnywhereStatement,
  supportNearStatement,
  type SurroundingsRow,
} from "./queries/surroundings.ts";
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
  const { assets, support, supportedIds } =
    near === null ? await readAnywhere(context, fromIds, vocabulary) : await readNear(context, near);
  const needsNoReferral = new Map(support.map((one) => [one.conditionId, one.needsNoReferral]));
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

/** What there is to find ways in, and the conditions to look for ways to. */
interface Read {
  readonly assets: readonly SurroundingsRow[];
  readonly support: readonly { readonly conditionId: string; readonly needsNoReferral: boolean }[];
  readonly supportedIds: ReadonlySet<string>;
}

async function readNear({ graph }: Asking, near: NetworkNear): Promise<Read> {
  const [assets, support] = await Promise.all([near.assets(), graph.run(supportNearStatement, { asked: near.asked })]);
  return { assets, support, supportedIds: new Set([...support.map(conditionIdOf), ...supportedBy(assets)]) };
}

/** Mostly one comes to help with a condition at once: only of the others are all ways read. */
async function readAnywhere({ graph }: Asking, fromIds: readonly string[], vocabulary: Vocabulary): Promise<Read> {
  const support = await graph.run(supportAnywhereStatement, {
    asked: { conditionIds: [...vocabulary.byId.keys()] },
  });
  const counting = (conditionId: string) => [...countingFor(vocabulary, [conditionId]).keys()];
  const conditions = support.map(({ conditionId }) => ({
    conditionId,
    countingIds: counting(conditionId),
    concernedIds: [...withBroader(vocabulary, [conditionId])],
  }));
  const direct = await graph.run(reachedDirectlyStatement, { asked: { conditions, fromIds: [...fromIds] } });
  const reached = new Set(direct.map(conditionIdOf));
  const left = support.map(conditionIdOf).filter((id) => !reached.has(id));
  const assets =
    left.length === 0
      ? []
      : await graph.run(leadingAnywhereStatement, { asked: { conditionIds: [...new Set(left.flatMap(counting))] } });
  return { assets, support, supportedIds: new Set(left) };
}

function conditionIdOf({ conditionId }: { readonly conditionId: string }): string {
  return conditionId;
}
