import { setTimeout as sleep } from "node:timers/promises";
import { neo4jProcessesOn } from "./neo4jProcessesOn.ts";
import { processStarted } from "./processStarted.ts";

// Asked politely, Neo4j closes its store, which takes as long as there is to write.
const patience = [
  { signal: "SIGTERM", milliseconds: 90_000 },
  { signal: "SIGKILL", milliseconds: 10_000 },
] as const;

/**
 * Ends every Neo4j that still runs on `home`. To be called by the holder of the directory, for then no living parent needs it.
 * Throws an Error that names the process when one does not end.
 */
export async function endLeftOver(home: string, report: (line: string) => void): Promise<void> {
  for (const pid of await neo4jProcessesOn(home)) {
    report(`Ending the Neo4j that an earlier run left behind (process ${pid})`);
    if (!(await ended(pid))) {
      throw new Error(
        `A Neo4j that an earlier run left behind (process ${pid}) does not end: end it (kill -9 ${pid}) and start again.`,
      );
    }
  }
}

async function ended(pid: number): Promise<boolean> {
  const started = await processStarted(pid);
  const runs = async () => started !== null && (await processStarted(pid)) === started;
  for (const { signal, milliseconds } of patience) {
    if (!(await runs())) return true;
    try {
      process.kill(pid, signal);
    } catch (error) {
      // EPERM: another user's. ESRCH: gone by itself, as the next look tells.
      if ((error as NodeJS.ErrnoException).code === "EPERM") return false;
    }
    const deadline = performance.now() + milliseconds;
    while (performance.now() < deadline && (await runs())) await sleep(100);
  }
  return !(await runs());
}
