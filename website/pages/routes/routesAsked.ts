import type { ReferralRoutesInput } from "../../operations.generated.ts";
import { Refusal } from "../../refusal.ts";
import type { Key } from "../../words/en.ts";

/** What somebody asks for by a form or an address, as it was typed; null: left out. */
export interface RoutesAsked {
  /** A kind of referrer; `somebodyElse`: of a form, whoever helps somebody and has yet to say as what. */
  readonly from: string | null;
  readonly condition: string | null;
  readonly near: string | null;
  readonly first: string | null;
  /** What is so of the person: in no address, so that it is in no history, log or link. */
  readonly age: string | null;
  readonly conditions: readonly string[];
}

/** What the form says of whoever asks for somebody else, before they say as what. */
export const somebodyElse = "somebody-else";

/** What the form is wrong in, at one of its fields. */
export interface RoutesProblem {
  readonly field: string;
  readonly key: Key;
}

const general = ["from", "condition", "near", "first"];
const personal = ["age", "conditions"];

/** What an address asks. Throws Refusal for details of a person, for what there is not to ask, and for anything twice. */
export function askedByAddress(parameters: URLSearchParams): RoutesAsked {
  if (personal.some((name) => parameters.has(name))) throw new Refusal(400, "refused.person");
  return asked(parameters, general);
}

/** What a form asks. Throws Refusal for what there is not to ask, and for anything twice but conditions. */
export function askedByForm(parameters: URLSearchParams): RoutesAsked {
  const { from, ...rest } = asked(parameters, [...general, ...personal, "as"]);
  return { ...rest, from: from === somebodyElse ? parameters.get("as")?.trim() || somebodyElse : from };
}

/** Whether anything is asked. */
export function isAsking(question: RoutesAsked): boolean {
  return Object.values(question).some((value: string | null | readonly string[]) => value !== null && value.length > 0);
}

/** The question as the API takes it, or what has to be put right first. What remains to be checked is the API's to check. */
export function inputOf({
  from,
  condition,
  near,
  first,
  age,
  conditions,
}: RoutesAsked): ReferralRoutesInput | RoutesProblem {
  if (from === null) return { field: "from", key: "routes.problem.from" };
  if (from === somebodyElse) return { field: "as", key: "routes.problem.as" };
  if (condition === null) return { field: "condition", key: "routes.problem.condition" };
  const most = first === null ? 5 : Number(first);
  if (!Number.isInteger(most) || most < 1 || most > 20) return { field: "first", key: "routes.problem.first" };
  const years = age === null ? null : Number(age);
  if (years !== null && !Number.isFinite(years)) return { field: "age", key: "routes.problem.age" };
  return {
    from,
    condition,
    first: most,
    near,
    age: years,
    // None ticked says nothing; that nothing else is so cannot be said by a form.
    conditions: conditions.length === 0 ? null : conditions,
  };
}

function asked(parameters: URLSearchParams, allowed: readonly string[]): RoutesAsked {
  const names = [...parameters.keys()];
  const single = names.filter((name) => name !== "conditions");
  if (!names.every((name) => allowed.includes(name)) || new Set(single).size < single.length) {
    throw new Refusal(400, "refused.routes");
  }
  const given = (name: string) => parameters.get(name)?.trim() || null;
  return {
    from: given("from"),
    condition: given("condition"),
    near: given("near"),
    first: given("first"),
    age: given("age"),
    conditions: parameters.getAll("conditions").filter((one) => one !== ""),
  };
}
