import { createContext as createActivitiesContext } from "./activities/context.ts";
import { type Directory, search } from "./directory/search.ts";
import { createContext as createGroupsContext } from "./groups/context.ts";
import { createContext as createOrganisationsContext } from "./organisations/context.ts";
import { createContext as createPlacesContext } from "./places/context.ts";

/**
 * Sends the statements of a search page once, so that Neo4j has planned them before anybody waits: planning the walk takes it about a
 * second, and an operation that is cut short while it plans leaves no plan behind for the next. Does nothing while the graph is empty.
 * Throws as `Graph.run` does.
 */
export async function warmUp(directory: Directory): Promise<void> {
  const { graph, knowledge } = directory;
  const [{ conditions }, { byId }] = await Promise.all([knowledge.vocabulary(), knowledge.gazetteer()]);
  const condition = conditions[0]?.slug;
  const near = Array.from(byId.values()).find(({ kind }) => kind === "NEIGHBOURHOOD" || kind === "WARD")?.id;
  if (condition === undefined || near === undefined) return;
  const asked = { text: "", near, filter: { conditions: [condition] } };
  const nothingMore = { total: false, facets: false, repairs: false, needs: false };
  const nobody = "no such id";
  await Promise.all([
    search(directory, asked, { ...nothingMore, total: true }),
    search(directory, asked, nothingMore),
    createActivitiesContext(graph).activityById.load(nobody),
    createGroupsContext(graph).groupById.load(nobody),
    createOrganisationsContext(graph).organisationById.load(nobody),
    createPlacesContext(graph).placeById.load(nobody),
  ]);
}
