import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { crisisIn } from "../subgraphs/directory/crisis.ts";
import { readGazetteer } from "../knowledge/gazetteer.ts";
import { understand } from "../subgraphs/directory/understand.ts";
import { readVocabulary } from "../knowledge/vocabulary.ts";
import { aSunday, openWorld, type World } from "./world.ts";

// Whatever somebody types: an answer, or an error that says what to do.

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const texts = {
  "nothing at all": "",
  "only spaces": "   \t\n ",
  "only words that say nothing": "I need some help with the",
  "Lucene's syntax": '+loneliness -(name:* OR /.*/) && ~2^9 [a TO z] {!} "unclosed \\',
  "an open bracket": "(",
  Cypher: "') MATCH (n) DETACH DELETE n //",
  "Cypher in a place": "loneliness near ' OR 1=1 //",
  "a template": "${process.exit(1)} {{7*7}} %s %d",
  markup: "<script>alert(1)</script> near <b>Barton</b>",
  "five thousand characters": "lonely ".repeat(715),
  "one very long word": "l".repeat(999),
  "a very long place": `support near ${"Rose ".repeat(150)}`,
  emoji: "😢 alone 🏠 near Rose Hill 👵🏽",
  "right to left": "الوحدة قرب Rose Hill",
  "a right-to-left mark": "\u202Eylenol\u202C near Rose Hill",
  NUL: "lonely\u0000near Rose\u0000Hill",
  "half a surrogate": "lonely \uD83D near Rose Hill",
  "combining marks": `l${"\u0301".repeat(200)}onely near Rose Hill`,
  "full width": "ｌｏｎｅｌｙ near Rose Hill",
  "numbers that are nowhere": "near 91.5,200.25",
  "not quite numbers": "near NaN,Infinity",
} as const;

const codes = new Set(["BAD_INPUT", "PLACE_NOT_FOUND", "AMBIGUOUS_PLACE"]);

const searched = `query ($text: String!) { search(text: $text) { understood { text } edges { node { id name } } } }`;

async function sizeOfGraph(): Promise<unknown> {
  const [row] = await world.cypher(cypher`
    CALL () { MATCH (node) RETURN count(node) AS nodes }
    CALL () { MATCH ()-[way]->() RETURN count(way) AS ways }
    RETURN nodes, ways`);
  return row;
}

test.each(Object.entries(texts))("%s: an answer or an error that says what to do", async (_, text) => {
  const before = await sizeOfGraph();
  for (const [query, variables] of [
    [searched, { text }],
    [`query ($text: String!) { locate(text: $text) { matches { name } suggestions { name } } }`, { text }],
    [`query ($text: String!) { assets(filter: { near: $text }) { edges { node { id } } } }`, { text }],
    [`query ($text: String!) { search(text: "loneliness", near: $text) { edges { node { id } } } }`, { text }],
  ] as const) {
    const { data, errors = [] } = await world.ask(query, variables);
    expect(data === null || data === undefined ? errors.length : 1).toBeGreaterThan(0);
    for (const error of errors) {
      expect(codes.has(String(error.extensions["code"])), JSON.stringify(error)).toBe(true);
      expect(error.message).not.toMatch(/neo4j|lucene|cypher|parse exception/i);
    }
  }
  expect(await sizeOfGraph()).toEqual(before);
});

const crisis = `query ($text: String!) { search(text: $text) { crisis { message helps { name telephone } } } }`;

test.each([
  "I want to end my life",
  "feeling suicidal near Rose Hill",
  "my son self-harms, self harm support",
  "took an overdose",
  "He hits me. Help near Barton",
])("“%s” brings help to call at once", async (text) => {
  const { data, errors } = await world.ask(crisis, { text });
  expect(errors).toBeUndefined();
  const numbers = data.search.crisis.helps.map(({ telephone }: { telephone: string }) => telephone);
  expect(numbers[0]).toBe("999");
  expect(numbers).toContain("116 123");
  expect(new Set(numbers).size).toBe(numbers.length);
});

test.each(["loneliness support near Rose Hill", "killing time in Barton", "language classes", "debt advice"])(
  "“%s” speaks of no crisis",
  async (text) => {
    const { data } = await world.ask(crisis, { text });
    expect(data.search.crisis).toBeNull();
  },
);

/** A thousand characters of each sort that may make a reader slow. */
const long = {
  commas: ",",
  "words that say nothing": "a ",
  "places demanded": "near ",
  "places allowed": "in ",
  digits: "1",
  "nearly coordinates": "1.1,",
  "typing errors": "lonley ",
  "misspelt places": "bartn ",
  "beginnings of phrases": "lost my ",
  "beginnings of access": "can't manage the ",
  days: "mon - ",
  dates: "may 1 ",
  ages: "8 year ",
  "half postcodes": "ox4 ",
  areas: "rose hill ",
  "words of crisis": "kill my ",
  signs: "1+",
  emoji: "😢",
  "combining marks": "\u0301",
  "right to left": "الوحدة ",
  ligatures: "ﷺ",
  NUL: "\u0000",
  spaces: " ",
} as const;

/** In milliseconds, with room for a machine that does much else: alone, the slowest takes 12. What is not linear takes seconds. */
const longestReading = 100;

test("a thousand characters of any sort are read in milliseconds", async () => {
  const vocabulary = await readVocabulary(world.graph);
  const gazetteer = await readGazetteer(world.graph);
  for (const [sort, part] of Object.entries(long)) {
    const text = part.repeat(1000).slice(0, 1000);
    const times = [1, 2, 3, 4, 5].map(() => {
      const start = performance.now();
      understand(text, vocabulary, gazetteer, { now: aSunday });
      crisisIn(text);
      return performance.now() - start;
    });
    expect(Math.min(...times), sort).toBeLessThan(longestReading);
  }
});

test("a text that may be many places asks the graph no more than one that may be a few", async () => {
  for (const part of ["in ", "ox4 ", "at home in "]) {
    world.forget();
    await world.ask(searched, { text: part.repeat(80) });
    expect(world.statements().length, part).toBeLessThan(20);
  }
});
