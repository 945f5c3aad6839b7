import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Whether there is the step that a count is of; and the kind of the area that it is from, null where there is none. */
export const countedAboutStatement = {
  name: "countedAbout",
  access: "READ",
  text: cypher`
    RETURN
      EXISTS {
        MATCH ()-[step:REFERS_TO]->()
        USING INDEX step:REFERS_TO(id)
        WHERE step.id = $asked.stepId
      } AS hasStep,
      head(COLLECT { MATCH (area:Area {id: $asked.areaId}) RETURN area.kind }) AS areaKind`,
  row: z.object({ hasStep: z.boolean(), areaKind: z.string().nullable() }),
} as const;
