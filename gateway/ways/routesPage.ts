import { html } from "hono/html";
import type { Refused } from "../askApi.ts";
import type { BlockedAsked, Choice, Choices, RouteAsked, RoutesWithBlocked } from "./asked.ts";
import { confirmedInWords, distanceInWords, sampleNotice, waitInWords } from "./inWords.ts";
import { type Html, layout } from "./layout.ts";
import type { RoutesQuestion } from "./routesQuestion.ts";
import { rows, stepList } from "./stepList.ts";

/** What there is to show: an answer, why there is none, or neither where nothing was asked. */
export interface Shown {
  readonly question: RoutesQuestion;
  readonly choices: Choices;
  readonly answer: RoutesWithBlocked | null;
  readonly problem: Refused | null;
}

/** The form, and what it found. `isPosted`: it came by the form, and may hold what is so of a person. */
export function routesPage(shown: Shown, isPosted: boolean): Html {
  const { question, choices, answer, problem } = shown;
  const heading = answer === null ? "Find a way to help" : headingOf(answer);
  return layout({
    title: problem === null ? heading : `Problem: ${heading}`,
    main: html`<h1>${heading}</h1>
      ${problem === null ? null : problemSummary(problem, question, isPosted)}
      ${
        answer === null
          ? html`<p>Who is asking, for what, and where: see how people come to help, hand-off by hand-off.</p>
              ${form(question, choices, problem)}`
          : html`<details class="onscreen">
                <summary>Change what you asked</summary>
                ${form(question, choices, null)}
              </details>
              ${found(answer, question, choices, isPosted)}`
      }`,
  });
}

function headingOf({ understood: { from, condition, area } }: RoutesWithBlocked): string {
  const by = from === null ? "" : ` – ${from.name}`;
  return `Ways to help with ${inSentence(condition.name)}${area === null ? "" : ` near ${area.name}`}${by}`;
}

function found(answer: RoutesWithBlocked, question: RoutesQuestion, choices: Choices, isPosted: boolean): Html {
  const { routes, blocked } = answer;
  const address = addressOf(answer, question, isPosted);
  return html`${asked(question, choices)}
    <h2>${routes.length === 0 ? "No way found" : routes.length === 1 ? "1 way" : `${routes.length} ways`}</h2>
    ${
      routes.length === 0
        ? html`<p>
            We know of no way that is open. Try another need, a wider place or somebody else who could ask, or speak to
            a GP practice or a library.
          </p>`
        : html`<p>The fewest hand-offs first. Ask before you rely on one.</p>`
    }
    ${routes.map(way)}
    ${
      blocked.length === 0
        ? null
        : html`<h2>Why not others</h2>
            <ul>
              ${blocked.map(barred)}
            </ul>`
    }
    <p class="onscreen">
      <a href="/referral-routes?${address}">Link to this page${isPosted ? " without age and conditions" : ""}</a><br />
      <a href="/referral-routes.fhir.json?${address}">The same for other systems (FHIR R4)</a>
    </p>`;
}

/** What was asked, since on paper there is no form. */
function asked({ age, conditions }: RoutesQuestion, choices: Choices): Html | null {
  if (age === null && conditions.length === 0) return null;
  const names = conditions.map((slug) => choices.conditions.find((one) => one.slug === slug)?.name ?? slug);
  return html`<dl>
    ${rows([
      ["Age", age],
      ["Also so of the person", names.length === 0 ? null : names.join(", ")],
    ])}
  </dl>`;
}

function way(route: RouteAsked, index: number): Html {
  const { steps, destination, condition, totalWaitDays, distanceMetres, lastConfirmedOn, summary, sample } = route;
  return html`<section class="way" aria-labelledby="way-${index + 1}">
    <h3 id="way-${index + 1}">
      Way ${index + 1}: <bdi>${destination?.name ?? "somewhere that cannot be shown at the moment"}</bdi>
    </h3>
    ${sample ? html`<p class="sample">Some of this way is made up to show what the directory can do: never send anybody there.</p>` : null}
    <p>${summary}</p>
    <dl>
      ${rows([
        ["Helps with", condition.name],
        ["Wait in all", waitInWords(totalWaitDays)],
        ["Distance", distanceMetres === null ? null : distanceInWords(distanceMetres)],
        ["Last confirmed", confirmedInWords(lastConfirmedOn)],
      ])}
    </dl>
    ${stepList(steps, "route")}
  </section>`;
}

function barred({ destination, message, substitute }: BlockedAsked): Html {
  return html`<li>
    ${message} ${destination?.source.sample === true ? html`<strong>${sampleNotice}</strong>` : null}
    ${
      substitute === null
        ? "We know of nothing else in its place."
        : html`Instead: <bdi>${substitute.name}</bdi>.
            ${substitute.source.sample ? html`<strong>${sampleNotice}</strong>` : null}`
    }
  </li>`;
}

function problemSummary(problem: Refused, question: RoutesQuestion, isPosted: boolean): Html {
  const { message, field, suggestions } = problem;
  return html`<div class="problem" role="alert" aria-labelledby="problem">
    <h2 id="problem">There is a problem</h2>
    <p>${field === null ? message : html`<a href="#${idOfField(field)}">${message}</a>`}</p>
    ${
      suggestions.length === 0
        ? null
        : html`<p>Did you mean:</p>
            ${isPosted ? choiceButtons(problem, question) : choiceLinks(problem, question)}`
    }
  </div>`;
}

