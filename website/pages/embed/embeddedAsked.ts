import type { Parameters } from "../../addresses.ts";

/** What somebody puts into their own page. */
export interface EmbeddedAsked {
  /** A neighbourhood, a town or a postcode. "": anywhere. */
  readonly area: string;
  /** The slug of a condition. "": any. */
  readonly condition: string;
  readonly count: number;
}

const usual = 5;
const most = 20;

/** What an address asks to be embedded. What is not understood in it is as if it were not there. */
export function embeddedAsked(query: URLSearchParams): EmbeddedAsked {
  const condition = (query.get("condition") ?? "").trim();
  const count = Number(query.get("count") ?? usual);
  return {
    area: (query.get("area") ?? "").trim().slice(0, 200),
    condition: /^[\w-]{1,100}$/.test(condition) ? condition : "",
    count: Number.isInteger(count) && count >= 1 ? Math.min(count, most) : usual,
  };
}

/** The parameters of an address that asks the same. */
export function parametersOf({ area, condition, count }: EmbeddedAsked): Parameters {
  return { area, condition, count };
}
