import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Packages in node_modules load graphql as CommonJS; ours would be given its other build, and two copies refuse each other's types.
    // The name alone: `graphql/…` has files of its own.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["**/*.test.ts"],
    globalSetup: ["test/globalSetup.ts"],
    // All files share one database.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
