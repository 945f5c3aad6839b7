import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { processStarted } from "./processStarted.ts";

const Holder = z.object({ pid: z.number().int(), started: z.string() });

/**
 * Makes this process the one holder of a directory, through a file that names us. A holder that no longer runs has lost its hold.
 * Returns what gives the hold up again, which never throws. Throws an Error that names the other process when it is held.
 *
 * This is for a clear answer. What keeps two Neo4js from one store, whatever happens here, is Neo4j's own lock on it.
 */
export async function holdDirectory(file: string, directory: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, started: (await processStarted(process.pid)) ?? "" });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      await writeFile(file, mine, { flag: "wx", mode: 0o600 });
      return async () => {
        // Left where it is, the file does no harm: it names a process that will have ended.
        if ((await read(file)) === mine) await rm(file, { force: true }).catch(() => undefined);
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const found = await read(file);
    // Nothing yet: another process is between making the file and writing its name, or ended there.
    if (found === "" && attempt < 10) await sleep(50);
    else if (found !== null) await takeOver(file, found, directory);
  }
  throw new Error(
    `Other processes are starting on ${directory} at this moment: wait until one of them is up, or stop them.`,
  );
}

async function takeOver(file: string, found: string, directory: string): Promise<void> {
  const holder = Holder.safeParse(json(found));
  if (holder.success && (await processStarted(holder.data.pid)) === holder.data.started) {
    throw new Error(
      `Process ${holder.data.pid} is already running on ${directory}: stop it first (kill ${holder.data.pid}), or set DATA_DIR to another folder for this one.`,
    );
  }
  const stale = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    await rename(file, stale);
    // Between our reading and our renaming somebody else may have taken over first: then what we moved is theirs, and goes back.
    if ((await read(stale)) === found) await rm(stale);
    else await rename(stale, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function read(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
