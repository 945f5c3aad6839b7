import type { Api } from "../../api.ts";
import { type SourcesQuery, sourcesQuery } from "../../operations.generated.ts";

type Listed = NonNullable<SourcesQuery["assets"]["edges"][number]["node"]>;

/** A source, and how many things are known from it: of what it said on several days, the first and the last of them. */
export interface SourceCounted extends Omit<Listed["source"], "asOf"> {
  readonly firstAsOf: string;
  readonly lastAsOf: string;
  readonly count: number;
}

/** What the directory holds, counted. */
export interface Holding {
  readonly total: number;
  readonly samples: number;
  readonly overdue: number;
  readonly byType: Readonly<Record<Listed["__typename"], number>>;
  /** By publisher, then name. */
  readonly sources: readonly SourceCounted[];
  /** False: only the first of what it holds was counted. */
  readonly isAll: boolean;
}

/** So many pages of a hundred things are counted at most. */
const mostPages = 20;

const keptMs = 3_600_000;

const kept = new WeakMap<Api, { readonly until: number; readonly holding: Promise<Holding> }>();

/** What the directory holds, as of at most an hour ago: to count it, everything has to be asked for. Throws ApiProblem. */
export function holdingOf(api: Api, now: Date): Promise<Holding> {
  const known = kept.get(api);
  if (known !== undefined && known.until > now.getTime()) return known.holding;
  const holding = counted(api);
  kept.set(api, { until: now.getTime() + keptMs, holding });
  holding.catch(() => kept.delete(api));
  return holding;
}

async function counted(api: Api): Promise<Holding> {
  const listed: Listed[] = [];
  let after: string | null = null;
  let isAll = false;
  for (let page = 0; page < mostPages && !isAll; page += 1) {
    const { data }: { readonly data: SourcesQuery } = await api.ask(sourcesQuery, { after });
    listed.push(...data.assets.edges.flatMap(({ node }) => node ?? []));
    after = data.assets.pageInfo.endCursor;
    isAll = !data.assets.pageInfo.hasNextPage;
  }
  const sources = new Map<string, SourceCounted>();
  for (const { asOf, ...source } of listed.map((one) => one.source)) {
    const key = JSON.stringify(source);
    const { firstAsOf, lastAsOf, count } = sources.get(key) ?? { firstAsOf: asOf, lastAsOf: asOf, count: 0 };
    sources.set(key, {
      ...source,
      firstAsOf: asOf < firstAsOf ? asOf : firstAsOf,
      lastAsOf: asOf > lastAsOf ? asOf : lastAsOf,
      count: count + 1,
    });
  }
  const of = (type: Listed["__typename"]) => listed.filter(({ __typename }) => __typename === type).length;
  return {
    total: listed.length,
    samples: listed.filter(({ source }) => source.sample).length,
    overdue: listed.filter(({ freshness }) => freshness.status === "OVERDUE").length,
    byType: { Activity: of("Activity"), Group: of("Group"), Organisation: of("Organisation"), Place: of("Place") },
    sources: [...sources.values()].toSorted((one, other) =>
      `${one.publisher} ${one.name}`.localeCompare(`${other.publisher} ${other.name}`, "en-GB"),
    ),
    isAll,
  };
}
