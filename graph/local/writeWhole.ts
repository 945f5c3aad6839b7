import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";

/**
 * Writes a file all at once: whoever reads it, whenever we are killed, finds the old text, the new text or no file, never a part.
 * Throws what the file system throws.
 */
export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const unfinished = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(unfinished, text, { mode, flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
