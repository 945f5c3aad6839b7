import { createContext as createActivitiesContext } from "./activities/context.ts";
import { type Directory, search } from "./directory/search.ts";
import { suggest } from "./directory/suggest.ts";
import { createContext as createGroupsContext } from "./groups/context.ts";
import { createContext as createOrganisationsContext } from "./organisations/context.ts";
import { referralRoutes } from "./pathways/referralRoutes.ts";
import { createContext as createPlacesContext } from "./places/context.ts";
import { planWrites } from "./workshops/planWrites.ts";

const nothingMore = { total: false, facets: false, repairs: false, needs: false, why: true, way: false };

/**
 * Sends the statements of a search page once, so that Neo4j has planned them before anybody waits: planning the walk takes it about a
 * second, and an operation that is cut short while it plans leaves no plan behind for the next. Does nothing while the graph is empty.
 * Throws as `Graph.run` does.
 */
export async function warmUp(directory: Directory): Promise<void> {
  const { graph, now } = directory;
  const asked = await somethingToAsk(directory);
  if (asked === null) return;
  const nobody = "no such id";
  await Promise.all([
    search(directory, asked, { ...nothingMore, total: true }),
    createActivitiesContext(graph, now).activityById(nobody),
    createGroupsContext(graph, now).groupById(nobody),
    createOrganisationsContext(graph, now).organisationById(nobody),
    createPlacesContext(graph, now).placeById(nobody),
  ]);
}

/** Sends what is asked less, one after the other, so that those who are answered meanwhile hardly notice. Else as `warmUp`. */
export async function settle(directory: Directory): Promise<void> {
  const asked = await somethingToAsk(directory);
  if (asked === null) return;
  const { near, filter } = asked;
  // The more are wanted, the further a walk goes first.
  for (const first of [1, 20, 100]) {
    await search(directory, { ...asked, first }, nothingMore);
    await search(directory, { text: "", near, first }, nothingMore);
  }
  await search(directory, asked, { ...nothingMore, facets: true });
  await search(
    directory,
    { text: "", near, filter: { ...filter, kinds: ["PLACE"], reach: ["PHONE"] } },
    { ...nothingMore, repairs: true },
  );
  await search(directory, { text: "", near, filter: { ...filter, withinMetres: 1000 } }, nothingMore);
  await search(directory, { text: "", filter }, nothingMore);
  await suggest(directory, { text: "no such name" });
  const from = (await directory.knowledge.referrers()).all[0]?.slug;
  const [condition = ""] = filter.conditions;
  await planWrites(directory.graph);
  if (from !== undefined) await referralRoutes(directory, { input: { from, condition, near } }, true);
}

async function somethingToAsk({ knowledge }: Directory) {
  const [{ conditions }, { byId }] = await Promise.all([knowledge.vocabulary(), knowledge.gazetteer()]);
  const condition = conditions[0]?.slug;
  const near = Array.from(byId.values()).find(({ kind }) => kind === "NEIGHBOURHOOD" || kind === "WARD")?.id;
  return condition === undefined || near === undefined ? null : { text: "", near, filter: { conditions: [condition] } };
}
