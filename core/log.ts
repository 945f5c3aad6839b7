import { pino, type Logger } from "pino";

export type Log = Logger;

/**
 * The process's log: one JSON object a line on standard error, so that standard output stays for what was asked for.
 * Never log what somebody typed, a postcode or a whole request: a search is about a person.
 */
export function createLog(level: string, name: string): Log {
  return pino({ level, name, base: { name } }, pino.destination({ dest: 2, sync: false }));
}
