import { z } from "zod";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { int } from "../../graph/graph.ts";
import type { Context } from "./context.ts";
import { loopsCountStatement, loopsPageStatement } from "./queries/loopsPage.ts";
import { mostHandOffs } from "./queries/network.ts";
import type { SurroundingsRow } from "./queries/surroundings.ts";
import type { NetworkAsked } from "./referralNetwork.ts";
import type { PageAsked } from "../sortedPage.ts";

/** Assets that send people round. */
interface Loop {
  /** In the order that people are sent, from the smallest. */
  readonly ids: readonly string[];
  readonly isDeadEnd: boolean;
}

const order = "loops";
const position = z.tuple([z.string()]);

/** The ids of a loop one after the other, each followed by a space: as Cypher writes them in `loopsPage`. */
const pathOf = (ids: readonly string[]) => ids.map((id) => `${id} `).join("");

/**
 * A page of the rounds of up to five assets that people may be sent on, by the ids of what they pass. Throws InputError for a page size or cursor that cannot be;
 * else as `Graph.run` does.
 */
export async function referralLoops(
  { graph }: Pick<Context, "graph">,
  { near }: NetworkAsked,
  asked: PageAsked,
  isTotalWanted: boolean,
) {
  const size = pageSize(asked.first);
  const from = positionOf(order, position, asked.after);
  const [afterPath] = from ?? [""];
  const [loops, totalCount] =
    near === null
      ? await loopsAnywhere({ graph }, afterPath, size + 1, isTotalWanted)
      : loopsAmong(await near.assets(), afterPath, size + 1, isTotalWanted);
  return {
    ...page(
      loops,
      size,
      from !== null,
      ({ ids }) => cursorOf(order, [pathOf(ids)]),
      ({ ids, isDeadEnd }) => ({ assets: ids.map((id) => ({ id })), isDeadEnd }),
    ),
    totalCount,
  };
}

type Found = readonly [loops: readonly Loop[], totalCount: number];

async function loopsAnywhere(
  { graph }: Pick<Context, "graph">,
  afterPath: string,
  limit: number,
  isTotalWanted: boolean,
): Promise<Found> {
  const [loops, [total]] = await Promise.all([
    graph.run(loopsPageStatement, {
      asked: { afterStart: afterPath.split(" ", 1)[0] ?? "", afterPath, limit: int(limit) },
    }),
    isTotalWanted ? graph.run(loopsCountStatement, { asked: { afterStart: "" } }) : [],
  ]);
  return [loops, total?.count ?? loops.length];
}

function loopsAmong(
  assets: readonly SurroundingsRow[],
  afterPath: string,
  limit: number,
  isTotalWanted: boolean,
): Found {
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const loops: Loop[] = [];
  let count = 0;
  for (const ids of roundsOf(assets, isTotalWanted ? "" : afterPath)) {
    count += 1;
    if (loops.length < limit && pathOf(ids) > afterPath) loops.push({ ids, isDeadEnd: isDeadEnd(ids, byId) });
    if (loops.length === limit && !isTotalWanted) break;
  }
  return [loops, count];
}

function isDeadEnd(ids: readonly string[], byId: ReadonlyMap<string, SurroundingsRow>): boolean {
  return ids.every((id) => {
    const { supportedIds = [], onwardIds = [] } = byId.get(id) ?? {};
    return supportedIds.length === 0 && onwardIds.every((next) => ids.includes(next));
  });
}

/**
 * Every round once, in the order of the ids that it passes, those that begin before `afterPath` does left out. What is so far from where a round began that it
 * cannot come back in time is not gone to, so that a page costs what its rounds are long.
 */
function* roundsOf(assets: readonly SurroundingsRow[], afterPath: string): Generator<readonly string[]> {
  const onward = new Map<string, Set<string>>();
  const back = new Map<string, Set<string>>();
  const known = new Set(assets.map(({ id }) => id));
  for (const { id, steps } of assets) {
    for (const { fromId } of steps) {
      if (!known.has(fromId) || fromId === id) continue;
      onward.set(fromId, (onward.get(fromId) ?? new Set()).add(id));
      back.set(id, (back.get(id) ?? new Set()).add(fromId));
    }
  }
  for (const start of [...onward.keys()].sort()) {
    if (start < (afterPath.split(" ", 1)[0] ?? "")) continue;
    const stepsBack = new Map([[start, 0]]);
    for (const [id, steps] of stepsBack) {
      if (steps === mostHandOffs - 1) continue;
      for (const before of back.get(id) ?? []) {
        if (before > start && !stepsBack.has(before)) stepsBack.set(before, steps + 1);
      }
    }
    yield* roundsFrom([start], onward, stepsBack);
  }
}

function* roundsFrom(
  path: readonly string[],
  onward: ReadonlyMap<string, ReadonlySet<string>>,
  stepsBack: ReadonlyMap<string, number>,
): Generator<readonly string[]> {
  const nexts = onward.get(path.at(-1) ?? "") ?? new Set<string>();
  if (path.length > 1 && nexts.has(path[0] ?? "")) yield path;
  for (const next of [...nexts].sort()) {
    const steps = stepsBack.get(next);
    if (steps === undefined || path.length + steps > mostHandOffs || path.includes(next)) continue;
    yield* roundsFrom([...path, next], onward, stepsBack);
  }
}
