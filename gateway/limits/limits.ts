import type { ValidationRule } from "graphql";
import { finiteNumbers } from "./finiteNumbers.ts";
import { maximumAliases } from "./maximumAliases.ts";
import { maximumDepth } from "./maximumDepth.ts";
import { maximumDirectives } from "./maximumDirectives.ts";
import { maximumRootFields } from "./maximumRootFields.ts";
import { maximumSelections } from "./maximumSelections.ts";
import { noConditionAtRoot } from "./noConditionAtRoot.ts";
import { reservedAliases } from "./reservedAliases.ts";

/** What a document may not be, beyond what GraphQL itself refuses. */
export const limits: readonly ValidationRule[] = [
  finiteNumbers,
  maximumAliases,
  maximumDepth,
  maximumDirectives,
  maximumRootFields,
  maximumSelections,
  noConditionAtRoot,
  reservedAliases,
];
