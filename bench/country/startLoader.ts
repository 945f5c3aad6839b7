import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { GraphServer } from "../../graph/graph.ts";
import type { Country } from "./landscapeOfCountry.ts";

/** How far a load has come, told after each of its files. */
export interface Loaded {
  readonly files: number;
  readonly of: number;
  /** In the files so far. */
  readonly assets: number;
  /** Resident memory of the process that loads. */
  readonly rssMegabytes: number;
  /** Records of this file. */
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface LoaderSettings {
  readonly server: GraphServer;
  readonly country: Country;
  /** How many of its files are known to be loaded, and are left out. */
  readonly done: number;
}

export interface Loader {
  readonly pid: number;
  /** Settles when all is loaded; rejects when the process ends before. */
  readonly finished: Promise<void>;
  /** Ends it at once, as a power cut would, and waits until it has gone. */
  readonly kill: () => Promise<void>;
}

/** Has a process of its own load a country into a Neo4j that runs. It ends with us. */
export function startLoader(settings: LoaderSettings, onFile: (loaded: Loaded) => void): Loader {
  const child = fork(join(import.meta.dirname, "loader.ts"), [JSON.stringify(settings)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (told: Loaded) => onFile(told));
  // What it told last may arrive after it has ended, and before the channel is closed.
  const told = once(child, "disconnect");
  const gone = Promise.all([once(child, "exit") as Promise<[code: number | null, signal: string | null]>, told]);
  return {
    pid: child.pid ?? 0,
    finished: gone.then(([[code, signal]]) => {
      if (code !== 0) throw new Error(`Loading ended (${signal ?? `code ${code}`}) before it was done.`);
    }),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