function choiceLinks({ suggestions }: Refused, question: RoutesQuestion): Html {
  return html`<ul>
    ${suggestions.map(
      ({ id, name }) =>
        html`<li><a href="/referral-routes?${parametersOf({ ...question, near: id })}">${name}</a></li>`,
    )}
  </ul>`;
}

/** The choices where a person's details were sent, which a link would have to have in its address. */
function choiceButtons({ suggestions }: Refused, { from, condition, first, age, conditions }: RoutesQuestion): Html {
  const kept = Object.entries({ from, condition, first, age });
  return html`<form method="post" action="/referral-routes">
    ${kept.map(([name, value]) => (value === null ? null : html`<input type="hidden" name="${name}" value="${value}" />`))}
    ${conditions.map((slug) => html`<input type="hidden" name="conditions" value="${slug}" />`)}
    ${suggestions.map(
      ({ id, name }) => html`<div><button class="choice" name="near" value="${id}">${name}</button></div>`,
    )}
  </form>`;
}

/** The form. It is sent as the body of a request, so that what is so of a person is in no address. It changes nothing, and so needs no token against forged requests. */
function form(question: RoutesQuestion, { referrers, conditions }: Choices, problem: Refused | null): Html {
  const problemAt = (name: string) => (problem?.field === name ? problem.message : null);
  const from = question.from ?? "self";
  return html`<form method="post" action="/referral-routes" novalidate autocomplete="off">
    ${field({
      name: "from",
      label: "Who is asking",
      hint: null,
      problem: problemAt("from"),
      control: (attributes) =>
        html`<select id="from" name="from" ${attributes}>
          ${options(referrers, from)}
        </select>`,
    })}
    ${field({
      name: "condition",
      label: "What help is needed with",
      hint: null,
      problem: problemAt("condition"),
      control: (attributes) =>
        html`<select id="condition" name="condition" ${attributes}>
          <option value="">Choose one</option>
          ${options(conditions, question.condition)}
        </select>`,
    })}
    ${field({
      name: "near",
      label: "Near where (optional)",
      hint: "A town, a neighbourhood, or the first half of a postcode, such as Oldham or OX4",
      problem: problemAt("near"),
      control: (attributes) =>
        html`<input type="text" id="near" name="near" value="${question.near ?? ""}" maxlength="200" ${attributes} />`,
    })}
    ${field({
      name: "age",
      label: "Age of the person (optional)",
      hint: "In years. It is not kept, and not in the address of the page.",
      problem: problemAt("age"),
      control: (attributes) =>
        html`<input
          type="text"
          class="short"
          id="age"
          name="age"
          value="${question.age ?? ""}"
          inputmode="decimal"
          maxlength="6"
          ${attributes}
        />`,
    })}
    ${question.first === null ? null : html`<input type="hidden" name="first" value="${question.first}" />`}
    <details ${question.conditions.length > 0 || problemAt("conditions") !== null ? "open" : ""}>
      <summary>What else is so of the person (optional)</summary>
      <fieldset id="conditions" tabindex="-1">
        <legend>What else is so of the person</legend>
        <p class="hint">
          Some services take people with certain conditions only, or do not take them. Nothing is kept.
        </p>
        ${problemAt("conditions") === null ? null : html`<p class="error"><strong>${problemAt("conditions")}</strong></p>`}
        <div class="ticks">
          ${conditions.map(
            ({ slug, name }) =>
              html`<label
                ><input
                  type="checkbox"
                  name="conditions"
                  value="${slug}"
                  ${question.conditions.includes(slug) ? "checked" : ""}
                />${name}</label
              >`,
          )}
        </div>
      </fieldset>
    </details>
    <p><button>Find ways</button></p>
  </form>`;
}

function field({
  name,
  label,
  hint,
  problem,
  control,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly problem: string | null;
  readonly control: (attributes: Html) => Html;
}): Html {
  const about = [...(hint === null ? [] : [`${name}-hint`]), ...(problem === null ? [] : [`${name}-error`])].join(" ");
  const described = about === "" ? html`` : html`aria-describedby="${about}"`;
  return html`<div class="field ${problem === null ? "" : "wrong"}">
    <label for="${name}">${label}</label>
    ${hint === null ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${problem === null ? null : html`<p class="error" id="${name}-error"><span class="hidden">Error: </span>${problem}</p>`}
    ${control(problem === null ? described : html`${described} aria-invalid="true"`)}
  </div>`;
}

function options(choices: readonly Choice[], chosen: string | null): readonly Html[] {
  return choices.map(
    ({ slug, name }) => html`<option value="${slug}" ${slug === chosen ? "selected" : ""}>${name}</option>`,
  );
}

/** The part of an address that asks the same again, without what is so of the person: where they live is then said by the area, and not by what was typed. */
function addressOf({ understood: { area } }: RoutesWithBlocked, question: RoutesQuestion, isPosted: boolean): string {
  const near = isPosted ? (area === null ? null : (area.slug ?? area.id)) : question.near;
  return parametersOf({ ...question, near });
}

function parametersOf({ from, condition, near, first }: RoutesQuestion): string {
  const given = Object.entries({ from, condition, near, first }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return new URLSearchParams(given).toString();
}

function idOfField(name: string): string {
  return ["from", "condition", "near", "age", "conditions"].includes(name) ? name : "main";
}

/** A name within a sentence: "loneliness", but "COPD" as it is. */
function inSentence(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name;
}
