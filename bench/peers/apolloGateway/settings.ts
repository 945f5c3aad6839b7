import { z } from "zod";

/** What a gateway that is compared is told: the database, and where the subgraphs are, or that they are in its own process. */
export const gatewaySettings = z.object({
  neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string(), database: z.string() }),
  /** The address of each subgraph; null: they are in its own process. */
  urls: z.record(z.string(), z.string()).nullable(),
  credential: z.string(),
});
