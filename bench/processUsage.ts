import { readdir, readFile } from "node:fs/promises";

/** What Linux counts processor time in, whatever its kernel does: hundredths of a second. */
const millisecondsPerTick = 10;

/** What a process has used of the machine's processors so far, in milliseconds, with all that it started and that still runs. Throws where there is no /proc. */
export async function cpuMsOf(pid: number): Promise<number> {
  const used = await Promise.all((await processesUnder(pid)).map(ticksOf));
  return used.reduce((total, ticks) => total + ticks, 0) * millisecondsPerTick;
}

/** What a process, and nothing that it started, has in memory, in megabytes. Throws where there is no /proc. */
export async function residentMegabytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name, which may hold spaces; of those after it, the 12th and the 13th are meant.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

async function processesUnder(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "utf8")));
  const children = lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
  return [pid, ...(await Promise.all(children.map(processesUnder))).flat()];
}
