// Who an asset is for is what its statements say, each with the record that says it. One range of ages for the whole asset could not tell
// "children of 5 to 11" and "carers of any age" apart.
// There is no index: a statement is reached from its asset, and nothing starts from all of them.

MATCH (asset:Asset)
WHERE asset.minimumAge IS NOT NULL OR asset.maximumAge IS NOT NULL OR asset.eligibilityDescription IS NOT NULL
CREATE (asset)-[:STATES {
  source: head(COLLECT {
    MATCH (record:SourceRecord)-[:DESCRIBES]->(asset) RETURN record.id ORDER BY record.asOf DESC, record.id
  })
}]->(:Eligibility {
  excludes: false, minimumAge: toFloat(asset.minimumAge), maximumAge: toFloat(asset.maximumAge),
  description: asset.eligibilityDescription, position: 0
})
REMOVE asset.minimumAge, asset.maximumAge, asset.eligibilityDescription;
