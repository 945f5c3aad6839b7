import type { Api } from "./api.ts";

interface Kept {
  readonly until: number;
  readonly value: Promise<unknown>;
}

/** By website, so that two in one process do not answer for each other. */
const keptOf = new WeakMap<Api, Map<string, Kept>>();

/** So many things are kept at most: what can be asked for is endless, and memory is not. */
const mostKept = 200;

/**
 * What takes many questions to make is made once in `seconds`, however many ask for it. What fails is not kept. Throws what `make` does.
 */
export function kept<Value>(
  api: Api,
  key: string,
  { seconds, now }: { readonly seconds: number; readonly now: Date },
  make: () => Promise<Value>,
): Promise<Value> {
  const all = keptOf.get(api) ?? new Map<string, Kept>();
  keptOf.set(api, all);
  const known = all.get(key);
  if (known !== undefined && known.until > now.getTime()) return known.value as Promise<Value>;
  const value = make();
  all.delete(key);
  all.set(key, { until: now.getTime() + seconds * 1000, value });
  value.catch(() => all.delete(key));
  for (const oldest of all.keys()) {
    if (all.size <= mostKept) break;
    all.delete(oldest);
  }
  return value;
}
