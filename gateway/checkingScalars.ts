import { type GraphQLScalarType, type GraphQLSchema, isScalarType, isSpecifiedScalarType } from "graphql";
import { GraphQLDateTime, GraphQLJSON, GraphQLLocalDate, GraphQLURL } from "graphql-scalars";

/** What checks the values that callers give, by the name it has in the API: the same that the subgraphs read them with. */
const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  Date: GraphQLLocalDate,
  DateTime: GraphQLDateTime,
  JSON: GraphQLJSON,
  URL: GraphQLURL,
};

/**
 * Lets the scalars of `api`, which knows only their names, check what callers give: so a date that is none is refused before anything is
 * fetched. Values go on as they came, to be read by the subgraph that they are for.
 * Throws for a scalar that nothing here checks.
 */
export function checkingScalars(api: GraphQLSchema): GraphQLSchema {
  for (const scalar of Object.values(api.getTypeMap())) {
    if (!isScalarType(scalar) || isSpecifiedScalarType(scalar)) continue;
    const checks = scalars[scalar.name];
    if (checks === undefined)
      throw new Error(`Nothing checks the scalar ${scalar.name}: add it in gateway/checkingScalars.ts.`);
    const asGiven = scalar.parseLiteral.bind(scalar);
    scalar.parseValue = (value) => {
      checks.parseValue(value);
      return value;
    };
    scalar.parseLiteral = (node, variables) => {
      checks.parseLiteral(node, variables);
      return asGiven(node, variables);
    };
  }
  return api;
}
