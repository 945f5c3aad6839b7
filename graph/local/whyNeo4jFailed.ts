/** One attempt at starting Neo4j, for the sentence that tells of its failure. */
export interface Attempt {
  /** As the user wrote it. */
  readonly dataDirectory: string;
  readonly boltPort: number;
  /** Where Neo4j's own words are. */
  readonly logFile: string;
}

/**
 * One sentence on why Neo4j did not start and what to do, from what it wrote while it started: its output and its log.
 * Null when that holds none of the causes known here.
 */
export function whyNeo4jFailed(text: string, attempt: Attempt): string | null {
  const { dataDirectory, boltPort, logFile } = attempt;
  const complaints = text
    .split(entryStart)
    .filter((entry) => !/^\S+ \S+ +(INFO|DEBUG) /.test(entry))
    .join("");
  const details = `(Neo4j's own words: ${logFile})`;
  if (/PortBindException|Address already in use/.test(complaints)) return portTaken(boltPort);
  if (/No space left on device|Disk quota exceeded/i.test(complaints)) return diskFull(attempt);
  if (/FileLockException|Lock file has been locked|Unable to obtain lock/.test(complaints)) {
    return `Another Neo4j, not started from here, is using ${dataDirectory}: stop it, or set DATA_DIR to another folder. ${details}`;
  }
  if (
    /OutOfMemoryError|insufficient memory for the Java Runtime|Could not reserve enough space|Cannot allocate memory/.test(
      complaints,
    )
  ) {
    return `There is not enough free memory for Neo4j, which wants about 1 GB: close other programs and start again. ${details}`;
  }
  if (/AccessDeniedException|Permission denied|Read-only file system/i.test(complaints)) {
    return `Neo4j may not write in ${dataDirectory}: make it yours to write in, files and all, or set DATA_DIR to another folder. ${details}`;
  }
  return null;
}

// The diagnostics that Neo4j logs at every start hold many an alarming word; they are INFO.
const entryStart = /^(?=\d{4}-\d\d-\d\d[ T]\d\d:\d\d)/m;

/** The sentence for a port that another program listens on. */
export function portTaken(boltPort: number): string {
  return `Port ${boltPort}, where Neo4j is to listen, is taken by another program: stop that, or set NEO4J_BOLT_PORT to another port (0 takes any free one).`;
}

/** The sentence for a disk that filled up while Neo4j started. */
export function diskFull({ dataDirectory, logFile }: Attempt): string {
  return `The disk that holds ${dataDirectory} is full: free some space, or set DATA_DIR to a folder on another disk, and start again. (Neo4j's own words: ${logFile})`;
}

/** The sentence for a store that Neo4j cannot open, when no better cause is known. */
export function storeDamaged({ dataDirectory, logFile }: Attempt): string {
  return `The graph in ${dataDirectory} cannot be opened, because its files are damaged or from another version of Neo4j: put a copy of ${dataDirectory} back, or move it away, and the next start makes a new graph. (Neo4j's own words: ${logFile})`;
}
