import type { UserError, UserErrorCode } from "./schema.generated.ts";

/** Something that keeps a command from being carried out, for its caller to put right. Thrown where it is found, and answered as `userErrors`. */
export class Refusal extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join(" "));
    this.name = "Refusal";
    this.userErrors = userErrors;
  }
}

/** A refusal for one reason. `field` is the path to what is wrong among the arguments. */
export function refusal(code: UserErrorCode, message: string, ...field: readonly string[]): Refusal {
  return new Refusal([{ code, message, field: [...field] }]);
}
