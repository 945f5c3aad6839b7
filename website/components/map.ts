import { type Html, html } from "../html.ts";
import type { Visit } from "../page.ts";
import type { Words } from "../words/words.ts";
import type { DrawnArea } from "./drawnAreas.ts";

/** Something to be found on a map, by the number it has in the list beside it. */
export interface Marker {
  readonly number: number;
  readonly name: string;
  /** Where it is in the list, or its own page. */
  readonly href: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** What the page is laid out in: the width of the picture, in its own units. On a telephone one of them is about 0.7 pixels. */
const width = 400;
const radius = 17;
const metresPerDegree = 111_320;
const metresPerMile = 1609.344;
/** A map of less than this, in metres, would show nothing around what it is of. */
const leastMetres = 1_200;

interface View {
  readonly height: number;
  readonly metresPerUnit: number;
  readonly xy: (position: readonly [longitude: number, latitude: number]) => readonly [number, number];
}

/**
 * A map that is a picture of outlines, with markers that are links: it needs no JavaScript and can be printed. `main` are the ids of the areas that it is of. What it says is in the list
 * beside it as well. With JavaScript (`browser/map.ts`) one may go on to a map that moves, whose data is at `source`. Null where there is nothing to show.
 */
export function map(
  { words, settings }: Visit,
  {
    title,
    areas,
    main = [],
    markers = [],
    source,
  }: {
    readonly title: string;
    readonly areas: readonly DrawnArea[];
    readonly main?: readonly string[];
    readonly markers?: readonly Marker[];
    /** The address of the same as GeoJSON. */
    readonly source: string;
  },
): Html | null {
  const { say, english } = words;
  const view = viewOf(areas, main, markers);
  if (view === null) return null;
  const seen = areas.filter((area) => isSeen(area, view));
  const credit = attributionOf(seen);
  const isMain = ({ id }: DrawnArea) => main.includes(id);
  const grouped = groups(markers, view);
  const named = [...seen.filter(isMain), ...seen.filter((area) => area.kind === "NEIGHBOURHOOD" && !isMain(area))];
  return html`<figure
    class="app-map"
    data-map="${source}"
    data-map-style="${settings.mapStyleUrl}"
    data-text-open="${say("map.open")}"
    data-text-close="${say("map.close")}"
    data-text-loading="${say("map.loading")}"
    data-text-failed="${say("map.failed")}"
    data-text-name="${title}"
    data-text-results="${say("map.results", { numbers: "{numbers}" })}"
    data-text-sample="${say("asset.sample")}"
    data-text-zoom-in="${say("map.zoomIn")}"
    data-text-zoom-out="${say("map.zoomOut")}"
    data-text-close-popup="${say("map.closePopup")}"
  >
    <svg
      class="app-map__picture"
      viewBox="0 0 ${width} ${view.height}"
      role="group"
      aria-label="${title}"
      xmlns="http://www.w3.org/2000/svg"
    >
      ${layers.map((kind) =>
        outlines(
          kind,
          seen.filter((area) => area.kind === kind && !isMain(area)),
          view,
        ),
      )}
      ${outlines("MAIN", seen.filter(isMain), view)} ${scaleBar(view, words)}
      <g aria-hidden="true">
        ${labelsOf(named, grouped, view).map(({ name, x, y }) => html`<text class="app-map__label" x="${x}" y="${y}">${name}</text>`)}
      </g>
      ${grouped.map(markerLink)}
    </svg>
    <figcaption class="govuk-body-s">
      ${markers.length === 0 ? null : say("map.numbers")} ${say("map.caption")}
      ${credit === "" ? null : html`${say("map.outlines")} ${english(credit)}`}
    </figcaption>
  </figure>`;
}

/** What people call a licence, where that is not its identifier. */
const licences: Readonly<Record<string, string>> = { "OGL-UK-3.0": "Open Government Licence v3.0" };

/** Whose the outlines of areas are, of when, and what their licence wants to be said with them; English. "" where there are none. */
export function attributionOf(areas: readonly DrawnArea[]): string {
  const sources = areas.map(({ boundarySource }) => boundarySource).filter((source) => source !== null);
  const told = new Set(
    sources.map(({ publisher, asOf, licence }) => `${publisher}, ${asOf} (${licences[licence] ?? licence})`),
  );
  if (told.size === 0) return "";
  const isOfOns = sources.some(({ licence }) => licence in licences);
  return `${[...told].sort().join("; ")}.${isOfOns ? " Contains OS data © Crown copyright and database right 2025." : ""}`;
}

/** What is shown: what the map is of and all its markers, with room around them. */
function viewOf(areas: readonly DrawnArea[], main: readonly string[], markers: readonly Marker[]): View | null {
  const positions = [
    ...areas.filter(({ id }) => main.includes(id)).flatMap(({ coordinates }) => coordinates.flat(2)),
    ...markers.map(({ longitude, latitude }) => [longitude, latitude] as const),
  ];
  const shown = positions.length > 0 ? positions : areas.flatMap(({ coordinates }) => coordinates.flat(2));
  if (shown.length === 0) return null;
  const longitudes = shown.map(([longitude]) => longitude);
  const latitudes = shown.map(([, latitude]) => latitude);
  const [west, east] = [least(longitudes), most(longitudes)];
  const [south, north] = [least(latitudes), most(latitudes)];
  const middle = [(west + east) / 2, (south + north) / 2] as const;
  const metresPerDegreeEast = metresPerDegree * Math.cos((middle[1] * Math.PI) / 180);
  const room = 1.25;
  const metresAcross = Math.max((east - west) * metresPerDegreeEast * room, leastMetres);
  const metresUp = Math.max((north - south) * metresPerDegree * room, leastMetres * 0.7);
  // Neither a strip nor a column, whatever the shape of what is shown.
  const height = Math.round(width * Math.min(1.1, Math.max(0.65, metresUp / metresAcross)));
  const metresPerUnit = Math.max(metresAcross / width, metresUp / height);
  return {
    height,
    metresPerUnit,
    xy: ([longitude, latitude]) => [
      width / 2 + ((longitude - middle[0]) * metresPerDegreeEast) / metresPerUnit,
      height / 2 - ((latitude - middle[1]) * metresPerDegree) / metresPerUnit,
    ],
  };
}

// Spreading a long list over the arguments of Math.min would overflow the stack.
const least = (numbers: readonly number[]) => numbers.reduce((one, other) => Math.min(one, other), Infinity);
const most = (numbers: readonly number[]) => numbers.reduce((one, other) => Math.max(one, other), -Infinity);

function isSeen({ coordinates }: DrawnArea, { xy, height }: View): boolean {
  const corners = coordinates.flat(2).map(xy);
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return most(xs) > 0 && least(xs) < width && most(ys) > 0 && least(ys) < height;
}

/** The kinds of areas that are drawn, from the one that lies at the bottom. */
const layers = ["LOCAL_AUTHORITY", "WARD", "NEIGHBOURHOOD"] as const;

/** The outlines of some areas as one: a page is not to be heavy. */
function outlines(kind: (typeof layers)[number] | "MAIN", areas: readonly DrawnArea[], view: View): Html | null {
  if (areas.length === 0) return null;
  const rings = areas.flatMap(({ coordinates }) => coordinates.flat());
  return html`<path
    class="app-map__area app-map__area--${kind.toLowerCase().replaceAll("_", "-")}"
    d="${rings.map((ring) => pathOf(ring, view)).join("")}"
  />`;
}

/** A ring in SVG's shortest words: where it begins, then each step, in whole units. */
function pathOf(ring: readonly (readonly [longitude: number, latitude: number])[], { xy }: View): string {
  let [atX, atY] = xy(ring[0] ?? [0, 0]).map(Math.round) as [number, number];
  let path = `M${atX} ${atY}l`;
  for (const position of ring) {
    const [x, y] = xy(position).map(Math.round) as [number, number];
    if (x === atX && y === atY) continue;
    path += `${/\d$/.test(path) && x >= atX ? " " : ""}${x - atX}${y >= atY ? " " : ""}${y - atY}`;
    [atX, atY] = [x, y];
  }
  return path.endsWith("l") ? "" : `${path}z`;
}

interface Label {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Where the names of areas stand: under a marker that would hide one; and not at all where another stands already, the first of them being the more important. */
function labelsOf(areas: readonly DrawnArea[], markers: readonly Group[], view: View): readonly Label[] {
  const placed: Label[] = [];
  for (const { name, centre } of areas) {
    const [centreX, middle] = view.xy([centre.longitude, centre.latitude]).map(Math.round) as [number, number];
    if (centreX < 0 || centreX > width) continue;
    const half = name.length * 4;
    // A name that would run over the edge stands beside it.
    const x = Math.min(Math.max(centreX, half + 8), width - half - 8);
    const isNear = (other: { readonly x: number; readonly y: number }, room: number) =>
      Math.abs(other.x - x) < half + room && Math.abs(other.y - middle) < radius + 8;
    const y = markers.reduce((at, marker) => (isNear(marker, radius) ? marker.y + radius + 12 : at), middle);
    if (!placed.some((other) => Math.abs(other.x - x) < half + other.name.length * 4 && Math.abs(other.y - y) < 16))
      placed.push({ name, x, y });
  }
  return placed;
}

interface Group {
  readonly markers: readonly Marker[];
  readonly x: number;
  readonly y: number;
}

/** Markers that would cover each other become one. */
function groups(markers: readonly Marker[], view: View): readonly Group[] {
  const made: { markers: Marker[]; x: number; y: number }[] = [];
  for (const marker of markers) {
    const [x, y] = view.xy([marker.longitude, marker.latitude]).map(Math.round) as [number, number];
    // One with two numbers is as wide as two of the others.
    const near = made.find((group) => Math.abs(group.x - x) < 4 * radius && Math.abs(group.y - y) < 2 * radius);
    if (near === undefined) made.push({ markers: [marker], x, y });
    else near.markers.push(marker);
  }
  return made;
}

function markerLink({ markers, x, y }: Group): Html {
  const [first] = markers;
  const shown = markers.length === 1 ? `${first?.number}` : `${first?.number} +${markers.length - 1}`;
  const half = Math.max(radius, shown.length * 5 + 7);
  const names = markers.map(({ number, name }, index) => (index === 0 ? name : `${number}: ${name}`)).join("; ");
  return html`<a class="app-map__marker" href="${first?.href}" aria-label="${shown}: ${names}"
    ><rect x="${x - half}" y="${y - radius}" width="${2 * half}" height="${2 * radius}" rx="${radius}" /><text
      x="${x}"
      y="${y}"
      >${shown}</text
    ></a
  >`;
}

/** How long a mile, or a part of one, is on this map. */
function scaleBar({ height, metresPerUnit }: View, { say }: Words): Html {
  const miles = [50, 20, 10, 5, 2, 1, 0.5].find((one) => (one * metresPerMile) / metresPerUnit < width / 3) ?? 0.25;
  const end = Math.round(10 + (miles * metresPerMile) / metresPerUnit);
  return html`<g class="app-map__scale" aria-hidden="true">
    <path d="M10 ${height - 18}V${height - 10}H${end}V${height - 18}" />
    <text x="14" y="${height - 16}">${say("map.scale", { miles })}</text>
  </g>`;
}
