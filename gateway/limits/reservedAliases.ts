import { GraphQLError, type ValidationRule } from "graphql";

/**
 * Refuses aliases that start with two underscores: GraphQL keeps such names for itself, and with one of them (`__typename: name`,
 * `__proto__: …`) a caller could put words of their own where programs along the way look for ours.
 */
export const reservedAliases: ValidationRule = (context) => ({
  Field: ({ alias }) => {
    if (!alias?.value.startsWith("__")) return;
    context.reportError(
      new GraphQLError(`The alias "${alias.value}" starts with two underscores: GraphQL keeps such names for itself.`, {
        nodes: alias,
      }),
    );
  },
});
