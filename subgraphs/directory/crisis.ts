import { commonEnglish } from "./commonEnglish.ts";
import { createSpellings } from "../../knowledge/spelling.ts";
import { wordsOf } from "../../knowledge/words.ts";

export interface CrisisService {
  readonly name: string;
  readonly description: string;
  readonly telephone: string;
  readonly openingHours: string;
  readonly url: string;
}

export interface CrisisHelp {
  readonly message: string;
  readonly helps: readonly CrisisService[];
}

const always = "24 hours a day, every day";

// The services' own published numbers, all but the Forced Marriage Unit's free to call in the United Kingdom.
const emergency: CrisisService = {
  name: "Emergency services",
  description:
    "When a life is at risk now. Ask for an ambulance or the police. If you cannot speak, press 55 when asked.",
  telephone: "999",
  openingHours: always,
  url: "https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/when-to-call-999/",
};
const nhs: CrisisService = {
  name: "NHS 111",
  description: "Urgent help with mental or physical health. For mental health, choose option 2.",
  telephone: "111",
  openingHours: always,
  url: "https://111.nhs.uk/",
};
const samaritans: CrisisService = {
  name: "Samaritans",
  description: "Somebody to listen, whatever you are going through.",
  telephone: "116 123",
  openingHours: always,
  url: "https://www.samaritans.org/",
};
const shout: CrisisService = {
  name: "Shout",
  description: "Support by text message, for when you cannot or do not want to speak.",
  telephone: "Text SHOUT to 85258",
  openingHours: always,
  url: "https://giveusashout.org/",
};
const papyrus: CrisisService = {
  name: "HOPELINE247",
  description: "For people under 35 who think of suicide, and for anyone worried about one. Run by Papyrus.",
  telephone: "0800 068 4141",
  openingHours: always,
  url: "https://www.papyrus-uk.org/",
};
const domesticAbuse: CrisisService = {
  name: "National Domestic Abuse Helpline",
  description: "Advice and a way to safety for women who are abused, and for those worried about one. Run by Refuge.",
  telephone: "0808 2000 247",
  openingHours: always,
  url: "https://www.nationaldahelpline.org.uk/",
};
const mensAdvice: CrisisService = {
  name: "Men's Advice Line",
  description: "For men who are abused by a partner or somebody in the family. Run by Respect.",
  telephone: "0808 801 0327",
  openingHours: "Weekdays; the hours are on its website",
  url: "https://mensadviceline.org.uk/",
};
const rapeCrisis: CrisisService = {
  name: "Rape and Sexual Abuse Support Line",
  description: "For anyone of 16 or older, whatever happened and whenever it did. Run by Rape Crisis England & Wales.",
  telephone: "0808 500 2222",
  openingHours: always,
  url: "https://247sexualabusesupport.org.uk/",
};
const childline: CrisisService = {
  name: "Childline",
  description: "For children and young people under 19, about anything. Calls do not show on the bill.",
  telephone: "0800 1111",
  openingHours: always,
  url: "https://www.childline.org.uk/",
};
const nspcc: CrisisService = {
  name: "NSPCC Helpline",
  description: "For adults who are worried about a child. You need not be certain, and need not say who you are.",
  telephone: "0808 800 5000",
  openingHours: "Weekdays; the hours are on its website",
  url: "https://www.nspcc.org.uk/keeping-children-safe/reporting-abuse/",
};
const forcedMarriageUnit: CrisisService = {
  name: "Forced Marriage Unit",
  description:
    "For anyone who is being made to marry, or knows somebody who is. Run by the government; a call costs the usual rate.",
  telephone: "020 7008 0151",
  openingHours: "Weekdays; at other times call 999",
  url: "https://www.gov.uk/guidance/forced-marriage",
};

const self = "(myself|himself|herself|themselves|themself|meself|ourselves|yourself)";
const harmed = "(me|us|her|him|my mum|my son|my daughter|my child|my kids|my children|my baby|my sister|my friend)";
const partner =
  "(my partner|my husband|my wife|my boyfriend|my girlfriend|my ex|my dad|my stepdad|my mum|my son|my brother|my uncle|my family|him|her)";
const child =
  "(child|children|kid|kids|baby|toddler|little boy|little girl|son|daughter|niece|nephew|grandson|granddaughter)";

/**
 * The words of a crisis, topic by topic: a list that people review, never a similarity. A phrase is met word by word, in order; in brackets
 * are words that may stand for one another. Typing errors, apostrophes and words like "just" make no difference (see `plainly`). When in doubt a phrase
 * is on it: help shown for nothing does no harm.
 */
