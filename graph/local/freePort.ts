import { createServer, type AddressInfo } from "node:net";
import { portTaken } from "./whyNeo4jFailed.ts";

/**
 * A port on the loopback address that nothing listens on at this moment: `wanted`, or any when that is 0.
 * Throws an Error that says what to do when `wanted` is taken or not allowed.
 */
export function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const sentence =
        cause.code === "EADDRINUSE"
          ? portTaken(wanted)
          : `Port ${wanted} cannot be opened for Neo4j (${cause.code ?? cause.message}): set NEO4J_BOLT_PORT to one between 1024 and 65535, or to 0 for any free one.`;
      reject(new Error(sentence, { cause }));
    });
    server.listen({ port: wanted, host: "127.0.0.1" }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
