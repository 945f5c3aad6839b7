// After `npm ci`: takes away what runs the sentence model on other systems, which its package has for all of them, 160 MB of it.
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { platform } from "node:process";

const runtimes = join(import.meta.dirname, "../../../node_modules/onnxruntime-node/bin");
const entries = await readdir(runtimes, { withFileTypes: true }).catch(() => []);
for (const { parentPath, name } of entries.filter((entry) => entry.isDirectory())) {
  for (const system of await readdir(join(parentPath, name))) {
    if (system !== platform) await rm(join(parentPath, name, system), { recursive: true });
  }
}
