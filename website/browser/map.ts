// In the place of a simple map, when asked for: one that moves. Not a byte of it is loaded before. Without it, the simple map has the same.
import type * as Maplibre from "maplibre-gl";
import type { LngLatBoundsLike, Map as MovingMap, Marker, Popup, StyleSpecification } from "maplibre-gl";

type Library = typeof Maplibre;
type Position = [longitude: number, latitude: number];

interface Result {
  readonly number: number;
  readonly name: string;
  readonly where: string;
  readonly sample: boolean;
  readonly href: string;
}

interface AreaProperties {
  readonly name: string;
  readonly kind: string;
  readonly centre: Position;
}

interface Features<Properties, Coordinates> {
  readonly type: "FeatureCollection";
  readonly features: readonly {
    readonly type: "Feature";
    readonly properties: Properties;
    readonly geometry: { readonly type: string; readonly coordinates: Coordinates };
  }[];
}

interface Data {
  readonly areas: Features<AreaProperties, Position[][][]>;
  readonly results: Features<Result, Position>;
}

/** Results whose buttons would lie on each other, in pixels, share one. */
const buttonSize = 38;
/** From here on a map shows streets, if it has any: nothing comes apart any more by going nearer. */
const nearest = 17;

for (const figure of document.querySelectorAll<HTMLElement>("[data-map]")) offer(figure);

function offer(figure: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary app-only-on-screen";
  button.textContent = textOf(figure, "open");
  const status = document.createElement("p");
  status.className = "govuk-body app-map__status";
  status.setAttribute("role", "status");
  figure.before(button, status);
  let close: (() => void) | null = null;
  button.addEventListener("click", () => {
    if (close !== null) {
      close();
      close = null;
      button.textContent = textOf(figure, "open");
      return;
    }
    button.disabled = true;
    status.textContent = textOf(figure, "loading");
    open(figure)
      .then((closing) => {
        close = closing;
        button.textContent = textOf(figure, "close");
        status.textContent = "";
      })
      .catch(() => {
        status.textContent = textOf(figure, "failed");
      })
      .finally(() => {
        button.disabled = false;
      });
  });
}

function textOf({ dataset }: HTMLElement, name: string): string {
  return dataset[`text${name.slice(0, 1).toUpperCase()}${name.slice(1)}`] ?? "";
}

/** Puts the map that moves in the place of the other. Returns what takes it away again. Rejects where it cannot be shown. */
async function open(figure: HTMLElement): Promise<() => void> {
  const [library, data] = await Promise.all([loadLibrary(), loadData(figure.dataset["map"] ?? "")]);
  const picture = figure.querySelector("svg");
  const container = document.createElement("div");
  container.className = "app-map__moving";
  figure.prepend(container);
  try {
    const map = await mapIn(container, library, figure, data);
    if (picture !== null) picture.style.display = "none";
    return () => {
      map.remove();
      container.remove();
      if (picture !== null) picture.style.display = "";
    };
  } catch (error) {
    container.remove();
    throw error;
  }
}

async function loadLibrary(): Promise<Library> {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("./maplibre-gl.css", import.meta.url).href;
  document.head.append(style);
  return (await import(new URL("./maplibre-gl.mjs", import.meta.url).href)) as Library;
}

async function loadData(address: string): Promise<Data> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error("There is no data for the map.");
  return (await answer.json()) as Data;
}

async function mapIn(container: HTMLElement, library: Library, figure: HTMLElement, data: Data): Promise<MovingMap> {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plain: StyleSpecification = {
    version: 8,
    sources: {},
    layers: [{ id: "background", type: "background", paint: { "background-color": "#eef3f5" } }],
  };
  const style = figure.dataset["mapStyle"] ?? "";
  const map = new library.Map({
    container,
    style: style === "" ? plain : style,
    bounds: boundsOf(data),
    fitBoundsOptions: { padding: 50, maxZoom: 15 },
    maxZoom: nearest,
    dragRotate: false,
    pitchWithRotate: false,
    // A page that is scrolled past is not to be caught by a map.
    cooperativeGestures: true,
    // Whose the outlines are is written under the map; of tiles, their style says it.
    attributionControl: style === "" ? false : { compact: false },
    fadeDuration: isStill ? 0 : 300,
    locale: {
      "Map.Title": textOf(figure, "name"),
      "NavigationControl.ZoomIn": textOf(figure, "zoomIn"),
      "NavigationControl.ZoomOut": textOf(figure, "zoomOut"),
      "Popup.Close": textOf(figure, "closePopup"),
    },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      map.once("load", () => resolve());
      map.once("error", ({ error }) => reject(new Error("The map cannot be shown.", { cause: error })));
    });
  } catch (error) {
    map.remove();
    throw error;
  }
  map.addControl(new library.NavigationControl({ showCompass: false }));
  addAreas(map, library, data);
  addResults(map, library, figure, data);
  return map;
}

function boundsOf({ areas, results }: Data): LngLatBoundsLike {
  const of = results.features.map(({ geometry }) => geometry.coordinates);
  const positions = of.length > 0 ? of : areas.features.map(({ properties }) => properties.centre);
  const longitudes = positions.map(([longitude]) => longitude);
  const latitudes = positions.map(([, latitude]) => latitude);
  if (positions.length === 0) return [-8, 50, 2, 59];
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}

