const words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** "first" to "tenth", and "11th" from there on, of a whole number of 1 or more. */
export function ordinalInWords(number: number): string {
  return words[number - 1] ?? ordinalInFigures(number);
}

/** "1st", "2nd", "23rd", of a whole number of 1 or more. */
export function ordinalInFigures(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const ending = isTeen ? undefined : ["st", "nd", "rd"][(number % 10) - 1];
  return `${number}${ending ?? "th"}`;
}
