import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";

/** What a request came by. */
export interface Connection {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
}

export interface Listening {
  /** Where it answers, without a slash at the end: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Takes no more requests, finishes those under way, and resolves when the last is answered. */
  readonly close: () => Promise<void>;
}

/** Longer than any operation of ours may take, so that this ends only a caller who sends slower than that. */
const requestTimeoutMs = 30_000;

/**
 * Answers HTTP with `fetch` on `host` and `port`; 0 is any free port.
 * Throws an Error of one sentence when the port is taken or may not be used.
 */
export async function listen(
  fetch: (request: Request, connection: Connection) => Response | Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch,
    createServer,
    serverOptions: { requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs },
  }) as Server;
  const endIdle = idleConnectionsOf(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(new Error(sentenceOf(error, host, port), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        endIdle();
      }),
  };
}

/**
 * Ends, when called, the connections on which nothing is asked, and each of the others as soon as it is answered. Node's own
 * `closeIdleConnections` leaves those on which nothing has been asked yet: browsers open such, and closing would wait for them.
 */
function idleConnectionsOf(server: Server): () => void {
  const connections = new Set<Socket>();
  const busy = new Set<Socket>();
  let isEnding = false;
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    busy.add(socket);
    response.once("close", () => {
      busy.delete(socket);
      if (isEnding) socket.end();
    });
  });
  return () => {
    isEnding = true;
    for (const socket of connections) if (!busy.has(socket)) socket.destroy();
  };
}

function sentenceOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken: stop what uses it, or set PORT to another one.`;
    case "EACCES":
      return `Port ${port} on ${host} may not be used by this user: set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${host}: set HOST to one it has, such as 127.0.0.1.`;
    default:
      return `Listening on ${host}:${port} failed: ${error.message}`;
  }
}