function addAreas(map: MovingMap, library: Library, { areas }: Data): void {
  map.addSource("areas", { type: "geojson", data: areas as never });
  const only = (...kinds: readonly string[]) => ["in", ["get", "kind"], ["literal", kinds]] as never;
  map.addLayer({
    id: "neighbourhoods",
    type: "fill",
    source: "areas",
    filter: only("NEIGHBOURHOOD"),
    paint: { "fill-color": "#2e7d4f", "fill-opacity": 0.12 },
  });
  map.addLayer({
    id: "wards",
    type: "line",
    source: "areas",
    filter: only("WARD"),
    paint: { "line-color": "#8a949a", "line-width": 1 },
  });
  map.addLayer({
    id: "outlines",
    type: "line",
    source: "areas",
    filter: only("NEIGHBOURHOOD", "LOCAL_AUTHORITY"),
    paint: { "line-color": "#0b0c0c", "line-width": 2 },
  });
  // Names on the map itself would need fonts from somewhere.
  for (const { properties } of areas.features) {
    if (properties.kind !== "NEIGHBOURHOOD") continue;
    const name = document.createElement("span");
    name.className = "app-map__name";
    name.textContent = properties.name;
    // The button of a result says where it is.
    name.ariaHidden = "true";
    new library.Marker({ element: name }).setLngLat(properties.centre).addTo(map);
  }
}

/** A button for each result, or for several that are in one place at this distance: they come apart, or are listed. */
function addResults(map: MovingMap, library: Library, figure: HTMLElement, { results }: Data): void {
  type Feature = (typeof results.features)[number];
  let shown: Marker[] = [];
  let popup: Popup | null = null;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function press(features: readonly Feature[], button: HTMLButtonElement): void {
    const bounds = new library.LngLatBounds();
    for (const { geometry } of features) bounds.extend(geometry.coordinates);
    const areApart = bounds.getNorthEast().distanceTo(bounds.getSouthWest()) > 20;
    if (areApart && map.getZoom() < nearest - 1) {
      map.fitBounds(bounds, { padding: 80, maxZoom: nearest, animate: !isStill });
      map.once("moveend", () => shown[0]?.getElement().focus());
      return;
    }
    popup?.remove();
    popup = new library.Popup({ maxWidth: "20rem" })
      .setLngLat(bounds.getCenter())
      .setDOMContent(listOf(features, textOf(figure, "sample")))
      .addTo(map);
    popup.getElement().addEventListener("keydown", ({ key }) => {
      if (key === "Escape") popup?.remove();
    });
    popup.once("close", () => {
      if (button.isConnected) button.focus();
    });
  }

  function show(): void {
    const hadFocus = shown.findIndex((marker) => marker.getElement() === document.activeElement);
    for (const marker of shown) marker.remove();
    shown = groupsOf(map, results.features).map((features) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "app-map__button";
      const numbers = features.map(({ properties }) => properties.number).join(", ");
      const [only] = features.length === 1 ? features : [];
      button.textContent =
        features.length <= 3 ? numbers : `${features[0]?.properties.number ?? ""} +${features.length - 1}`;
      const label =
        only === undefined
          ? textOf(figure, "results").replace("{numbers}", numbers)
          : `${only.properties.name}, ${only.properties.where}`;
      button.setAttribute("aria-label", `${button.textContent}: ${label}`);
      button.addEventListener("click", (event) => {
        // Or the map would take it for a press on itself, which closes what has just been opened.
        event.stopPropagation();
        press(features, button);
      });
      const [{ geometry } = { geometry: { coordinates: [0, 0] as Position } }] = features;
      const marker = new library.Marker({ element: button }).setLngLat(geometry.coordinates).addTo(map);
      // The library calls every marker an image of a map marker.
      button.removeAttribute("role");
      button.setAttribute("aria-label", `${button.textContent}: ${label}`);
      return marker;
    });
    if (hadFocus >= 0) shown[Math.min(hadFocus, shown.length - 1)]?.getElement().focus();
  }

  show();
  map.on("zoomend", show);
}

/** Features in the order of their numbers, those together that would lie on each other. */
function groupsOf<Feature extends Data["results"]["features"][number]>(
  map: MovingMap,
  features: readonly Feature[],
): readonly (readonly Feature[])[] {
  const made: { features: Feature[]; x: number; y: number }[] = [];
  for (const feature of features) {
    const { x, y } = map.project(feature.geometry.coordinates);
    const near = made.find((group) => Math.hypot(group.x - x, group.y - y) < buttonSize);
    if (near === undefined) made.push({ features: [feature], x, y });
    else near.features.push(feature);
  }
  return made.map((group) => group.features);
}

function listOf(features: readonly { readonly properties: Result }[], sampleText: string): HTMLElement {
  const list = document.createElement("ul");
  list.className = "app-map__popup";
  for (const { properties } of features) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = properties.href;
    link.textContent = `${properties.number}. ${properties.name}`;
    item.append(link);
    if (properties.sample) {
      const tag = document.createElement("strong");
      tag.className = "govuk-tag govuk-tag--red";
      tag.textContent = sampleText;
      item.append(" ", tag);
    }
    const where = document.createElement("div");
    where.textContent = properties.where;
    item.append(where);
    list.append(item);
  }
  return list;
}