const topics: readonly { readonly phrases: readonly string[]; readonly helps: readonly CrisisService[] }[] = [
  {
    // Nobody answers these words better than an ambulance.
    phrases: [
      "not breathing",
      "stopped breathing",
      "isnt breathing",
      "cant breathe at all",
      "cant breathe right now",
      "suddenly cant breathe",
      "(struggling|fighting) to breathe",
      "gasping for (air|breath)",
      "wont wake up",
      "cant wake (him|her|them|my mum|my dad|my baby)",
      "not waking up",
      "unconscious",
      "unresponsive",
      "collapsed",
      "chest (pain|pains)",
      "crushing chest pain",
      "pain in my chest",
      "having a heart attack",
      "having a stroke",
      "face is (drooping|dropping)",
      "choking",
      "bleeding heavily",
      "bleeding badly",
      "wont stop bleeding",
      "cant stop the bleeding",
      "having a seizure",
      "having a fit",
      "been stabbed",
      "been shot",
      "stabbed (me|him|her)",
      "(house|flat) is on fire",
      "baby is blue",
      "turning blue",
    ],
    helps: [emergency, nhs, samaritans],
  },
  {
    phrases: [
      "suicide",
      "suicides",
      "suicidal",
      "suicidle",
      "suicidel",
      "sewercide",
      // How young people write it; "5 kms" is a walk.
      "(?<!\\d )kms",
      "unalive",
      "unaliving",
      "sewerslide",
      "(kill|killing|killed) " + self,
      "kil (myself|meself)",
      "murder myself",
      "(hang|hanging|hanged|hung) " + self,
      "(shoot|shooting) (myself|himself|herself)",
      "(drown|drowning) (myself|himself|herself)",
      "(poison|poisoned|poisoning) " + self,
      "throw myself (off|under|in front of)",
      "(jump|jumping) off (a|the) (bridge|roof|building|cliff)",
      "jump in front of (a|the) (train|bus|car|lorry)",
      "(cut|cuts|cutting|slit|slits|slitting|slash|slashing) (my|his|her|their) (wrist|wrists|throat)",
      "(end|ends|ended|ending) (my|his|her|their|your|our|my own) (life|lives)",
      "(end|ending) it all",
      "end things for good",
      "end it (tonight|now|today)",
      "want it to end",
      "want it all to (end|stop)",
      "want everything to (end|stop)",
      "make it all stop",
      "(take|took|taking|takes) (my|his|her|their) own (life|lives)",
      "(take|taking) my life",
      "(want|wants|wanted|ready|going|trying|tried) to die",
      "want to be dead",
      "wish i (was|were) dead",
      "wish id never been born",
      "wish i (was|were) never born",
      "wish i hadnt been born",
      "wish i (wouldnt|didnt|couldnt) wake up",
      "dont want to wake up",
      "not wake up in the morning",
      "never wake up",
      "hope i dont wake up",
      "sleep and never wake up",
      "better off dead",
      "better off without me",
      "be better if i (was|were) (dead|gone)",
      "no one would miss me",
      "nobody would miss me",
      "no (reason|point|will) to live",
      "no point (in |of )?(living|life)",
      "no point going on",
      "no point in going on",
      "no point being here",
      "no point being alive",
      "nothing to live for",
      "nothing left to live for",
      "lost the will to live",
      "not worth living",
      "isnt worth living",
      "life isnt worth it",
      "dont want to live",
      "doesnt want to live",
      "dont want to be alive",
      "doesnt want to be alive",
      "dont want to be here",
      "doesnt want to be here",
      "dont want to exist",
      "dont want to carry on",
      "dont want to go on",
      "cant go on",
      "cant carry on",
      "cant live anymore",
      "cant live like this",
      "cant do this anymore",
      "cant take (it|this) anymore",
      "cant take anymore",
      "cant cope anymore",
      "tired of living",
      "tired of being alive",
      "sick of living",
      "sick of being alive",
      "done with life",
      "done with living",
      "had enough of life",
      "had enough of living",
      "fed up (of|with) (living|life)",
      "hate being alive",
      "disappear for good",
      "disappear forever",
      "(want|wants) to disappear",
      "say goodbye forever",
      "saying goodbye to everyone",
      "written a note",
      "goodbye note",
      "goodbye letter",
      "final goodbye",
      "(ways|way) to die",
      "how to die",
      "painless death",
      "easiest way to die",
      "thinking (of|about) dying",
      "(think|thinks|thoughts) (about|of) dying",
      "thoughts of ending it",
      "thinking (of|about) ending it",
      "thoughts of death",
      "self harm",
      "self harms",
      "self harming",
      "self harmed",
      "selfharm",
      "selfharming",
      "self injury",
      "self injure",
      "self mutilation",
      "(hurt|hurts|hurting|harm|harms|harming|cut|cuts|cutting|burn|burns|burning|scratch|scratching) " + self,
      "hitting myself",
      "punching myself",
      "starving myself",
    ],
    helps: [emergency, nhs, samaritans, papyrus, shout],
  },
  {
    phrases: [
      "overdose",
      "overdoses",
      "overdosed",
      "overdosing",
      "(taken|took|swallowed|had|taking|swallow) too many (pills|tablets|paracetamol|painkillers|drugs|meds)",
      "(taken|took|swallowed|taking|take|swallow) a load of (pills|tablets|paracetamol|painkillers|meds)",
      "(taken|took|swallowed|taking|take|swallow) (loads|lots) of (pills|tablets|paracetamol|painkillers|meds)",
      "(taken|took|swallowed|taking|take|swallow) a lot of (pills|tablets|paracetamol|painkillers|meds)",
      "(taken|took|swallowed|taking|take|swallow) all (my|his|her|their|the|of my|of her|of his) (pills|tablets|paracetamol|painkillers|meds|medication|insulin)",
      "(taken|took|swallowed) a (bottle|packet|box) of (pills|tablets|paracetamol|painkillers)",
      "(taken|took|swallowed) a whole (bottle|packet|box) of (pills|tablets|paracetamol|painkillers)",
      "(swallowed|drank|drunk) some (bleach|poison|antifreeze)",
      "drunk bleach",
      "stockpiling (pills|tablets|meds)",
    ],
    helps: [emergency, nhs, samaritans, shout],
  },
  {
    phrases: [
      "child abuse",
      "(child|children|kids|baby) (is|are|is being|are being|being|getting) (abused|beaten|hit|hurt|neglected)",
      "abusing (a|his|her|the|their|my) " + child,
      "(abused|abuses) (a|his|her|the|their|my) " + child,
      "(hurting|hitting|beating|hits|beats|hurts|neglecting|neglects) (a|his|her|the|their) " + child,
      "(might|going to|could|will) (hurt|harm|shake) (my|the|a) (baby|child|kids|children|son|daughter)",
      "shook (my|the) baby",
      "shake the baby",
      "(child|baby|kid) in danger",
      "(children|kids) in danger",
      "(child|baby|kid) is (in danger|unsafe|neglected)",
      "children are in danger",
      "(children|kids|child|kid|baby) (not|isnt|arent) safe",
      "(child|baby|kids|children) (left|home) alone",
      "(daddy|mummy|dad|mum|stepdad) (hits|hurts|touches) me",
      "my (mum|dad|stepdad|stepmum|parents) (hit|hits|hurt|hurts|beat|beats) me",
      "(run|running|ran) away from home",
      "fgm",
    ],
    helps: [emergency, childline, nspcc, nhs, samaritans],
  },
  {
    phrases: [
      "rape",
      "raped",
      "raping",
      "rapes",
      "rapist",
      "sexually (assaulted|abused|attacked)",
      "sexual (assault|abuse|violence)",
      "molested",
      "molesting",
      "forced me to have sex",
      "made me have sex",
      "forces me to have sex",
      "makes me have sex",
      "forced himself on me",
      "(touched|touches|touching) (me|her|him) (down there|inappropriately|sexually)",
      "touched me when i said no",
      "spiked my drink",
      "drink was spiked",
      "groomed",
      "grooming (children|a child|my daughter|my son)",
    ],
    helps: [emergency, rapeCrisis, nhs, samaritans],
  },
  {
    phrases: [
      "forced marriage",
      "forced to (marry|get married)",
      "forcing (me|her|him|my sister|my friend) to (marry|get married)",
      "(make|making) (me|her|him) (marry|get married)",
      "made to marry",
      "married against (my|her|his) will",
      "honour (killing|based|violence)",
      "honor killing",
    ],
    helps: [emergency, forcedMarriageUnit, domesticAbuse, nhs, samaritans],
  },
  {
    phrases: [
      "(going to|trying to|tried to|threatened to|threatening to|threatens to|wants to|will) kill " + harmed,
      "hell kill (me|us)",
      "(threatened|threatens|threatening) (me|us)",
      "(threatened|threatens|threatening) my (family|mum|daughter|son)",
      "threatened (me|us) with a (knife|gun)",
      "got a (knife|gun)",
      "has a (knife|gun)",
      "pulled a knife on me",
      "(hit|hits|hitting|beat|beats|beating|punch|punches|punched|kick|kicks|kicked|slap|slaps|slapped|choke|chokes|choked|choking|strangle|strangles|strangled|strangling|burned|burnt|bites|pushed|pushes|shoves|attacked|attacks|attacking|assaulted|assaults|batters|battered|battering) " +
        harmed,
      "(hurts|hurting) " + harmed,
      "hurt (me|us)",
      "throws things at me",
      "pulls my hair",
      "(beaten|beating) up",
      "beats up",
      "been beaten",
      "being (beaten|hit|attacked|threatened|strangled)",
      "been (attacked|assaulted|strangled|threatened)",
      "smashing up the (house|flat)",
      "smashing the (house|flat) up",
      "strangled",
      "strangulation",
      "(afraid|scared|frightened|terrified) of " + partner,
      "(afraid|scared|frightened|terrified) to go home",
      "(afraid|scared|frightened|terrified) in my own home",
      "afraid for my life",
      "fear for my life",
      "scared for my life",
      "scared (hell|he will) (hurt|kill) (me|us)",
      "(not|dont feel|isnt) safe at home",
      "unsafe at home",
      "not safe in my (house|home|own home)",
      "not safe here",
      "wont let me leave",
      "wont let me out",
      "locked me (in|out)",
      "locks me (in|out)",
      "keeps me locked",
      "being held against my will",
      "being followed",
      "following me home",
      "followed me home",
      "someone is following me",
      "being stalked",
      "stalking me",
      "hes outside my house",
      "hes going to find me",
      "violence at home now",
      "hes being violent",
      "violent (to|towards|with) (me|us|her|him|my mum)",
      "getting violent",
    ],
    helps: [emergency, domesticAbuse, mensAdvice, nhs, samaritans],
  },
];

