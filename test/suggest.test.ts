import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

async function suggest(text: string, first?: number) {
  return world.ask(
    `query ($text: String!, $first: Int) { suggest(text: $text, first: $first) { text node { __typename } } }`,
    {
      text,
      ...(first === undefined ? {} : { first }),
    },
  );
}

async function offers(text: string, first?: number): Promise<readonly string[]> {
  const { data, errors } = await suggest(text, first);
  expect(errors).toBeUndefined();
  return data.suggest.map(
    ({ text: offer, node }: { text: string; node: { __typename: string } }) => `${node.__typename}: ${offer}`,
  );
}

test("the beginning of a condition's name offers it", async () => {
  expect((await offers("lonel"))[0]).toBe("Condition: Loneliness");
});

test("an everyday word offers its condition", async () => {
  expect(await offers("alzheim")).toContain("Condition: Dementia");
});

test("areas come with their town, the one people mean once", async () => {
  const all = await offers("blackbird");
  expect(all.filter((offer) => offer === "Area: Blackbird Leys, Oxford")).toHaveLength(1);
});

test("assets are offered by the beginning of any word of their names, those that begin so first", async () => {
  const all = await offers("rose hill c", 20);
  expect(all[0]).toBe("Place: Rose Hill Community Centre, Oxford");
});

test("words are words: “age” offers nothing called language", async () => {
  expect((await offers("age", 20)).filter((offer) => /language/i.test(offer))).toEqual([]);
});

test.for(["", "   ", "💥", "(((", "\u0000", "*", "{}"])(
  "a text that says nothing has no suggestions: %j",
  async (text) => {
    expect(await offers(text)).toEqual([]);
  },
);

test("as many are offered as were asked for", async () => {
  expect(await offers("s", 3)).toHaveLength(3);
});

test.for([0, 21, -1])("%i suggestions cannot be asked for", async (first) => {
  const { errors } = await suggest("tea", first);
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: ["first"] });
});

test("a text too long to complete is refused", async () => {
  const { errors } = await suggest("a".repeat(201));
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_INPUT", field: ["text"] });
});
