import { z } from "zod";
import type { Piece } from "../boundaries/boundariesOf.ts";

const ring = z.array(z.tuple([z.number(), z.number()])).min(4);
const geometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring).min(1)) }),
]);

/** The code is in a property that is named after the kind of area and the year, such as LSOA21CD, or simply `code`. */
const code = z.record(z.string(), z.unknown()).transform((properties, context) => {
  const [found] = Object.entries(properties).flatMap(([name, value]) =>
    /^(code|[A-Z]+\d\dCD)$/.test(name) && typeof value === "string" ? [value] : [],
  );
  if (found === undefined) context.addIssue({ code: "custom", message: "has no code of the area" });
  return found ?? "";
});

/** Boundaries as the Office for National Statistics publishes them: GeoJSON in WGS 84, an area a feature. */
export const OnsBoundaries = z
  .object({
    type: z.literal("FeatureCollection"),
    features: z.array(z.object({ type: z.literal("Feature"), properties: code, geometry })),
  })
  .transform(({ features }): readonly Piece[] =>
    features.map(({ properties, geometry: { type, coordinates } }) => ({
      code: properties,
      polygons: type === "Polygon" ? [coordinates] : coordinates,
    })),
  );
