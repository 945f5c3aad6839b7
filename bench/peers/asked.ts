import { z } from "zod";

/** The walk, as both ours and PostGIS are asked it. */
export const walkAsked = z.object({
  areaId: z.string(),
  condition: z.string(),
  first: z.number(),
  /** When it is asked, as an ISO time, and of each kind of asset the day since when what was confirmed is fresh. */
  now: z.string(),
  freshSince: z.record(z.string(), z.string()),
});

/** The best routes from a kind of referrer, likewise, for somebody of whom the age and the other conditions are known or, where null, are not. */
export const routesAsked = z.object({
  from: z.string(),
  areaId: z.string(),
  condition: z.string(),
  age: z.number().nullable(),
  conditions: z.array(z.string()).nullable(),
});

/** Asks for a constant: what remains is the protocol, the driver, and the start and end of a statement. No answer comes sooner. */
export const nothingAsked = "nothing";
