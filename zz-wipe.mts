import { connectGraph } from "./graph/graph.ts"; import { wipe } from "./test/wipe.ts";
const e = process.env; const g = connectGraph({ uri: e.NEO4J_URI!, user: e.NEO4J_USER!, password: e.NEO4J_PASSWORD!, database: "neo4j" });
await wipe(g); await g.close();
