import { idOf } from "../core/ids.ts";
import { linkIdOf, ourSource, type Relationship } from "../core/linkIds.ts";
import { kinds, sourceIdOf, type Named, type NamedThing, type Subject } from "./names.ts";

type Workshop = Extract<Subject, { type: "workshop" }>;
type Proposal = Workshop["proposals"][number];
type Said = Readonly<Record<string, unknown>>;

/** How a name in a workshop is resolved: to an id, or to an empty text and a complaint. */
export type Resolve = (what: NamedThing, name: string, to: readonly string[] | null, field: string) => string;

/** What a relationship leads to that is no asset. */
const leadsTo: Readonly<Partial<Record<Relationship, NamedThing>>> = { SERVES: "area", SUPPORTS: "condition" };

/**
 * The row of a workshop: each proposal as the change that it would be, with its effects as docs/model.md says them. Complains to `problem` of names that stand for nothing, or for two things.
 */
export function workshopRow(
  workshop: Workshop,
  {
    resolve,
    problem,
  }: { readonly resolve: Resolve; readonly problem: (field: string | null, message: string) => void },
) {
  /** What the workshop itself proposes to add, by key. */
  const added = new Map<string, Named & { readonly name: string }>();
  for (const [index, { effects }] of workshop.proposals.entries()) {
    for (const effect of effects) {
      if (!("adds" in effect)) continue;
      if (added.has(effect.asset)) problem(`proposals[${index}]`, `"${effect.asset}" is proposed twice`);
      const { name } = effect.after;
      added.set(effect.asset, {
        id: idOf(kinds[effect.adds], workshop.source, `${sourceIdOf(workshop)}/${effect.asset}`),
        kind: kinds[effect.adds],
        name: typeof name === "string" ? name : "",
      });
    }
  }
  const keys = workshop.proposals.map(({ key }) => key);
  for (const [index, key] of keys.entries()) {
    if (keys.indexOf(key) < index) problem(`proposals[${index}].key`, `"${key}" is named twice`);
  }

  function effectOf(effect: Proposal["effects"][number], at: string, field: string) {
    const asset = (name: string) => added.get(name)?.id ?? resolve("asset", name, null, field);
    if ("asset" in effect) {
      const after = resolved(effect.after, field);
      return "adds" in effect
        ? { asset: asset(effect.asset), before: null, after: { ...unstated, ...after, ...published(at) } }
        : { asset: asset(effect.asset), before: resolved(effect.before, field), after };
    }
    const { relationship } = effect;
    const what = leadsTo[relationship];
    const [from, to] = [
      asset(effect.from),
      what === undefined ? asset(effect.to) : resolve(what, effect.to, null, field),
    ];
    return {
      link: linkIdOf(relationship, from, to),
      relationship,
      from,
      to,
      source: ourSource,
      before: null,
      after: { ...effect.after, assertedBy: "editor", confirmedOn: dayOf(at), sample: true },
    };
  }

  /** What is said, with ids for the names in it. */
  function resolved(said: Said, field: string): Said {
    const { area, eligibility } = said;
    return {
      ...said,
      ...(typeof area === "string" ? { area: resolve("area", area, ["LSOA"], `${field}.area`) } : {}),
      ...(Array.isArray(eligibility)
        ? {
            eligibility: (eligibility as readonly Said[]).map(({ conditions, ...statement }) => ({
              ...statement,
              ...(Array.isArray(conditions)
                ? {
                    conditions: (conditions as readonly string[]).map((name) =>
                      resolve("condition", name, null, `${field}.eligibility`),
                    ),
                  }
                : {}),
            })),
          }
        : {}),
    };
  }

  return {
    properties: {
      name: workshop.name,
      areaId: resolve("area", workshop.area, null, "area"),
      // Nobody has this name: whoever may edit in its area is its facilitator.
      startedBy: "editor of the sample",
      sample: true,
    },
    startedAt: workshop.startedAt,
    proposals: workshop.proposals.map(({ key, kind, by, at, summary, effects }, index) => {
      const written = effects.map((effect, place) => effectOf(effect, at, `proposals[${index}].effects[${place}]`));
      const ids = written.flatMap((effect) => ("asset" in effect ? [effect.asset] : [effect.from, effect.to]));
      const [first] = written;
      return {
        id: idOf("Change", workshop.source, `${sourceIdOf(workshop)}/${key}`),
        at,
        /** What its effects are about; `names` are those that no node has yet. */
        ids: [...new Set(ids)],
        names: [...added.values()].filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name })),
        properties: {
          kind,
          by: `mapper ${by}`,
          summary,
          subjectId: first === undefined ? "" : "asset" in first ? first.asset : first.from,
          effects: JSON.stringify(written),
        },
      };
    }),
  };
}

/** What is said of everything new, unless somebody says otherwise. */
const unstated = {
  reach: ["AT_A_PLACE"],
  accessibility: { stepFree: "UNKNOWN", accessibleToilet: "UNKNOWN", hearingLoop: "UNKNOWN" },
};

const published = (at: string) => ({ status: "PUBLISHED", confirmedOn: dayOf(at), sample: true });

const dayOf = (at: string) => at.slice(0, "2026-11-19".length);
