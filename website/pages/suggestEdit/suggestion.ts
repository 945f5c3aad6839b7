import { randomUUID } from "node:crypto";
import type { AssetToEditQuery, UpdateGroupInput } from "../../operations.generated.ts";
import type { Key } from "../../words/en.ts";

export type AssetToEdit = Extract<NonNullable<AssetToEditQuery["nodes"][number]>, { readonly name: string }>;

/** What the form asks of everything, as it was typed. */
export const fields = ["name", "summary", "telephone", "email", "url", "costDescription", "when", "reason"] as const;

export type Field = (typeof fields)[number] | "cost" | "closed";

/** What is wrong, and at which field; null: at none. */
export interface Problem {
  readonly field: Field | null;
  readonly key: Key;
}

/** A form as it was filled in, or as it is before anybody has. */
export interface Suggestion {
  readonly values: Readonly<Record<(typeof fields)[number], string>>;
  readonly cost: "free" | "paid" | "unknown";
  readonly isClosed: boolean;
  /** The version of the asset that the form was made from. */
  readonly version: number;
  /** Names this form, so that sending it twice proposes once. */
  readonly call: string;
}

const longest: Readonly<Record<(typeof fields)[number], number>> = {
  name: 200,
  summary: 300,
  telephone: 50,
  email: 254,
  url: 2_000,
  costDescription: 300,
  when: 300,
  reason: 500,
};

/** How long what is typed into a field may be, in characters. */
export function longestOf(field: (typeof fields)[number]): number {
  return longest[field];
}

/** The form as it is given out: with what is said of the asset now. */
export function suggestionOf(asset: AssetToEdit): Suggestion {
  const { name, summary, contact, url, cost, version } = asset;
  return {
    values: {
      name,
      summary: summary ?? "",
      telephone: contact?.telephone ?? "",
      email: contact?.email ?? "",
      url: url ?? "",
      costDescription: cost?.description ?? "",
      when: "",
      reason: "",
    },
    cost: costOf(asset),
    isClosed: false,
    version,
    call: randomUUID(),
  };
}

/** The form as it came back. What it has not is as it was. Throws nothing. */
export function suggestionIn(sent: URLSearchParams, asset: AssetToEdit): Suggestion {
  const before = suggestionOf(asset);
  const text = (name: (typeof fields)[number]) => (sent.get(name) ?? before.values[name]).replace(/\s+/g, " ").trim();
  const version = Number(sent.get("version"));
  const call = sent.get("call") ?? "";
  return {
    values: {
      name: text("name"),
      summary: text("summary"),
      telephone: text("telephone"),
      email: text("email"),
      url: text("url"),
      costDescription: text("costDescription"),
      when: text("when"),
      reason: text("reason"),
    },
    cost: (["free", "paid", "unknown"] as const).find((one) => one === sent.get("cost")) ?? before.cost,
    isClosed: sent.get("closed") === "yes",
    version: Number.isInteger(version) && version > 0 ? version : before.version,
    call: /^[\w-]{8,100}$/.test(call) ? call : before.call,
  };
}

/** What of the form the API would not say at a field. */
export function problemsOf(suggestion: Suggestion, asset: AssetToEdit): readonly Problem[] {
  const { values, isClosed } = suggestion;
  const problems: Problem[] = fields.flatMap((field): readonly Problem[] =>
    values[field].length > longest[field] ? [{ field, key: "suggest.problem.long" }] : [],
  );
  if (values.reason === "") problems.push({ field: "reason", key: "suggest.problem.reason" });
  if (isClosed) return problems;
  if (values.name === "") problems.push({ field: "name", key: "suggest.problem.name" });
  if (values.url !== "" && !isOnTheWeb(values.url)) problems.push({ field: "url", key: "suggest.problem.url" });
  if (Object.keys(changesIn(suggestion, asset)).length === 0) {
    problems.push({ field: null, key: "suggest.problem.nothing" });
  }
  return problems;
}

/** What is to be said of the asset, as far as it is not said already: what every kind of asset takes. When it is on is told by rules, which nobody fills in: it is proposed in words, at the end of the description. */
export function changesIn({ values, cost }: Suggestion, asset: AssetToEdit): UpdateGroupInput {
  const { contact } = asset;
  const differs = (typed: string, said: string | null | undefined) =>
    typed !== (said ?? "").replace(/\s+/g, " ").trim();
  const orNull = (typed: string) => (typed === "" ? null : typed);
  const reached = {
    telephone: orNull(values.telephone),
    email: orNull(values.email),
    url: contact?.url ?? null,
  };
  const isCostSame = cost === costOf(asset) && !differs(values.costDescription, asset.cost?.description);
  return {
    ...(differs(values.name, asset.name) ? { name: values.name } : {}),
    ...(differs(values.summary, asset.summary) ? { summary: orNull(values.summary) } : {}),
    ...(differs(values.url, asset.url) ? { url: orNull(values.url) } : {}),
    ...(differs(values.telephone, contact?.telephone) || differs(values.email, contact?.email)
      ? { contact: Object.values(reached).every((way) => way === null) ? null : reached }
      : {}),
    ...(isCostSame
      ? {}
      : {
          cost:
            cost === "unknown"
              ? null
              : {
                  isFree: cost === "free",
                  amount: cost === "paid" ? (asset.cost?.amount?.amount ?? null) : null,
                  description: orNull(values.costDescription),
                },
        }),
    ...(values.when === ""
      ? {}
      : { description: [asset.description, `When: ${values.when}`].filter((part) => part !== null).join("\n\n") }),
  };
}

/** The field of the form that a path of the API's arguments leads to. */
export function fieldAt(path: readonly string[]): Field | null {
  const [, name = "", part = ""] = path;
  if (name === "contact") return part === "email" ? "email" : "telephone";
  if (name === "cost") return part === "description" ? "costDescription" : "cost";
  if (name === "description") return "when";
  return fields.find((field) => field === name) ?? null;
}

function costOf({ cost }: AssetToEdit): Suggestion["cost"] {
  return cost === null ? "unknown" : cost.isFree ? "free" : "paid";
}

function isOnTheWeb(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/i.test(url) && URL.canParse(url);
}
