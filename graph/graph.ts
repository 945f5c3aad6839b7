import neo4j, { type Driver, type Integer, Neo4jError, type Record as Sent, type Session } from "neo4j-driver";
import type { z } from "zod";
import type { Log } from "../core/log.ts";
import type { Cypher } from "./cypher.ts";
import { graphError } from "./graphError.ts";

/** Anything Cypher can take. Numbers arrive as FLOAT: an integer parameter is wrapped in `int`. */
export type Parameter =
  string | number | boolean | null | Integer | readonly Parameter[] | { readonly [name: string]: Parameter };

/** One statement: its name (seen in Neo4j's own query log), its text, and the shape of its rows. */
export interface Statement<Row extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly access: "READ" | "WRITE";
  readonly text: Cypher;
  readonly row: Row;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The single door to Neo4j. */
export interface Graph {
  /**
   * The rows of a reading statement, each checked against its schema.
   * Throws CodedError TIMEOUT past the deadline, UNAVAILABLE when Neo4j cannot be reached; any other failure as itself, a fault of ours.
   */
  run<Row extends z.ZodType>(
    statement: Statement<Row> & { readonly access: "READ" },
    parameters?: Parameters,
  ): Promise<z.output<Row>[]>;
  /** The rows of a writing statement, which is one transaction: all of it happens, or nothing. Throws as `run` does. */
  write<Row extends z.ZodType>(
    statement: Statement<Row> & { readonly access: "WRITE" },
    parameters?: Parameters,
  ): Promise<z.output<Row>[]>;
  /**
   * What stands for the last transaction that wrote, by whomever: while it is the same, so is the graph. Reads nothing. Null where Neo4j does not tell. Throws as `run` does.
   */
  bookmark(): Promise<string | null>;
  /** The same door for one operation: its statements end when `signal` fires, and none outlives `deadline` (milliseconds, as Date.now). */
  within(operation: Operation): Graph;
}

export interface Operation {
  readonly signal: AbortSignal;
  readonly deadline: number;
  /** Goes into the transaction metadata, so that a slow statement in Neo4j can be traced to its request. */
  readonly requestId: string;
}

export interface GraphServer {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface ConnectedGraph extends Graph {
  /** Closes every connection. Statements under way fail. */
  close(): Promise<void>;
}

/** What a listener is told of each statement sent: tests and metrics count with it. */
export interface StatementSent {
  readonly name: string;
  readonly milliseconds: number;
  readonly rows: number;
}

/** An integer parameter. */
export function int(value: number): Integer {
  return neo4j.int(value);
}

/** Longer than the gateway's deadline, for work no caller waits for: migrations and loading. */
const unhurriedMs = 10 * 60_000;

/**
 * Connects to Neo4j. One per process; close it at shutdown. Opens no connection by itself: the first statement does.
 * `onStatement` hears of every statement that answered.
 */
export function connectGraph(
  server: GraphServer,
  { log, onStatement }: { readonly log?: Log; readonly onStatement?: (sent: StatementSent) => void } = {},
): ConnectedGraph {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    disableLosslessIntegers: true,
    // The driver's own limits (30 s to connect, 60 s to wait for a connection, 30 s of retries) outlast any caller.
    connectionTimeout: 3000,
    connectionAcquisitionTimeout: 4000,
    maxTransactionRetryTime: 2000,
    maxConnectionPoolSize: 100,
    userAgent: "common-ground",
    telemetryDisabled: true,
  });
  return { ...door(driver, server.database, null, log, onStatement), close: () => driver.close() };
}

function door(
  driver: Driver,
  database: string,
  operation: Operation | null,
  log: Log | undefined,
  onStatement: ((sent: StatementSent) => void) | undefined,
): Graph {
  function transactionOf(statement: string): Sending["transaction"] {
    const timeout = operation === null ? unhurriedMs : Math.max(1, operation.deadline - Date.now());
    return {
      timeout: Math.ceil(timeout),
      metadata: { app: "common-ground", statement, request: operation?.requestId ?? "none" },
    };
  }
  async function send<Row extends z.ZodType>(
    statement: Statement<Row>,
    parameters: Parameters,
  ): Promise<z.output<Row>[]> {
    const started = performance.now();
    try {
      operation?.signal.throwIfAborted();
      const sending = {
        text: statement.text,
        parameters,
        database,
        signal: operation?.signal,
        transaction: transactionOf(statement.name),
      };
      const records = await (statement.access === "READ" ? read(driver, sending) : managed(driver, sending, "WRITE"));
      onStatement?.({ name: statement.name, milliseconds: performance.now() - started, rows: records.length });
      return records.map((record) => statement.row.parse(record.toObject()));
    } catch (error) {
      throw graphError(error, statement.name, operation?.signal.aborted ?? false, log);
    }
  }
  return {
    run: (statement, parameters = {}) => send(statement, parameters),
    write: (statement, parameters = {}) => send(statement, parameters),
    bookmark: async () => {
      const session = readingSession(driver, database);
      try {
        const started = performance.now();
        await session.run("RETURN 1", {}, transactionOf("bookmark"));
        onStatement?.({ name: "bookmark", milliseconds: performance.now() - started, rows: 1 });
        const bookmarks = session.lastBookmarks();
        return bookmarks.length === 0 ? null : bookmarks.join(" ");
      } catch (error) {
        throw graphError(error, "bookmark", operation?.signal.aborted ?? false, log);
      } finally {
        await session.close();
      }
    },
    within: (next) => door(driver, database, next, log, onStatement),
  };
}

interface Sending {
  readonly text: string;
  readonly parameters: Parameters;
  readonly database: string;
  readonly signal: AbortSignal | undefined;
  readonly transaction: { readonly timeout: number; readonly metadata: Readonly<Record<string, string>> };
}

function readingSession(driver: Driver, database: string): Session {
  return driver.session({
    database,
    defaultAccessMode: neo4j.session.READ,
    // What was written through this driver is seen, on whichever server of a cluster it is read.
    bookmarkManager: driver.executeQueryBookmarkManager,
  });
}

/**
 * A statement that only reads, sent as a transaction by itself: one round trip, where a transaction that the driver manages takes two and
 * twice the work here (docs/performance.md). One that failed and may be tried again, the driver then manages.
 */
async function read(driver: Driver, sending: Sending): Promise<readonly Sent[]> {
  const { text, parameters, database, signal, transaction } = sending;
  const session = readingSession(driver, database);
  // Its end is the statement's failure: that it could not be ended in order as well is nobody's to hear of.
  const end = () => void session.close().catch(() => undefined);
  signal?.addEventListener("abort", end);
  try {
    return (await withoutStack(() => session.run(text, parameters, transaction))).records;
  } catch (error) {
    if (signal?.aborted || !(error instanceof Neo4jError) || !neo4j.isRetryableError(error)) throw error;
  } finally {
    signal?.removeEventListener("abort", end);
    await session.close();
  }
  return managed(driver, sending, "READ");
}

/**
 * Begins what needs no stack of its caller. The driver writes one out for every statement, to be told should it fail; it costs a tenth of
 * a millisecond, and what failed is told by the statement's name.
 */
function withoutStack<Begun>(begin: () => Begun): Begun {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return begin();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A statement in a transaction that the driver begins, commits, and tries again when that may help. */
async function managed(
  driver: Driver,
  { text, parameters, database, signal, transaction }: Sending,
  access: Statement["access"],
): Promise<readonly Sent[]> {
  const { records } = await driver.executeQuery(text, parameters, {
    database,
    routing: neo4j.routing[access],
    ...(signal === undefined ? {} : { signal }),
    transactionConfig: transaction,
  });
  return records;
}
