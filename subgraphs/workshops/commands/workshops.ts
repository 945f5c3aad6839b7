import { randomInt, randomUUID } from "node:crypto";
import { z } from "zod";
import { idOf, newId } from "../../../core/ids.ts";
import { cypher } from "../../../graph/cypher.ts";
import { line, type Problem } from "../assetFields.ts";
import { refuseProblems } from "../assetInput.ts";
import type { Context } from "../context.ts";
import { workshopFields, workshopOfCodeStatement, type WorkshopRow, workshopRow } from "../queries/workshops.ts";
import { areaIds } from "../references.ts";
import { refusal } from "../refusals.ts";
import type {
  CloseWorkshopInput,
  JoinWorkshopInput,
  RenewJoinCodeInput,
  StartWorkshopInput,
} from "../schema.generated.ts";
import { isFacilitator, mayEditIn, signedIn } from "../whoMay.ts";
import { byOf, callOf } from "./perform.ts";

/** Without what is easily taken for something else when it is read across a room. */
const letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const codeLength = 10;
/** Longer than an evening, shorter than the next. */
const seatHours = 12;

const hourMs = 3_600_000;

/** Makes a workshop. Takes its properties, and `code`, `codeExpiresAt` and `at`. */
export const startWorkshopStatement = {
  name: "startWorkshop",
  access: "WRITE",
  text: cypher`
    MERGE (workshop:Workshop {id: $asked.id})
    ON CREATE SET workshop += $asked.properties, workshop.startedAt = datetime($asked.at), workshop.generation = 1,
      workshop.code = $asked.code, workshop.codeExpiresAt = datetime($asked.codeExpiresAt)
    RETURN ${workshopFields} AS row`,
  row: z.object({ row: workshopRow }),
} as const;

/** Ends a workshop. */
export const closeWorkshopStatement = {
  name: "closeWorkshop",
  access: "WRITE",
  text: cypher`
    MATCH (workshop:Workshop {id: $asked.id})
    SET workshop.closedAt = coalesce(workshop.closedAt, datetime($asked.at)), workshop.generation = workshop.generation + 1
    REMOVE workshop.code, workshop.codeExpiresAt
    RETURN ${workshopFields} AS row`,
  row: z.object({ row: workshopRow }),
} as const;

/** Gives a workshop that goes on another code: seats of an earlier one are no good from now on. */
export const renewCodeStatement = {
  name: "renewCode",
  access: "WRITE",
  text: cypher`
    MATCH (workshop:Workshop {id: $asked.id})
    WHERE workshop.closedAt IS NULL
    SET workshop.generation = workshop.generation + 1, workshop.code = $asked.code, workshop.codeExpiresAt = datetime($asked.codeExpiresAt)
    RETURN ${workshopFields} AS row`,
  row: z.object({ row: workshopRow }),
} as const;

function newCode(): string {
  return Array.from({ length: codeLength }, () => letters.charAt(randomInt(letters.length))).join("");
}

/** When a code ends that is good for some hours. Throws Refusal for too few or too many. */
function codeEnd(now: Date, hours: number | null | undefined): string {
  const good = hours ?? seatHours;
  if (!(good >= 0.1 && good <= 168))
    throw refusal("INVALID", "A code is good for 0.1 to 168 hours.", "input", "codeHours");
  return new Date(now.getTime() + good * hourMs).toISOString();
}

