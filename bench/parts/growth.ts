import { join } from "node:path";
import type { DirectorySettings } from "../contenders/directory.ts";
import { type ContenderProcess, startContender } from "../contender.ts";
import { type OpenCountry, openCountry } from "../country/openCountry.ts";
import type { Spot } from "../country/spots.ts";
import { interleaved, median, ratioOf } from "../measure.ts";
import type { Asked, Budget, Figure, Part, Report } from "../part.ts";
import { warmUp } from "../warmUp.ts";
import { activityIn, activityNear, entityPage, headlinePage, type Question, whatIsNearPage } from "../questions.ts";

const file = join(import.meta.dirname, "..", "contenders", "directory.ts");
const rounds = 5;
const timesARound = 18;
const kinds = ["city", "town", "countryside"] as const satisfies Spot["kind"][];

/** The directory over a country of one size, with what is asked of it. */
interface Grown {
  readonly size: number;
  readonly country: OpenCountry;
  readonly directory: ContenderProcess;
  readonly stop: () => Promise<void>;
}

type Page = "headline" | "what is near" | "entity";
type QuestionOf = (grown: Grown, spot: Spot) => Promise<Question | null>;

const pages: Readonly<Record<Page, QuestionOf>> = {
  headline: (_, { near }) => Promise.resolve(headlinePage(near)),
  "what is near": (_, { near }) => Promise.resolve(whatIsNearPage(near)),
  entity: async ({ directory }, { near }) => {
    const id = activityIn(JSON.parse((await directory.answer(activityNear(near))) as string));
    return id === null ? null : entityPage(id);
  },
};

/** How pages grow slower as the country does: every size in one run, each with a Neo4j and a process of its own. */
export const growthPart: Part = {
  name: "growth",
  about:
    "how much slower pages are with more assets: the headline page, what is near, one entity; city, town, countryside",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    const opened: Grown[] = [];
    try {
      for (const size of [...new Set(sizes)].sort((a, b) => a - b)) opened.push(await open(size, directory, report));
      if (opened.length < 2) return [skipped];
      return await measureAll(opened, report);
    } finally {
      for (const { stop } of opened.reverse()) await stop();
    }
  },
};

const skipped: Figure = {
  name: "growth",
  ratio: null,
  spread: null,
  budget: null,
  value: "skipped: it takes two sizes or more, as in --size 10000 --size 100000",
};

async function open(size: number, directory: string, report: Report): Promise<Grown> {
  const country = await openCountry({ size, directory, report });
  try {
    report(`Starting the directory over ${size} assets`);
    const started = await startContender(file, { server: country.server } satisfies DirectorySettings);
    const stop = async () => {
      await started.stop();
      await country.stop();
    };
    return { size, country, directory: started, stop };
  } catch (error) {
    await country.stop();
    throw error;
  }
}

async function measureAll(opened: readonly Grown[], report: Report): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const page of Object.keys(pages) as Page[]) {
    const asked = await Promise.all(opened.map((grown) => askedOf(grown, pages[page])));
    for (const { size, directory, questions } of asked) {
      const all = questions.map(({ question }) => question);
      await warmUp(directory, { name: `${page} page of ${size}`, questions: all, report });
    }
    const budget = page === "headline" ? { atMost: 1.5 } : null;
    figures.push(await measure(`${page} page`, asked, kinds, budget, report));
    for (const kind of kinds) figures.push(await measure(`${page} page, ${kind}`, asked, [kind], null, report));
  }
  return figures;
}

interface AskedOf extends Grown {
  readonly questions: readonly { readonly kind: Spot["kind"]; readonly question: Question }[];
}

async function askedOf(grown: Grown, questionOf: QuestionOf): Promise<AskedOf> {
  const questions: AskedOf["questions"][number][] = [];
  for (const spot of grown.country.spots) {
    const question = await questionOf(grown, spot);
    if (question !== null) questions.push({ kind: spot.kind, question });
  }
  return { ...grown, questions };
}

async function measure(
  what: string,
  asked: readonly AskedOf[],
  wanted: readonly Spot["kind"][],
  budget: Budget | null,
  report: Report,
): Promise<Figure> {
  const costs = await interleaved(
    asked.map(({ size, directory, questions }) => {
      const ofKinds = questions.filter(({ kind }) => wanted.includes(kind)).map(({ question }) => question);
      return {
        name: String(size),
        round: async () => median((await directory.run({ questions: ofKinds, times: timesARound })).milliseconds),
      };
    }),
    {
      rounds,
      onRound: (done, of) => {
        if (done === of) report(`${what}: ${of} rounds`);
      },
    },
  );
  const of = (size: number | undefined) => costs[String(size)] ?? [];
  const sizes = asked.map(({ size }) => size);
  return {
    name: `${what}, of ${sizes.at(-1)} assets against ${sizes[0]}: median time`,
    ...ratioOf(of(sizes.at(-1)), of(sizes[0])),
    budget,
    value: sizes.map((size) => `${median(of(size)).toFixed(1)} ms of ${size}`).join(", "),
  };
}
