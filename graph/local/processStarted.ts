import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { childEnvironment } from "./childEnvironment.ts";

/**
 * When a process started, in the system's own notation: with the id it names one process, for ids are used again.
 * Null when no such process runs; one that ended and waits to be reaped does not run.
 */
export async function processStarted(pid: number): Promise<string | null> {
  try {
    if (process.platform === "linux") {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // The second field is the program's name in brackets and may hold anything, brackets and spaces too.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const [state, ticksAfterBoot] = [fields[0], fields[19]];
      return state === undefined || "ZX".includes(state) ? null : (ticksAfterBoot ?? null);
    }
    const { stdout } = await promisify(execFile)("ps", ["-o", "stat=", "-o", "lstart=", "-p", String(pid)], {
      env: { ...childEnvironment("tool"), LC_ALL: "C" },
    });
    const [state, ...started] = stdout.trim().split(/\s+/);
    return state === undefined || state.startsWith("Z") ? null : started.join(" ");
  } catch {
    return null;
  }
}
