// A process that loads the project's seed and is killed: `load.ts <server as JSON> <batch at which it dies, from 1>`.
import { connectGraph, type GraphServer } from "../../graph/graph.ts";
import { load } from "../../seed/load.ts";
import { readSeed } from "../../seed/readSeed.ts";

const graph = connectGraph(JSON.parse(process.argv[2] ?? "") as GraphServer);
let left = Number(process.argv[3]);
await load(graph, await readSeed(), {
  now: new Date("2026-11-22T12:00:00Z"),
  report: () => {
    left -= 1;
    // No handler runs and no connection is closed: as when the machine loses its power.
    if (left === 0) process.kill(process.pid, "SIGKILL");
  },
});
