/** What somebody may do at most: a VIEWER reads, a MAPPER proposes, an EDITOR applies and approves where they may, an ADMIN everywhere. */
export const roles = ["VIEWER", "MAPPER", "EDITOR", "ADMIN"] as const;

export type Role = (typeof roles)[number];

/** The roles of those signed in. */
export const actorRoles = ["MAPPER", "EDITOR", "ADMIN"] as const satisfies readonly Role[];

/**
 * What a caller may do beyond reading, as the schema asks for it (`@requiresScopes`). RECORD_OUTCOMES: record what came of referrals. PROPOSE: propose changes. EDIT: apply and
 * approve them, within what the caller may edit. ADMINISTER: everywhere.
 */
export const scopes = ["RECORD_OUTCOMES", "PROPOSE", "EDIT", "ADMINISTER"] as const;

export type Scope = (typeof scopes)[number];

/** A workshop that somebody joined with its code: with the code of a later generation, they are out. */
export interface Seat {
  readonly id: string;
  readonly generation: number;
}

/** Somebody signed in. */
export interface Actor {
  /** Stands for the same person within this directory, and tells nothing of who they are. */
  readonly id: string;
  readonly role: (typeof actorRoles)[number];
  /** Ids of the areas an EDITOR may edit in: what is at a place in them, or serves them or an area in them. */
  readonly areas: readonly string[];
  /** Ids of the organisations whose own entries, and the groups and activities they run, an EDITOR may edit. */
  readonly organisations: readonly string[];
  /** What was joined with a code. */
  readonly workshops: readonly Seat[];
}

/** Who asks, and what they may do beyond reading. */
export interface Caller {
  readonly scopes: readonly Scope[];
  /** Null: nobody signed in. */
  readonly actor: Actor | null;
}

/** Nobody in particular: may read what is published. */
export const anybody: Caller = { scopes: [], actor: null };

/** What each role may do. That an EDITOR may do it in some areas and organisations alone is for whoever does it to see to. */
const scopesOfRole: Readonly<Record<Actor["role"], readonly Scope[]>> = {
  MAPPER: ["PROPOSE"],
  EDITOR: ["PROPOSE", "EDIT", "RECORD_OUTCOMES"],
  ADMIN: scopes,
};

/** Somebody signed in, as a caller: with what their role may do. */
export function callerAs(actor: Actor): Caller {
  return { scopes: scopesOfRole[actor.role], actor };
}
