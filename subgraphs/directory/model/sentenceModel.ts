import { readFile } from "node:fs/promises";
import * as tokenizers from "@huggingface/tokenizers";
import type { InferenceSession } from "onnxruntime-node";
import { modelFiles, type ModelFilesOptions } from "./modelFiles.ts";

/** The direction in which a text's meaning lies: 384 numbers, of length 1. Texts that mean much the same point much the same way. */
export type Direction = Float32Array;

export interface SentenceModel {
  /**
   * The direction of a text: of its first 64 tokens, about fifty words. The same text always has the same.
   * Occupies the thread for 1 to 8 ms. Throws what the runtime throws.
   */
  readonly directionOf: (text: string) => Promise<Direction>;
  /** Gives its memory back. It must not be asked again. */
  readonly release: () => Promise<void>;
}

/** The work grows with the tokens, and nobody says what they need in the fifty-first word. */
const mostTokens = 64;
/** More than 64 tokens of any language: the tokenizer need not read further. */
const mostCharacters = 1000;

// Its own types leave out the endings of file names, and so are found by bundlers alone.
const { Tokenizer } = tokenizers as unknown as {
  readonly Tokenizer: new (
    file: unknown,
    settings: object,
  ) => {
    readonly encode: (text: string) => { readonly ids: readonly number[] };
  };
};

/**
 * Loads all-MiniLM-L6-v2 (quantised), fetching it first where it is missing: about 90 MB of memory, and twice about 0.1 s of the thread's time.
 * Throws an Error that says what is wrong when the runtime has no build for this platform, or the model cannot be had.
 */
export async function loadSentenceModel(options: ModelFilesOptions): Promise<SentenceModel> {
  const { InferenceSession, Tensor, env } = await import("onnxruntime-node").catch((cause: unknown) => {
    throw new Error(
      `onnxruntime-node, which runs it, is not installed or has no build for ${process.platform}/${process.arch}`,
      { cause },
    );
  });
  // It warns, in lines of its own on standard error, of graphics cards that are not there.
  env.logLevel = "error";
  const files = await modelFiles(options);
  const tokenizer = new Tokenizer(JSON.parse(await readFile(files.tokenizer, "utf8")), {});
  // One thread: for texts this short, more cost more than they save.
  const session = await InferenceSession.create(files.model, { intraOpNumThreads: 1, interOpNumThreads: 1 });

  return {
    // One text at a time: its numbers are rounded to what is run with it, so that in a batch they would depend on its neighbours.
    directionOf: async (text) => {
      const { ids } = tokenizer.encode(text.slice(0, mostCharacters));
      const tokens = ids.length <= mostTokens ? ids : [...ids.slice(0, mostTokens - 1), ...ids.slice(-1)];
      const row = (numbers: readonly number[]) =>
        new Tensor("int64", BigInt64Array.from(numbers, BigInt), [1, tokens.length]);
      const output = await session.run({
        input_ids: row(tokens),
        attention_mask: row(tokens.map(() => 1)),
        token_type_ids: row(tokens.map(() => 0)),
      });
      return meanDirection(output, tokens.length);
    },
    release: () => session.release(),
  };
}

/** The mean of the directions of a text's tokens, which is how this model was trained to say what a sentence means. */
function meanDirection(output: InferenceSession.ReturnType, tokens: number): Direction {
  const ofTokens = output["last_hidden_state"]?.data as Float32Array;
  const size = ofTokens.length / tokens;
  const sum = new Float32Array(size);
  for (const [index, value] of ofTokens.entries()) {
    const place = index % size;
    sum[place] = (sum[place] ?? 0) + value;
  }
  return unit(sum);
}

/** A direction of length 1. What has no length has none either: it stays zero. */
export function unit(direction: Direction): Direction {
  let squares = 0;
  // By index: every text of the vocabulary comes here whenever it is edited.
  for (let index = 0; index < direction.length; index += 1) squares += (direction[index] ?? 0) ** 2;
  const length = Math.sqrt(squares);
  return length === 0 ? direction : direction.map((value) => value / length);
}
