import type { ExecutionResult } from "graphql";
import { z } from "zod";
import { details, type Expected, type JudgedQuery, type JudgedSet } from "./readQueries.ts";

/** Asks the directory one GraphQL question. */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<ExecutionResult>;

/** What became of one query. */
export interface Outcome {
  readonly query: JudgedQuery;
  /** What the words were taken to mean, or the code of the error. */
  readonly understood: Understood | string;
  /** Whether conditions and place are right, or the error is the right one. */
  readonly isRead: boolean;
  /** Of age, times, cost, access, reach and crisis, what is not as expected. */
  readonly wrongDetails: readonly string[];
  /** Seed keys of what was found, best first: the first page, and on until all that deserves a 3 was seen. */
  readonly found: readonly string[];
}

type Understood = z.output<typeof Understood>;

const Understood = z.object({
  conditions: z.array(z.object({ condition: z.object({ slug: z.string() }), by: z.string() })),
  near: z.object({ name: z.string() }).nullable(),
  age: z.number().nullable(),
  days: z.array(z.string()),
  partOfDay: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  free: z.boolean().nullable(),
  stepFree: z.boolean().nullable(),
  reach: z.array(z.string()),
  crisis: z.boolean().default(false),
});

const Found = z.object({
  search: z.object({
    understood: Understood,
    crisis: z.object({ message: z.string() }).nullable(),
    edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const together = 4;

const document = `
  query ($text: String!, $near: String, $filter: AssetFilter, $first: Int!, $after: String) {
    search(text: $text, near: $near, filter: $filter, first: $first, after: $after) {
      understood {
        conditions { condition { slug } by }
        near { name }
        age days partOfDay from to free stepFree reach
      }
      crisis { message }
      edges { node { id } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** Asks every query of a set, one after another. Throws when an answer is neither a search nor a coded error. */
export async function evaluate(ask: Ask, { queries, keyById }: JudgedSet): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  // A few at a time: the directory and Neo4j have something to do meanwhile, and nothing has to wait long.
  for (let index = 0; index < queries.length; index += together) {
    const asked = queries.slice(index, index + together);
    outcomes.push(...(await Promise.all(asked.map((query) => outcomeOf(ask, query, keyById)))));
  }
  return outcomes;
}

async function outcomeOf(ask: Ask, query: JudgedQuery, keyById: ReadonlyMap<string, string>): Promise<Outcome> {
  const { expected, text, near, filter, relevant = {} } = query;
  const found: string[] = [];
  let understood: Understood | undefined;
  let after: string | null = null;
  do {
    const { data, errors } = await ask(document, { text, near, filter, first: after === null ? 20 : 100, after });
    const [error] = errors ?? [];
    if (error !== undefined) {
      const code = z.string().parse(error.extensions["code"]);
      const isRead = code === expected.error;
      return { query, understood: code, isRead, wrongDetails: isRead ? [] : ["error"], found: [] };
    }
    const { search } = Found.parse(data);
    understood ??= { ...search.understood, crisis: search.crisis !== null };
    found.push(...search.edges.map(({ node }) => keyById.get(node.id) ?? node.id));
    const isAllSeen = Object.entries(relevant).every(([key, grade]) => grade < 3 || found.includes(key));
    after = search.pageInfo.hasNextPage && !isAllSeen ? search.pageInfo.endCursor : null;
  } while (after !== null);
  return {
    query,
    understood,
    isRead: isRead(expected, understood),
    wrongDetails: wrongDetails(expected, understood),
    found,
  };
}

function isRead({ error, conditions, alsoAcceptable, near, alsoNear }: Expected, understood: Understood): boolean {
  const slugs = understood.conditions.map(({ condition }) => condition.slug);
  return (
    error === undefined &&
    conditions.every((slug) => slugs.includes(slug)) &&
    slugs.every((slug) => conditions.includes(slug) || alsoAcceptable.includes(slug)) &&
    [near, ...alsoNear].includes(understood.near?.name ?? null)
  );
}

function wrongDetails(expected: Expected, understood: Understood): readonly string[] {
  const { from, to, ...rest } = understood;
  const said = { ...rest, span: from !== null && to !== null };
  return details.filter((name) => !expected.open.includes(name) && plain(said[name]) !== plain(expected[name]));
}

/** A detail to compare: nothing, false and an empty list all say that the words do not speak of it. */
function plain(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  return Array.isArray(value) ? value.toSorted().join(" ") : JSON.stringify(value);
}
