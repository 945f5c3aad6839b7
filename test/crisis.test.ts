import { expect, test } from "vitest";
import { crisisIn } from "../subgraphs/directory/crisis.ts";

// The words that bring help to call at once. Answers through the gateway: hostileText.test.ts and searchPlaces.test.ts.

const numbersFor = (text: string) => crisisIn(text)?.helps.map(({ telephone }) => telephone) ?? [];

const suicide = ["999", "111", "116 123", "0800 068 4141", "Text SHOUT to 85258"];
const overdose = ["999", "111", "116 123", "Text SHOUT to 85258"];
const violence = ["999", "0808 2000 247", "0808 801 0327", "111", "116 123"];
const sexual = ["999", "0808 500 2222", "111", "116 123"];
const ofChild = ["999", "0800 1111", "0808 800 5000", "111", "116 123"];
const medical = ["999", "111", "116 123"];
const marriage = ["999", "020 7008 0151", "0808 2000 247", "111", "116 123"];

const said: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    suicide,
    [
      "I want to end my life",
      "feeling suicidal near Rose Hill",
      "suicide",
      "my brother talks about suicide",
      "suicide bereavement support",
      "i want to just die",
      "I don't want to be here anymore",
      "I really don’t want to be here any more",
      "i do not want to be alive",
      "dont wanna live",
      "want to disappear for good",
      "kms",
      "thinking about unaliving myself",
      "I'm better off dead",
      "they'd be better off without me",
      "wish I was dead",
      "wish I'd never been born",
      "no reason to live",
      "no point in living",
      "there is nothing to live for",
      "life isn't worth it, it's not worth living",
      "i can't go on any more",
      "I cannot go on",
      "I just can't do this any more",
      "tired of being alive",
      "I've had enough of life",
      "I keep thinking about dying",
      "thoughts of ending it",
      "I'm going to kill myself",
      "my son says he wants to die",
      "he tried to hang himself",
      "she wants to take her own life",
      "jump off a bridge",
      "cutting my wrists",
      "self-harm",
      "my daughter self harms",
      "my daughter keeps cutting herself",
      "I have been hurting myself",
      "burning myself",
      "how to die",
      "nobody would miss me",
      "end it all",
      "I hope I don't wake up",
    ],
  ],
  [
    suicide,
    [
      "suicidle thoughts",
      "sucide",
      "siucidal",
      "suiside",
      "feeling suicdal",
      "selfharm",
      "kil myself",
      "unaliv myself",
    ],
  ],
  [
    overdose,
    [
      "took an overdose",
      "I overdosed",
      "my friend is overdosing",
      "I've swallowed a load of pills",
      "taken too many paracetamol",
      "she has taken all her tablets",
      "took a whole bottle of pills",
      "overdosd",
    ],
  ],
  [
    violence,
    [
      "He hits me. Help near Barton",
      "my husband beats me",
      "my ex tried to strangle me, rose hill",
      "being beaten up",
      "he strangled me",
      "scared of my husband",
      "I'm afraid of my partner",
      "frightened to go home",
      "I am not safe at home",
      "I don't feel safe at home",
      "he's going to kill me",
      "she is gonna kill me",
      "he threatened me with a knife",
      "they threatened my family",
      "someone is following me",
      "I am being followed",
      "my ex is stalking me",
      "he won't let me leave",
      "my son attacks me",
      "my wife punches me",
      "he is violent towards us",
    ],
  ],
  [
    sexual,
    [
      "I was raped",
      "rape",
      "sexual assault",
      "I was sexually assaulted",
      "he forced me to have sex",
      "my drink was spiked",
    ],
  ],
  [
    ofChild,
    [
      "a child is being abused next door",
      "child abuse",
      "he is abusing his daughter",
      "I might hurt my baby",
      "I'm going to shake the baby",
      "the children are in danger",
      "kids left alone at night",
      "my kids aren't safe",
    ],
  ],
  [
    medical,
    [
      "he's not breathing",
      "she has stopped breathing",
      "my baby won't wake up",
      "unconscious",
      "my mum has collapsed",
      "chest pain",
      "he is having a heart attack",
      "my dad is having a stroke",
      "choking",
      "it won't stop bleeding",
      "suddenly can't breathe",
      "been stabbed",
    ],
  ],
  [
    marriage,
    ["forced marriage", "my parents are making me get married", "I'm being forced to marry", "honour based violence"],
  ],
];

test.for(said.flatMap(([numbers, texts]) => texts.map((text) => [text, numbers] as const)))(
  "“%s” brings the help for it",
  ([text, numbers]) => {
    expect(numbersFor(text)).toEqual(numbers);
  },
);

test("who speaks of several things is given the help for each, once, 999 first", () => {
  expect(numbersFor("my dad hits me and I want to die")).toEqual([
    ...suicide.slice(0, 1),
    ...suicide.slice(1),
    "0800 1111",
    "0808 800 5000",
    "0808 2000 247",
    "0808 801 0327",
  ]);
});

test.for([
  "loneliness support near Rose Hill",
  "killing time in Barton",
  "kill time",
  "dying to meet people",
  "walk 5 kms",
  "I can't breathe properly",
  "end of life care",
  "hill walking",
  "cutting down on drinking",
  "hair cutting",
  "hit hard by bills",
  "harm reduction",
  "life drawing",
  "child care",
  "heart attack recovery",
  "stroke group",
  "debt advice",
  "cut off from everyone",
  "my knife skills are bad",
  "no point scoring, just fun",
  "in deep water aerobics",
])("“%s” speaks of no crisis", (text) => {
  expect(crisisIn(text)).toBeNull();
});

test("999, NHS 111 and Samaritans are always among the helps, and every help says when it answers", () => {
  for (const [, texts] of said) {
    for (const text of texts) {
      const help = crisisIn(text);
      expect(numbersFor(text), text).toEqual(expect.arrayContaining(["999", "111", "116 123"]));
      for (const { name, description, openingHours, url } of help?.helps ?? []) {
        expect([name, description, openingHours].every((one) => one !== "")).toBe(true);
        expect(url).toMatch(/^https:\/\//);
      }
    }
  }
});
