import { z } from "zod";
import { actorRoles, anybody, type Caller, scopes } from "./caller.ts";

const Told = z.strictObject({
  scopes: z.array(z.enum(scopes)).readonly(),
  actor: z
    .strictObject({
      id: z.string().min(1),
      role: z.enum(actorRoles),
      areas: z.array(z.string()).readonly(),
      organisations: z.array(z.string()).readonly(),
      workshops: z.array(z.strictObject({ id: z.string(), generation: z.int() }).readonly()).readonly(),
    })
    .readonly()
    .nullable(),
});

/** A caller as the gateway tells them to a subgraph elsewhere, in the header `x-caller`: JSON in base64url. */
export function callerHeader(caller: Caller): string {
  return Buffer.from(JSON.stringify(caller)).toString("base64url");
}

/** The caller that a header `x-caller` tells of; nobody in particular when there is none, or when it is not what `callerHeader` writes. */
export function callerIn(header: string | undefined): Caller {
  try {
    return Told.parse(JSON.parse(Buffer.from(header ?? "", "base64url").toString("utf8")));
  } catch {
    return anybody;
  }
}
