import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import { freshnessOfAsset } from "../graph/freshness.ts";
import { eligibilityOf } from "./eligibilityOf.ts";
import { part, type Parts } from "./parts.ts";

const yesNoUnknown = z.enum(["YES", "NO", "UNKNOWN"]);

/** The shape of `assetFields`: what every asset has, ready to be shown. */
export const assetRow = {
  id: z.string(),
  name: z.string(),
  summary: z.string().nullable(),
  description: z.string().nullable(),
  url: z.string().nullable(),
  contact: z
    .object({ email: z.string().nullable(), telephone: z.string().nullable(), url: z.string().nullable() })
    .nullable(),
  eligibility: part(
    z
      .array(
        z.object({
          excludes: z.boolean(),
          minimumAge: z.number().nullable(),
          maximumAge: z.number().nullable(),
          description: z.string().nullable(),
          conditions: z.array(z.object({ id: z.string() })),
        }),
      )
      .transform(eligibilityOf),
  ),
  accessibility: z.object({ stepFree: yesNoUnknown, accessibleToilet: yesNoUnknown, hearingLoop: yesNoUnknown }),
  cost: z
    .object({
      isFree: z.boolean(),
      amount: z.object({ amount: z.number(), currency: z.string() }).nullable(),
      description: z.string().nullable(),
    })
    .nullable(),
  reach: z.object({ kinds: z.array(z.enum(["AT_A_PLACE", "COMES_TO_YOU", "ONLINE", "PHONE"])) }),
  serves: part(z.array(z.object({ id: z.string() }))),
  freshness: z.object({
    lastConfirmedOn: z.string().nullable(),
    confirmBy: z.string().nullable(),
    status: z.enum(["CONFIRMED", "DUE", "OVERDUE"]),
  }),
  source: part(
    z.object({
      name: z.string(),
      publisher: z.string(),
      url: z.string().nullable(),
      licence: z.string(),
      asOf: z.string(),
      sample: z.boolean(),
    }),
  ),
  version: z.number().int(),
};

/** The parts of `assetRow`. */
export const assetParts = {
  eligibility: ["eligibility"],
  serves: ["serves"],
  source: ["source"],
} as const satisfies Parts;

/**
 * The entries, in a Cypher map, that every asset has, of a node bound as `asset`. In the shape that `assetRow` reads,
 * which makes of it that of the schema, so that a resolver has nothing to do.
 * Of several source records the latest speaks for the asset. Takes asked.parts and asked.today (the local date, which freshness is counted from).
 */
export const assetFields = cypher`
  id: asset.id,
  name: asset.name,
  summary: asset.summary,
  description: asset.description,
  url: asset.url,
  contact: CASE WHEN coalesce(asset.email, asset.telephone, asset.contactUrl) IS NOT NULL
    THEN {email: asset.email, telephone: asset.telephone, url: asset.contactUrl} END,
  eligibility: CASE WHEN 'eligibility' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[states:STATES]->(statement:Eligibility)
    WITH states, statement ORDER BY states.source, statement.position
    RETURN statement {
      .excludes, .minimumAge, .maximumAge, .description,
      conditions: COLLECT { MATCH (statement)-[:CONCERNS]->(condition:Condition) RETURN {id: condition.id} ORDER BY condition.name }
    }
  } END,
  accessibility: {
    stepFree: asset.stepFree, accessibleToilet: asset.accessibleToilet, hearingLoop: asset.hearingLoop
  },
  cost: CASE WHEN asset.isFree IS NOT NULL THEN {
    isFree: asset.isFree,
    amount: CASE WHEN asset.costAmount IS NOT NULL THEN {amount: asset.costAmount, currency: 'GBP'} END,
    description: asset.costDescription
  } END,
  reach: {kinds: asset.reach},
  serves: CASE WHEN 'serves' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[:SERVES]->(area:Area)
    RETURN DISTINCT {id: area.id} AS row ORDER BY row.id
  } END,
  freshness: ${freshnessOfAsset},
  source: CASE WHEN 'source' IN $asked.parts THEN head(COLLECT {
    MATCH (record:SourceRecord)-[:DESCRIBES]->(asset)
    RETURN {
      name: record.name, publisher: record.publisher, url: record.url, licence: record.licence, asOf: record.asOf,
      sample: asset.sample
    }
    ORDER BY record.asOf DESC, record.id
  }) END,
  version: asset.version`;
