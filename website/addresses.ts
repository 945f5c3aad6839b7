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
  /** The shortlist that these addresses take along, by ids. Empty: none. */
  readonly list: readonly string[];
  readonly home: string;
  readonly search: (parameters?: Parameters) => string;
  readonly whatsOn: (parameters?: Parameters) => string;
  readonly areas: string;
  readonly area: (area: { readonly slug?: string | null; readonly id: string }) => string;
  readonly topics: string;
  readonly topic: (slug: string) => string;
  readonly asset: (asset: { readonly __typename: AssetType; readonly id: string }) => string;
  /** The same without the shortlist, to be sent on. */
  readonly assetAlone: (asset: { readonly __typename: AssetType; readonly id: string }) => string;
  readonly suggestEdit: (id: string) => string;
  readonly routes: (parameters?: Parameters) => string;
  readonly pathways: string;
  readonly pathway: (slug: string) => string;
  /** The same for other systems, as FHIR R4. */
  readonly routesAsFhir: (parameters: Parameters) => string;
  readonly pathwayAsFhir: (slug: string) => string;
  readonly shortlist: (ids?: readonly string[]) => string;
  /** A code to scan that leads to another page of this website. */
  readonly codeOf: (address: string) => string;
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

/** The addresses of the pages in one language. Those from which something may be put on the shortlist take along what is on `list` already. */
export function addressesIn({ prefix }: Pick<Language, "prefix">, list: readonly string[] = []): Addresses {
  const alone = (path: string, parameters: Parameters = {}) => `${prefix}${path}${queryOf(parameters)}`;
  const at = (path: string, parameters: Parameters = {}) => alone(path, { ...parameters, list: list.join(",") });
  const asset = ({ __typename, id }: { readonly __typename: AssetType; readonly id: string }) =>
    `/${folders[__typename]}/${encodeURIComponent(id)}`;
  return {
    list,
    home: `${prefix === "" ? "/" : prefix}${queryOf({ list: list.join(",") })}`,
    search: (parameters) => at("/search", parameters),
    whatsOn: (parameters) => at("/whats-on", parameters),
    areas: at("/areas"),
    area: ({ slug, id }) => at(`/areas/${encodeURIComponent(slug ?? id)}`),
    topics: at("/topics"),
    topic: (slug) => at(`/topics/${encodeURIComponent(slug)}`),
    asset: (one) => at(asset(one)),
    assetAlone: (one) => alone(asset(one)),
    suggestEdit: (id) => alone(`/suggest-an-edit/${encodeURIComponent(id)}`),
    routes: (parameters) => alone("/referral-routes", parameters),
    pathways: alone("/pathways"),
    pathway: (slug) => alone(`/pathways/${encodeURIComponent(slug)}`),
    routesAsFhir: (parameters) => `/referral-routes.fhir.json${queryOf(parameters)}`,
    pathwayAsFhir: (slug) => `/pathways/${encodeURIComponent(slug)}.fhir.json`,
    shortlist: (ids = []) => alone("/shortlist", { ids: ids.join(",") }),
    codeOf: (address) => `/qr.svg${queryOf({ to: address })}`,
    helpNow: alone("/help-now"),
    aboutTheData: alone("/about-the-data"),
    accessibility: alone("/accessibility"),
    privacy: alone("/privacy"),
    cookies: alone("/cookies"),
    developers: alone("/developers"),
    embed: alone("/embed"),
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
