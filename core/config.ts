import { join } from "node:path";
import { z } from "zod";

/** The subgraphs, in the order they are composed and started. */
export const subgraphNames = [
  "activities",
  "directory",
  "groups",
  "organisations",
  "pathways",
  "places",
  "workshops",
] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** Forty workshops of twelve. A hundred who listen to the same are told of a change within a second (docs/decisions/0012). */
export const defaultMostListeners = 500;

const port = z.coerce.number().int().min(0).max(65_535);
const emptyIsUnset = (value: unknown) => (value === "" ? undefined : value);
const text = z.preprocess(emptyIsUnset, z.string().optional());
const url = z.preprocess(emptyIsUnset, z.url({ protocol: /^https?$/ }).optional());

/** Whether nobody on the way can answer in its place. */
const isSafe = (address: string) => /^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/i.test(address);

// Every setting is described for its reader in .env.example.
const Environment = z.object({
  PORT: z.preprocess(emptyIsUnset, port.default(4000)),
  HOST: z.preprocess(emptyIsUnset, z.string().default("127.0.0.1")),
  LOG_LEVEL: z.preprocess(
    emptyIsUnset,
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
  NEO4J_URI: z.preprocess(
    emptyIsUnset,
    z.url({ protocol: /^(neo4j|bolt)(\+s|\+ssc)?$/, error: "starts with neo4j:// or bolt://" }).optional(),
  ),
  NEO4J_USER: z.preprocess(emptyIsUnset, z.string().default("neo4j")),
  NEO4J_PASSWORD: text,
  NEO4J_DATABASE: z.preprocess(emptyIsUnset, z.string().default("neo4j")),
  DATA_DIR: z.preprocess(emptyIsUnset, z.string().default(".data")),
  NEO4J_BOLT_PORT: z.preprocess(emptyIsUnset, port.default(0)),
  JAVA_HOME: text,
  SENTENCE_MODEL: z.preprocess(emptyIsUnset, z.enum(["on", "off"]).default("on")),
  SENTENCE_MODEL_DIR: text,
  OPERATION_TIMEOUT_MS: z.preprocess(emptyIsUnset, z.coerce.number().int().min(100).max(60_000).default(5000)),
  MAXIMUM_LISTENERS: z.preprocess(
    emptyIsUnset,
    z.coerce.number().int().min(0).max(10_000).default(defaultMostListeners),
  ),
  GATEWAY_CREDENTIAL: z.preprocess(emptyIsUnset, z.string().min(32).optional()),
  RECORDING_KEY: z.preprocess(emptyIsUnset, z.string().min(32).optional()),
  SIGNING_KEY: z.preprocess(emptyIsUnset, z.string().min(32).optional()),
  OIDC_ISSUER: z.preprocess(
    emptyIsUnset,
    z
      .url({ protocol: /^https?$/ })
      .refine(isSafe, { error: "starts with https:// (http:// only for 127.0.0.1 and localhost)" })
      .optional(),
  ),
  OIDC_AUDIENCE: text,
  OIDC_CLAIM: z.preprocess(emptyIsUnset, z.string().default("common_ground")),
  WEBSITE_NAME: z.preprocess(emptyIsUnset, z.string().max(60).default("Common Ground")),
  WEBSITE_COUNCIL: text,
  WEBSITE_URL: url,
  WEBSITE_BRAND_COLOUR: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, { error: "a colour as in #14403d" })
      .refine(isReadableOn, { error: "dark enough for white text on it (a contrast of 4.5 to 1)" })
      .default("#14403d"),
  ),
  WEBSITE_FONT_FAMILY: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/^("[\w -]+"|[\w-]+)(, ?("[\w -]+"|[\w-]+))*$/, {
        error: 'names of fonts as in CSS, such as "Open Sans", sans-serif',
      })
      .default("Arial, Helvetica, sans-serif"),
  ),
  WEBSITE_LOGO_FILE: z.preprocess(
    emptyIsUnset,
    z
      .string()
      .regex(/\.(svg|png)$/, { error: "a file that ends with .svg or .png" })
      .optional(),
  ),
  WEBSITE_TELEPHONE: text,
  WEBSITE_EMAIL: z.preprocess(emptyIsUnset, z.email().optional()),
  MAP_STYLE_URL: url,
  MAP_ORIGINS: z.preprocess(
    emptyIsUnset,
    z
      .string()
      // They are written into a header that says what a page may load.
      .regex(/^https?:\/\/[\w.-]+(:\d+)?( https?:\/\/[\w.-]+(:\d+)?)*$/, {
        error: "addresses without a path and with one space between, as in https://tiles.example.org",
      })
      .optional(),
  ),
  SUBGRAPH_ACTIVITIES_URL: url,
  SUBGRAPH_DIRECTORY_URL: url,
  SUBGRAPH_GROUPS_URL: url,
  SUBGRAPH_ORGANISATIONS_URL: url,
  SUBGRAPH_PATHWAYS_URL: url,
  SUBGRAPH_PLACES_URL: url,
  SUBGRAPH_WORKSHOPS_URL: url,
});

/** White on it can be read: a contrast of at least 4.5 to 1, by the formula of WCAG 2.2. */
function isReadableOn(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5;
}

