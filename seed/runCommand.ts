import { constants } from "node:os";
import { type Config, readConfig } from "../core/config.ts";
import { CodedError } from "../core/errors.ts";

/** What a process that writes into the directory ends with: done; could not be done; asked for wrongly (settings, arguments, files). */
export const exitCodes = { done: 0, failed: 1, wrong: 2 } as const;

/**
 * Does `work` with the settings of `env`, and says how it ended in the process's exit code, and in a sentence on stderr where it failed. `work` is told
 * by `signal` when the process is asked to stop. Never throws.
 */
export async function runCommand(
  env: Readonly<Record<string, string | undefined>>,
  work: (config: Config, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const interrupted = new AbortController();
  let signalled: "SIGINT" | "SIGTERM" | undefined;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    // Once: who asks a second time is not kept waiting.
    process.once(name, () => {
      signalled = name;
      interrupted.abort();
    });
  }
  try {
    await work(settingsOf(env), interrupted.signal);
  } catch (error) {
    if (signalled === undefined) {
      say(error instanceof Error ? error.message : String(error));
      process.exitCode = error instanceof CodedError && error.code === "BAD_INPUT" ? exitCodes.wrong : exitCodes.failed;
    } else {
      say("Stopped. Run it again to finish: what is loaded already stays.");
      process.exitCode = 128 + constants.signals[signalled];
    }
  }
}

/** A setting that is wrong was asked for wrongly, and is no failure of ours. */
function settingsOf(env: Readonly<Record<string, string | undefined>>): Config {
  try {
    return readConfig(env);
  } catch (error) {
    throw new CodedError("BAD_INPUT", error instanceof Error ? error.message : String(error));
  }
}
