import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "./childEnvironment.ts";

const oldestVersion = 17;
const howToGetOne =
  "Install Java 17 or 21 (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17), set JAVA_HOME to one, or set NEO4J_URI to a Neo4j that already runs.";

export interface Java {
  readonly program: string;
  /** What JAVA_HOME is to be for programs that look for Java themselves. */
  readonly home: string;
  /** Which Java it is, in its own words. */
  readonly description: string;
}

/**
 * The Java under `javaHome`, or on the PATH when that is null.
 * Throws an Error that says what to do when there is none, or none new enough for Neo4j.
 */
export async function findJava(javaHome: string | null): Promise<Java> {
  const program = javaHome === null ? "java" : join(resolve(javaHome), "bin", "java");
  if (javaHome !== null) {
    await access(program, constants.X_OK).catch((cause: unknown) => {
      throw new Error(`JAVA_HOME is ${javaHome}, and there is no bin/java in it. ${howToGetOne}`, { cause });
    });
  }
  const shown = await promisify(execFile)(program, ["-XshowSettings:properties", "-version"], {
    env: childEnvironment("tool"),
    timeout: 30_000,
  }).catch((cause: unknown) => {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const found = missing ? "Java is not installed" : `Java was found (${program}) and does not run`;
    throw new Error(`${found}; Neo4j needs it. ${howToGetOne}`, { cause });
  });
  const text = `${shown.stdout}\n${shown.stderr}`;
  // Up to Java 8 the first number was 1: "1.8.0_402".
  const version = Number(/version "(?:1\.)?(\d+)/.exec(text)?.[1] ?? 0);
  if (version < oldestVersion) {
    const found =
      version === 0 ? `${program} does not say which Java it is` : `Java ${version} (${program}) is too old`;
    throw new Error(`${found}: Neo4j needs ${oldestVersion} or later. ${howToGetOne}`);
  }
  // On the PATH there may be a shim; the real program is where Java says that it lives, and its process is the one to signal.
  const home = /^\s*java\.home = (.+)$/m.exec(text)?.[1]?.trim();
  if (home === undefined) throw new Error(`${program} does not say where it is installed. ${howToGetOne}`);
  return { program: join(home, "bin", "java"), home, description: shown.stderr };
}
