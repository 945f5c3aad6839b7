import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../part.ts";

/**
 * Installs what the peers are made of, when it is not there: 150 MB that nothing else in the project needs. Throws when npm does not manage.
 */
export async function installPeers(report: Report): Promise<void> {
  const folder = join(import.meta.dirname, "..", "..", "peers");
  if (existsSync(join(folder, "node_modules", ".package-lock.json"))) return;
  report("Installing the peers in bench/peers (150 MB, once)");
  const npm = spawn("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(npm, "exit")) as [number | null];
  if (code !== 0) throw new Error("The peers could not be installed: `npm ci` in bench/peers says why.");
}
