// A process of its own that loads a synthetic country, so that what it takes is seen apart, and so that it can be killed. Started by startLoader.ts.
import { connectGraph } from "../../graph/graph.ts";
import { migrate } from "../../graph/migrate.ts";
import { load } from "../../seed/load.ts";
import type { CountryFile } from "./countryFile.ts";
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
let assets = files.slice(0, done).reduce((sum, file) => sum + file.assets, 0);

async function loadFile(index: number, file: CountryFile, before: Promise<void>): Promise<void> {
  const { created, updated, unchanged } = await load(graph, [file.make()], {
    report: () => undefined,
    now: new Date(),
    isLaidOutLater: true,
  });
  // Told in their order: what is told to be done is done with all before it.
  await before;
  assets += file.assets;
  const rssMegabytes = Math.round(process.memoryUsage().rss / 1024 ** 2);
  const told: Loaded = { files: index + 1, of: files.length, assets, rssMegabytes, created, updated, unchanged };
  process.send?.(told);
}

let before = Promise.resolve();
for (const [index, file] of files.entries()) {
  if (index < done) continue;
  // Areas are pointed at by what follows. A file of assets is closed in itself, so that while Neo4j writes one the next is made and checked.
  if (file.assets === 0 || files[index - 1]?.assets === 0) await before;
  const loading = loadFile(index, file, before);
  await before;
  before = loading;
}
await before;
await graph.close();
process.off("disconnect", abandoned);
process.disconnect();
