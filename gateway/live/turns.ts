/** Does at most `most` things at the same time; the others wait for their turn, in the order in which they came. */
export function turns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The turn goes to the next, or is given back.
      if (next === undefined) underWay -= 1;
      else next();
    }
  };
}
