import { Refused } from "../askApi.ts";

/** What somebody asks for by a form or an address, as it was typed; null: left out. */
export interface RoutesQuestion {
  readonly from: string | null;
  readonly condition: string | null;
  readonly near: string | null;
  readonly first: string | null;
  /** What is so of the person: in no address, so that it is in no history, log or link. */
  readonly age: string | null;
  readonly conditions: readonly string[];
}

/** The names that an address may have. */
const general = ["from", "condition", "near", "first"];
const personal = ["age", "conditions"];

/**
 * What an address asks. Throws Refused for details of a person, for what there is not to ask, and for anything twice.
 */
export function questionOfAddress(parameters: URLSearchParams): RoutesQuestion {
  if (personal.some((name) => parameters.has(name))) {
    throw new Refused(
      400,
      "An age, or what else is so of a person, may not be in the address of a page: addresses are kept in histories and logs, and sent on in links. Send them as the body of a form instead, which does not put them there.",
    );
  }
  return questionOf(parameters, general);
}

/** What a form asks. Throws Refused for what there is not to ask, and for anything twice but conditions. */
export function questionOfForm(parameters: URLSearchParams): RoutesQuestion {
  return questionOf(parameters, [...general, ...personal]);
}

/** The question as ReferralRoutesInput. Values are the API's to check; throws Refused, at the field, for what it could not be asked. */
export function inputOf({ from, condition, near, first, age, conditions }: RoutesQuestion) {
  if (from === null) throw new Refused(400, "Choose who is asking.", { field: "from" });
  if (condition === null) throw new Refused(400, "Choose what help is needed with.", { field: "condition" });
  const most = first === null ? 5 : Number(first);
  if (!Number.isInteger(most) || most < 1 || most > 20) {
    throw new Refused(400, "The number of ways to show is a whole number from 1 to 20.", { field: "first" });
  }
  const years = age === null ? null : Number(age);
  if (years !== null && !Number.isFinite(years)) {
    throw new Refused(400, "Give the age as a number of years, such as 72.", { field: "age" });
  }
  return {
    from,
    condition,
    first: most,
    ...(near === null ? {} : { near }),
    ...(years === null ? {} : { age: years }),
    // None ticked says nothing; that nothing else is so cannot be said by a form.
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

function questionOf(parameters: URLSearchParams, allowed: readonly string[]): RoutesQuestion {
  const names = [...parameters.keys()];
  const single = names.filter((name) => name !== "conditions");
  if (!names.every((name) => allowed.includes(name)) || new Set(single).size < single.length) {
    throw new Refused(
      400,
      "Ask by from=, condition= and near=, and with first= for how many ways: each once, and nothing else.",
    );
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
