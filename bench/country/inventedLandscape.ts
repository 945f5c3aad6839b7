import type { Landscape, Lsoa } from "./landscape.ts";
import { randomOf } from "./random.ts";

const nation = "E98000001";
const msoaSize = 5;

/** As large as England and Wales. */
export const wholeCountry = 35_672;

/**
 * The areas of a country that nobody knows, of the shape of England and Wales: a few large cities, many towns, and countryside between, with so
 * many LSOAs. Codes are of ranges that the Office for National Statistics does not use.
 */
export function inventedLandscape(lsoaCount: number = wholeCountry): Landscape {
  const random = randomOf(`landscape of ${lsoaCount}`);
  const authorities: { code: string; name: string; nation: string }[] = [];
  const msoas: { code: string; name: string; authority: string; number: number }[] = [];
  const lsoas: Lsoa[] = [];
  for (let left = lsoaCount; left > 0;) {
    // Few are large: the largest of 318 has 659 LSOAs, the middle one 93.
    const size = Math.min(left, Math.max(10, Math.round(93 * Math.exp(0.55 * random.normal()))));
    left -= size;
    const authority = `E98${String(authorities.length + 2).padStart(6, "0")}`;
    const name = townName(authorities.length);
    authorities.push({ code: authority, name, nation });
    const [latitude, longitude] = [50.5 + 4 * random.next(), -3.5 + 4.5 * random.next()];
    // A third of an authority is its town; the rest is scattered around, the farther out the thinner.
    const [townDegrees, countryDegrees] = [0.0025 * Math.sqrt(size), 0.09];
    const around = Array.from({ length: size }, (_, index) => {
      const spread = index < size * 0.6 ? townDegrees : countryDegrees;
      return {
        latitude: latitude + spread * random.normal(),
        longitude: longitude + 1.6 * spread * random.normal(),
      };
    }).sort((a, b) => a.latitude - b.latitude);
    // In strips from south to north, and within a strip from west to east: whoever is next in the list is next door.
    const strip = Math.ceil(Math.sqrt(size));
    const inOrder = Array.from({ length: Math.ceil(size / strip) }, (_, row) =>
      around.slice(row * strip, (row + 1) * strip).sort((a, b) => a.longitude - b.longitude),
    ).flat();
    for (const [index, at] of inOrder.entries()) {
      if (index % msoaSize === 0) {
        const number = index / msoaSize + 1;
        const code = `E97${String(msoas.length + 1).padStart(6, "0")}`;
        msoas.push({ code, name: districtName(msoas.length), authority, number });
      }
      const msoa = msoas.at(-1);
      if (msoa === undefined) continue;
      lsoas.push({
        code: `E99${String(lsoas.length + 1).padStart(6, "0")}`,
        name: `${name} ${String(msoa.number).padStart(3, "0")}${"ABCDE".charAt(index % msoaSize)}`,
        latitude: Number(at.latitude.toFixed(5)),
        longitude: Number(at.longitude.toFixed(5)),
        residents: 1000 + random.below(1300),
        msoa: msoa.code,
        authority,
        nation,
      });
    }
  }
  return {
    isReal: false,
    nations: [{ code: nation, name: "Synthetia" }],
    authorities,
    msoas: msoas.map(({ code, name, authority }) => ({ code, name, authority })),
    lsoas,
  };
}

const beginnings = ["Alder", "Birch", "Cold", "Dun", "Elm", "Fen", "Grim", "Hasel", "Ivel", "Kel", "Lin", "Mor", "Nor"];
const endings = ["bridge", "combe", "dale", "field", "ford", "ham", "hurst", "ley", "mere", "stead", "stow", "ton"];
const parts = ["Upper", "Lower", "Great", "Little", "East", "West", "North", "South", "Old", "New", "Long", "High"];
const syllables = ["ar", "bel", "cor", "dan", "el", "fir", "gol", "hin", "is", "jor", "ker", "lam", "mil", "nes", "or"];

function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? "";
}

/** A name no other town has. */
function townName(index: number): string {
  const { length } = beginnings;
  const again = Math.floor(index / (length * endings.length));
  const name = `${at(beginnings, index)}${at(endings, Math.floor(index / length))}`;
  return again === 0 ? name : `${at(parts, again)} ${name}`;
}

/** A name no other district has, and no town. */
function districtName(index: number): string {
  const base = syllables.length;
  const made = [0, 1, 2].map((place) => at(syllables, Math.floor(index / base ** place))).join("");
  const again = Math.floor(index / base ** 3);
  return `${at(parts, again)} ${made.charAt(0).toUpperCase()}${made.slice(1)}`;
}
