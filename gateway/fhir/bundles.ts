import type { Bundle, CodeableConcept, OperationOutcome, Reference, ServiceRequest } from "fhir/r4.js";
import type { Refused } from "../askApi.ts";
import type { PathwayAsked, RoutesAsked, StepAsked } from "./asked.ts";
import { capacityInWords, confirmedInWords, leftUnsaid, methodInWords, sampleNotice, waitInWords } from "./inWords.ts";
import { identifierOf, lines, metaOf, nameOf, urnOf } from "./parts.ts";
import { addOrganization, addService, createResources, type Resources } from "./resources.ts";

/** The same as `ReferralRoutesResult.code`, which a pathway has not. */
const referral = {
  system: "http://snomed.info/sct",
  code: "871731000000106",
  display: "Referral to social prescribing service",
};

/** A pathway as FHIR R4: what it passes, and a draft of a referral for each step, of nobody. */
export function pathwayBundle(pathway: PathwayAsked): Bundle {
  const resources = createResources();
  const steps = pathway.steps.edges.map(({ node }) => node);
  addServices(resources, steps);
  const { owner } = pathway;
  if (owner !== null) addOrganization(resources, owner);
  for (const step of steps) {
    addRequest(resources, step, {
      within: pathway.id,
      code: referral,
      reasons: pathway.conditions.map(({ name }) => name),
      basedOn: null,
    });
  }
  return bundleOf(resources, pathway.source.sample || steps.some(isSample));
}

/** The routes found, as FHIR R4: what they pass, and a draft of a referral for each hand-off, each based on the one before it. What is out of reach is left out. */
export function routesBundle({ routes, code }: RoutesAsked): Bundle {
  const resources = createResources();
  addServices(
    resources,
    routes.flatMap(({ steps }) => steps),
  );
  for (const { steps, condition } of routes) {
    const within = steps.map(({ id }) => id).join(" ");
    let basedOn: Reference | null = null;
    for (const step of steps) {
      basedOn = addRequest(resources, step, { within, code, reasons: [condition.name], basedOn });
    }
  }
  return bundleOf(
    resources,
    routes.some(({ sample }) => sample),
  );
}

/** Why there is no bundle, as FHIR R4 says it. */
export function outcomeOf({ status, message }: Pick<Refused, "status" | "message">): OperationOutcome {
  const code = (
    {
      400: "invalid",
      403: "forbidden",
      404: "not-found",
      413: "too-long",
      429: "throttled",
      415: "not-supported",
      500: "exception",
      503: "transient",
      504: "timeout",
    } as const
  )[status];
  return { resourceType: "OperationOutcome", issue: [{ severity: "error", code, diagnostics: message }] };
}

function bundleOf({ byUrn }: Resources, hasSample: boolean): Bundle {
  const entry = Array.from(byUrn, ([fullUrl, resource]) => ({ fullUrl, resource }));
  return {
    resourceType: "Bundle",
    meta: metaOf(hasSample),
    type: "collection",
    entry: entry.length === 0 ? undefined : entry,
  };
}

/** Every asset that is passed, once, with all the ways to it. */
function addServices(resources: Resources, steps: readonly StepAsked[]): void {
  for (const { from, to } of steps) {
    for (const asset of [from, to]) {
      if (asset === null || asset.__typename === "Referrer") continue;
      addService(
        resources,
        asset,
        steps.filter((step) => step.to?.id === asset.id),
      );
    }
  }
}

function addRequest(
  resources: Resources,
  step: StepAsked,
  {
    within,
    code,
    reasons,
    basedOn,
  }: {
    /** The pathway or route it is a part of: the same step may be a part of several. */
    readonly within: string;
    readonly code: { readonly system: string; readonly code: string; readonly display: string };
    readonly reasons: readonly string[];
    readonly basedOn: Reference | null;
  },
): Reference {
  const coded: CodeableConcept = { coding: [{ ...code }], text: code.display };
  const { to, from } = step;
  const display = `${from?.name ?? "Somebody"} to ${to?.name ?? "a service"}`;
  return resources.add(urnOf("ServiceRequest", within, step.id), display, (): ServiceRequest => ({
    resourceType: "ServiceRequest",
    meta: metaOf(isSample(step)),
    identifier: [identifierOf(step.id)],
    basedOn: basedOn === null ? undefined : [basedOn],
    requisition: identifierOf(urnOf("requisition", within)),
    status: "draft",
    intent: "proposal",
    code: coded,
    // Whoever uses the draft puts the person in: nothing here is about anybody.
    subject: { type: "Patient", display: "The person to be referred" },
    requester: requesterOf(resources, from),
    performer:
      to === null
        ? undefined
        : [{ reference: urnOf("HealthcareService", to.id), display: nameOf(to.name, to.source.sample) }],
    reasonCode: reasons.length === 0 ? undefined : reasons.map((text) => ({ text })),
    note: [{ text: noteOf(step) }],
  }));
}

/** Who asks. A service that is no organisation cannot in FHIR: then the one that provides it does, by the name of the service. */
function requesterOf(resources: Resources, from: StepAsked["from"]): Reference | undefined {
  if (from === null) return undefined;
  if (from.__typename === "Referrer") return { display: from.name };
  const provider = from.__typename === "Organisation" ? from : (from.runBy?.[0] ?? from.hostedBy?.[0]);
  return provider === undefined
    ? { display: from.name }
    : { ...addOrganization(resources, provider), display: from.name };
}

function noteOf(step: StepAsked): string {
  const { method, contact, criteria, waitDays, capacity, evidence, lastConfirmedOn, assumptions } = step;
  const said = lines([
    isSample(step) ? sampleNotice : null,
    `How: ${methodInWords[method]}${contact === null ? "" : ` (${contact})`}.`.replace("..", "."),
    criteria === null ? null : `Who it takes: ${criteria}`,
    ...leftUnsaid(step).map(([about, words]) => `${about}: ${words}.`),
    `Wait: ${waitInWords(waitDays)}.`,
    `Has room: ${capacityInWords(capacity)}.`,
    `Last confirmed: ${confirmedInWords(lastConfirmedOn)}.`,
    evidence === null ? null : `How we know: ${evidence}`,
    ...assumptions.map((one) => `We assume: ${one}`),
  ]);
  return said ?? "";
}

function isSample({ sample, from, to }: StepAsked): boolean {
  return (
    sample || to?.source.sample === true || (from !== null && from.__typename !== "Referrer" && from.source.sample)
  );
}
