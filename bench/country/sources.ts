/** Where everything that is invented says that it comes from. */
export const syntheticSources = {
  "common-ground-synthetic": {
    name: "Synthetic country, made up by Common Ground to measure with: nothing in it exists",
    publisher: "Common Ground",
    licence: "CC0-1.0",
  },
} as const;
