// What other nodes and other subgraphs point at is found by its id, or by the one name that stands for it: code, slug, text.
// The constraints are also what makes two loaders at once make one node, since MERGE locks the entry of the index behind them.

CREATE CONSTRAINT asset_id_unique IF NOT EXISTS
FOR (asset:Asset) REQUIRE asset.id IS UNIQUE;

CREATE CONSTRAINT area_id_unique IF NOT EXISTS
FOR (area:Area) REQUIRE area.id IS UNIQUE;

CREATE CONSTRAINT area_code_unique IF NOT EXISTS
FOR (area:Area) REQUIRE area.code IS UNIQUE;

CREATE CONSTRAINT area_slug_unique IF NOT EXISTS
FOR (area:Area) REQUIRE area.slug IS UNIQUE;

CREATE CONSTRAINT condition_id_unique IF NOT EXISTS
FOR (condition:Condition) REQUIRE condition.id IS UNIQUE;

CREATE CONSTRAINT condition_slug_unique IF NOT EXISTS
FOR (condition:Condition) REQUIRE condition.slug IS UNIQUE;

CREATE CONSTRAINT sourceRecord_id_unique IF NOT EXISTS
FOR (record:SourceRecord) REQUIRE record.id IS UNIQUE;

CREATE CONSTRAINT postcode_code_unique IF NOT EXISTS
FOR (postcode:Postcode) REQUIRE postcode.code IS UNIQUE;

CREATE CONSTRAINT term_text_unique IF NOT EXISTS
FOR (term:Term) REQUIRE term.text IS UNIQUE;
