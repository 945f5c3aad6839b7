import { join } from "node:path";
import { openCountry } from "../country/openCountry.ts";
import { openReferrals } from "../country/openReferrals.ts";
import { type Asked, type Budget, type Figure, figuresOrFailure, type Part } from "../part.ts";
import { headlinePage } from "../questions.ts";
import { compareApolloGateway } from "./peers/compareApolloGateway.ts";
import { compareNeo4jGraphql } from "./peers/compareNeo4jGraphql.ts";
import { comparePostgis } from "./peers/comparePostgis.ts";
import { compareRoutes } from "./peers/compareRoutes.ts";
import { installPeers } from "./peers/installPeers.ts";
import { type Postgres, startPostgres } from "./peers/startPostgres.ts";

/** How many times as many questions as @neo4j/graphql ours answers at least, by the number of assets; design.md says where from. */
const neo4jGraphqlBudgets: Readonly<Record<number, Budget>> = { 10_000: { atLeast: 3 }, 1_000_000: { atLeast: 50 } };

/** What others would have built instead, on the same question and the same data, with the same answers. */
export const peersPart: Part = {
  name: "peers",
  about: "the same questions put to @neo4j/graphql, to PostGIS with hand-written SQL, and through @apollo/gateway",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    await installPeers(report);
    const postgres = await startPostgres(join(directory, "peers"), report);
    try {
      const figures: Figure[] = [];
      for (const size of sizes) figures.push(...(await compareAt(size, postgres, { directory, report })));
      figures.push(...(await compareReferrals(postgres, { directory, report })));
      return figures;
    } finally {
      if (typeof postgres !== "string") await postgres.stop();
    }
  },
};

async function compareAt(
  size: number,
  postgres: Postgres | string,
  { directory, report }: Pick<Asked, "directory" | "report">,
): Promise<readonly Figure[]> {
  const { server, spots, stop } = await openCountry({ size, directory, report });
  try {
    // Two of each kind: those who take a second for an answer are asked no more than it takes to know.
    const few = (["city", "town", "countryside"] as const).flatMap((kind) =>
      spots.filter((spot) => spot.kind === kind).slice(0, 2),
    );
    const budget = neo4jGraphqlBudgets[size] ?? null;
    const areaIds = spots.map(({ areaId }) => areaId);
    const questions = spots.map(({ near }) => headlinePage(near));
    return [
      ...(await figuresOrFailure(
        `@neo4j/graphql, ${size} assets`,
        () => compareNeo4jGraphql({ server, points: few, size, budget }, report),
        report,
      )),
      ...(typeof postgres === "string"
        ? [skipped(`the walk against PostGIS, ${size} assets`, postgres)]
        : await figuresOrFailure(
            `the walk against PostGIS, ${size} assets`,
            () => comparePostgis({ server, areaIds, size, postgres }, report),
            report,
          )),
      ...(await figuresOrFailure(
        `@apollo/gateway, ${size} assets`,
        () => compareApolloGateway({ server, questions, size }, report),
        report,
      )),
    ];
  } finally {
    await stop();
  }
}

/** On the network of referrals that is always the same, whatever sizes are asked for. */
async function compareReferrals(
  postgres: Postgres | string,
  { directory, report }: Pick<Asked, "directory" | "report">,
): Promise<readonly Figure[]> {
  if (typeof postgres === "string") return [skipped("routes of referrals against recursive SQL", postgres)];
  const { server, spots, stop } = await openReferrals({ directory, report });
  try {
    return await compareRoutes({ server, areaIds: spots.map(({ areaId }) => areaId), postgres }, report);
  } finally {
    await stop();
  }
}

function skipped(name: string, why: string): Figure {
  return { name, ratio: null, spread: null, budget: null, value: `skipped: ${why}` };
}
