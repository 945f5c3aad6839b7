import type { Language } from "./words/words.ts";

type Parameter = string | number | boolean | readonly string[] | null | undefined;

/** What is asked, as parameters of an address: null, undefined, false and "" are left out, `true` is "yes". */
export type Parameters = Readonly<Record<string, Parameter>>;

/** Where the pages of assets are, by type. */
export const folders = {
  Activity: "activities",
  Group: "groups",
  Organisation: "organisations",
  Place: "places",
} as const;

export type AssetType = keyof typeof folders;

/** Every type that a page of one asset is of. */
export const assetTypes = Object.keys(folders) as readonly AssetType[];

/** Where each page is, in one language: the one place where addresses are made. */
export interface Addresses {
  readonly home: string;
  readonly search: (parameters?: Parameters) => string;
  readonly whatsOn: (parameters?: Parameters) => string;
  readonly areas: string;
  readonly area: (area: { readonly slug?: string | null; readonly id: string }) => string;
  readonly topics: string;
  readonly topic: (slug: string) => string;
  readonly asset: (asset: { readonly __typename: AssetType; readonly id: string }) => string;
  readonly suggestEdit: (id: string) => string;
  readonly routes: (parameters?: Parameters) => string;
  readonly pathways: string;
  readonly pathway: (slug: string) => string;
  /** The same for other systems, as FHIR R4. */
  readonly routesAsFhir: (parameters: Parameters) => string;
  readonly pathwayAsFhir: (slug: string) => string;
  readonly shortlist: (ids?: readonly string[]) => string;
  readonly helpNow: string;
  readonly aboutTheData: string;
  readonly accessibility: string;
  readonly privacy: string;
  readonly cookies: string;
  readonly developers: string;
  readonly embed: string;
  /** The calendar of an asset, of an area or of a search, which programs subscribe to. */
  readonly calendar: (folder: string, id: string) => string;
  /** What is new, for programs that read feeds. */
  readonly feed: (parameters: Parameters) => string;
}

/** The addresses of the pages in one language. */
export function addressesIn({ prefix }: Pick<Language, "prefix">): Addresses {
  const at = (path: string, parameters: Parameters = {}) => `${prefix}${path}${queryOf(parameters)}`;
  return {
    home: prefix === "" ? "/" : prefix,
    search: (parameters) => at("/search", parameters),
    whatsOn: (parameters) => at("/whats-on", parameters),
    areas: at("/areas"),
    area: ({ slug, id }) => at(`/areas/${encodeURIComponent(slug ?? id)}`),
    topics: at("/topics"),
    topic: (slug) => at(`/topics/${encodeURIComponent(slug)}`),
    asset: ({ __typename, id }) => at(`/${folders[__typename]}/${encodeURIComponent(id)}`),
    suggestEdit: (id) => at(`/suggest-an-edit/${encodeURIComponent(id)}`),
    routes: (parameters) => at("/referral-routes", parameters),
    pathways: at("/pathways"),
    pathway: (slug) => at(`/pathways/${encodeURIComponent(slug)}`),
    routesAsFhir: (parameters) => `/referral-routes.fhir.json${queryOf(parameters)}`,
    pathwayAsFhir: (slug) => `/pathways/${encodeURIComponent(slug)}.fhir.json`,
    shortlist: (ids = []) => at("/shortlist", { ids: ids.join(",") }),
    helpNow: at("/help-now"),
    aboutTheData: at("/about-the-data"),
    accessibility: at("/accessibility"),
    privacy: at("/privacy"),
    cookies: at("/cookies"),
    developers: at("/developers"),
    embed: at("/embed"),
    calendar: (folder, id) => `/calendar/${folder}/${encodeURIComponent(id)}.ics`,
    feed: (parameters) => `/feed.atom${queryOf(parameters)}`,
  };
}

/** "?a=b", or "" when there is nothing to ask. A parameter with several values is there several times. */
export function queryOf(parameters: Parameters): string {
  const asked = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly string[]) : [value as Exclude<Parameter, readonly string[]>]).flatMap(
        (one) =>
          one === null || one === undefined || one === false || one === ""
            ? []
            : [[name, one === true ? "yes" : String(one)]],
      ),
    ),
  ).toString();
  return asked === "" ? "" : `?${asked}`;
}
