import { idOf } from "../../core/ids.ts";
import { type Step, stepOf } from "./referralStep.ts";
import { type Random, randomOf } from "./random.ts";

/** An asset that people may be referred to or on from, and where it is. */
export interface Referable {
  readonly id: string;
  /** Its local authority, by its code. */
  readonly authority: string;
  /** Whether it is an organisation or a group, as those are that send people on to many. */
  readonly isOrganised: boolean;
  /** Whether it comes to, or takes, people of a whole nation. */
  readonly isNational: boolean;
}

/** A kind of referrer, by its slug, and the kinds just above. */
export interface ReferrerKind {
  readonly slug: string;
  readonly broader: readonly string[];
}

export interface ReferralNetwork {
  readonly referrers: readonly ReferrerKind[];
  /** The assets that help by finding others who do: what they support they support by referral. */
  readonly hubIds: readonly string[];
  readonly steps: readonly Step[];
}

/** The commonest of the seed's, with how often an asset says that it takes people from them. */
const kinds: readonly (ReferrerKind & { readonly weight: number })[] = [
  { slug: "anyone", broader: [], weight: 5 },
  { slug: "self", broader: ["anyone"], weight: 18 },
  { slug: "friend-or-family", broader: ["anyone"], weight: 6 },
  { slug: "voluntary-organisation", broader: ["anyone"], weight: 6 },
  { slug: "mecc-trained-worker", broader: ["anyone"], weight: 3 },
  { slug: "hairdresser", broader: ["mecc-trained-worker"], weight: 1 },
  { slug: "professional", broader: ["anyone"], weight: 8 },
  { slug: "health-professional", broader: ["professional"], weight: 5 },
  { slug: "gp-practice", broader: ["health-professional"], weight: 14 },
  { slug: "pharmacist", broader: ["health-professional"], weight: 3 },
  { slug: "hospital-discharge", broader: ["health-professional"], weight: 5 },
  { slug: "mental-health-service", broader: ["health-professional"], weight: 5 },
  { slug: "social-worker", broader: ["professional"], weight: 6 },
  { slug: "social-prescriber", broader: ["professional"], weight: 8 },
  { slug: "housing-officer", broader: ["professional"], weight: 3 },
  { slug: "school", broader: ["professional"], weight: 4 },
];

/** Of all steps, those from kinds of referrer; and of those, the ones into a hub. */
const fromReferrersShare = 0.3;
const intoHubsShare = 0.5;

/** One asset of so many sends people on to many others, as a social prescribing service does; and of all steps between assets, those from such. */
const assetsAHub = 25;
const fromHubsShare = 0.45;

/** Of the steps between assets, those that lead out of the local authority: into the next, or to what serves a whole nation. */
const abroadShare = 0.03;
const nationalShare = 0.01;

/**
 * A network of `count` steps through the assets of a country, as many for each asset in one local authority as in another. None leads to where it begins, and no
 * two lead from and to the same. `neighbours` tells the local authorities next to one. The same is asked, the same is returned.
 */
export function referralNetwork(
  assets: readonly Referable[],
  {
    count,
    neighbours,
    conditionIds,
  }: {
    readonly count: number;
    readonly neighbours: (authority: string) => readonly string[];
    readonly conditionIds: readonly string[];
  },
): ReferralNetwork {
  const random = randomOf(`${count} referrals through ${assets.length} assets`);
  const regions = regionsOf(assets);
  const national = assets.filter(({ isNational }) => isNational);
  const asked = { random, conditionIds };
  const steps = new Map<string, Step>();
  const join = (fromId: string, to: Referable) => {
    const key = `${fromId} ${to.id}`;
    if (fromId === to.id || steps.has(key)) return;
    steps.set(key, stepOf({ fromId, toId: to.id, authority: to.authority }, asked));
  };
  const ofAll = [...regions.values()];
  // One asset as likely as any other, so that a region has steps as it has assets.
  const anyRegion = () => regions.get(random.pick(assets).authority) ?? random.pick(ofAll);
  while (steps.size < fromReferrersShare * count) {
    const { hubs, assets: all } = anyRegion();
    join(idOf("Referrer", "common-ground", kindOf(random)), random.pick(random.chance(intoHubsShare) ? hubs : all));
  }
  while (steps.size < count) {
    const region = anyRegion();
    const from = random.pick(random.chance(fromHubsShare) ? region.hubs : region.assets);
    if (random.chance(nationalShare) && national.length > 0) join(from.id, random.pick(national));
    else if (random.chance(abroadShare)) {
      const next = regions.get(random.pick([from.authority, ...neighbours(from.authority)])) ?? region;
      join(from.id, random.pick(next.assets));
    } else join(from.id, random.pick(region.assets));
  }
  return {
    referrers: kinds.map(({ slug, broader }) => ({ slug, broader })),
    hubIds: ofAll.flatMap(({ hubs }) => hubs.map(({ id }) => id)),
    steps: [...steps.values()],
  };
}

/** The assets of a local authority; there is always a hub among them. */
interface Region {
  readonly assets: readonly Referable[];
  readonly hubs: readonly Referable[];
}

function regionsOf(assets: readonly Referable[]): ReadonlyMap<string, Region> {
  const regions = new Map<string, Referable[]>();
  for (const asset of assets) {
    const region = regions.get(asset.authority);
    if (region === undefined) regions.set(asset.authority, [asset]);
    else region.push(asset);
  }
  return new Map(
    Array.from(regions, ([authority, those]) => {
      const organised = those.filter(({ isOrganised }) => isOrganised);
      const hubs = organised.filter(
        (_, index) => index % Math.max(1, Math.round(assetsAHub * (organised.length / those.length))) === 0,
      );
      return [authority, { assets: those, hubs: hubs.length > 0 ? hubs : those.slice(0, 1) }];
    }),
  );
}

const allWeights = kinds.reduce((sum, { weight }) => sum + weight, 0);

function kindOf(random: Random): string {
  let left = random.next() * allWeights;
  for (const { slug, weight } of kinds) {
    left -= weight;
    if (left < 0) return slug;
  }
  return "anyone";
}
