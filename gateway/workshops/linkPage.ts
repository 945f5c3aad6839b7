import { html } from "hono/html";
import { commands } from "./asked.ts";
import { type Done, doneCodeOf, typeOf } from "./assetActions.ts";
import { assetOf } from "./assetPage.ts";
import { areasOf, needsOf } from "./choicesOf.ts";
import { hidden, type Option, textField, ticks } from "./fields.ts";
import { found, longestText } from "./findPage.ts";
import { inWords, type Relationship, relationships, type Type } from "./inWords.ts";
import type { Problem } from "./problems.ts";
import { callOf, pathOf, problemsOf, seeOther, shown, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { workshopOf } from "./workshopOf.ts";

const any: readonly Type[] = ["Group", "Activity", "Organisation", "Place"];

/** What can be linked to what, by what is at either end. */
const ends: Readonly<
  Record<Relationship, { readonly from: readonly Type[]; readonly to: readonly Type[] | "Area" | "Condition" }>
> = {
  SUPPORTS: { from: any, to: "Condition" },
  SERVES: { from: any, to: "Area" },
  MEETS_AT: { from: ["Group"], to: ["Place"] },
  HELD_AT: { from: ["Activity"], to: ["Place"] },
  BASED_AT: { from: ["Organisation"], to: ["Place"] },
  HOSTS: { from: ["Group"], to: ["Activity"] },
  RUNS: { from: ["Organisation"], to: ["Group", "Activity"] },
  REFERS_TO: { from: any, to: any },
};

/** How people are handed on, which has to be known of somebody who refers people. */
const methods: readonly Option[] = [
  { value: "WALK_IN", label: "They just go there" },
  { value: "PHONE", label: "By telephone" },
  { value: "FORM", label: "With a form" },
  { value: "EMAIL", label: "By email" },
  { value: "LETTER", label: "By letter" },
  { value: "WARM_INTRODUCTION", label: "Somebody introduces them" },
];

interface Way {
  /** As the form sends it: the relationship, and at which end of it the asset stands. */
  readonly value: string;
  readonly relationship: Relationship;
  readonly isFrom: boolean;
  readonly others: readonly Type[] | "Area" | "Condition";
}

/** Every way in which something of a kind can be linked. */
function waysOf(type: Type): readonly Way[] {
  return (Object.keys(ends) as Relationship[]).flatMap((relationship) => {
    const { from, to } = ends[relationship];
    return [
      ...(from.includes(type) ? [{ value: `${relationship}-from`, relationship, isFrom: true, others: to }] : []),
      ...(typeof to !== "string" && to.includes(type)
        ? [{ value: `${relationship}-to`, relationship, isFrom: false, others: from }]
        : []),
    ];
  });
}

/** Links an asset to something, a question a page: how they belong together, with what, and why. Nothing is written before the last. */
export async function linkPage(visit: Visit): Promise<Response> {
  const [workshop, asset] = [await workshopOf(visit), await assetOf(visit)];
  const own = `${pathOf(visit)}/assets/${asset.id}`;
  const isSent = visit.request.req.method === "POST";
  const asked = isSent ? visit.sent : visit.query;
  const ways = waysOf(typeOf(asset));
  const way = ways.find(({ value }) => value === asked.get("how"));
  const back = { path: own, label: asset.name };
  if (way === undefined) {
    return shown(
      visit.request,
      workshopLayout({
        heading: `How does ${asset.name} belong with something?`,
        back,
        main: html`<form method="get" action="${own}/link">
          ${ticks({
            name: "how",
            label: "It …",
            problems: [],
            type: "radio",
            options: ways.map(({ value, relationship, isFrom }) => ({
              value,
              label: `${isFrom ? relationships[relationship].from : relationships[relationship].to} …`.replace(
                ": …",
                " …",
              ),
            })),
            chosen: [ways[0]?.value ?? ""],
          })}
          <button>Go on</button>
        </form>`,
      }),
    );
  }
  const verb = way.isFrom ? relationships[way.relationship].from : relationships[way.relationship].to;
  const text = (asked.get("q") ?? "").trim().slice(0, longestText);
  const options = await optionsOf(visit, workshop, way, text);
  const other = options?.find(({ value }) => value === asked.get("other"));
  const problems: Problem[] = [];
  const call = callOf(visit.sent);
  const isReferral = way.relationship === "REFERS_TO";
  const method = visit.sent.get("method") ?? "";
  if (isSent && other !== undefined && isReferral && !methods.some(({ value }) => value === method)) {
    problems.push({ field: "method", message: "Choose how people are sent on." });
  } else if (isSent && other !== undefined) {
    const evidence = (visit.sent.get("evidence") ?? "").trim();
    const [from, to] = way.isFrom ? [asset.id, other.value] : [other.value, asset.id];
    const { done } = await visit.asked<{ done: Done }>(commands.link, {
      input: {
        relationship: way.relationship,
        from,
        to,
        ...(evidence === "" ? {} : { evidence }),
        ...(isReferral ? { referral: { method } } : {}),
        workshop: workshop.id,
        clientMutationId: call,
      },
    });
    if (done.userErrors.length === 0) return seeOther(visit.request, own, doneCodeOf(done));
    problems.push(...problemsOf(done.userErrors, "evidence"));
  }
  if (other === undefined) {
    if (asked.has("other")) problems.push({ field: "other", message: "Choose one." });
    const isSearched = typeof way.others !== "string";
    return shown(
      visit.request,
      workshopLayout({
        heading: `${asset.name} ${verb.replace(/:$/, "")} …`,
        back,
        problems: options !== null && options.length > 0 ? problems : [],
        main: html`${
          isSearched
            ? html`<form method="get" action="${own}/link" role="search">
                ${hidden("how", way.value)}
                ${textField({ name: "q", label: "Find it by its name", value: text, problems: [] })}
                <button class="${text === "" ? "" : "second"}">Find</button>
              </form>`
            : null
        }
        ${
          options === null
            ? null
            : options.length === 0
              ? html`<p role="status">
                  Nothing was found that it could be linked to so. Try other words, or
                  <a href="${pathOf(visit)}/add">add it</a> first.
                </p>`
              : html`<form method="get" action="${own}/link">
                  ${hidden("how", way.value)} ${hidden("q", text)}
                  ${ticks({ name: "other", label: "Which one?", problems, type: "radio", options, chosen: [] })}
                  <button>Go on</button>
                </form>`
        }`,
      }),
    );
  }
  return shown(
    visit.request,
    workshopLayout({
      heading: "How do you know?",
      back,
      problems,
      main: html`<p class="hop"><bdi>${asset.name}</bdi> ${verb} <bdi>${other.label}</bdi></p>
        <form method="post" action="${own}/link">
          ${hidden("clientMutationId", call)} ${hidden("how", way.value)} ${hidden("q", text)}
          ${hidden("other", other.value)}
          ${isReferral ? ticks({ name: "method", label: "How are people sent on?", problems, type: "radio", options: methods, chosen: [method] }) : null}
          ${textField({ name: "evidence", label: "How do you know? (if you want to say)", hint: "Such as: it says so on their poster. Name nobody", value: visit.sent.get("evidence") ?? "", problems })}
          <button>Link them</button>
        </form>`,
    }),
    problems.length === 0 ? 200 : 400,
  );
}

/** What the other end may be; null where it is to be looked for first. */
async function optionsOf(
  visit: Visit,
  workshop: Awaited<ReturnType<typeof workshopOf>>,
  { others }: Way,
  text: string,
): Promise<readonly Option[] | null> {
  if (others === "Condition") return needsOf(visit);
  if (others === "Area") return areasOf(visit, workshop.area);
  if (text === "") return null;
  const results = await found(visit, workshop, { text, kinds: others.map((type) => type.toUpperCase()) });
  return results.map(({ id, name, kind, isProposed }) => ({
    value: id,
    label: name,
    hint: `${inWords(kind).toLowerCase()}${isProposed ? ", proposed" : ""}`,
  }));
}
