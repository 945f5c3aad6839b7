import { defineConfig } from "vite";

export default defineConfig({
  base: "/ide/",
  build: {
    target: "es2023",
    // What an older browser would need to load modules ahead is a script of its own; those that run this do not.
    modulePreload: { polyfill: false },
    // The editor is large, and comes only when it is opened.
    chunkSizeWarningLimit: 6000,
    // "use client" in a package means something to a server that renders React, and there is none.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: {
    // `npm run dev` shows what is being written, over a directory that `npm start` runs.
    proxy: { "/graphql": "http://127.0.0.1:4000", "/schema.graphql": "http://127.0.0.1:4000" },
  },
});
