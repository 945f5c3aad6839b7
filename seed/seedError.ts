import { CodedError } from "../core/errors.ts";

/** What is wrong with one place in the seed files. */
export interface Problem {
  readonly file: string;
  /** The key of the record at fault; null when it is the file as a whole. */
  readonly key: string | null;
  /** The field at fault, as `heldAt[0]`; null when it is the record as a whole. */
  readonly field: string | null;
  readonly message: string;
}

const shown = 20;

/** The one error for everything that is wrong with seed files: BAD_INPUT, a line for each problem, all of them in `details.problems`. */
export function seedError(problems: readonly Problem[]): CodedError {
  const lines = problems.slice(0, shown).map(({ file, key, field, message }) => {
    const where = [file, ...(key === null ? [] : [`"${key}"`]), ...(field === null ? [] : [field])].join(", ");
    return `- ${where}: ${message}`;
  });
  const more = problems.length > shown ? [`- and ${problems.length - shown} more.`] : [];
  return new CodedError(
    "BAD_INPUT",
    ["The seed was not loaded, and nothing was written, because of:", ...lines, ...more].join("\n"),
    { problems },
  );
}
