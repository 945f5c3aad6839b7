import { randomBytes } from "node:crypto";
import type { Actor } from "../../core/caller.ts";
import { kindOf } from "../../core/ids.ts";
import type { Tokens } from "../../core/tokens.ts";

export interface Invitation {
  /** To be opened in a browser. The token is in its fragment, which browsers send to nobody, so that no server on the way logs it. */
  readonly link: string;
  /** For programs. */
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Invites somebody of whom nothing is known: whoever has the link or the token is signed in as the same person until it runs out. `areas` are slugs or ids, `url` is where
 * the directory answers. Throws an Error of one sentence for what makes no sense.
 */
export async function invite(
  {
    role,
    areas,
    organisations,
    hours,
    url,
  }: Pick<Actor, "role" | "areas" | "organisations"> & { readonly hours: number; readonly url: string },
  { tokens, now }: { readonly tokens: Tokens; readonly now: Date },
): Promise<Invitation> {
  if (!Number.isInteger(hours) || hours < 1 || hours > 8760) {
    throw new Error("--hours is a whole number from 1 to 8760, which is a year.");
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error("--url is where the directory answers, such as http://localhost:4000.");
  }
  const isLimited = areas.length > 0 || organisations.length > 0;
  if (role === "EDITOR" && !isLimited) {
    throw new Error("Say what the editor may edit: --area with slugs or ids of areas, or --organisation with ids.");
  }
  if (role !== "EDITOR" && isLimited) {
    throw new Error("--area and --organisation are for editors: an admin may edit everywhere, and a mapper proposes.");
  }
  const [wrongArea] = areas.filter((area) => kindOf(area) !== "Area" && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(area));
  if (wrongArea !== undefined) throw new Error(`"${wrongArea}" is neither the slug nor the id of an area.`);
  const [wrongOrganisation] = organisations.filter((id) => kindOf(id) !== "Organisation");
  if (wrongOrganisation !== undefined) throw new Error(`"${wrongOrganisation}" is not the id of an organisation.`);

  const expiresAt = new Date(now.getTime() + hours * 3_600_000);
  const id = randomBytes(16).toString("base64url");
  const token = await tokens.sign({ id, role, areas, organisations, workshops: [] }, expiresAt);
  return { link: `${url.replace(/\/+$/, "")}/sign-in#token=${token}`, token, expiresAt };
}
