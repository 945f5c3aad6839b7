import { join } from "node:path";
import type { GraphServer } from "../../graph/graph.ts";
import type { FederatedSettings } from "../contenders/federated.ts";
import { type ContenderProcess, startContender } from "../contender.ts";
import { openCountry } from "../country/openCountry.ts";
import { interleaved, median, ratioOf, type Rounds } from "../measure.ts";
import type { Asked, Figure, Part, Report } from "../part.ts";
import { joiningPage, type Question } from "../questions.ts";
import { warmUp } from "../warmUp.ts";

const contenders = ["federated", "one schema", "one schema, compiled"] as const satisfies FederatedSettings["how"][];
type Name = (typeof contenders)[number];
type Processes = Readonly<Record<Name, ContenderProcess>>;

const file = join(import.meta.dirname, "..", "contenders", "federated.ts");
const rounds = 7;
const budget = { atMost: 1.2 };

interface Setting {
  /** What the data is, in words. */
  readonly data: string;
  readonly server: GraphServer | null;
  readonly questions: readonly Question[];
  /** How many questions make a round of a second or two. */
  readonly times: number;
}

/** The federation tax: the gateway with its subgraphs in its process, against the same resolvers as one schema behind the same door. */
export const federationPart: Part = {
  name: "federation",
  about: "what federation costs: CPU per request, against the same resolvers and loaders as one schema",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    const inMemory = await measure(
      { data: "data in memory", server: null, questions: [joiningPage("the village")], times: 1500 },
      report,
    );
    const country = await openCountry({ size: sizes[0] ?? 10_000, directory, report });
    try {
      // A thinly settled part may have nothing to find.
      const questions = country.spots.filter(({ kind }) => kind !== "countryside").map(({ near }) => joiningPage(near));
      const onNeo4j = await measure({ data: "data in Neo4j", server: country.server, questions, times: 300 }, report);
      return [...inMemory, ...onNeo4j];
    } finally {
      await country.stop();
    }
  },
};

async function measure(setting: Setting, report: Report): Promise<readonly Figure[]> {
  const { data, server, questions, times } = setting;
  report(`${data}: starting a process for each contender`);
  const processes = await startAll(server);
  try {
    for (const question of questions) await checkAnswers(processes, question);
    for (const name of contenders) await warmUp(processes[name], { name: `${data}, ${name}`, questions, report });
    const figures: Figure[] = [];
    for (const connections of [1, 16]) {
      const costs = await interleaved(
        contenders.map((name) => ({
          name,
          round: async () => (await processes[name].run({ questions, times, connections })).cpuMs / times,
        })),
        {
          rounds,
          onRound: (done, of) => {
            if (done === of) report(`${data}, ${connections} at once: ${of} rounds`);
          },
        },
      );
      figures.push(...figuresOf(`${data}, ${connections} at once`, costs));
    }
    return figures;
  } finally {
    await Promise.all(contenders.map((name) => processes[name].stop()));
  }
}

async function startAll(server: GraphServer | null): Promise<Processes> {
  const started = await Promise.all(
    contenders.map(
      async (how) => [how, await startContender(file, { how, server } satisfies FederatedSettings)] as const,
    ),
  );
  return Object.fromEntries(started) as Record<Name, ContenderProcess>;
}

/** Throws unless all contenders answer the very same text, with results and no errors. */
async function checkAnswers(processes: Processes, question: Question): Promise<void> {
  const ours = String(await processes.federated.answer(question));
  const answer = JSON.parse(ours) as { errors?: unknown; data?: { search: { edges: unknown[] } } };
  if (answer.errors !== undefined || (answer.data?.search.edges.length ?? 0) === 0) {
    throw new Error(`This is no page: ${JSON.stringify(question.variables)} has ${ours.slice(0, 500)}`);
  }
  for (const name of contenders) {
    const theirs = String(await processes[name].answer(question));
    if (theirs !== ours) throw new Error(`"${name}" answers otherwise:\n${theirs}\nwhere the gateway says\n${ours}`);
  }
}

function figuresOf(what: string, costs: Rounds<Name>): readonly Figure[] {
  const value = (rival: Name) =>
    `${median(costs.federated).toFixed(2)} ms and ${median(costs[rival]).toFixed(2)} ms of CPU a request`;
  return [
    {
      name: `against one schema on Apollo Server, ${what}`,
      ...ratioOf(costs.federated, costs["one schema"]),
      budget,
      value: value("one schema"),
    },
    {
      name: `against one schema on Apollo Server with graphql-jit, ${what}`,
      ...ratioOf(costs.federated, costs["one schema, compiled"]),
      budget: null,
      value: value("one schema, compiled"),
    },
  ];
}
