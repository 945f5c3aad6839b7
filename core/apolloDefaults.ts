import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";

/**
 * What every Apollo Server of ours has in common: it tells callers nothing of its insides, sends nothing to anybody (it would, given
 * certain environment variables), and leaves signals and pages to others.
 */
export const apolloDefaults = {
  introspection: true,
  includeStacktraceInErrorResponses: false,
  stopOnTerminationSignals: false,
  persistedQueries: false,
  allowBatchedHttpRequests: false,
  csrfPrevention: true,
} as const;

/** The plugins that Apollo Server would otherwise add by itself, turned off. A new array: Apollo Server adds to the one it is given. */
export function quietPlugins() {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}
