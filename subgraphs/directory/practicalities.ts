import { type Said, type Span, spansOf } from "./said.ts";
import type { ReachKind } from "./schema.generated.ts";

/** Words that ask how something has to be, and what they ask for. */
export interface Practicality extends Span {
  readonly asks: "FREE" | "STEP_FREE" | readonly ReachKind[];
}

const notBeforeFree =
  "(?<!\\b(?:smoke|sugar|step|drug|drugs|gluten|alcohol|dairy|nut|lactose|pain|debt|stress|hands|trouble|worry|crime|feel|feeling|set|break|breaking|be|get|getting|stay|staying|interest|rent|car|traffic) )";
const home = "(?:house|home|flat|door)";

/** How people ask for it. What several words say of a condition ("get online", "free meals") is no such wish: the longer phrase wins. */
const patterns: readonly (readonly [RegExp, Practicality["asks"]])[] = [
  [
    new RegExp(
      String.raw`${notBeforeFree}\b(?:for free|free of (?:charge|cost)|free)\b(?! (?:time|from|range|of|will|speech|standing|school)\b)`,
      "g",
    ),
    "FREE",
  ],
  [
    /\b(?:no|without|at no) (?:cost|charge|fee|fees)\b|\bcosts? nothing\b|\b(?:doesnt|dont|wont) cost(?: me| us)?(?: anything| a thing| money)?\b|\b(?:dont|without) (?:have to |having to )?pay(?:ing)?\b/g,
    "FREE",
  ],
  [
    /\bstep ?free(?: access| entrance| entry)?\b|\b(?:no|without|any) (?:stairs|steps)\b|\b(?:disabled|level|wheelchair) access\b|\bwheelchair (?:accessible|friendly|users?)\b/g,
    "STEP_FREE",
  ],
  [
    /\b(?:cant|cannot|cant really|unable to|struggle to|struggles to|hard to) (?:manage|do|climb|use|get up|go up|get down)(?: the| any)? (?:stairs|steps)\b/g,
    "STEP_FREE",
  ],
  [
    /(?<!\b(?:borrow|hire|loan|buy|repair|fix|mend|need|get|lend)(?: a| my| an)? )\bwheelchair\b(?! (?:basketball|football|rugby|tennis|dance|dancing|racing|curling|sports?|repairs?|services?|hire|loans?|access|accessible|friendly|users?)\b)/g,
    "STEP_FREE",
  ],
  [
    /\b(?:on ?line|virtual|virtually|remotely|(?:on|by|over|via) (?:zoom|teams|skype|video|the internet)|zoom)\b/g,
    ["ONLINE"],
  ],
  [
    /\b(?:(?:over|on|by|via) the (?:phone|telephone)|(?:by|over|via) (?:phone|telephone)|(?:phone|telephone) (?:calls?|support|line|befriending|chats?|help)|telephone|someone to (?:ring|phone|call) me|(?:ring|phone|call) me)\b/g,
    ["PHONE"],
  ],
  [
    new RegExp(
      String.raw`\b(?:(?:someone|somebody|anyone|people|person|volunteer|befriender) (?:to|who (?:can|could|will|would)) (?:visit|come round|come and see|pop in|pop round|come to see)(?: me| us| her| him| them| my (?:mum|dad|nan|gran|mother|father))?|visits? (?:me|us|her|him|them)(?: at home)?|home visits?|home visiting|visits? at home|comes? to (?:my|our|her|his|their|the|your) ${home}|comes? to (?:me|us|her|him|them|you)|to (?:my|your|our|her|his|their) door|come round|in (?:my|her|his|their|our|your) own home)\b`,
      "g",
    ),
    ["COMES_TO_YOU"],
  ],
  // Who cannot go out can be reached in three ways.
  [
    /\b(?:housebound|bedbound|bed bound|house bound|(?:cant|cannot|unable to|doesnt|dont) leave (?:the |my |her |his |their )?(?:house|home|flat))\b/g,
    ["COMES_TO_YOU", "ONLINE", "PHONE"],
  ],
];

/** What a text asks of cost, access and reach. Throws nothing. */
export function practicalitiesIn(said: Said): readonly Practicality[] {
  return patterns.flatMap(([pattern, asks]) =>
    Array.from(spansOf(said, pattern), ({ start, end }): Practicality => ({ start, end, asks })),
  );
}