/** Begins a workshop in an area that the caller may edit in. Throws Refusal for a name or an area that cannot be; CodedError NOT_ALLOWED for an area that is not theirs. */
export async function startWorkshop(context: Context, input: StartWorkshopInput): Promise<WorkshopRow> {
  const actor = signedIn(context.caller, "EDIT");
  const problems: Problem[] = [];
  const name = line(200).safeParse(input.name);
  for (const { message } of name.error?.issues ?? []) problems.push({ path: ["name"], message });
  const [areaId] = input.area ? await areaIds(context, [input.area], ["area"], problems) : [];
  const codeExpiresAt = codeEnd(context.now, input.codeHours);
  refuseProblems(problems);
  await mayEditIn(context.graph, actor, areaId ?? null);
  const call = callOf(actor, { kind: "startWorkshop", clientMutationId: input.clientMutationId });
  const [started] = await context.graph.write(startWorkshopStatement, {
    asked: {
      // A call sent again gets the workshop that it began.
      id: call === null ? newId("Workshop", context.now) : idOf("Workshop", "call", call),
      properties: { name: name.data ?? "", areaId: areaId ?? null, startedBy: byOf(actor), sample: false },
      at: context.now.toISOString(),
      code: newCode(),
      codeExpiresAt,
    },
  });
  if (started === undefined) throw new Error("A workshop was begun, and is not there.");
  return started.row;
}

/** The workshop that somebody may review. Throws Refusal when there is none. */
async function theirs(context: Context, id: string): Promise<WorkshopRow> {
  const actor = signedIn(context.caller, "EDIT");
  const workshop = await context.workshopById(id);
  if (workshop === null || !isFacilitator(actor, workshop)) {
    throw refusal("NOT_FOUND", "There is no workshop with this id that you may review.", "input", "workshop");
  }
  return workshop;
}

/** Ends a workshop; one that has ended stays so. Throws Refusal when there is none. */
export async function closeWorkshop(context: Context, input: CloseWorkshopInput): Promise<WorkshopRow> {
  const { id } = await theirs(context, input.workshop);
  const [closed] = await context.graph.write(closeWorkshopStatement, { asked: { id, at: context.now.toISOString() } });
  if (closed === undefined) throw new Error("A workshop was closed, and is not there.");
  return closed.row;
}

/** Gives a workshop another code. Throws Refusal when there is none, or it has ended. */
export async function renewJoinCode(context: Context, input: RenewJoinCodeInput): Promise<WorkshopRow> {
  const { id } = await theirs(context, input.workshop);
  const asked = { id, code: newCode(), codeExpiresAt: codeEnd(context.now, input.codeHours) };
  const [renewed] = await context.graph.write(renewCodeStatement, { asked });
  if (renewed === undefined) throw refusal("EXPIRED", "This workshop is closed.", "input", "workshop");
  return renewed.row;
}

/** Joins a workshop with its code: gives a token of a mapper who may propose in it and nothing else. Throws Refusal for a code that is none, or no longer good. */
export async function joinWorkshop({ graph, now, tokens }: Context, input: JoinWorkshopInput) {
  const code = input.code.toUpperCase().replaceAll(/[\s-]/g, "");
  const [found] = /^[A-Z0-9]{1,20}$/.test(code) ? await graph.run(workshopOfCodeStatement, { asked: { code } }) : [];
  const workshop = found?.row;
  if (
    workshop === undefined ||
    !workshop.open ||
    workshop.codeExpiresAt === null ||
    new Date(workshop.codeExpiresAt) <= now
  ) {
    throw refusal("NOT_FOUND", "This is no code of a workshop that goes on. Ask the facilitator.", "input", "code");
  }
  if (tokens === null) {
    throw refusal(
      "NOT_APPLICABLE",
      "Nobody can join here: whoever runs this directory has set no SIGNING_KEY.",
      "input",
      "code",
    );
  }
  const expiresAt = new Date(now.getTime() + seatHours * hourMs);
  const token = await tokens.sign(
    {
      // A new one for each who joins: it stands for them while they are here, and for nobody after.
      id: randomUUID(),
      role: "MAPPER",
      areas: [],
      organisations: [],
      workshops: [{ id: workshop.id, generation: workshop.generation }],
    },
    expiresAt,
  );
  return { token, expiresAt, workshop };
}

/** The code as it is shown, in groups that can be read out: AB12-CD34-EF. */
export function shownCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, "$1-");
}
