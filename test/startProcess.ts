import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export interface RunningProcess {
  /** Where it answers, from the line in which it says so: `http://127.0.0.1:40123`. */
  readonly url: string;
  /** All it has said so far, on both streams. */
  readonly said: () => string;
  readonly pid: number;
  /** Asks it to stop, as a service manager does; resolves to its exit code once it has ended. */
  readonly stop: () => Promise<number | null>;
}

const root = join(import.meta.dirname, "..");
const patienceMs = 150_000;

/**
 * Runs a file of the project as a process of its own, with these settings and no others but SENTENCE_MODEL=off, and waits until it says where it answers.
 * Throws with all it said when it ends before that.
 */
export async function startProcess(
  file: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  // eslint-disable-next-line no-restricted-properties -- what any process needs of its surroundings; the settings are the test's
  const { PATH, HOME, JAVA_HOME } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", join(root, file), ...args], {
    cwd: root,
    // Fetching the sentence model takes Maven five seconds, and has a test of its own.
    env: { PATH, HOME, JAVA_HOME, SENTENCE_MODEL: "off", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${file} said nothing of where it answers within ${patienceMs} ms:\n${said}`));
    }, patienceMs);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address === undefined || !/answers at http|"msg":"serving"/.test(said)) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`${file} ended with ${code}:\n${said}`));
    });
  });
  return { url, said: () => said, pid: child.pid ?? 0, stop: () => stopped(child) };
}

function stopped(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(child.exitCode);
      return;
    }
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}
