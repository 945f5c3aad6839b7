// A parent to be killed: `holdLocalNeo4j.ts <data directory>` starts a local Neo4j there and prints its process and address, as JSON.
// SIGTERM stops both. When it does not start, the sentence that says why goes to standard error.
import { startLocalNeo4j } from "../../graph/local/startLocalNeo4j.ts";

try {
  const neo4j = await startLocalNeo4j({
    dataDirectory: process.argv[2] ?? "",
    boltPort: 0,
    javaHome: process.env["JAVA_HOME"] ?? null,
    purpose: "test",
    report: () => undefined,
  });
  console.log(JSON.stringify(neo4j));
  process.once("SIGTERM", () => void neo4j.stop());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
