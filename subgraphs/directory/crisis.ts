import { wordsOf } from "./words.ts";

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

// The services' own published numbers, all free to call in the United Kingdom and answered at any hour.
const emergency: CrisisService = {
  name: "Emergency services",
  description: "When a life is at risk now. Ask for an ambulance or the police.",
  telephone: "999",
  openingHours: "24 hours a day, every day",
  url: "https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/when-to-call-999/",
};
const nhs: CrisisService = {
  name: "NHS 111",
  description: "Urgent help with mental or physical health. For mental health, choose option 2.",
  telephone: "111",
  openingHours: "24 hours a day, every day",
  url: "https://111.nhs.uk/",
};
const samaritans: CrisisService = {
  name: "Samaritans",
  description: "Somebody to listen, whatever you are going through.",
  telephone: "116 123",
  openingHours: "24 hours a day, every day",
  url: "https://www.samaritans.org/",
};
const domesticAbuse: CrisisService = {
  name: "National Domestic Abuse Helpline",
  description: "Advice and a way to safety for women who are abused, and for those worried about one. Run by Refuge.",
  telephone: "0808 2000 247",
  openingHours: "24 hours a day, every day",
  url: "https://www.nationaldahelpline.org.uk/",
};

/**
 * The words of a crisis, topic by topic: a list that people review, never a similarity. A phrase is matched word by word, in order.
 * When in doubt a phrase is on it: help shown for nothing does no harm.
 */
const topics: readonly { readonly phrases: readonly string[]; readonly helps: readonly CrisisService[] }[] = [
  {
    phrases: [
      "suicide",
      "suicidal",
      "kill myself",
      "killing myself",
      "kill himself",
      "kill herself",
      "kill themselves",
      "end my life",
      "ending my life",
      "end it all",
      "take my own life",
      "want to die",
      "wants to die",
      "wish i was dead",
      "better off dead",
      "no reason to live",
      "self harm",
      "self harming",
      "selfharm",
      "hurt myself",
      "hurting myself",
      "harm myself",
      "harming myself",
      "cut myself",
      "cutting myself",
    ],
    helps: [emergency, nhs, samaritans],
  },
  {
    phrases: [
      "overdose",
      "overdosed",
      "overdosing",
      "taken too many pills",
      "took too many pills",
      "taken too many tablets",
    ],
    helps: [emergency, nhs, samaritans],
  },
  {
    phrases: [
      "going to kill me",
      "trying to kill me",
      "threatened to kill me",
      "hit me",
      "hits me",
      "hitting me",
      "beat me",
      "beats me",
      "beating me",
      "raped",
      "rape",
      "strangled",
      "strangles me",
      "afraid of my partner",
      "scared of my partner",
      "scared of my husband",
      "scared of my boyfriend",
      "not safe at home",
      "unsafe at home",
    ],
    helps: [emergency, domesticAbuse, samaritans],
  },
];

/** The help that the words of a text call for at once, the most urgent first; null when they speak of no crisis. */
export function crisisIn(text: string): CrisisHelp | null {
  const said = ` ${wordsOf(text)
    .map(({ plain }) => plain)
    .join(" ")} `;
  const helps = topics
    .filter(({ phrases }) => phrases.some((phrase) => said.includes(` ${phrase} `)))
    .flatMap((topic) => topic.helps);
  if (helps.length === 0) return null;
  return {
    message:
      "If a life is at risk, call 999 now. You do not have to face this alone: these services answer at any hour.",
    helps: [...new Set(helps)],
  };
}
