// What may import what. Each comment says what breaking the rule would mean for the design, and what to do instead.

/** Where a process begins, and where everything is tied together: these, and nothing else, may reach across. */
const entryPoints =
  "^(gateway/(main|composeMain|inviteMain)|schema/publishMain|subgraphs/main|seed/(main|importMain|boundariesMain)|evaluation/main|bench/main)\\.ts$";
/** What `npm start` loads while Neo4j starts: a part of that entry point. */
const wholeDirectory = "^gateway/serveDirectory\\.ts$";
/** The list of every subgraph, and what is done with them all when a process starts. */
const allSubgraphs = "^subgraphs/(subgraphs|warmUp)\\.ts$";
const checks = "^(test/|codegen\\.ts$|(ide/)?[^/]+\\.config\\.(ts|js)$|\\.dependency-cruiser\\.mjs$)";
const ours = "^(core|graph|calendar|knowledge|subgraphs|gateway|seed|evaluation|website|ide|bench)/";

const allOursBut = (...folders) => ({ path: ours, pathNot: folders.map((folder) => `^${folder}`) });

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "core-knows-nobody",
      comment:
        "core is the floor: ids, errors, pages, settings, the log. What needs to know more than that is not floor: move it to the folder whose business it is.",
      severity: "error",
      from: { path: "^core/" },
      to: allOursBut("core/"),
    },
    {
      name: "graph-knows-core",
      comment:
        "graph is how one talks to Neo4j, whatever is said. A statement about groups or places belongs to the subgraph that owns them, or to the loader.",
      severity: "error",
      from: { path: "^graph/" },
      to: allOursBut("graph/", "core/"),
    },
    {
      name: "calendar-knows-graph-and-core",
      comment:
        "calendar is when things happen, for whoever asks and whoever writes: rules, sessions, opening times, their words and their files. What is asked of sessions belongs to the subgraph that is asked.",
      severity: "error",
      from: { path: "^calendar/" },
      to: allOursBut("calendar/", "graph/", "core/"),
    },
    {
      name: "knowledge-knows-graph-and-core",
      comment:
        "knowledge is what a process knows of words and places, for every subgraph that is asked in words: conditions, areas, kinds of referrer. What is asked about them belongs to the subgraph that is asked.",
      severity: "error",
      from: { path: "^knowledge/" },
      to: allOursBut("knowledge/", "graph/", "core/"),
    },
    {
      name: "one-door-to-neo4j",
      comment:
        "Only graph/ speaks to the driver: there every statement gets its name, its deadline, its routing and its errors translated. Use Graph.run or Graph.write.",
      severity: "error",
      from: { pathNot: ["^graph/", "^(test|bench)/"] },
      to: { path: "node_modules/neo4j-driver" },
    },
    {
      name: "subgraphs-do-not-know-each-other",
      comment:
        "A subgraph that imports another cannot be run on its own, and its owner can no longer change it freely. Take what is the other's as a stub by its id, and let the gateway join; what several truly share goes beside subgraph.ts.",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/" },
      to: { path: "^subgraphs/[^/]+/", pathNot: "^subgraphs/$1/" },
    },
    {
      name: "what-subgraphs-share-knows-none-of-them",
      comment:
        "The files beside subgraph.ts are what every subgraph is made of. One that knows a certain subgraph belongs in that subgraph's folder; only subgraphs.ts, and warmUp.ts that it calls, know them all.",
      severity: "error",
      from: { path: "^subgraphs/[^/]+\\.ts$", pathNot: [entryPoints, allSubgraphs] },
      to: { path: "^subgraphs/[^/]+/" },
    },
    {
      name: "only-a-process-has-all-subgraphs",
      comment:
        "Which subgraphs run in a process is decided where that process starts, and handed down. Code that takes them all for itself works in one process alone, and not when a subgraph is elsewhere.",
      severity: "error",
      from: { pathNot: [entryPoints, wholeDirectory, allSubgraphs, "^(test|bench)/"] },
      to: { path: allSubgraphs },
    },
    {
      name: "subgraphs-know-graph-and-core",
      comment:
        "A subgraph answers questions about what it owns, from the graph. It knows neither HTTP, nor the gateway in front of it, nor how the data was loaded.",
      severity: "error",
      from: { path: "^subgraphs/", pathNot: entryPoints },
      to: allOursBut("subgraphs/", "calendar/", "knowledge/", "graph/", "core/"),
    },
    {
      name: "resolvers-hold-no-cypher",
      comment:
        "A resolver takes from the request, calls one thing and returns. Cypher lives in queries/ and commands/, one statement a file, beside the shape of its rows.",
      severity: "error",
      from: { path: "^subgraphs/[^/]+/resolvers\\.ts$" },
      to: { path: "^graph/cypher\\.ts$" },
    },
    {
      name: "gateway-knows-no-subgraph",
      comment:
        "The gateway plans from the composed schema and asks whoever is configured, in memory or over HTTP. If it knew a subgraph's code, the two could not be deployed apart. It may use what is beside subgraph.ts: what any subgraph looks like, and how one is asked.",
      severity: "error",
      from: { path: "^gateway/", pathNot: [entryPoints, wholeDirectory] },
      to: allOursBut(
        "gateway/",
        "core/",
        "calendar/",
        "graph/(graph|isReachable)\\.ts",
        "subgraphs/[^/]+\\.ts",
        "website/(website|settings|api)\\.ts",
      ),
    },
    {
      name: "seed-knows-graph-and-core",
      comment:
        "The loader writes the graph as docs/model.md describes it, whoever will read it. A loader that uses a subgraph's code would load what that subgraph happens to expect today.",
      severity: "error",
      from: { path: "^seed/" },
      to: allOursBut("seed/", "calendar/", "graph/", "core/"),
    },
    {
      name: "website-knows-http-alone",
      comment:
        "The website is a client like any other: what it needs and cannot get from the public endpoint, no app can get either. Add it to the schema.",
      severity: "error",
      from: { path: "^(website|ide)/" },
      to: allOursBut("website/", "ide/"),
    },
    {
      name: "nothing-imports-tests",
      comment:
        "What is worth using elsewhere is not a test: move it to the folder whose business it is. What is measured may be what is tested.",
      severity: "error",
      from: { pathNot: "^(test|bench)/" },
      to: { path: "^test/" },
    },
    {
      name: "nothing-imports-an-entry-point",
      comment: "An entry point starts a process when it is imported. Move what you need out of it.",
      severity: "error",
      from: {},
      to: { path: entryPoints },
    },
    {
      name: "runs-without-development-tools",
      comment:
        "The server image holds no development tools, so this would start here and fail there. Either it is a dependency, or the file belongs to the checks.",
      severity: "error",
      from: { path: ours, pathNot: ["^gateway/compose(Main)?\\.ts$", "^bench/", "^ide/"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "servers-do-not-compose",
      comment:
        "Composition is a check: what is served is the committed supergraph, which was looked at. A server that composes could serve what nobody has seen.",
      severity: "error",
      from: { path: "^((gateway|subgraphs|seed)/main|seed/importMain)\\.ts$" },
      to: { path: "^gateway/compose", reachable: true },
    },
    {
      name: "only-declared-packages",
      comment:
        "It is here because another package brought it, and is gone when that one no longer does. Declare it in package.json.",
      severity: "error",
      // The IDE is a package of its own: what it uses, its own package.json declares, and `check:ide` installs.
      from: { pathNot: "^ide/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "everything-resolves",
      comment: "The file or package is not there.",
      severity: "error",
      from: { pathNot: "^ide/" },
      to: { couldNotResolve: true },
    },
    {
      name: "no-circles",
      comment:
        "Two files that need each other are one thing in two places: neither can be read, tested or moved alone. Move what both need into a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "Nothing uses this file and it starts nothing: it is left over, or something forgot it.",
      severity: "error",
      from: {
        orphan: true,
        // Browsers load these, by the names that `website/files.ts` has.
        pathNot: [checks, entryPoints, "\\.d\\.ts$", "^website/browser/"],
      },
      to: {},
    },
  ],
  options: {
    exclude: { path: "^(coverage|\\.data|\\.test-data|bench/peers|ide/(dist|node_modules))/" },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
