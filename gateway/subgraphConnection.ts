import type { ExecuteSubgraph } from "../subgraphs/execute.ts";

/** A subgraph as the gateway knows it: in this process, or at an address. It answers the same either way. */
export interface SubgraphConnection {
  readonly name: string;
  readonly execute: ExecuteSubgraph;
  /** Whether it can answer now. Absent for one in this process, which can when the graph can. */
  readonly isReady?: (timeoutMs: number) => Promise<boolean>;
  /** Closes what is open to it. Absent for one in this process. */
  readonly close?: () => Promise<void>;
}
