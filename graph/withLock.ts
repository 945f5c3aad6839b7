import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { cypher } from "./cypher.ts";
import { int, type Graph } from "./graph.ts";

/** A holder that has died is waited for at most this long. */
const leaseMs = 15_000;
const renewEveryMs = 4_000;
const askEveryMs = 250;

export const createLockConstraint = {
  name: "createLockConstraint",
  access: "WRITE",
  text: cypher`
    CREATE CONSTRAINT lock_id_unique IF NOT EXISTS
    FOR (lock:Lock) REQUIRE lock.id IS UNIQUE`,
  row: z.object({}),
} as const;

// Neo4j reads without locking. Setting a property first takes the node's write lock, so that two who ask at once are answered one after
// the other; and the clock is the server's, read after that wait.
export const takeLock = {
  name: "takeLock",
  access: "WRITE",
  text: cypher`
    MERGE (lock:Lock {id: $id})
    SET lock.askedAt = datetime.realtime()
    WITH lock
    WHERE lock.owner IS NULL OR lock.owner = $owner OR lock.expiresAt <= datetime.realtime()
    SET lock.owner = $owner, lock.expiresAt = datetime.realtime() + duration({milliseconds: $leaseMs})
    RETURN lock.owner AS owner`,
  row: z.object({ owner: z.string() }),
} as const;

export const renewLock = {
  name: "renewLock",
  access: "WRITE",
  text: cypher`
    MATCH (lock:Lock {id: $id})
    SET lock.askedAt = datetime.realtime()
    WITH lock
    WHERE lock.owner = $owner
    SET lock.expiresAt = datetime.realtime() + duration({milliseconds: $leaseMs})
    RETURN lock.owner AS owner`,
  row: z.object({ owner: z.string() }),
} as const;

export const releaseLock = {
  name: "releaseLock",
  access: "WRITE",
  text: cypher`
    MATCH (lock:Lock {id: $id})
    SET lock.askedAt = datetime.realtime()
    WITH lock
    WHERE lock.owner = $owner
    REMOVE lock.owner, lock.expiresAt
    RETURN lock.id AS id`,
  row: z.object({ id: z.string() }),
} as const;

/**
 * Does `work` while this process holds the lock `id` in the database, and no other does; returns what `work` returns.
 *
 * The lock is a lease, renewed while `work` goes on, since schema statements cannot share a transaction with the write that would hold a
 * real one: a holder that dies frees it within 15 seconds. A process that is stopped for longer than that (a laptop asleep) loses it
 * without knowing. So `work` gets its `owner` token, and a write that must not happen twice asks for it, as `stillHeld` does.
 *
 * `onWait` is called once when somebody else holds the lock. Throws what `work` throws, and an Error when the lock has not come free
 * after `waitMs` milliseconds.
 */
export async function withLock<Result>(
  graph: Graph,
  { id, waitMs, onWait }: { readonly id: string; readonly waitMs: number; readonly onWait: () => void },
  work: (owner: string) => Promise<Result>,
): Promise<Result> {
  const owner = randomUUID();
  const parameters = { id, owner, leaseMs: int(leaseMs) };
  await graph.write(createLockConstraint);
  const started = Date.now();
  for (let waiting = false; (await graph.write(takeLock, parameters)).length === 0; waiting = true) {
    if (!waiting) onWait();
    if (Date.now() - started > waitMs) {
      throw new Error(
        `Another process has held the lock "${id}" in this database for ${Math.round(waitMs / 1000)} s. Let it finish or stop it, then start again.`,
      );
    }
    await sleep(askEveryMs);
  }
  let renewal: Promise<unknown> = Promise.resolve();
  const renewing = setInterval(() => {
    // A renewal that fails is tried again; one that comes too late finds another owner and changes nothing.
    renewal = graph.write(renewLock, parameters).catch(() => undefined);
  }, renewEveryMs);
  try {
    return await work(owner);
  } finally {
    clearInterval(renewing);
    await renewal;
    // Failing to give it back must not hide how the work ended: it runs out by itself.
    await graph.write(releaseLock, parameters).catch(() => undefined);
  }
}

/** The beginning of a statement that does nothing unless `$owner` still holds the lock `$lock`: then what follows sees `lock`. */
export const stillHeld = cypher`
    MATCH (lock:Lock {id: $lock})
    SET lock.askedAt = datetime.realtime()
    WITH lock
    WHERE lock.owner = $owner`;
