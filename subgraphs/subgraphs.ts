import type { SubgraphName } from "../core/config.ts";
import type { Log } from "../core/log.ts";
import type { Graph } from "../graph/graph.ts";
import { createContext as createActivitiesContext } from "./activities/context.ts";
import { resolvers as activitiesResolvers } from "./activities/resolvers.ts";
import { createContext as createDirectoryContext } from "./directory/context.ts";
import { createKnowledge } from "./directory/knowledge.ts";
import { resolvers as directoryResolvers } from "./directory/resolvers.ts";
import { createContext as createGroupsContext } from "./groups/context.ts";
import { resolvers as groupsResolvers } from "./groups/resolvers.ts";
import { createContext as createOrganisationsContext } from "./organisations/context.ts";
import { resolvers as organisationsResolvers } from "./organisations/resolvers.ts";
import { createContext as createPlacesContext } from "./places/context.ts";
import { resolvers as placesResolvers } from "./places/resolvers.ts";
import { createSubgraph, type Subgraph } from "./subgraph.ts";
import { warmUp } from "./warmUp.ts";

export interface Subgraphs {
  readonly byName: Readonly<Record<SubgraphName, Subgraph>>;
  /** Has Neo4j plan what is asked most, so that the first caller does not wait for it. */
  readonly warmUp: () => Promise<void>;
  /** Ends what they do in the background. */
  readonly stop: () => void;
}

/** Every subgraph, over one graph: the one list of them. `clock`: what time it is, for those that need to know. */
export function createSubgraphs(graph: Graph, log?: Log, clock: () => Date = () => new Date()): Subgraphs {
  const knowledge = createKnowledge(graph, log);
  return {
    byName: {
      activities: createSubgraph("activities", activitiesResolvers, createActivitiesContext),
      directory: createSubgraph("directory", directoryResolvers, (operation) =>
        createDirectoryContext(operation, knowledge, clock()),
      ),
      groups: createSubgraph("groups", groupsResolvers, createGroupsContext),
      organisations: createSubgraph("organisations", organisationsResolvers, createOrganisationsContext),
      places: createSubgraph("places", placesResolvers, createPlacesContext),
    },
    warmUp: () => warmUp({ graph, knowledge, now: clock() }),
    stop: knowledge.stop,
  };
}
