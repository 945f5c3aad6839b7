import { ApiProblem } from "../../api.ts";
import { sampleTag } from "../../components/assetCard.ts";
import { facts } from "../../components/facts.ts";
import { govuk } from "../../components/govuk.ts";
import { bullets, linkTo, paragraph } from "../../components/prose.ts";
import { formSent } from "../../formSent.ts";
import { type Content, type Html, html } from "../../html.ts";
import { type ReferralRoutesQuery, referralRoutesQuery, routesChoicesQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { plain } from "../../plain.ts";
import { distanceAsFact, waitInWords } from "./inWords.ts";
import { askedByAddress, askedByForm, inputOf, isAsking, type RoutesAsked } from "./routesAsked.ts";
import { type Choices, type FieldProblem, routesForm } from "./routesForm.ts";
import { confirmed, stepList } from "./stepList.ts";

type Found = ReferralRoutesQuery["referralRoutes"];

/** Every field of the form, filled with what it takes and every box ticked, is about 2 KB. */
const mostFormBytes = 8 * 1024;

/** The codes of what whoever asks can put right in the form, with the status that says so. */
const statusOf: Readonly<Record<string, 400 | 404>> = { BAD_INPUT: 400, AMBIGUOUS_PLACE: 400, PLACE_NOT_FOUND: 404 };

interface Whole {
  readonly visit: Visit;
  readonly asked: RoutesAsked;
  readonly choices: Choices;
  /** Whether it came by the form, and may hold what is so of a person. */
  readonly isPosted: boolean;
}

/** From here, for this, near there: how? Asked by an address, which never has what is so of a person. */
export async function routesPage(visit: Visit): Promise<Shown> {
  const query = new URLSearchParams(Array.from(visit.query, ([name, value]) => [name, plain(value) as string]));
  const asked = askedByAddress(query);
  return routesShown(visit, asked, false);
}

/** The same, asked by the form, whose answer nobody may keep. */
export async function routesByForm(visit: Visit): Promise<Shown> {
  return routesShown(visit, askedByForm(await formSent(visit, mostFormBytes)), true);
}

async function routesShown(visit: Visit, asked: RoutesAsked, isPosted: boolean): Promise<Shown> {
  const [choices, outcome] = await Promise.all([
    choicesOf(visit),
    isPosted || isAsking(asked) ? found(visit, asked) : null,
  ]);
  const whole: Whole = { visit, asked, choices, isPosted };
  const common = { section: "routes", isIndexed: !isPosted && !isAsking(asked), maxAgeSeconds: 3600 } as const;
  if (outcome === null) return { ...common, ...formPage(whole) };
  if (outcome instanceof ApiProblem) return { ...common, ...formAgain(whole, outcome) };
  return { ...common, ...answerPage(whole, outcome.data), isWhole: outcome.isWhole };
}

async function choicesOf({ api }: Visit): Promise<Choices> {
  const { data } = await api.ask(routesChoicesQuery, {});
  return {
    referrers: data.referrers.edges.map(({ node }) => node),
    conditions: data.conditions.edges.map(({ node }) => node),
  };
}

/** The answer, or what is to be put right in the form. Throws ApiProblem for what cannot be put right there. */
async function found({ api, words }: Visit, asked: RoutesAsked) {
  const input = inputOf(asked);
  if ("key" in input) return new ApiProblem("BAD_INPUT", words.say(input.key), [], input.field);
  try {
    const { data, isWhole } = await api.ask(referralRoutesQuery, { input });
    return { data: data.referralRoutes, isWhole };
  } catch (error) {
    if (error instanceof ApiProblem && error.code in statusOf) return error;
    throw error;
  }
}

function formPage({ visit, asked, choices }: Whole): Pick<Shown, "title" | "description" | "main"> {
  const { words, addresses } = visit;
  const { say, mark } = words;
  return {
    title: say("routes.title"),
    description: say("routes.description"),
    main: html`<h1 class="govuk-heading-l">${say("routes.title")}</h1>
      ${paragraph(say("routes.intro"))} ${routesForm(visit, asked, choices, null)}
      ${paragraph(mark("routes.pathways", { link: linkTo(addresses.pathways) }))}`,
  };
}

function formAgain(whole: Whole, problem: ApiProblem): Pick<Shown, "title" | "main" | "status"> {
  const { visit, asked, choices } = whole;
  const { say, english } = visit.words;
  const isWhere = problem.code !== "BAD_INPUT";
  const at: FieldProblem = { field: isWhere ? "near" : problem.field, message: english(problem.message) };
  const id = ["from", "as", "condition", "near", "age", "conditions"].find((name) => name === at.field);
  return {
    title: say("routes.problem.title"),
    status: statusOf[problem.code] ?? 400,
    main: html`${govuk("error-summary", {
        titleText: say("search.problem"),
        errorList: [{ html: at.message, ...(id === undefined ? {} : { href: `#${id}` }) }],
        disableAutoFocus: true,
      })}
      <h1 class="govuk-heading-l">${say("routes.title")}</h1>
      ${problem.suggestions.length === 0 ? null : [paragraph(say("search.didYouMean")), suggestions(whole, problem)]}
      ${routesForm(visit, asked, choices, at)}`,
  };
}

/** What may have been meant: as links, but where a person's details were sent as buttons, since a link would have them in its address. */
function suggestions({ visit, asked, isPosted }: Whole, { suggestions: places }: ApiProblem): Html {
  const { words, addresses } = visit;
  const { from, condition, first, age, conditions } = asked;
  if (!isPosted)
    return bullets(
      places.map(
        ({ id, name }) =>
          html`<a class="govuk-link" href="${addresses.routes({ from, condition, near: id, first })}"
            >${words.english(name)}</a
          >`,
      ),
    );
  return html`<form method="post" action="${addresses.routes()}">
    ${Object.entries({ from, condition, first, age }).map(([name, value]) => (value === null ? null : html`<input type="hidden" name="${name}" value="${value}" />`))}
    ${conditions.map((slug) => html`<input type="hidden" name="conditions" value="${slug}" />`)}
    ${places.map(({ id, name }) =>
      govuk("button", { html: words.english(name), name: "near", value: id, classes: "govuk-button--secondary" }),
    )}
  </form>`;
}

function answerPage(whole: Whole, answer: Found): Pick<Shown, "title" | "main"> {
  const { visit, asked, choices, isPosted } = whole;
  const { words, addresses } = visit;
  const { say, mark } = words;
  const { routes, blocked, understood } = answer;
  const title = say("routes.answer.title", {
    need: inSentence(understood.condition.name),
    hasWhere: understood.area === null ? "no" : "yes",
    where: understood.area?.name ?? "",
  });
  const { from, condition, first } = asked;
  // Where they live is said by the area, and not by what was typed.
  const near = isPosted ? (understood.area === null ? null : (understood.area.slug ?? understood.area.id)) : asked.near;
  const address = { from, condition, near, first };
  return {
    title,
    main: html`<h1 class="govuk-heading-l">${title}</h1>
      ${whatWasAsked(whole, answer)}
      ${govuk("details", { summaryText: say("routes.change"), classes: "app-only-on-screen", html: routesForm(visit, asked, choices, null) })}
      <h2 class="govuk-heading-m">${say("routes.count", { count: routes.length })}</h2>
      ${paragraph(say(routes.length === 0 ? "routes.none" : "routes.order"))}
      ${routes.map((route, index) => way(visit, route, index))}
      ${
        blocked.length === 0
          ? null
          : html`<h2 class="govuk-heading-m">${say("routes.blocked")}</h2>
              ${bullets(blocked.map((one) => barred(visit, one)))}`
      }
      <div class="app-only-on-screen">
        ${bullets([
          mark(isPosted ? "routes.linkWithoutPerson" : "routes.link", { link: linkTo(addresses.routes(address)) }),
          mark(
            "routes.topic",
            { link: linkTo(addresses.topic(understood.condition.slug)) },
            {
              name: inSentence(understood.condition.name),
            },
          ),
          mark("routes.pathways", { link: linkTo(addresses.pathways) }),
          mark("routes.fhir", { link: linkTo(addresses.routesAsFhir(address)) }),
        ])}
      </div>`,
  };
}

/** What was asked, since on paper there is no form. */
function whatWasAsked({ visit: { words }, asked: { age, conditions }, choices }: Whole, { understood }: Found): Html {
  const { say, english } = words;
  const names = conditions.map((slug) => choices.conditions.find((one) => one.slug === slug)?.name ?? slug);
  const { from } = understood;
  return facts([
    [say("routes.asked.from"), from !== null && "name" in from ? english(from.name) : null],
    [say("routes.asked.age"), age],
    [say("routes.asked.conditions"), names.length === 0 ? null : english(names.join(", "))],
  ]);
}

function way(visit: Visit, route: Found["routes"][number], index: number): Html {
  const { words, addresses } = visit;
  const { say, english } = words;
  const { destination, condition, totalWaitDays, distanceMetres, lastConfirmedOn, summary, sample, steps } = route;
  const to: Content =
    destination === null
      ? say("routes.somewhere")
      : html`<a class="govuk-link" href="${addresses.asset(destination)}"
          >${english(html`<bdi>${destination.name}</bdi>`)}</a
        >`;
  return html`<section class="app-way" aria-labelledby="way-${index + 1}">
    <h3 class="govuk-heading-s" id="way-${index + 1}">${say("routes.way", { number: index + 1 })}: ${to}</h3>
    ${sampleTag(sample, words)}
    <p class="govuk-body">${english(summary)}</p>
    ${facts([
      [say("routes.helpsWith"), english(condition.name)],
      [say("routes.waitInAll"), waitInWords(totalWaitDays, words)],
      [say("routes.distance"), distanceMetres === null ? null : distanceAsFact(distanceMetres, words)],
      [say("routes.confirmed"), confirmed(lastConfirmedOn, visit)],
    ])}
    ${stepList(steps, "route", visit)}
  </section>`;
}

function barred(visit: Visit, { destination, message, substitute }: Found["blocked"][number]): Content {
  const { words, addresses } = visit;
  const { say, english } = words;
  return [
    english(message),
    destination?.source.sample === true ? html` <strong>${say("routes.blocked.sample")}</strong>` : null,
    " ",
    substitute === null
      ? say("routes.blocked.nothing")
      : html`${say("routes.blocked.instead")}:
          <a class="govuk-link" href="${addresses.asset(substitute)}">${english(html`<bdi>${substitute.name}</bdi>`)}</a
          >. ${substitute.source.sample ? html`<strong>${say("routes.blocked.sample")}</strong>` : null}`,
  ];
}

/** A name within a sentence: "loneliness", but "COPD" as it is. */
function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name;
}
