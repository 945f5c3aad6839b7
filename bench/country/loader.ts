// A process of its own that loads a synthetic country, so that what it takes is seen apart, and so that it can be killed. Started by startLoader.ts.
import { connectGraph } from "../../graph/graph.ts";
import { migrate } from "../../graph/migrate.ts";
import { load } from "../../seed/load.ts";
import { countryFiles } from "./countryFiles.ts";
import { landscapeOfCountry, readConditions } from "./landscapeOfCountry.ts";
import type { Loaded, LoaderSettings } from "./startLoader.ts";

const { server, country, done } = JSON.parse(process.argv[2] ?? "") as LoaderSettings;
/** Whoever started us has gone. */
const abandoned = () => process.exit(1);
process.on("disconnect", abandoned);

const graph = connectGraph(server);
await migrate(graph, { report: () => undefined });
const files = countryFiles(await landscapeOfCountry(country), country.size, await readConditions());
let assets = 0;
for (const [index, file] of files.entries()) {
  assets += file.assets;
  if (index < done) continue;
  const { created, updated, unchanged } = await load(graph, [file.make()], { report: () => undefined });
  const rssMegabytes = Math.round(process.memoryUsage().rss / 1024 ** 2);
  const told: Loaded = { files: index + 1, of: files.length, assets, rssMegabytes, created, updated, unchanged };
  process.send?.(told);
}
await graph.close();
process.off("disconnect", abandoned);
process.disconnect();
