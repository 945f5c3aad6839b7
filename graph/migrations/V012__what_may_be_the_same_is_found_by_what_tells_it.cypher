// What may be on the map already is found by what tells one thing from another: its telephone number and its website, in the one form that
// whoever writes an asset gives them (graph/contactKeys.ts); its number with the Charity Commission; the postcode of a place.

CREATE INDEX asset_telephoneKey_range IF NOT EXISTS
FOR (asset:Asset) ON (asset.telephoneKey);

CREATE INDEX asset_urlKey_range IF NOT EXISTS
FOR (asset:Asset) ON (asset.urlKey);

CREATE INDEX organisation_charityNumber_range IF NOT EXISTS
FOR (organisation:Organisation) ON (organisation.charityNumber);

CREATE INDEX place_postalCode_range IF NOT EXISTS
FOR (place:Place) ON (place.postalCode);
