import { idOf } from "../../core/ids.ts";
import { type Landscape, type Lsoa, metresBetween } from "./landscape.ts";

/** Somewhere to ask about. */
export interface Spot {
  readonly kind: "city" | "town" | "countryside";
  /** What `near` understands: the name of an MSOA, where nothing else is called so, else its code. */
  readonly near: string;
  /** The area that this names, and the middle of an LSOA in it. */
  readonly areaId: string;
  readonly latitude: number;
  readonly longitude: number;
}

const ofEachKind = 6;
const aroundMetres = 2500;

/**
 * The same spots for the same country: the densest parts of six of its large cities and of six towns of middling size, and six thinly settled
 * parts, of different local authorities all. Density is the number of residents whose LSOA's middle is within 2.5 km.
 */
export function spotsOf(landscape: Landscape): readonly Spot[] {
  const density = densities(landscape.lsoas);
  const dense = (lsoa: Lsoa) => density.get(lsoa.code) ?? 0;
  const middles = landscape.authorities.flatMap(({ code }) => {
    const lsoas = landscape.lsoas.filter(({ authority }) => authority === code);
    const [middle] = [...lsoas].sort((a, b) => dense(b) - dense(a));
    return middle === undefined ? [] : [{ middle, size: lsoas.length }];
  });
  const bySize = middles.toSorted((a, b) => b.size - a.size);
  const cities = bySize.slice(0, Math.ceil(bySize.length / 10)).sort((a, b) => dense(b.middle) - dense(a.middle));
  const towns = bySize.slice(Math.floor(bySize.length / 3)).sort((a, b) => dense(b.middle) - dense(a.middle));
  const taken = new Set<string>();
  const thin = landscape.lsoas
    .toSorted((a, b) => dense(a) - dense(b))
    .slice(0, Math.ceil(landscape.lsoas.length / 12))
    .filter(({ authority }) => !taken.has(authority) && taken.add(authority));
  const spot = (kind: Spot["kind"]) => (lsoa: Lsoa) => ({ kind, ...msoaOf(lsoa, landscape) });
  return [
    ...cities.slice(0, ofEachKind).map(({ middle }) => spot("city")(middle)),
    ...evenly(towns.slice(0, Math.ceil(towns.length / 2)), ofEachKind).map(({ middle }) => spot("town")(middle)),
    ...evenly(thin, ofEachKind).map(spot("countryside")),
  ];
}

function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor((index + 0.5) * step)],
  ).filter((item) => item !== undefined);
}

/** The MSOA an LSOA lies in, by its name where that is plain words that no other area has. */
function msoaOf(lsoa: Lsoa, { msoas, authorities }: Landscape): Omit<Spot, "kind"> {
  const name = msoas.find(({ code }) => code === lsoa.msoa)?.name ?? "";
  const isPlain = /^[A-Z][a-z]{3,}( [A-Z][a-z]{3,}){0,2}$/.test(name);
  const isOnly =
    msoas.filter((msoa) => msoa.name === name).length === 1 && !authorities.some((one) => one.name === name);
  const { latitude, longitude } = lsoa;
  return { near: isPlain && isOnly ? name : lsoa.msoa, areaId: idOf("Area", "ons", lsoa.msoa), latitude, longitude };
}

/** Residents around each LSOA, by its code. */
function densities(lsoas: readonly Lsoa[]): ReadonlyMap<string, number> {
  // Squares a little wider than is looked at: whoever is near enough stands in the same or the next.
  const degrees = 0.04;
  const squareOf = ({ latitude, longitude }: Lsoa) => [Math.floor(latitude / degrees), Math.floor(longitude / degrees)];
  const squares = new Map<string, Lsoa[]>();
  for (const lsoa of lsoas) {
    const name = squareOf(lsoa).join(" ");
    squares.set(name, [...(squares.get(name) ?? []), lsoa]);
  }
  return new Map(
    lsoas.map((lsoa) => {
      const [row = 0, column = 0] = squareOf(lsoa);
      let residents = 0;
      for (const y of [row - 1, row, row + 1]) {
        for (const x of [column - 1, column, column + 1]) {
          for (const other of squares.get(`${y} ${x}`) ?? []) {
            if (metresBetween(lsoa, other) <= aroundMetres) residents += other.residents;
          }
        }
      }
      return [lsoa.code, residents];
    }),
  );
}
