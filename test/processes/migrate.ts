// A process that migrates: `migrate.ts <server as JSON>`. Prints the names it applied, as JSON.
import { connectGraph, type GraphServer } from "../../graph/graph.ts";
import { migrate } from "../../graph/migrate.ts";

const graph = connectGraph(JSON.parse(process.argv[2] ?? "") as GraphServer);
console.log(JSON.stringify(await migrate(graph, { report: () => undefined })));
await graph.close();
