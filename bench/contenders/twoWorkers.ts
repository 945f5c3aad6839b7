// Two gateways behind one port: Node's cluster hands new connections to them in turn. It says where it answers once both do.
import cluster from "node:cluster";
import { once } from "node:events";
import { join } from "node:path";

cluster.setupPrimary({
  exec: join(import.meta.dirname, "..", "..", "gateway", "main.ts"),
  execArgv: ["--import", "tsx"],
  silent: true,
});

async function startWorker(): Promise<number> {
  const worker = cluster.fork();
  worker.process.stderr?.on("data", (chunk: Buffer) => {
    // That one of them answers is not yet what is waited for.
    if (!chunk.includes("answers at http")) process.stderr.write(chunk);
  });
  worker.process.stdout?.resume();
  const [{ port }] = (await once(worker, "listening")) as [{ readonly port: number }];
  return port;
}

const workersEnded = () =>
  Promise.all(
    Object.values(cluster.workers ?? {}).flatMap((worker) => {
      if (worker === undefined) return [];
      const ended = once(worker.process, "exit");
      worker.process.kill("SIGTERM");
      return [ended];
    }),
  );

process.once("SIGTERM", () => void workersEnded().then(() => process.exit(0)));
const [port] = await Promise.all([startWorker(), startWorker()]);
process.stderr.write(`Two gateways: answers at http://127.0.0.1:${port}/graphql\n`);
