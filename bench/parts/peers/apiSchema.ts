import { buildSchema, type GraphQLSchema } from "graphql";
import { checkingScalars } from "../../../gateway/checkingScalars.ts";

/** The API's schema, of the copy of graphql that the project itself uses: what lies in bench/peers has one of its own. */
export function apiSchema(apiSdl: string): GraphQLSchema {
  return checkingScalars(buildSchema(apiSdl));
}
