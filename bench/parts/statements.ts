import neo4j, { type Driver } from "neo4j-driver";
import { z } from "zod";
import { openCountry, type OpenCountry } from "../country/openCountry.ts";
import { median, ratioOf } from "../measure.ts";
import { openDirectory } from "../openDirectory.ts";
import type { Asked, Figure, Part, Report } from "../part.ts";
import { headlinePage, type Question } from "../questions.ts";
import { type Recorded, recordedGraph } from "../recordedGraph.ts";

/** A page of 20 edges may cost so many statements, and one of 100 no more. */
const mostStatements = 6;
const mostOperatorsTold = 5;

const pageSizes = { small: 20, large: 100 } as const;

/** What a request cost Neo4j. */
interface Cost {
  readonly edges: number;
  readonly statements: readonly string[];
  readonly hits: number;
  readonly operators: readonly OperatorCost[];
}

interface OperatorCost {
  readonly statement: string;
  readonly operator: string;
  readonly hits: number;
}

/** How many statements a request costs, and how many records Neo4j reads for it. */
export const statementsPart: Part = {
  name: "statements",
  about: "statements to Neo4j per request, and database hits per edge, for pages of 20 and of 100 edges",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    const figures: Figure[] = [];
    for (const size of new Set([Math.min(...sizes), Math.max(...sizes)])) {
      const country = await openCountry({ size, directory, report });
      try {
        figures.push(...(await measure(`${size} assets`, country, report)));
      } finally {
        await country.stop();
      }
    }
    return figures;
  },
};

async function measure(data: string, { server, spots }: OpenCountry, report: Report): Promise<readonly Figure[]> {
  const recorded: Recorded[] = [];
  const directory = await openDirectory(server, (graph) => recordedGraph(graph, (one) => recorded.push(one)));
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    disableLosslessIntegers: true,
  });
  const costOf = async (question: Question): Promise<Cost> => {
    recorded.length = 0;
    const edges = edgesIn(await directory.ask(question));
    const operators: OperatorCost[] = [];
    for (const one of [...recorded]) operators.push(...(await profile(driver, server.database, one)));
    return {
      edges,
      statements: recorded.map(({ statement }) => statement.name),
      hits: operators.reduce((sum, { hits }) => sum + hits, 0),
      operators,
    };
  };
  try {
    const small: Cost[] = [];
    const large: Cost[] = [];
    for (const { near } of spots) {
      small.push(await costOf(headlinePage(near, pageSizes.small)));
      large.push(await costOf(headlinePage(near, pageSizes.large)));
      report(`${data}: ${small.length} of ${spots.length} spots`);
    }
    for (const [first, costs] of [
      [pageSizes.small, small],
      [pageSizes.large, large],
    ] as const) {
      for (const line of costliest(costs)) report(`${data}, ${first} edges: ${line}`);
    }
    return figuresOf(data, small, large);
  } finally {
    await directory.close();
    await driver.close();
  }
}

function figuresOf(data: string, small: readonly Cost[], large: readonly Cost[]): readonly Figure[] {
  const hitsPerEdge = (costs: readonly Cost[]) => median(costs.map(({ hits, edges }) => hits / Math.max(1, edges)));
  return [
    againstAllowed(`headline page of 20 edges of ${data}`, small),
    againstAllowed(`headline page of 100 edges of ${data}`, large),
    {
      name: `statements for 100 edges of ${data} against 20`,
      ...ratioOf(large.map(countOf), small.map(countOf)),
      budget: { atMost: 1 },
      value: `${median(large.map(countOf))} and ${median(small.map(countOf))} statements`,
    },
    {
      name: `database hits per edge of ${data}, 100 edges against 20`,
      ratio: hitsPerEdge(large) / hitsPerEdge(small),
      spread: null,
      budget: null,
      value: `${hitsPerEdge(large).toFixed(0)} and ${hitsPerEdge(small).toFixed(0)} hits per edge`,
    },
  ];
}

function againstAllowed(page: string, costs: readonly Cost[]): Figure {
  const counts = costs.map(countOf);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return {
    name: `statements for the ${page}, the most of any spot, against the ${mostStatements} allowed`,
    ratio: most / mostStatements,
    spread: [least / mostStatements, most / mostStatements],
    budget: { atMost: 1 },
    value: `${least} to ${most} statements, ${median(costs.map(({ edges }) => edges))} edges`,
  };
}

function countOf({ statements }: Cost): number {
  return statements.length;
}

/** The operators that read most over all spots, in words. */
function costliest(costs: readonly Cost[]): readonly string[] {
  const hitsOf = new Map<string, number>();
  for (const { statement, operator, hits } of costs.flatMap(({ operators }) => operators)) {
    const name = `${operator} in ${statement}`;
    hitsOf.set(name, (hitsOf.get(name) ?? 0) + hits);
  }
  const all = costs.reduce((sum, { hits }) => sum + hits, 0);
  return [...hitsOf]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostOperatorsTold)
    .map(([name, hits]) => `${((100 * hits) / all).toFixed(0)} % of ${all} hits: ${name}`);
}

const answered = z.object({ data: z.object({ search: z.object({ edges: z.array(z.unknown()) }) }) });

function edgesIn(answer: string): number {
  return answered.parse(JSON.parse(answer)).data.search.edges.length;
}

/** An operator of a plan as it was run, and those that it took its rows from. */
interface Operator {
  readonly operatorType: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly dbHits: number;
  readonly children: readonly Operator[];
}

/** Runs a statement again, and tells what each operator read. */
async function profile(
  driver: Driver,
  database: string,
  { statement, parameters }: Recorded,
): Promise<readonly OperatorCost[]> {
  const { summary } = await driver.executeQuery(`PROFILE ${statement.text}`, parameters, {
    database,
    routing: neo4j.routing.READ,
  });
  if (summary.profile === false) throw new Error("Neo4j did not say what it cost.");
  return operatorsOf(summary.profile).map((operator) => ({
    statement: statement.name,
    operator: `${operator.operatorType.replace("@neo4j", "")} ${detailsOf(operator)}`,
    hits: operator.dbHits,
  }));
}

function operatorsOf(operator: Operator): readonly Operator[] {
  return [operator, ...operator.children.flatMap(operatorsOf)];
}

const longestDetails = 100;

function detailsOf(operator: Operator): string {
  return z.string().catch("").parse(operator.arguments["Details"]).replace(/\s+/g, " ").slice(0, longestDetails);
}
