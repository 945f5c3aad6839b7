import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config.ts";

/**
 * The key that tokens are signed with: SIGNING_KEY; where it is unset and a Neo4j of our own is started, one that is made at the first start and kept beside that, so that
 * tokens stay good. Null where there is neither: then nobody can be signed in with a token of ours. Throws an Error of one sentence when it cannot be kept or read.
 */
export async function signingKeyOf({
  signingKey,
  startsNeo4j,
  local,
}: Pick<Config, "signingKey" | "startsNeo4j" | "local">): Promise<string | null> {
  if (signingKey !== null || !startsNeo4j) return signingKey;
  const file = join(local.dataDirectory, "signing-key");
  try {
    return (await kept(file)) ?? (await made(file));
  } catch (error) {
    throw new Error(
      `The key for signing in cannot be kept in ${file}: ${(error as Error).message}. Set SIGNING_KEY, or see to that file.`,
      { cause: error },
    );
  }
}

/** What is in the file; null when there is none. */
async function kept(file: string): Promise<string | null> {
  try {
    const key = (await readFile(file, "utf8")).trim();
    if (key.length < 32) throw new Error("what is in it is too short to be a key");
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return null;
  }
}

/** A new key, kept whole or not at all; or the one of somebody who was quicker. */
async function made(file: string): Promise<string> {
  await mkdir(join(file, ".."), { recursive: true });
  const key = randomBytes(32).toString("base64url");
  const unfinished = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(unfinished, `${key}\n`, { mode: 0o600, flush: true });
    // Unlike renaming it, this leaves a key that is there already as it is.
    await link(unfinished, file);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return (await kept(file)) ?? key;
  } finally {
    await rm(unfinished, { force: true });
  }
}
