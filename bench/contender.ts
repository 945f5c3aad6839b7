import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

/** What a contender that has a process of its own is asked: to answer one question and show the answer, or to answer some over and over. */
export type Task =
  | { readonly task: "answer"; readonly question: unknown }
  | {
      readonly task: "run";
      readonly questions: readonly unknown[];
      readonly times: number;
      readonly connections: number;
    };

/** What a run cost. */
export interface Run {
  /** How long each answer took, in milliseconds, in no order. */
  readonly milliseconds: readonly number[];
  /** From the first question to the last answer, in milliseconds. */
  readonly elapsedMs: number;
  /** What the process used of the machine's processors meanwhile, of all its threads, in milliseconds. */
  readonly cpuMs: number;
}

const message = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ result: z.unknown() }),
  z.object({ error: z.string() }),
]);

/**
 * The other end of `startContender`: says that this process is ready, and does what it is asked until it is told to end. `ask` answers a
 * question; whatever it returns is the answer that is compared with the others'.
 */
export function serveContender(ask: (question: unknown) => Promise<unknown>, stop: () => Promise<void>): void {
  const send = (told: object) => process.send?.(told);
  process.on("message", (task: Task) => {
    perform(ask, task).then(
      (result) => send({ result }),
      (error: unknown) => send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on("disconnect", () => void stop().finally(() => process.exit(0)));
  send({ ready: true });
}

async function perform(ask: (question: unknown) => Promise<unknown>, task: Task): Promise<unknown> {
  if (task.task === "answer") return ask(task.question);
  const milliseconds: number[] = [];
  const { questions, times, connections } = task;
  let asked = 0;
  async function connection(): Promise<void> {
    while (asked < times) {
      const question = questions[asked % questions.length];
      asked += 1;
      const started = performance.now();
      await ask(question);
      milliseconds.push(performance.now() - started);
    }
  }
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, connection));
  const elapsedMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { milliseconds, elapsedMs, cpuMs: (user + system) / 1000 } satisfies Run;
}

export interface ContenderProcess {
  readonly pid: number;
  readonly answer: (question: unknown) => Promise<unknown>;
  /** Asks `times` questions, the given ones in turn, on so many connections at once. */
  readonly run: (task: {
    readonly questions: readonly unknown[];
    readonly times: number;
    readonly connections?: number;
  }) => Promise<Run>;
  readonly stop: () => Promise<void>;
}

/** The processes of contenders that have not ended. */
const running = new Set<ChildProcess>();

/** Stops every contender that a part has left running, as one does that fails half way: while any runs, so does the bench. */
export async function stopContenders(): Promise<void> {
  await Promise.all([...running].map(stopped));
}

async function stopped(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  // It may be on its way out already.
  if (child.connected) child.disconnect();
  await gone;
}

/**
 * Starts a file that calls `serveContender`, in a process of its own, so that contenders neither share a heap nor each other's compiled
 * code. Its settings reach it as JSON in its first argument. Throws when it ends or fails instead of answering.
 */
export async function startContender(file: string, settings: unknown): Promise<ContenderProcess> {
  const child = fork(file, [JSON.stringify(settings)], {
    execArgv: ["--import", "tsx"],
    // As servers run: graphql checks twice as much otherwise.
    // eslint-disable-next-line no-restricted-properties -- what any process needs of its surroundings; the settings are the bench's
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  await reply(child, file);
  // One task at a time: whoever measures waits anyway.
  const perform = async (task: Task) => {
    child.send(task);
    return reply(child, file);
  };
  return {
    pid: child.pid ?? 0,
    answer: (question) => perform({ task: "answer", question }),
    run: async ({ questions, times, connections = 1 }) =>
      (await perform({ task: "run", questions, times, connections })) as Run,
    stop: () => stopped(child),
  };
}

async function reply(child: ChildProcess, file: string): Promise<unknown> {
  const ended = new AbortController();
  try {
    const [told] = await Promise.race([
      once(child, "message", { signal: ended.signal }) as Promise<unknown[]>,
      once(child, "exit", { signal: ended.signal }).then(([code]) => {
        throw new Error(`${file} ended (code ${String(code)}) instead of answering.`);
      }),
    ]);
    const read = message.parse(told);
    if ("error" in read) throw new Error(`${file}: ${read.error}`);
    return "result" in read ? read.result : null;
  } finally {
    ended.abort();
  }
}
