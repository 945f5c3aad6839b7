// @neo4j/graphql on the same database as ours, behind Apollo Server, as its manual sets it up.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApolloServer, HeaderMap } from "@apollo/server";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";
import { z } from "zod";
import { serveContender } from "../../contender.ts";

const { neo4j: server } = z
  .object({ neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string(), database: z.string() }) })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), { telemetryDisabled: true });
const library = new Neo4jGraphQL({
  typeDefs: readFileSync(join(import.meta.dirname, "typeDefs.graphql"), "utf8"),
  driver,
});
const apollo = new ApolloServer({ schema: await library.getSchema(), stopOnTerminationSignals: false });
await apollo.start();

const headers = new HeaderMap([["content-type", "application/json"]]);

serveContender(
  async (question) => {
    // All that Apollo Server does over HTTP, without the network: ours is asked in its own process too.
    const { body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: "POST", headers, search: "", body: question },
      context: () => Promise.resolve({ sessionConfig: { database: server.database } }),
    });
    if (body.kind === "chunked") throw new Error("An answer in pieces.");
    return body.string;
  },
  async () => {
    await apollo.stop();
    await driver.close();
  },
);
