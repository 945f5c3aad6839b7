import type { SubgraphName } from "../core/config.ts";
import type { Log } from "../core/log.ts";
import { type Background, keepLaidOut } from "../calendar/keepLaidOut.ts";
import { startOperation } from "../core/operation.ts";
import type { Tokens } from "../core/tokens.ts";
import type { Graph } from "../graph/graph.ts";
import { createContext as createActivitiesContext } from "./activities/context.ts";
import { resolvers as activitiesResolvers } from "./activities/resolvers.ts";
import { createContext as createDirectoryContext } from "./directory/context.ts";
import { createDirectoryKnowledge } from "./directory/knowledge.ts";
import type { MeaningOptions } from "./directory/meaning.ts";
import { resolvers as directoryResolvers } from "./directory/resolvers.ts";
import { createContext as createGroupsContext } from "./groups/context.ts";
import { resolvers as groupsResolvers } from "./groups/resolvers.ts";
import { createContext as createOrganisationsContext } from "./organisations/context.ts";
import { resolvers as organisationsResolvers } from "./organisations/resolvers.ts";
import { createContext as createPathwaysContext } from "./pathways/context.ts";
import { resolvers as pathwaysResolvers } from "./pathways/resolvers.ts";
import { createContext as createPlacesContext } from "./places/context.ts";
import { resolvers as placesResolvers } from "./places/resolvers.ts";
import { createContext as createWorkshopsContext } from "./workshops/context.ts";
import { resolvers as workshopsResolvers } from "./workshops/resolvers.ts";
import { createSubgraph, type Subgraph } from "./subgraph.ts";
import { settle, warmUp } from "./warmUp.ts";

export interface Subgraphs {
  readonly byName: Readonly<Record<SubgraphName, Subgraph>>;
  /** Has Neo4j plan what is asked most, so that the first caller does not wait for it. */
  readonly warmUp: () => Promise<void>;
  /** Does what the first answer need not wait for: loads the sentence model, and has Neo4j plan what is asked less. Never throws. */
  readonly settle: () => Promise<void>;
  /** Begins to keep the sessions of activities laid out, in the background. */
  readonly layOut: () => void;
  /** Ends what they do in the background. */
  readonly stop: () => Promise<void>;
}

export interface SubgraphsOptions {
  readonly log: Log;
  /** Where the sentence model is kept, and the Java to fetch it with. Left out: nothing is guessed. */
  readonly sentenceModel?: Pick<MeaningOptions, "directory" | "javaHome">;
  /** What time it is. Left out: the machine's clock. */
  readonly clock?: () => Date;
  /** What signs in those who join a workshop with its code. Left out or null: nobody can join. */
  readonly tokens?: Tokens | null;
}

/** Much longer than it takes, on a machine that has much else to do. */
const longestSettlingMs = 120_000;

/** Every subgraph, over one graph: the one list of them. */
export function createSubgraphs(graph: Graph, options: SubgraphsOptions): Subgraphs {
  const { log, sentenceModel = null, clock = () => new Date(), tokens = null } = options;
  const knowledge = createDirectoryKnowledge(graph, log, sentenceModel);
  const stopping = new AbortController();
  let settling = Promise.resolve();
  let layingOut: Background | null = null;

  /** In an operation of its own, so that it ends with the subgraphs and not in the middle of a statement. */
  async function settleDown(): Promise<void> {
    const operation = startOperation("settling", { timeoutMs: longestSettlingMs, callerGone: stopping.signal });
    try {
      await knowledge.learn();
      await settle({ graph: graph.within(operation), knowledge, now: clock() });
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.warn({ err: error }, "Could not plan ahead; whoever asks first waits a second or two longer");
    } finally {
      operation.end();
    }
  }

  return {
    byName: {
      activities: createSubgraph("activities", activitiesResolvers, (operation) =>
        createActivitiesContext(operation, clock()),
      ),
      directory: createSubgraph("directory", directoryResolvers, (operation) =>
        createDirectoryContext(operation, knowledge, clock()),
      ),
      groups: createSubgraph("groups", groupsResolvers, (operation) => createGroupsContext(operation, clock())),
      organisations: createSubgraph("organisations", organisationsResolvers, (operation) =>
        createOrganisationsContext(operation, clock()),
      ),
      pathways: createSubgraph("pathways", pathwaysResolvers, (operation, caller) =>
        createPathwaysContext(operation, { knowledge, now: clock(), caller }),
      ),
      places: createSubgraph("places", placesResolvers, (operation) => createPlacesContext(operation, clock())),
      workshops: createSubgraph("workshops", workshopsResolvers, (operation, caller) =>
        createWorkshopsContext(operation, { knowledge, now: clock(), caller, tokens }),
      ),
    },
    warmUp: () => warmUp({ graph, knowledge, now: clock() }),
    settle: () => {
      settling = settleDown();
      return settling;
    },
    layOut: () => {
      layingOut ??= keepLaidOut(graph, { clock, log });
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([knowledge.stop(), settling, layingOut?.stop()]);
    },
  };
}
