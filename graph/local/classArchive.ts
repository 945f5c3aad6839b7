import { createHash } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Java } from "./findJava.ts";

/** Java's archive of the classes that Neo4j uses: loaded and checked once, and only mapped into memory by the starts after. */
export interface ClassArchive {
  /** What Java is to be told, so that it uses the archive, or writes one when it ends. */
  readonly javaArguments: readonly string[];
  /** Keeps the archive that was written by a Java that ended by itself. Never throws: without one, the next start is slower. */
  readonly keep: () => Promise<void>;
}

/** None, for what starts too seldom. */
export const noClassArchive: ClassArchive = { javaArguments: [], keep: () => Promise.resolve() };

/**
 * The archive in `home` for one Java and one set of jars; of others it is taken away. Written once, about 100 MB, it saves about half of
 * what a start costs (docs/performance.md). Throws as the file system does.
 */
export async function classArchive(home: string, java: Java, jars: readonly string[]): Promise<ClassArchive> {
  const made = createHash("sha256")
    .update(JSON.stringify([java.description, jars]))
    .digest("hex")
    .slice(0, 12);
  const name = `classes-${made}.jsa`;
  const archives = (await readdir(home)).filter((file) => file.startsWith("classes-"));
  // What an end in the middle left half written is taken away as well.
  for (const file of archives) if (file !== name) await rm(join(home, file));
  if (archives.includes(name)) {
    return { ...noClassArchive, javaArguments: [`-XX:SharedArchiveFile=${join(home, name)}`] };
  }
  const written = join(home, `${name}.new`);
  return {
    // Java warns of each class that it cannot keep: some thousand lines.
    javaArguments: [`-XX:ArchiveClassesAtExit=${written}`, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"],
    keep: () => rename(written, join(home, name)).catch(() => undefined),
  };
}