/** The name of every setting, as in the environment. */
export const settingNames: readonly string[] = Object.keys(Environment.shape);

export type Config = ReturnType<typeof readConfig>;

/** An OpenID provider whose tokens we take. */
export interface IdentityProviderSettings {
  /** Its address, just as its tokens have it in `iss`. */
  readonly issuer: string;
  /** What its tokens for us have in `aud`. */
  readonly audience: string;
  /** The claim that says what somebody may do here. */
  readonly claim: string;
}

/**
 * The whole configuration, from the environment, checked at once and typed. Nothing else reads the environment.
 * Throws one Error that names every setting at fault and what it wants.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>) {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    throw new Error(`These settings are wrong (see .env.example):\n${z.prettifyError(parsed.error)}`);
  }
  const settings = parsed.data;
  const subgraphUrls: Readonly<Record<SubgraphName, string | undefined>> = {
    activities: settings.SUBGRAPH_ACTIVITIES_URL,
    directory: settings.SUBGRAPH_DIRECTORY_URL,
    groups: settings.SUBGRAPH_GROUPS_URL,
    organisations: settings.SUBGRAPH_ORGANISATIONS_URL,
    pathways: settings.SUBGRAPH_PATHWAYS_URL,
    places: settings.SUBGRAPH_PLACES_URL,
    workshops: settings.SUBGRAPH_WORKSHOPS_URL,
  };
  if (settings.NEO4J_URI !== undefined && settings.NEO4J_PASSWORD === undefined) {
    throw new Error("NEO4J_URI is set and NEO4J_PASSWORD is not: set both, or neither to start a local Neo4j.");
  }
  if (Object.values(subgraphUrls).some((value) => value !== undefined) && settings.GATEWAY_CREDENTIAL === undefined) {
    throw new Error(
      "A SUBGRAPH_…_URL is set and GATEWAY_CREDENTIAL is not: subgraphs refuse callers without it. Set the same secret (32 characters or more) for the gateway and every subgraph.",
    );
  }
  const startsNeo4j =
    settings.NEO4J_URI === undefined && Object.values(subgraphUrls).some((value) => value === undefined);
  if (settings.OIDC_ISSUER !== undefined && settings.OIDC_AUDIENCE === undefined) {
    throw new Error(
      "OIDC_ISSUER is set and OIDC_AUDIENCE is not: without it, tokens that were meant for others would be taken.",
    );
  }
  if (settings.OIDC_ISSUER !== undefined && settings.SIGNING_KEY === undefined && !startsNeo4j) {
    throw new Error(
      "OIDC_ISSUER is set and SIGNING_KEY is not: who signs in is kept by a name that is made with it. Set it to a secret of 32 characters or more.",
    );
  }
  return {
    logLevel: settings.LOG_LEVEL,
    http: { host: settings.HOST, port: settings.PORT },
    /** Null: start a Neo4j of our own (`local`). */
    server:
      settings.NEO4J_URI === undefined
        ? null
        : {
            uri: settings.NEO4J_URI,
            user: settings.NEO4J_USER,
            password: settings.NEO4J_PASSWORD ?? "",
            database: settings.NEO4J_DATABASE,
          },
    /** Whether the process that serves the whole directory starts a Neo4j of its own. */
    startsNeo4j,
    local: {
      dataDirectory: settings.DATA_DIR,
      /** 0: any free port. */
      boltPort: settings.NEO4J_BOLT_PORT,
      javaHome: settings.JAVA_HOME ?? null,
    },
    sentenceModel: {
      /** Null: there is to be none. */
      directory:
        settings.SENTENCE_MODEL === "off"
          ? null
          : (settings.SENTENCE_MODEL_DIR ?? join(settings.DATA_DIR, "sentence-model")),
      javaHome: settings.JAVA_HOME ?? null,
    },
    operationTimeoutMs: settings.OPERATION_TIMEOUT_MS,
    mostListeners: settings.MAXIMUM_LISTENERS,
    /** Null: nobody may record anything. */
    recordingKey: settings.RECORDING_KEY ?? null,
    /** Null: none is set (see `signingKeyOf`). */
    signingKey: settings.SIGNING_KEY ?? null,
    /** Null: there is none. */
    identityProvider:
      settings.OIDC_ISSUER === undefined
        ? null
        : {
            issuer: settings.OIDC_ISSUER,
            audience: settings.OIDC_AUDIENCE ?? "",
            claim: settings.OIDC_CLAIM,
          },
    gatewayCredential: settings.GATEWAY_CREDENTIAL ?? null,
    /** What a council makes of the website. */
    website: {
      name: settings.WEBSITE_NAME,
      council: settings.WEBSITE_COUNCIL ?? null,
      url: (settings.WEBSITE_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, ""),
      brandColour: settings.WEBSITE_BRAND_COLOUR.toLowerCase(),
      fontFamily: settings.WEBSITE_FONT_FAMILY,
      logoFile: settings.WEBSITE_LOGO_FILE ?? null,
      telephone: settings.WEBSITE_TELEPHONE ?? null,
      email: settings.WEBSITE_EMAIL ?? null,
      mapStyleUrl: settings.MAP_STYLE_URL ?? null,
      mapOrigins: settings.MAP_ORIGINS?.split(" ") ?? [],
    },
    subgraphUrls,
  } as const;
}
