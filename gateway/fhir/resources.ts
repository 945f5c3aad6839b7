import type {
  CodeableConcept,
  FhirResource,
  HealthcareService,
  HealthcareServiceEligibility,
  Location,
  Organization,
  Reference,
} from "fhir/r4.js";
import { listInWords } from "../../calendar/listInWords.ts";
import type { AssetAsked, AssetForFhir, PlaceAsked, StatementAsked, StepAsked } from "./asked.ts";
import { agesInWords, methodInWords } from "./inWords.ts";
import { timesOfHours, timesOfSchedules } from "./availableTimes.ts";
import { identifierOf, lines, metaOf, nameOf, provenanceLines, some, telecomOf, urnOf } from "./parts.ts";

/** The resources of a bundle, by their addresses: each is told once, however often it is referred to. */
export interface Resources {
  readonly byUrn: ReadonlyMap<string, FhirResource>;
  /** Adds a resource, if it is not there. Returns what refers to it. */
  readonly add: (urn: string, display: string, resource: () => FhirResource) => Reference;
}

export function createResources(): Resources {
  const byUrn = new Map<string, FhirResource>();
  return {
    byUrn,
    add: (urn, display, resource) => {
      if (!byUrn.has(urn)) byUrn.set(urn, resource());
      return { reference: urn, display };
    },
  };
}

/** An asset as a HealthcareService, with the organisation that provides it, where it is and which areas it serves. `steps`: those by which people come to it. */
export function addService(resources: Resources, asset: AssetForFhir, steps: readonly StepAsked[]): Reference {
  return resources.add(
    urnOf("HealthcareService", asset.id),
    nameOf(asset.name, asset.source.sample),
    (): HealthcareService => {
      const { id, name, summary, source, freshness, contact, url, serves } = asset;
      const provider = asset.__typename === "Organisation" ? asset : (asset.runBy?.[0] ?? asset.hostedBy?.[0]);
      const places =
        asset.__typename === "Place" ? [placeOf(asset)] : (asset.heldAt ?? asset.meetsAt ?? asset.basedAt ?? []);
      const when = asset.scheduleInWords ?? asset.openingHoursInWords ?? null;
      const methods = [...new Map(steps.map((step) => [step.method, step])).values()];
      return {
        resourceType: "HealthcareService",
        meta: metaOf(source.sample),
        identifier: [identifierOf(id)],
        // What was made up is not to be used, and FHIR says so by this.
        active: !source.sample,
        providedBy: provider === undefined ? undefined : addOrganization(resources, provider),
        location: some(places.map((place) => addLocation(resources, place))),
        name: nameOf(name, source.sample),
        comment: summary ?? undefined,
        extraDetails: lines([
          // In words, since FHIR can say no rule but a weekly one.
          when === null ? null : `When: ${when}.`,
          ...provenanceLines(source, freshness.lastConfirmedOn),
        ]),
        telecom: telecomOf(contact, url),
        coverageArea: some(serves.map((area) => addArea(resources, area))),
        eligibility: some(asset.eligibility.statements.map(eligibilityOf)),
        referralMethod: some(methods.map(({ method }) => methodConcept(method))),
        // That somebody has to ask first is not yet an appointment; that nobody has to is none.
        appointmentRequired: steps.some(({ method }) => method === "WALK_IN") ? false : undefined,
        availableTime: some([...timesOfHours(asset.openingHours ?? []), ...timesOfSchedules(asset.schedule ?? [])]),
      };
    },
  );
}

/** An organisation, or a group of people that provides something. */
export function addOrganization(
  resources: Resources,
  asset: AssetAsked & Pick<AssetForFhir, "charityNumber">,
): Reference {
  return resources.add(urnOf("Organization", asset.id), nameOf(asset.name, asset.source.sample), (): Organization => {
    const { id, name, source, contact, url, charityNumber } = asset;
    const charity = {
      type: { text: "Charity number" },
      value: charityNumber ?? "",
      assigner: { display: "Charity Commission for England and Wales" },
    };
    return {
      resourceType: "Organization",
      meta: metaOf(source.sample),
      identifier: [identifierOf(id), ...(charity.value === "" ? [] : [charity])],
      active: !source.sample,
      name: nameOf(name, source.sample),
      telecom: telecomOf(contact, url),
    };
  });
}

function addLocation(resources: Resources, place: PlaceAsked): Reference {
  return resources.add(urnOf("Location", place.id), nameOf(place.name, place.source.sample), (): Location => {
    const { id, name, source, contact, url, address, location } = place;
    const { streetAddress, addressLocality, postalCode } = address;
    const isAddressed = [streetAddress, addressLocality, postalCode].some((part) => part !== null && part !== "");
    return {
      resourceType: "Location",
      meta: metaOf(source.sample),
      identifier: [identifierOf(id)],
      status: source.sample ? "inactive" : "active",
      name: nameOf(name, source.sample),
      mode: "instance",
      telecom: telecomOf(contact, url),
      address: isAddressed
        ? {
            line: some(streetAddress === null || streetAddress === "" ? [] : [streetAddress]),
            city: addressLocality || undefined,
            postalCode: postalCode || undefined,
          }
        : undefined,
      position: location === null ? undefined : { longitude: location.longitude, latitude: location.latitude },
    };
  });
}

function addArea(resources: Resources, { id, name, code }: AssetForFhir["serves"][number]): Reference {
  return resources.add(urnOf("Location", id), name, (): Location => ({
    resourceType: "Location",
    identifier: [
      identifierOf(id),
      ...(code === null
        ? []
        : [
            // The code's address at the Office for National Statistics, as FHIR identifies by addresses.
            {
              system: "urn:ietf:rfc:3986",
              value: `http://statistics.data.gov.uk/id/statistical-geography/${code}`,
            },
          ]),
    ],
    status: "active",
    name,
    mode: "instance",
    physicalType: {
      coding: [
        { system: "http://terminology.hl7.org/CodeSystem/location-physical-type", code: "area", display: "Area" },
      ],
    },
  }));
}

function placeOf(asset: AssetForFhir): PlaceAsked {
  return {
    ...asset,
    address: asset.address ?? { streetAddress: null, addressLocality: null, postalCode: null },
    location: asset.location ?? null,
  };
}

function eligibilityOf(statement: StatementAsked): HealthcareServiceEligibility {
  const { excludes, description, minimumAge, maximumAge, conditions } = statement;
  const ages = agesInWords(minimumAge, maximumAge);
  const names = listInWords(
    conditions.map(({ name }) => name),
    "or",
  );
  const described = `people${ages === null ? "" : ` aged ${ages}`}${names === "" ? "" : ` with ${names}`}`;
  return {
    code: { text: `${excludes ? "Not for" : "For"} ${described}` },
    comment: description ?? undefined,
  };
}

/**
 * How people are referred. FHIR's codes for a form and for e-mail say that they are secure, which nobody has told us: sent by those codes, a person's details could go
 * where others read them. So these have words alone.
 */
function methodConcept(method: StepAsked["method"]): CodeableConcept {
  const text = methodInWords[method];
  const system = "http://terminology.hl7.org/CodeSystem/service-referral-method";
  if (method === "PHONE") return { coding: [{ system, code: "phone", display: "Phone" }], text };
  if (method === "LETTER") return { coding: [{ system, code: "mail", display: "Mail" }], text };
  return { text };
}
