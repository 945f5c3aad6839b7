import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/**
 * Has a process that we started ended by another, tiny one when we are gone, however we went. A process that did not start is left alone.
 */
export function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const watch = spawn("/bin/sh", [join(import.meta.dirname, "endWithParent.sh"), String(child.pid)], {
    cwd: "/",
    env: {},
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watch.on("error", () => undefined);
  watch.stdin.on("error", () => undefined);
  // The process's id may be another's from now on.
  child.once("exit", () => watch.kill("SIGKILL"));
}
