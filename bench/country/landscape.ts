/** The areas of a country, before anything is in them. Every list is in the order of the codes of what is around: neighbours stand together. */
export interface Landscape {
  /** Whether these are the areas of England and Wales; else all of it is invented. */
  readonly isReal: boolean;
  readonly nations: readonly Named[];
  readonly authorities: readonly (Named & { readonly nation: string })[];
  readonly msoas: readonly (Named & { readonly authority: string })[];
  readonly lsoas: readonly Lsoa[];
}

interface Named {
  readonly code: string;
  readonly name: string;
}

export interface Lsoa extends Named {
  readonly latitude: number;
  readonly longitude: number;
  readonly residents: number;
  readonly msoa: string;
  readonly authority: string;
  readonly nation: string;
}

/** Metres from one point to another, near enough for places within one country: on a plane that is true at their latitude. */
export function metresBetween(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number; readonly longitude: number },
): number {
  const metresADegree = 111_195;
  const middle = ((a.latitude + b.latitude) / 2) * (Math.PI / 180);
  return metresADegree * Math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * Math.cos(middle));
}
