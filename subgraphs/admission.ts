import { cypher } from "../graph/cypher.ts";

/** Whether a bound statement's ages hold for $asked.age. Who is four and a half is four years old: an oldest age in whole years is compared with whole years. */
export const holdsForAge = cypher`coalesce(statement.minimumAge, 0) <= $asked.age AND coalesce(statement.maximumAge, 1000) >=
            CASE statement.maximumAge WHEN floor(statement.maximumAge) THEN floor($asked.age) ELSE $asked.age END`;

/** Whether a bound statement of eligibility says anything of ages. */
export const isAboutAge = cypher`coalesce(statement.minimumAge, statement.maximumAge) IS NOT NULL`;

/** Whether a bound statement of eligibility that keeps people out means $asked.concernedIds: it names none of them, or one that is there. */
export const meansThoseConcerned = cypher`(NOT EXISTS { (statement)-[:CONCERNS]->() } OR EXISTS {
                MATCH (statement)-[:CONCERNS]->(concern:Condition) WHERE concern.id IN $asked.concernedIds })`;

/** Whether a bound `asset` is for $asked.concernedIds: whom it is not for whatever their age, it is not for (see graph/derived.ts). */
export const isForThoseConcerned = cypher`none(id IN coalesce(asset.excludedIds, []) WHERE id IN $asked.concernedIds)`;

/**
 * Whether a bound `asset` is for people of $asked.age; true where no age is given. Each statement of eligibility stands for itself: one that
 * excludes keeps out whom all of it describes; of those that admit, one has to admit; an asset without any is open to all. Takes age and concernedIds.
 */
export const admitsAge = cypher`($asked.age IS NULL OR (NOT EXISTS {
          MATCH (asset)-[:STATES]->(statement:Eligibility {excludes: true})
          WHERE ${isAboutAge} AND ${holdsForAge} AND ${meansThoseConcerned}
        } AND (NOT EXISTS { (asset)-[:STATES]->(:Eligibility {excludes: false}) }
          OR EXISTS { MATCH (asset)-[:STATES]->(statement:Eligibility {excludes: false}) WHERE ${holdsForAge} })))`;
