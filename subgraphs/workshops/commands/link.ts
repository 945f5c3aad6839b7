import { localDateOf } from "../../../calendar/localDate.ts";
import { assetKindOf } from "../../../core/ids.ts";
import type { Problem } from "../assetFields.ts";
import { refuseProblems } from "../assetInput.ts";
import type { Context } from "../context.ts";
import { linkIdOf, linkOf, ourSource } from "../../../core/linkIds.ts";
import { assetEnds, changed, differenceOf, isLinkEffect, type LinkEffect } from "../effects.ts";
import { isOnTheMap } from "../isOnTheMap.ts";
import { inWords, linkEnds, saidOfLink, subjectOfLink } from "../linkInput.ts";
import { foremost, recordsOf } from "../mapState.ts";
import { linksByIdsStatement } from "../queries/linkRecords.ts";
import { refusal } from "../refusals.ts";
import type { ConfirmInput, LinkInput, UnlinkInput, UpdateLinkInput } from "../schema.generated.ts";
import { isMember } from "../whoMay.ts";
import { perform, proposalsOf } from "./perform.ts";
import { checkVersion } from "../versions.ts";

/**
 * Says that two things belong together. The same link said again changes nothing. Returns the link's id, and the change (null when there was nothing to do). Throws Refusal for ends that there are not, or that do not
 * go with the relationship, and for what is wrong with what is said; else as `perform` does.
 */
export async function link(context: Context, input: LinkInput) {
  const { relationship } = input;
  const { from, to } = await linkEnds(context, input);
  const problems: Problem[] = [];
  const said = await saidOfLink(context, relationship, input, problems);
  if (relationship === "REFERS_TO" && (said["method"] ?? null) === null) {
    problems.push({ path: ["referral", "method"], message: "is missing: how are people handed on" });
  }
  refuseProblems(problems);
  const id = linkIdOf(relationship, from, to);
  const assets = assetEnds({ from, to });
  const change = await perform(context, {
    kind: "link",
    ...input,
    wanted: { assets, links: [id], linksOf: relationship === "REFERS_TO" ? [subjectOfLink({ from, to })] : [] },
    plan: (map) => {
      for (const [field, end] of [
        ["from", from],
        ["to", to],
      ] as const) {
        if (assetKindOf(end) !== null && !isOnTheMap(map, end)) {
          throw refusal("NOT_FOUND", "There is nothing with this id on the map.", "input", field);
        }
      }
      const isThere =
        relationship === "REFERS_TO"
          ? [...map.links.values()].some(
              (one) => one.relationship === relationship && one.from === from && one.to === to,
            )
          : recordsOf(map, id).length > 0;
      const after = changed(relationship === "SUPPORTS" ? { strength: 0.6 } : {}, {
        ...said,
        assertedBy: "editor",
        confirmedOn: localDateOf(context.now),
      });
      return {
        effects: isThere ? [] : [{ link: id, relationship, from, to, source: ourSource, before: null, after }],
        subjectId: subjectOfLink({ from, to }),
        summary: (nameOf) => `“${nameOf(from)}” ${inWords[relationship]} “${nameOf(to)}”`,
      };
    },
  });
  return { id, change };
}

/** The two ends of a link, and what it says, by its id. Throws Refusal when there is none, on the map or in what the workshop proposes. */
async function endsOf(context: Context, id: string, workshop: string | null | undefined, field: string) {
  const told = linkOf(id);
  if (told !== null) return told;
  const [found] = await context.graph.run(linksByIdsStatement, { asked: { links: [], steps: [id] } });
  if (found !== undefined) return found.row;
  const known = workshop ? await context.workshopById(workshop) : null;
  // What a workshop proposes is for its members: others are told the same whether or not it proposes this.
  const proposed = known !== null && isMember(context.caller.actor, known) ? await proposalsOf(context, known.id) : [];
  const effect = proposed
    .flatMap(({ effects }) => effects)
    .find((one): one is LinkEffect => isLinkEffect(one) && one.link === id);
  if (effect === undefined) throw refusal("NOT_FOUND", "There is no link with this id.", "input", field);
  return effect;
}

