import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Gives each area the boundary that its record says, and keeps which record that is: the area has one of its own. */
export const describeBoundaries = {
  name: "describeBoundaries",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (area:Area {id: row.area})
    SET area.boundary = row.boundary,
        area.boundaryRecord = row.record.id
    WITH row, hash, area
    ${recorded(cypher`area`)}`,
  row: Recorded,
} as const;
