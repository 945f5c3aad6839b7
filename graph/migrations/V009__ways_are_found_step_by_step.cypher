// Kinds of referrer and pathways have ids and slugs of their own, as areas and conditions do; so has every step from one to the next, since what
// came of it is recorded by its id.

CREATE CONSTRAINT referrer_id_unique IF NOT EXISTS
FOR (referrer:Referrer) REQUIRE referrer.id IS UNIQUE;

CREATE CONSTRAINT referrer_slug_unique IF NOT EXISTS
FOR (referrer:Referrer) REQUIRE referrer.slug IS UNIQUE;

CREATE CONSTRAINT pathway_id_unique IF NOT EXISTS
FOR (pathway:Pathway) REQUIRE pathway.id IS UNIQUE;

CREATE CONSTRAINT pathway_slug_unique IF NOT EXISTS
FOR (pathway:Pathway) REQUIRE pathway.slug IS UNIQUE;

CREATE INDEX pathway_name_id_range IF NOT EXISTS
FOR (pathway:Pathway) ON (pathway.name, pathway.id);

CREATE CONSTRAINT refersTo_id_unique IF NOT EXISTS
FOR ()-[step:REFERS_TO]-() REQUIRE step.id IS UNIQUE;

// The steps of a pathway are read in their order.
CREATE INDEX refersTo_pathwayId_position_range IF NOT EXISTS
FOR ()-[step:REFERS_TO]-() ON (step.pathwayId, step.position);

// Steps whose wait has changed are few.
CREATE INDEX refersTo_formerWaitDays_range IF NOT EXISTS
FOR ()-[step:REFERS_TO]-() ON (step.formerWaitDays);

// Steps that nobody has confirmed for long are found without looking at the others.
CREATE INDEX refersTo_confirmedOn_range IF NOT EXISTS
FOR ()-[step:REFERS_TO]-() ON (step.confirmedOn);
