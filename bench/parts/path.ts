import { join } from "node:path";
import type { AskedOfDirectory, DirectorySettings, Stages } from "../contenders/directory.ts";
import type { HttpClientSettings } from "../contenders/httpClient.ts";
import type { RawBoltSettings } from "../contenders/rawBolt.ts";
import { type ContenderProcess, startContender } from "../contender.ts";
import { openCountry } from "../country/openCountry.ts";
import { interleaved, median, ratioOf } from "../measure.ts";
import type { Asked, Figure, Part, Report } from "../part.ts";
import { headlinePage, type Question } from "../questions.ts";
import { warmUp } from "../warmUp.ts";
import type { GraphServer } from "../../graph/graph.ts";

const contenders = join(import.meta.dirname, "..", "contenders");
const rounds = 7;
const budget = { atMost: 1.5 };

/** The whole path: the headline page through HTTP, gateway, subgraphs and database, against its own statements raw over Bolt. */
export const pathPart: Part = {
  name: "path",
  about:
    "what everything above the database costs: the headline page over HTTP, against its own statements raw over Bolt",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    const figures: Figure[] = [];
    for (const size of new Set([Math.min(...sizes), Math.max(...sizes)])) {
      const country = await openCountry({ size, directory, report });
      try {
        // One spot of each kind and one more: enough to be no accident, few enough to be planned for soon.
        const spots = country.spots.filter((_, index) => index % 4 === 0);
        const questions = spots.map(({ near }) => headlinePage(near));
        figures.push(...(await measure(`${size} assets`, country.server, questions, report)));
      } finally {
        await country.stop();
      }
    }
    return figures;
  },
};

async function measure(
  data: string,
  server: GraphServer,
  questions: readonly Question[],
  report: Report,
): Promise<readonly Figure[]> {
  const started: ContenderProcess[] = [];
  const start = async (file: string, settings: unknown) => {
    const contender = await startContender(join(contenders, file), settings);
    started.push(contender);
    return contender;
  };
  report(`${data}: starting the directory, a client, and the raw statements`);
  try {
    const directory = await start("directory.ts", { server } satisfies DirectorySettings);
    const url = (await directory.answer("url" satisfies AskedOfDirectory)) as string;
    const ours = await start("httpClient.ts", { url } satisfies HttpClientSettings);
    const raw = await start("rawBolt.ts", { server, questions } satisfies RawBoltSettings);
    for (const question of questions) checkSame(await ours.answer(question), await raw.answer(question));
    await warmUp(ours, { name: `${data}, whole`, questions, report });
    await warmUp(raw, { name: `${data}, raw`, questions, report });
    const figures: Figure[] = [];
    for (const [connections, times] of [
      [1, 15 * questions.length],
      [16, 20 * questions.length],
    ] as const) {
      const costs = await interleaved(
        (
          [
            ["ours", ours],
            ["raw", raw],
          ] as const
        ).map(([name, contender]) => ({
          name,
          round: async () => median((await contender.run({ questions, times, connections })).milliseconds),
        })),
        {
          rounds,
          onRound: (done, of) => {
            report(`${data}, ${connections} at once: ${done} of ${of} rounds`);
          },
        },
      );
      figures.push({
        name: `headline page of ${data}, ${connections} at once, against its statements raw over Bolt: median time`,
        ...ratioOf(costs.ours, costs.raw),
        // Sixteen at once queue for two or three processes: that says more of the machine than of the path.
        budget: connections === 1 ? budget : null,
        value: `${median(costs.ours).toFixed(1)} ms and ${median(costs.raw).toFixed(1)} ms`,
      });
    }
    return [...figures, await stagesFigure(data, directory, questions)];
  } finally {
    for (const contender of started.reverse()) await contender.stop();
  }
}

/** Throws unless the rows have all things found: each id in the answer, more than once or not. */
function checkSame(ours: unknown, raw: unknown): void {
  const rows = JSON.stringify(raw);
  const ids = Array.from(String(ours).matchAll(/"id":"([^"]+)"/g), ([, id]) => id ?? "");
  const missing = ids.filter((id) => !rows.includes(`"${id}"`));
  if (ids.length === 0) throw new Error(`Nothing is found: ${String(ours).slice(0, 500)}`);
  if (missing.length > 0) throw new Error(`The statements alone do not find ${missing.join(", ")}.`);
}

/** Where the time of an answer goes, asked one at a time and in process, so without HTTP. */
async function stagesFigure(
  data: string,
  directory: ContenderProcess,
  questions: readonly Question[],
): Promise<Figure> {
  const measured: Stages[] = [];
  for (let time = 0; time < 10; time += 1) {
    for (const stagesOf of questions) {
      measured.push((await directory.answer({ stagesOf } satisfies AskedOfDirectory)) as Stages);
    }
  }
  const of = (stage: keyof Stages) => `${median(measured.map((one) => one[stage])).toFixed(1)} ms`;
  return {
    name: `headline page of ${data}, in process: where the time goes`,
    ratio: null,
    spread: null,
    budget: null,
    value: `${of("before")} understanding and planning, ${of("walk")} walks, ${of("owners")} owners, ${of("after")} the answer`,
  };
}
