function list(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/**
 * Words that a phrase may have or lack and mean the same: "lost (my dear) husband". None that turns a meaning round ("no", "can't"), and
 * no preposition, since "lost at home" is not "lost home".
 */
export const passedOver = list(`
  a an the this that these those some any my your his her their our its i im ive id he hes she shes it we were they theyre you youre am is are
  was be been being have has had do does did just so very really quite always still now recently sadly ever also actually dear late beloved
  lovely darling old elderly lately suddenly almost nearly own more many new
`);

/** Words of grammar: they say nothing by themselves. */
export const grammarWords: ReadonlySet<string> = new Set([
  ...passedOver,
  ...list(`
  about after all and anyone anything as at because before but by can cant cannot come could couldnt do doesnt dont else etc for from get gets getting
  go goes going got here hers him himself herself how if in into isnt like lot lots me might mine much must myself no nor not of ok on one or
  other out over own per please should since somebody someone something somewhere than thank thanks that thats them then there theres things
  near nearby through to too under until up us want wants wanted was wasnt well were what whats when where which while who whos whose why will with without
  wont would wouldnt yes youd hello hi hey im dont didnt havent hasnt cos bit
`),
]);

/** Words that every search of a directory may have, and that tell nothing from anything: "group", "near", "my mum". */
const everywhere = list(`
  mum mums mam mother dad dads father parents husband wife partner son daughter brother sister gran grandma granny nan nana grandad grandpa
  aunt uncle boyfriend girlfriend friend neighbour people person persons man woman lady men women years year months
  near nearby nearest local locally close around within find finding found look looking search need needs needed needing know somewhere places place
  support supports supporting supported help helps helping helped advice group groups activity activities club clubs service services session sessions
  good best available recommend suggest suggestions information info area
  interested join everyone everybody feel feels feeling thoughts able having try trying tried struggle struggling
`);

/** Words that carry no meaning in a search. Ours, and for English; a term of the vocabulary wins over them. */
export const saysNothing: ReadonlySet<string> = new Set([...grammarWords, ...everywhere]);
