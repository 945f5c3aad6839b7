/** What is wrong with something that was given, as the schema's `UserErrorCode` says. */
export type RefusalCode =
  | "INVALID"
  | "NOT_FOUND"
  | "MISSING"
  | "NOT_APPLICABLE"
  | "NOT_ALLOWED"
  | "CONFLICT"
  | "NEEDED"
  | "ALREADY_SO"
  | "EXPIRED";

/** What a caller has to put right: the schema's `UserError`. */
export interface UserError {
  readonly code: RefusalCode;
  readonly message: string;
  /** The path to it among the arguments. */
  readonly field: readonly string[];
}

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
export function refusal(code: RefusalCode, message: string, ...field: readonly string[]): Refusal {
  return new Refusal([{ code, message, field }]);
}
