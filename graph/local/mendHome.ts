import { rm, stat } from "node:fs/promises";
import { join } from "node:path";

const serverIdBytes = 17;

/**
 * Takes away what a start that was killed may have left in `home` half written, and Neo4j does not get over by itself: its server id.
 * It makes another; alone as it is, nothing depends on it.
 */
export async function mendHome(home: string): Promise<void> {
  const serverId = join(home, "data", "server_id");
  const bytes = await stat(serverId).then(
    ({ size }) => size,
    () => serverIdBytes,
  );
  if (bytes < serverIdBytes) await rm(serverId);
}