/** Ways of writing the same: as people shorten it, and with the apostrophe gone or a space in its place. */
const same: readonly (readonly [RegExp, string])[] = [
  [/\b(don|can|won|isn|doesn|didn|wouldn|couldn|hadn) t\b/g, "$1t"],
  [/\bi (?:am|m)\b/g, "im"],
  [/\b(he|she) (?:is|s)\b/g, "$1s"],
  [/\bcan ?not\b/g, "cant"],
  [/\bdo not\b/g, "dont"],
  [/\bdoes not\b/g, "doesnt"],
  [/\bwill not\b/g, "wont"],
  [/\bis not\b/g, "isnt"],
  [/\bany more\b/g, "anymore"],
  [/\bgonna\b/g, "going to"],
  [/\bwanna\b/g, "want to"],
];

/** Words that may stand anywhere in a phrase and change nothing: "I just want to die". */
const passedOver = new Set(
  `just really so actually even literally honestly basically simply bloody fucking effing ever also still quite very totally maybe probably
  almost nearly keep keeps kept always sometimes again then please`.split(/\s+/),
);

const patterns = topics.map(({ phrases, helps }) => ({ pattern: new RegExp(` (?:${phrases.join("|")})(?= )`), helps }));

/** The words of the list that a typing error is corrected to. A common word, or one of the list, is no typing error. */
const listed = createSpellings(
  topics.flatMap(({ phrases }) => phrases.flatMap((phrase) => phrase.match(/[a-z]+/g) ?? [])),
);

function plainly(text: string): string {
  const words = wordsOf(text).map(({ plain }) =>
    commonEnglish.has(plain) || listed.has(plain) ? plain : (listed.nearest(plain).words[0] ?? plain),
  );
  const said = same.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), words.join(" "));
  return ` ${said
    .split(" ")
    .filter((word) => !passedOver.has(word))
    .join(" ")} `;
}

/** The help that the words of a text call for at once, the most urgent first; null when they speak of no crisis. Throws nothing. */
export function crisisIn(text: string): CrisisHelp | null {
  const said = plainly(text);
  const helps = patterns.filter(({ pattern }) => pattern.test(said)).flatMap((topic) => topic.helps);
  if (helps.length === 0) return null;
  return {
    message:
      "If a life is at risk, call 999 now. You do not have to face this alone: NHS 111 and Samaritans answer at any hour.",
    helps: [...new Set(helps)],
  };
}
