import { queryOf } from "../../addresses.ts";
import { govuk } from "../../components/govuk.ts";
import { html } from "../../html.ts";
import { embedTopicsQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { embeddedAsked, type EmbeddedAsked, parametersOf } from "./embeddedAsked.ts";

/** How to put a list of activities into one's own pages: what to copy, and what it then looks like. */
export async function embedPage(visit: Visit): Promise<Shown> {
  const { words, addresses, query, settings, api } = visit;
  const { say } = words;
  const { data, isWhole } = await api.ask(embedTopicsQuery, {});
  const topics = data.conditions.edges.map(({ node }) => node);
  const asked: EmbeddedAsked =
    query.size === 0 ? { area: "rose-hill", condition: "loneliness", count: 3 } : embeddedAsked(query);
  const frame = `${addresses.embed}/activities${queryOf(parametersOf(asked))}`;
  const element = elementOf(asked, `${settings.url}${addresses.search({ where: asked.area, topic: asked.condition })}`);
  const title = say("embed.title");
  return {
    title,
    description: say("embed.description"),
    isWhole,
    scripts: ["embed"],
    main: html`<h1 class="govuk-heading-l">${title}</h1>
      <p class="govuk-body">${say("embed.description")}</p>
      <form action="${addresses.embed}" method="get">
        ${govuk("input", { id: "area", name: "area", value: asked.area, label: { text: say("embed.area") }, hint: { text: say("search.where.hint") }, classes: "govuk-input--width-20" })}
        ${govuk("select", { id: "condition", name: "condition", label: { text: say("embed.condition") }, items: [{ value: "", text: say("search.filters.any") }, ...topics.map(({ name, slug }) => ({ value: slug, text: name, selected: slug === asked.condition }))] })}
        ${govuk("input", { id: "count", name: "count", value: asked.count, label: { text: say("embed.count") }, classes: "govuk-input--width-2", inputmode: "numeric" })}
        ${govuk("button", { text: say("embed.show") })}
      </form>
      <h2 class="govuk-heading-m">${say("embed.element")}</h2>
      <p class="govuk-body">${say("embed.element.text")}</p>
      <pre
        class="app-code"
        tabindex="0"
      ><code>${`<script src="${settings.url}/embed.js" async></script>\n${element}`}</code></pre>
      <p class="govuk-body">${say("embed.element.style")}</p>
      <pre class="app-code" tabindex="0"><code>${styleExample}</code></pre>
      <h3 class="govuk-heading-s">${say("embed.looks")}</h3>
      <common-ground-activities
        class="app-embedded"
        area="${asked.area}"
        condition="${asked.condition}"
        heading-level="4"
        count="${asked.count}"
        ><p class="govuk-body">
          <a class="govuk-link" href="${addresses.search({ where: asked.area, topic: asked.condition })}"
            >${say("embed.fallback")}</a
          >
        </p></common-ground-activities
      >
      <h2 class="govuk-heading-m">${say("embed.frame")}</h2>
      <p class="govuk-body">${say("embed.frame.text")}</p>
      <pre
        class="app-code"
        tabindex="0"
      ><code>${`<iframe src="${settings.url}${frame}" title="${say("embed.frame.title")}" width="100%" height="600"></iframe>`}</code></pre>
      <h3 class="govuk-heading-s">${say("embed.looks")}</h3>
      <iframe class="app-embedded" src="${frame}" title="${say("embed.frame.title")}" loading="lazy"></iframe>`,
  };
}

/** The element as it is copied: within it, what is read where there is no JavaScript. */
function elementOf({ area, condition, count }: EmbeddedAsked, address: string): string {
  const attributes = Object.entries({ area, condition, "heading-level": 2, count })
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ` ${name}="${inMarkup(String(value))}"`);
  return `<common-ground-activities${attributes.join("")}>\n  <a href="${inMarkup(address)}">See what is on near you</a>\n</common-ground-activities>`;
}

const styleExample = `common-ground-activities {
  --common-ground-font: Georgia, serif;
  --common-ground-link-colour: #5b2a86;
}
common-ground-activities::part(heading) { text-transform: uppercase; }`;

/** As it has to be written in somebody's markup. */
function inMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
