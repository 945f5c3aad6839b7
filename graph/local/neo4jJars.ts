import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { readFile, rm, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { childEnvironment } from "./childEnvironment.ts";
import { writeWhole } from "./writeWhole.ts";

const pomFile = join(import.meta.dirname, "pom.xml");
const orUseAnother = "Or set NEO4J_URI to a Neo4j that already runs.";

const JarList = z.object({
  pom: z.string(),
  jars: z.array(z.object({ path: z.string(), bytes: z.number() })).min(1),
});
type JarList = z.output<typeof JarList>;

/**
 * The paths of the jars that Neo4j runs from, in class path order. They stay in Maven's own repository, which every data directory on
 * the machine shares; `listFile` keeps only where they are, so that Maven is asked once. A jar that is missing since, or of another
 * size, makes Maven be asked again. `report` is told of the progress of a download; Maven's own output goes to `logFile`.
 * Throws an Error that says what to do when there is no Maven or no network, or the disk is full.
 */
export async function neo4jJars(options: {
  readonly listFile: string;
  readonly logFile: string;
  readonly javaHome: string;
  readonly report: (line: string) => void;
}): Promise<readonly string[]> {
  const pom = createHash("sha256")
    .update(await readFile(pomFile))
    .digest("hex");
  const kept = await readList(options.listFile);
  if (kept?.pom === pom && (await allThere(kept))) return kept.jars.map(({ path }) => path);

  const classPathFile = `${options.listFile}.${process.pid}.classpath`;
  try {
    await askMaven(classPathFile, options);
    const paths = (await readFile(classPathFile, "utf8")).trim().split(delimiter);
    const jars = await Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
    await writeWhole(options.listFile, `${JSON.stringify({ pom, jars } satisfies JarList, null, 1)}\n`, 0o644);
    return paths;
  } finally {
    await rm(classPathFile, { force: true });
  }
}

async function readList(file: string): Promise<JarList | null> {
  try {
    return JarList.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return null;
  }
}

async function allThere({ jars }: JarList): Promise<boolean> {
  const sizes = await Promise.all(
    jars.map(({ path }) =>
      stat(path).then(
        (file) => file.size,
        () => -1,
      ),
    ),
  );
  return jars.every(({ bytes }, index) => bytes === sizes[index]);
}

async function askMaven(
  classPathFile: string,
  {
    logFile,
    javaHome,
    report,
  }: { readonly logFile: string; readonly javaHome: string; readonly report: (line: string) => void },
): Promise<void> {
  report("Asking Maven for Neo4j's jars: the first time it fetches about 140 MB.");
  const maven = spawn(
    "mvn",
    [
      "--batch-mode",
      // A jar whose checksum does not match fails the run instead of being kept with a warning.
      "--strict-checksums",
      // Whatever could not be had the last time is asked for again, rather than tomorrow.
      "--update-snapshots",
      "--file",
      pomFile,
      "org.apache.maven.plugins:maven-dependency-plugin:build-classpath",
      "-Dmdep.includeScope=runtime",
      `-Dmdep.outputFile=${classPathFile}`,
      // Its own patience with a silent server is half an hour.
      "-Dmaven.wagon.rto=60000",
      "-Daether.connector.connectTimeout=15000",
      "-Daether.connector.requestTimeout=60000",
    ],
    { env: childEnvironment("maven", javaHome), stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    maven.once("error", reject);
    maven.once("close", (code, signal) => resolve(code ?? signal ?? 1));
  });
  const log = createWriteStream(logFile);
  // A log that cannot be written is no reason to stop: the run itself says what is wrong.
  log.on("error", () => undefined);
  const lines: string[] = [];
  const progress = downloadProgress(report);
  for (const stream of [maven.stdout, maven.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      progress(line);
    });
  }
  const end = await ended
    .catch((cause: unknown) => {
      const { code, message } = cause as NodeJS.ErrnoException;
      throw new Error(
        code === "ENOENT"
          ? `Maven is not installed: there is no mvn on the PATH, and it fetches Neo4j's jars. Install Maven 3.6.3 or later (Debian, Ubuntu: apt install maven; macOS: brew install maven). ${orUseAnother}`
          : `Maven (mvn) cannot be run: ${message}. Install Maven 3.6.3 or later. ${orUseAnother}`,
        { cause },
      );
    })
    .finally(() => log.end());
  if (end !== 0) throw new Error(whyMavenFailed(lines, end, logFile));
}

/** Tells of the download at most every three seconds, from the lines in which Maven names each file that has arrived. */
function downloadProgress(report: (line: string) => void): (line: string) => void {
  const megabytes: Readonly<Record<string, number>> = { B: 1e-6, kB: 1e-3, MB: 1, GB: 1e3 };
  const everyMs = 3000;
  let [files, jars, size, toldAt] = [0, 0, 0, performance.now()];
  return (line) => {
    const arrived = /Downloaded from \S+ (\S+) \(([\d.]+) (B|kB|MB|GB)/.exec(line);
    if (arrived === null) return;
    const [, address = "", amount = "0", unit = "B"] = arrived;
    files += 1;
    jars += address.endsWith(".jar") ? 1 : 0;
    size += Number(amount) * (megabytes[unit] ?? 0);
    if (performance.now() - toldAt < everyMs) return;
    toldAt = performance.now();
    report(`Fetching Neo4j: ${jars} of about 260 jars, ${files} files in all, ${Math.round(size)} MB so far`);
  };
}

function whyMavenFailed(lines: readonly string[], end: number | NodeJS.Signals, logFile: string): string {
  const text = lines.join("\n");
  const details = `(Maven's output: ${logFile})`;
  if (/No space left on device|Disk quota exceeded/.test(text)) {
    return `The disk filled up while Neo4j's jars were fetched: free 300 MB where Maven keeps them (~/.m2) and start again. ${details}`;
  }
  if (/checksum validation failed/i.test(text)) {
    return `One of Neo4j's jars arrived damaged: start again, and if it happens twice, ask whoever runs the proxy or mirror. ${details}`;
  }
  const unreachable =
    /UnknownHost|Unknown host|name resolution|Connection refused|Connect(ion)? timed out|Read timed out|unreachable|No route to host|Connection reset|offline mode|PKIX|handshake|Could not transfer|transfer failed/i;
  if (unreachable.test(text)) {
    return `Neo4j's jars cannot be fetched from Maven Central. Check the network; behind a proxy or a mirror, name it in ~/.m2/settings.xml; then start again: what has arrived is kept. ${orUseAnother} ${details}`;
  }
  if (/Permission denied|AccessDenied|Read-only file system|Could not create local repository/i.test(text)) {
    return `Maven cannot write where it keeps jars (~/.m2): make that folder yours to write in and start again. ${details}`;
  }
  const errors = lines.filter((line) => line.includes("ERROR")).map((line) => line.replace(/^.*?ERROR\S*\s*/, ""));
  const said = errors.slice(0, 2).join(" ").slice(0, 400) || `it ended with ${end}`;
  return `Maven could not get Neo4j's jars: ${said} ${details}`;
}
