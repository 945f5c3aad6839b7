import type { z } from "zod";
import { InputError } from "../../core/errors.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { countingFor, type Vocabulary } from "../../knowledge/vocabulary.ts";
import { reachedBy } from "./nearMisses.ts";
import { brokenStepsStatement, downstreamStatement } from "./queries/brokenSteps.ts";
import { lostWithStatement } from "./queries/lostWith.ts";
import { mostHandOffs, networkStatements } from "./queries/network.ts";
import { type SupportAroundRow, supportAroundStatement } from "./queries/supportAround.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";
import { stepsPage } from "./stepsPage.ts";

/** What asking takes from its surroundings. */
interface Asking {
  readonly graph: Graph;
  readonly knowledge: Pick<Knowledge, "vocabulary" | "referrers">;
}

/** The most areas that are looked at, nearest first: what the answer costs is then known. */
const mostAreas = 200;

type Lost = z.output<typeof lostWithStatement.row>;

/** What goes when an asset does; what follows of it is read when it is asked for. */
export interface ImpactFound {
  readonly asset: { readonly id: string };
  /** The asset and all that goes with it. */
  readonly lost: readonly Lost[];
  readonly areas: readonly { readonly id: string; readonly name: string }[];
  /** Whether there are more than are looked at. */
  readonly hasMoreAreas: boolean;
}

/** What would be gone with an asset. Throws InputError, at `asset`, where no published asset has the id; else as `Graph.run` does. */
export async function impactOfLosing({ graph }: Pick<Asking, "graph">, id: string): Promise<ImpactFound> {
  const lost = await graph.run(lostWithStatement, { asked: { id } });
  if (lost.length === 0) throw new InputError(`There is no asset "${id}".`, { field: ["asset"] });
  const areas = new Map<string, Lost["areas"][number]>();
  for (const area of lost.flatMap((one) => one.areas)) {
    const known = areas.get(area.id);
    if (known === undefined || area.metres < known.metres) areas.set(area.id, area);
  }
  const byDistance = [...areas.values()].toSorted((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1));
  return { asset: { id }, lost, areas: byDistance.slice(0, mostAreas), hasMoreAreas: byDistance.length > mostAreas };
}

/** A page, by name, of what goes with the asset. Throws InputError for a page size or cursor that cannot be. */
export function alsoLost({ asset, lost }: ImpactFound, asked: PageAsked) {
  const others = lost.filter(({ id }) => id !== asset.id);
  return sortedPage("also lost", others, ({ name, id }) => [name, id], asked);
}

/** Whether what is lost was the only help with something somewhere, or the nearest. */
type Loss = "ONLY" | "NEAREST";

/**
 * A page of the conditions that lose their only or nearest support, and where: the only ones first, then by the names of condition and area. Throws InputError for a page
 * size or cursor that cannot be; else as `Graph.run` does.
 */
export async function lostSupport({ graph, knowledge }: Asking, impact: ImpactFound, asked: PageAsked) {
  const vocabulary = await knowledge.vocabulary();
  const conditionIds = [
    ...countingFor(vocabulary, [...new Set(impact.lost.flatMap((one) => one.supportedIds))]).keys(),
  ];
  const rows =
    conditionIds.length === 0
      ? []
      : await graph.run(supportAroundStatement, {
          asked: { areaIds: impact.areas.map(({ id }) => id), conditionIds },
        });
  const losses = lossesOf(impact, rows, vocabulary);
  return sortedPage(
    "lost support",
    losses,
    ({ loss, condition, area }) => [
      loss === "ONLY" ? 0 : 1,
      vocabulary.byId.get(condition.id)?.name ?? "",
      area.name,
      condition.id,
      area.id,
    ],
    asked,
  );
}

function lossesOf({ lost, areas }: ImpactFound, rows: readonly SupportAroundRow[], vocabulary: Vocabulary) {
  const lostIds = new Set(lost.map(({ id }) => id));
  const around = new Map<string, SupportAroundRow[]>();
  for (const row of rows) around.set(row.areaId, [...(around.get(row.areaId) ?? []), row]);
  const lostIn = (areaId: string) =>
    new Set(lost.filter((one) => one.areas.some(({ id }) => id === areaId)).flatMap((one) => one.supportedIds));
  return areas.flatMap((area) =>
    [...lostIn(area.id)].flatMap((conditionId) => {
      const counting = countingFor(vocabulary, [conditionId]);
      const supporting = (around.get(area.id) ?? []).filter(({ supportedIds }) =>
        supportedIds.some((id) => counting.has(id)),
      );
      const [before = null] = nearestFirst(supporting.filter(({ id }) => lostIds.has(id)));
      const rest = nearestFirst(supporting.filter(({ id }) => !lostIds.has(id)));
      const [next = null] = rest;
      const metresBefore = before?.metres ?? null;
      const metresAfter = next?.metres ?? null;
      const loss: Loss | null =
        next === null
          ? "ONLY"
          : metresBefore !== null && metresAfter !== null && metresBefore < metresAfter
            ? "NEAREST"
            : null;
      if (loss === null) return [];
      return [
        {
          loss,
          condition: { id: conditionId },
          area,
          remaining: rest.length,
          nextBest: next === null ? null : { id: next.id },
          metresBefore: metresBefore === null ? null : Math.round(metresBefore),
          metresAfter: metresAfter === null ? null : Math.round(metresAfter),
        },
      ];
    }),
  );
}

function nearestFirst(rows: readonly SupportAroundRow[]): readonly SupportAroundRow[] {
  return rows.toSorted((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity) || (a.id < b.id ? -1 : 1));
}

/** A page, by their ids, of the steps that lead to or from what is lost. Throws InputError for a page size or cursor that cannot be; else as `Graph.run` does. */
export async function brokenSteps(context: Pick<Asking, "graph">, { lost }: ImpactFound, asked: PageAsked) {
  const steps = await context.graph.run(brokenStepsStatement, { asked: { ids: lost.map(({ id }) => id) } });
  return stepsPage(
    context,
    sortedPage("broken steps", steps, ({ id }) => [id], asked),
    (step) => step,
  );
}

/**
 * A page, by name, of what some kind of referrer could send people to in up to five open hand-offs and none can when what is lost is gone. Throws InputError for a page size
 * or cursor that cannot be; else as `Graph.run` does.
 */
export async function unreached({ graph, knowledge }: Asking, { lost }: ImpactFound, asked: PageAsked) {
  const lostIds = new Set(lost.map(({ id }) => id));
  const after = await graph.run(downstreamStatement, { asked: { ids: [...lostIds] } });
  const fromIds = (await knowledge.referrers()).all.map(({ id }) => id);
  const network =
    after.length === 0
      ? []
      : await graph.run(networkStatements.given, {
          asked: {
            age: null,
            concernedIds: [],
            isConditionsStated: false,
            shares: {},
            endIds: after.map(({ id }) => id),
            fromIds,
            isBlockedWanted: false,
          },
        });
  const hops = network.flatMap(({ id: toId, steps }) => steps.map(([, fromId]) => ({ fromId, toId })));
  const question = { fromIds, mostHops: mostHandOffs };
  const reachedBefore = reachedBy(hops, question);
  const left = reachedBy(
    hops.filter(({ fromId, toId }) => !lostIds.has(fromId) && !lostIds.has(toId)),
    question,
  );
  const found = after.filter(({ id }) => reachedBefore.has(id) && !left.has(id));
  return sortedPage("unreached", found, ({ name, id }) => [name, id], asked);
}
