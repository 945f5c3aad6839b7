import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { childEnvironment } from "./childEnvironment.ts";

/**
 * The ids of the running processes that are a Neo4j on `home` (an absolute path), told by their command lines. A recorded id is not
 * asked for: it may be lost, or belong to another process by now.
 */
export async function neo4jProcessesOn(home: string): Promise<readonly number[]> {
  const processes = process.platform === "linux" ? await fromProc() : await fromPs();
  return processes
    .filter(({ command }) => command.includes(`.CommunityEntryPoint `) && command.includes(`--home-dir=${home} --`))
    .map(({ pid }) => pid);
}

async function fromProc() {
  const pids = (await readdir("/proc")).map(Number).filter(Number.isInteger);
  return Promise.all(
    pids.map(async (pid) => {
      // Gone since the listing, or not ours to read.
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return { pid, command: command.replaceAll("\0", " ") };
    }),
  );
}

async function fromPs() {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=", "-o", "command="], {
    env: childEnvironment("tool"),
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split("\n").map((line) => {
    const [, pid = "0", command = ""] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), command };
  });
}
