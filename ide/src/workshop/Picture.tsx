import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from "cytoscape";
import fcose from "cytoscape-fcose";
import { useEffect, useRef } from "react";
import type { AssetState, EndKind, LinkEnd } from "../answers.ts";
import { type Ends, nobody } from "./ends.ts";
import { kindsInWords, proposedOf, relationships } from "../words.ts";

cytoscape.use(fcose);

/** Kinds are told by shape and by word, colours only repeat it. */
const shapes: Readonly<Record<EndKind, { readonly shape: string; readonly colour: string }>> = {
  Group: { shape: "ellipse", colour: "#d2e2f1" },
  Activity: { shape: "round-rectangle", colour: "#cce2d8" },
  Organisation: { shape: "hexagon", colour: "#fcd6c3" },
  Place: { shape: "rectangle", colour: "#eeefef" },
  Area: { shape: "octagon", colour: "#fff7bf" },
  Condition: { shape: "diamond", colour: "#dbd5e9" },
  Referrer: { shape: "tag", colour: "#f7d7e4" },
  Unknown: { shape: "ellipse", colour: "#fff" },
};

const style: StylesheetJson = [
  {
    selector: "node",
    style: {
      label: "data(label)",
      shape: "data(shape)" as "ellipse",
      "background-color": "data(colour)",
      "border-width": 2,
      "border-color": "#0b0c0c",
      "font-family": "Arial, Helvetica, sans-serif",
      "font-size": 14,
      color: "#0b0c0c",
      "text-wrap": "wrap",
      "text-max-width": "130px",
      "text-valign": "bottom",
      "text-margin-y": 4,
      "text-background-color": "#fff",
      "text-background-opacity": 0.85,
      width: 34,
      height: 34,
    },
  },
  { selector: "node[?isCentre]", style: { width: 48, height: 48, "border-width": 4, "font-weight": "bold" } },
  { selector: "node[?isProposed]", style: { "border-style": "dashed" } },
  {
    selector: "node[?isChosen]",
    style: { "border-width": 6, "border-color": "#0b0c0c", "outline-width": 5, "outline-color": "#ffdd00" },
  },
  {
    selector: "edge",
    style: {
      label: "data(label)",
      "curve-style": "bezier",
      "target-arrow-shape": "triangle",
      "line-color": "#505a5f",
      "target-arrow-color": "#505a5f",
      width: 2,
      "font-family": "Arial, Helvetica, sans-serif",
      "font-size": 12,
      color: "#0b0c0c",
      "text-wrap": "wrap",
      "text-background-color": "#fff",
      "text-background-opacity": 1,
      "text-background-padding": "2px",
      "text-max-width": "110px",
    },
  },
  { selector: "edge[?proposed]", style: { "line-style": "dashed", width: 3, "line-color": "#0b0c0c" } },
];

function elementsOf(state: AssetState, chosen: Ends): ElementDefinition[] {
  const ends = new Map<string, LinkEnd>();
  for (const { from, to } of state.links) {
    ends.set(from.id, from);
    ends.set(to.id, to);
  }
  const kind = `${state.kind.charAt(0)}${state.kind.slice(1).toLowerCase()}` as EndKind;
  ends.set(state.id, { id: state.id, name: state.name, kind });
  return [
    ...[...ends.values()].map((end) => {
      return {
        group: "nodes" as const,
        data: {
          id: end.id,
          label: [
            end.name,
            `(${kindsInWords[end.kind].toLowerCase()})`,
            ...(end.id === state.id && state.status === "PROPOSED" ? ["proposed"] : []),
            ...(chosen.from?.id === end.id ? ["chosen: from"] : []),
            ...(chosen.to?.id === end.id ? ["chosen: to"] : []),
          ].join("\n"),
          ...shapes[end.kind],
          isCentre: end.id === state.id,
          isProposed: end.id === state.id && state.status === "PROPOSED",
          isChosen: chosen.from?.id === end.id || chosen.to?.id === end.id,
        },
      };
    }),
    ...state.links.map((link) => {
      const proposed = proposedOf(link);
      return {
        group: "edges" as const,
        data: {
          id: link.id,
          source: link.from.id,
          target: link.to.id,
          label: [relationships[link.relationship].says, ...(proposed === null ? [] : [proposed.toLowerCase()])].join(
            "\n",
          ),
          proposed,
        },
      };
    }),
  ];
}

/**
 * What an asset belongs together with, drawn. Everything in it, and everything that can be done with it, is in the table beside it as well: it is a picture of that, and hidden
 * from who cannot see it.
 */
export function Picture({
  state,
  chosen,
  onChoose,
}: {
  readonly state: AssetState;
  readonly chosen: Ends;
  readonly onChoose: (end: LinkEnd) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<Core | null>(null);
  const choosing = useRef(onChoose);
  choosing.current = onChoose;

  useEffect(() => {
    if (box.current === null) return;
    const core = cytoscape({
      container: box.current,
      style,
      elements: elementsOf(state, nobody),
      // A page that is scrolled past the picture goes on scrolling.
      userZoomingEnabled: false,
      layout: { name: "fcose", animate: false, nodeSeparation: 160, idealEdgeLength: () => 170, padding: 24 } as {
        name: string;
      },
    });
    const ends = new Map(state.links.flatMap(({ from, to }) => [from, to]).map((end) => [end.id, end]));
    core.on("tap", "node", ({ target }: { target: { id: () => string } }) => {
      const end = ends.get(target.id());
      if (end !== undefined) choosing.current(end);
    });
    drawn.current = core;
    return () => {
      drawn.current = null;
      core.destroy();
    };
  }, [state]);

  useEffect(() => {
    for (const { data } of elementsOf(state, chosen)) drawn.current?.getElementById(String(data.id)).data(data);
  }, [state, chosen]);

  return <div className="picture" ref={box} aria-hidden="true" />;
}
