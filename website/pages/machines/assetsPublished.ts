import type { Api } from "../../api.ts";
import { type AssetFilter, assetsPublishedQuery, type AssetsPublishedQuery } from "../../operations.generated.ts";

export type AssetPublished = NonNullable<AssetsPublishedQuery["assets"]["edges"][number]["node"]>;

/** Everything that is real and fits a filter, by name; of more than `mostPages` hundreds, the first. What is invented is left out: machines pass on what they read without its notice. Throws ApiProblem. */
export async function assetsPublished(
  api: Api,
  filter: AssetFilter,
  mostPages: number,
): Promise<readonly AssetPublished[]> {
  const assets: AssetPublished[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data }: { data: AssetsPublishedQuery } = await api.ask(assetsPublishedQuery, { filter, after });
    for (const { node } of data.assets.edges) if (node !== null && !node.source.sample) assets.push(node);
    after = data.assets.pageInfo.endCursor;
    if (!data.assets.pageInfo.hasNextPage) break;
  }
  return assets;
}
