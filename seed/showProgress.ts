import type { WriteStream } from "node:tty";
import { Presets, SingleBar } from "cli-progress";
import type { Progress } from "./load.ts";

const everyMs = 1000;

/**
 * Shows how far a load has come on `stream`: a bar on a terminal, else plain lines, at most one a second. Call `end` when it is over,
 * however it ended.
 */
export function showProgress(stream: WriteStream): {
  readonly report: (progress: Progress) => void;
  readonly end: () => void;
} {
  if (!stream.isTTY) {
    let last = -everyMs;
    const report = ({ done, total, what }: Progress) => {
      const now = performance.now();
      if (now - last < everyMs) return;
      last = now;
      stream.write(`Loading ${what}: ${done} of ${total}.\n`);
    };
    return { report, end: () => undefined };
  }
  const bar = new SingleBar(
    { stream, format: "Loading {what} {bar} {value} of {total}", hideCursor: true, clearOnComplete: true },
    Presets.shades_grey,
  );
  let started = false;
  const report = ({ done, total, what }: Progress) => {
    if (!started) bar.start(total, done, { what });
    else bar.update(done, { what });
    started = true;
  };
  return { report, end: () => bar.stop() };
}
