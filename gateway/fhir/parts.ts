import { createHash } from "node:crypto";
import type { ContactPoint, Identifier, Meta } from "fhir/r4.js";
import type { ContactAsked, SourceAsked } from "./asked.ts";
import { asOfInWords } from "../asOfInWords.ts";
import { confirmedInWords, sampleNotice } from "./inWords.ts";

/** How health records mark what is not real: HL7's "test health data". Whoever sorts by labels of security or by tags finds it. */
const test = {
  system: "http://terminology.hl7.org/CodeSystem/v3-ActReason",
  code: "HTEST",
  display: "test health data",
};

/** What says that a resource was made up; undefined when it was not. */
export function metaOf(isSample: boolean): Meta | undefined {
  return isSample ? { security: [test], tag: [test] } : undefined;
}

/** A name that says that it was made up, for whoever looks at names alone. */
export function nameOf(name: string, isSample: boolean): string {
  return isSample ? `Sample: ${name}` : name;
}

/** The address of a resource within a bundle: the same each time, for the same thing. Nothing can be fetched by it. */
export function urnOf(resourceType: string, ...about: readonly string[]): string {
  const hex = createHash("sha256")
    .update(JSON.stringify([resourceType, ...about]))
    .digest("hex");
  // Version 8 of RFC 9562: what it is made of is the maker's own business.
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An id of the directory. */
export function identifierOf(id: string): Identifier {
  return { value: id, assigner: { display: "Common Ground" } };
}

/** Undefined for an empty list, since FHIR allows none. */
export function some<Item>(items: readonly Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : [...items];
}

/** Lines that stand, one after the other; undefined when none does. */
export function lines(all: readonly (string | null)[]): string | undefined {
  const said = all.filter((line) => line !== null && line.trim() !== "");
  return said.length === 0 ? undefined : said.join("\n\n");
}

/** Where what is said comes from, and how sure it is. FHIR has no place for a licence. */
export function provenanceLines(source: SourceAsked, lastConfirmedOn: string | null): readonly string[] {
  const { name, publisher, asOf, licence, sample } = source;
  return [
    ...(sample ? [sampleNotice] : []),
    `Source: ${name}, ${publisher}, ${asOfInWords(asOf)}. Licence: ${licence}.`,
    `Last confirmed: ${confirmedInWords(lastConfirmedOn)}.`,
  ];
}

/** How to get in touch with an organisation, and its page. */
export function telecomOf(contact: ContactAsked | null, url: string | null): ContactPoint[] | undefined {
  const { telephone = null, email = null, url: contactUrl = null } = contact ?? {};
  const given = [
    { system: "phone", value: telephone },
    { system: "email", value: email },
    { system: "url", value: contactUrl },
    { system: "url", value: url === contactUrl ? null : url },
  ] as const;
  return some(given.flatMap(({ system, value }) => (value === null || value === "" ? [] : [{ system, value }])));
}
