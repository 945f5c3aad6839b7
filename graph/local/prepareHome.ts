import { access, constants, mkdir, realpath, statfs } from "node:fs/promises";
import { join } from "node:path";

const leastFreeMegabytes = 128;

/**
 * Neo4j's home in the data directory, with what is missing of it made: its real path, by which its processes are told too.
 * Throws an Error that says what to do when it cannot be written to or the disk is all but full.
 */
export async function prepareHome(dataDirectory: string): Promise<string> {
  const home = join(dataDirectory, "neo4j");
  await mkdir(dataDirectory, { recursive: true });
  // Nobody else reads what is in there: Neo4j's own files are open to all.
  await mkdir(home, { recursive: true, mode: 0o700 });
  await mkdir(join(home, "conf"), { recursive: true });
  await mkdir(join(home, "logs"), { recursive: true });
  await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < leastFreeMegabytes * 1024 * 1024) {
    throw new Error(
      `The disk that holds ${dataDirectory} is full, or nearly: Neo4j needs ${leastFreeMegabytes} MB free to start. Free some space, or set DATA_DIR to a folder on another disk.`,
    );
  }
  return realpath(home);
}

/** What the file system refused in the data directory, as a sentence with what to do; any other error as it is. */
export function fileSystemSentence(error: unknown, dataDirectory: string): unknown {
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (["ENOSPC", "EDQUOT"].includes(code)) {
    return new Error(
      `The disk that holds ${dataDirectory} is full: free some space, or set DATA_DIR to a folder on another disk.`,
      { cause: error },
    );
  }
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "EISDIR"].includes(code)) {
    return new Error(
      `${dataDirectory} cannot be used for data (${message}): make it a folder that is yours to write in, or set DATA_DIR to another.`,
      { cause: error },
    );
  }
  return error;
}
