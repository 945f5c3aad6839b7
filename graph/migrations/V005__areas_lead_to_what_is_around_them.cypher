// The steps of a walk, worked out from WITHIN and BORDERS: from an area to each LSOA in it, and from an LSOA to each that it borders. So one
// search, breadth first, finds the rings around any area, where it took one from each LSOA in it. The loader keeps them up.

MATCH (area:Area)-[:BORDERS]-(next:Area)
MERGE (area)-[:LEADS_TO]->(next);

MATCH (area:Area)<-[:WITHIN*1..6]-(home:Area {kind: 'LSOA'})
WITH DISTINCT area, home
MERGE (area)-[:LEADS_TO]->(home);
