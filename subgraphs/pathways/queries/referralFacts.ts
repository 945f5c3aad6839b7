import { cypher } from "../../../graph/cypher.ts";

/** Whether a bound `step` takes people at present, as far as anybody has said. */
export const isOpen = cypher`coalesce(step.capacity, 'OPEN') = 'OPEN'`;

/** A pattern: what supports a bound `condition` by itself. */
export const supportsByItself = cypher`MATCH (condition)<-[supports:SUPPORTS]-(asset:Asset)
        WHERE supports.byReferral IS NULL AND asset.status = 'PUBLISHED'`;

/** Whether a bound `asset` supports nothing by itself. */
export const supportsNothing = cypher`(asset.supportedIds IS NULL OR NOT EXISTS {
        MATCH (asset)-[supports:SUPPORTS]->() WHERE supports.byReferral IS NULL })`;
