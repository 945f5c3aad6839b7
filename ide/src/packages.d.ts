declare module "cytoscape-fcose" {
  import type { Ext } from "cytoscape";

  const fcose: Ext;
  export default fcose;
}

declare module "*.css";
declare module "graphiql/setup-workers/vite";
