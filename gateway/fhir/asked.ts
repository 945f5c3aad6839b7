export interface Named {
  readonly name: string;
}

export interface Choice extends Named {
  readonly slug: string;
}

export interface SourceAsked extends Named {
  readonly publisher: string;
  readonly licence: string;
  readonly asOf: string;
  readonly url: string | null;
  readonly sample: boolean;
}

export interface ContactAsked {
  readonly telephone: string | null;
  readonly email: string | null;
  readonly url: string | null;
}

/** What is asked of an asset, whatever it is to. */
export interface AssetAsked extends Named {
  readonly __typename: "Group" | "Activity" | "Organisation" | "Place";
  readonly id: string;
  readonly summary: string | null;
  readonly url: string | null;
  readonly contact: ContactAsked | null;
  readonly freshness: { readonly lastConfirmedOn: string | null };
  readonly source: SourceAsked;
}

/** Who sends people: a kind of referrer, by its name alone, or an asset. */
export type SenderAsked = (Named & { readonly __typename: "Referrer" }) | AssetForFhir;

export interface StepAsked {
  readonly id: string;
  readonly from: SenderAsked | null;
  readonly to: AssetForFhir | null;
  readonly method: "WALK_IN" | "PHONE" | "FORM" | "EMAIL" | "LETTER" | "WARM_INTRODUCTION";
  readonly contact: string | null;
  readonly criteria: string | null;
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  readonly serves: readonly Named[];
  readonly accepts: readonly Named[];
  readonly excludes: readonly Named[];
  readonly waitDays: number | null;
  readonly capacity: "OPEN" | "FULL" | "PAUSED" | "CLOSED" | null;
  readonly pathway: Choice | null;
  readonly evidence: string | null;
  readonly lastConfirmedOn: string | null;
  readonly sample: boolean;
  readonly assumptions: readonly string[];
}

export interface PathwayAsked extends Named {
  readonly id: string;
  readonly slug: string;
  readonly summary: string;
  readonly description: string | null;
  readonly url: string | null;
  readonly owner: (AssetAsked & { readonly charityNumber?: string | null }) | null;
  readonly conditions: readonly Choice[];
  readonly steps: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: StepAsked }[];
  };
  readonly lastConfirmedOn: string | null;
  readonly source: SourceAsked;
}

export interface RouteAsked {
  readonly steps: readonly StepAsked[];
  readonly destination: Named | null;
  readonly condition: Named;
  readonly totalWaitDays: number | null;
  readonly distanceMetres: number | null;
  readonly lastConfirmedOn: string | null;
  readonly summary: string;
  readonly assumptions: readonly string[];
  readonly sample: boolean;
}

export interface RoutesAsked {
  readonly routes: readonly RouteAsked[];
  readonly understood: {
    readonly from: (Named & { readonly __typename: string }) | null;
    readonly condition: Named;
    readonly area: (Named & { readonly id: string; readonly slug: string | null }) | null;
  };
  readonly code: { readonly system: string; readonly code: string; readonly display: string };
}

export interface PlaceAsked extends AssetAsked {
  readonly address: {
    readonly streetAddress: string | null;
    readonly addressLocality: string | null;
    readonly postalCode: string | null;
  };
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

export interface StatementAsked {
  readonly excludes: boolean;
  readonly description: string | null;
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  readonly conditions: readonly Named[];
}

/** What a time table needs of a rule. */
export interface ScheduleAsked {
  readonly byDay: readonly string[];
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly repeatFrequency: string | null;
  readonly byMonth: readonly number[];
  readonly byWeekOfMonth: readonly number[];
  readonly during: readonly Named[];
}

/** What FHIR's resources need of an asset; what its kind has not is left out. */
export interface AssetForFhir extends AssetAsked {
  readonly serves: readonly (Named & { readonly id: string; readonly code: string | null })[];
  readonly eligibility: { readonly statements: readonly StatementAsked[] };
  readonly runBy?: readonly AssetAsked[];
  readonly hostedBy?: readonly AssetAsked[];
  readonly charityNumber?: string | null;
  readonly heldAt?: readonly PlaceAsked[];
  readonly meetsAt?: readonly PlaceAsked[];
  readonly basedAt?: readonly PlaceAsked[];
  readonly schedule?: readonly ScheduleAsked[];
  readonly scheduleInWords?: string | null;
  readonly address?: PlaceAsked["address"];
  readonly location?: PlaceAsked["location"];
  readonly openingHours?: readonly {
    readonly byDay: readonly string[];
    readonly opens: string;
    readonly closes: string;
  }[];
  readonly openingHoursInWords?: string | null;
}

const source = `source { name publisher licence asOf url sample }`;

const described = `__typename id name summary url contact { telephone email url } freshness { lastConfirmedOn } ${source}`;

const place = `{ ${described} address { streetAddress addressLocality postalCode } location { latitude longitude } }`;

const forFhir = `${described}
  serves { id name code }
  eligibility { statements { excludes description minimumAge maximumAge conditions { name } } }
  ... on Activity {
    runBy { ${described} } hostedBy { ${described} } heldAt ${place} scheduleInWords
    schedule {
      byDay startTime endTime repeatFrequency byMonth byWeekOfMonth during { name }
    }
  }
  ... on Group { runBy { ${described} } meetsAt ${place} }
  ... on Organisation { charityNumber basedAt ${place} }
  ... on Place {
    address { streetAddress addressLocality postalCode } location { latitude longitude }
    openingHours { byDay opens closes } openingHoursInWords
  }`;

const step = `
  id
  from { __typename ... on Referrer { name } ... on Asset { ${forFhir} } }
  to { ${forFhir} }
  method contact criteria minimumAge maximumAge serves { name } accepts { name } excludes { name }
  waitDays capacity pathway { slug name } evidence lastConfirmedOn sample assumptions`;

/** The questions to the API whose answers FHIR's resources are made of. */
export const questions = {
  pathway: `query ($slug: String!) {
    pathway(slug: $slug) {
      id slug name summary description url owner { ${described} charityNumber } conditions { slug name }
      steps(first: 100) { totalCount edges { node { ${step} } } }
      lastConfirmedOn ${source}
    }
  }`,
  routes: `query ($input: ReferralRoutesInput!) {
    referralRoutes(input: $input) {
      routes {
        steps { ${step} }
        destination { name } condition { name } totalWaitDays distanceMetres lastConfirmedOn summary assumptions sample
      }
      understood { from { __typename ... on Referrer { name } ... on Asset { name } } condition { name } area { id name slug } }
      code { system code display }
    }
  }`,
} as const;
