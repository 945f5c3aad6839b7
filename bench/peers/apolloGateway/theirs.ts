// @apollo/gateway over our subgraphs, elsewhere or in its own process, behind the same door as our gateway: the rest is the same.
import { ApolloGateway, type GraphQLDataSource, RemoteGraphQLDataSource } from "@apollo/gateway";
import { type DirectiveNode, type DocumentNode, parse, print, visit } from "graphql";
import { createLog } from "../../../core/log.ts";
import { askInProcess } from "../../../gateway/askInProcess.ts";
import { openDoor } from "../../../gateway/door.ts";
import type { RequestContext } from "../../../gateway/federation.ts";
import { readSchemas } from "../../../schema/readSchemas.ts";
import { serveContender } from "../../contender.ts";
import { apiSchema } from "../../parts/peers/apiSchema.ts";
import type { Question } from "../../questions.ts";
import { type LocalSubgraphs, localSubgraphs } from "./localSubgraphs.ts";
import { gatewaySettings } from "./settings.ts";

const { neo4j: server, urls, credential } = gatewaySettings.parse(JSON.parse(process.argv[2] ?? "{}"));

const log = createLog("error", "bench");
const { supergraphSdl, apiSdl } = await readSchemas();
const local = urls === null ? await localSubgraphs(server, log) : null;

const aboutAccess = /^(authenticated|requiresScopes)(__|$)/;

/** A supergraph without who may ask for what: this gateway starts with none that says so, and the door keeps to it before either gateway is asked. */
function withoutAccess(sdl: string): string {
  const isOfAccess = ({ name, arguments: given = [] }: DirectiveNode) =>
    aboutAccess.test(name.value) ||
    (name.value === "link" &&
      given.some(
        ({ value }) => value.kind === "StringValue" && /\/(authenticated|requiresScopes)\//.test(value.value),
      ));
  const gone = ({ name }: { readonly name: { readonly value: string } }) =>
    aboutAccess.test(name.value) ? null : undefined;
  return print(
    visit(parse(sdl), {
      Directive: (node) => (isOfAccess(node) ? null : undefined),
      DirectiveDefinition: gone,
      ScalarTypeDefinition: gone,
    }),
  );
}

/** A subgraph of this process. The text that the gateway plans for it is parsed once. */
function inProcess(name: string, { connections }: LocalSubgraphs): GraphQLDataSource<RequestContext> {
  const connection = connections.find((one) => one.name === name);
  if (connection === undefined) throw new Error(`There is no subgraph ${name}.`);
  const documents = new Map<string, DocumentNode>();
  return {
    process: async ({ request, context }) => {
      const { query = "", variables } = request;
      let document = documents.get(query);
      if (document === undefined) {
        document = parse(query);
        documents.set(query, document);
      }
      const { operation } = context as RequestContext;
      const { data, errors } = await connection.execute({ document, variables }, operation);
      if (errors !== undefined) throw new Error(`${name}: ${JSON.stringify(errors)}`);
      return { data };
    },
  };
}

/** A subgraph elsewhere, as its manual has one that wants a header. */
function overHttp(name: string): GraphQLDataSource {
  return new RemoteGraphQLDataSource({
    url: urls?.[name] ?? "",
    willSendRequest: ({ request }) => request.http?.headers.set("authorization", `Bearer ${credential}`),
  });
}

// It would count what it does and send that to its makers: that is no part of the comparison, and nobody's business.
process.env["APOLLO_TELEMETRY_DISABLED"] = "true";
const gateway = new ApolloGateway({
  supergraphSdl: withoutAccess(supergraphSdl),
  buildService: ({ name }) => (local === null ? overHttp(name) : inProcess(name, local)),
});

const door = await openDoor<RequestContext>({
  behind: {
    gateway: {
      load: (options) => gateway.load(options),
      // The door's copy of graphql does not take a schema of the gateway's copy for one: it is given its own, of the same API.
      onSchemaLoadOrUpdate: (loaded) =>
        gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
          loaded({ apiSchema: apiSchema(apiSdl), coreSupergraphSdl });
        }),
      stop: () => gateway.stop(),
    },
  },
  contextOf: (operation) => ({ operation }),
  apiSdl,
  supergraphSdl,
  isReady: () => Promise.resolve(true),
  log,
  operationTimeoutMs: 60_000,
  clock: () => new Date(),
});

serveContender(
  async (question) => {
    const { query, variables } = question as Question;
    const answer = await askInProcess(door, query, variables);
    // Its way to ask over HTTP trips over a connection that was closed while it was idle, and has whoever asked ask again.
    return answer.startsWith('{"errors"') || answer.includes(',"errors":[')
      ? askInProcess(door, query, variables)
      : answer;
  },
  async () => {
    await door.stop();
    await local?.stop();
  },
);
