import type { Html } from "../html.ts";
import type { Visit } from "../page.ts";

/** Where an area lies, as a map. Null: there is none. */
export function areaMap(_visit: Visit, _area: { readonly id: string; readonly name: string }): Html | null {
  return null;
}