/** The workshop that is meant where none is named: the only one that somebody has joined. */
function workshopMeant({ caller }: Context, asked: string | null | undefined): string | null {
  const [only] = caller.actor?.workshops.length === 1 ? caller.actor.workshops : [];
  return asked ?? only?.id ?? null;
}

/** Changes what is said of a link. Throws Refusal when there is no such link or something is wrong with what is said, Conflict when somebody else has changed it since; else as `perform` does. */
export async function updateLink(context: Context, input: UpdateLinkInput) {
  const { link: id } = input;
  const { relationship, from, to } = await endsOf(context, id, workshopMeant(context, input.workshop), "link");
  const problems: Problem[] = [];
  const said = await saidOfLink(context, relationship, input, problems);
  if (relationship === "REFERS_TO" && said["method"] === null) {
    problems.push({ path: ["referral", "method"], message: "cannot be taken back, only changed" });
  }
  if (relationship === "SUPPORTS" && said["strength"] === null) {
    problems.push({ path: ["strength"], message: "cannot be taken back, only changed" });
  }
  refuseProblems(problems);
  const subjectId = subjectOfLink({ from, to });
  return perform(context, {
    kind: "updateLink",
    ...input,
    wanted: { assets: assetEnds({ from, to }), links: [id] },
    plan: async (map) => {
      const known = foremost(recordsOf(map, id));
      if (known === undefined) throw refusal("NOT_FOUND", "There is no link with this id.", "input", "link");
      await checkVersion(context, map, {
        id: subjectId,
        expected: input.expectedVersion,
        field: ["input", "expectedVersion"],
        concerns: ({ effects }) => effects.some((effect) => isLinkEffect(effect) && effect.link === id),
      });
      const difference = differenceOf(known.fields, changed(known.fields, said));
      const { link: told, source } = known;
      return {
        effects: difference === null ? [] : [{ link: told, relationship, from, to, source, ...difference }],
        subjectId,
        summary: (nameOf) => `Changes what is said of “${nameOf(from)}” ${inWords[relationship]} “${nameOf(to)}”`,
      };
    },
  });
}

/** Takes a link away, whoever asserts it. Throws Refusal when there is none; else as `perform` does. */
export async function unlink(context: Context, input: UnlinkInput) {
  const { link: id } = input;
  const { relationship, from, to } = await endsOf(context, id, workshopMeant(context, input.workshop), "link");
  return perform(context, {
    kind: "unlink",
    ...input,
    wanted: { assets: assetEnds({ from, to }), links: [id] },
    plan: (map) => {
      const records = recordsOf(map, id);
      if (records.length === 0) throw refusal("NOT_FOUND", "There is no link with this id.", "input", "link");
      return {
        effects: records.map(({ fields, ...what }) => ({ ...what, before: fields, after: null })),
        subjectId: subjectOfLink({ from, to }),
        summary: (nameOf) => `Takes away that “${nameOf(from)}” ${inWords[relationship]} “${nameOf(to)}”`,
      };
    },
  });
}

/** Says that a link is still so. Throws as `unlink` does. */
export async function confirmLink(context: Context, input: ConfirmInput) {
  const { id } = input;
  const { relationship, from, to } = await endsOf(context, id, workshopMeant(context, input.workshop), "id");
  return perform(context, {
    kind: "confirm",
    ...input,
    wanted: { assets: assetEnds({ from, to }), links: [id] },
    plan: (map) => {
      const records = recordsOf(map, id);
      if (records.length === 0) throw refusal("NOT_FOUND", "There is no link with this id.", "input", "id");
      const today = localDateOf(context.now);
      return {
        effects: records.flatMap(({ fields, ...what }) => {
          const difference = differenceOf(fields, { ...fields, confirmedOn: today });
          return difference === null ? [] : [{ ...what, ...difference }];
        }),
        subjectId: subjectOfLink({ from, to }),
        summary: (nameOf) => `Confirms that “${nameOf(from)}” ${inWords[relationship]} “${nameOf(to)}”`,
      };
    },
  });
}
