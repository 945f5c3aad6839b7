// Two indexes over the same words: `english` finds "walks" for "walking" but neither "cafe" for "café" nor a typing error;
// `standard-folding` finds those and has no stems. A search takes the better score of the two.

CREATE FULLTEXT INDEX asset_text_english IF NOT EXISTS
FOR (asset:Asset) ON EACH [asset.name, asset.alternateNames, asset.summary, asset.description]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'english' } };

// Neo4j refuses a second full-text index over the same label and the same list of properties, and with IF NOT EXISTS does so without a
// word. In another order they are another list.
CREATE FULLTEXT INDEX asset_text_folding IF NOT EXISTS
FOR (asset:Asset) ON EACH [asset.description, asset.summary, asset.alternateNames, asset.name]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'standard-folding' } };

// A proper name has no stem: "Barton" is not "bartone".
CREATE FULLTEXT INDEX area_name_folding IF NOT EXISTS
FOR (area:Area) ON EACH [area.name, area.alternateNames]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'standard-folding' } };
