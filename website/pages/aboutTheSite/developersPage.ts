import { ApiProblem } from "../../api.ts";
import { bullets, linkTo, paragraph, section } from "../../components/prose.ts";
import { type Html, html } from "../../html.ts";
import { exampleQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import type { Key } from "../../words/en.ts";

/** What is asked on the page: the sentence that the directory was made for. */
const asked = "loneliness support near Rose Hill";

/** How to build something on the same endpoint that the website is made of, with a question and the answer that it has today. */
export async function developersPage(visit: Visit): Promise<Shown> {
  const { words, addresses, settings } = visit;
  const { say, mark } = words;
  const { url } = settings;
  const answer = await answerOrNull(visit);
  const link = (key: Key, href: string) => mark(key, { link: linkTo(href) });
  return {
    title: say("developers.title"),
    description: say("developers.description"),
    isWhole: answer !== null,
    maxAgeSeconds: 3600,
    main: html`<h1 class="govuk-heading-l">${say("developers.title")}</h1>
      ${paragraph(say("developers.intro"))}
      ${section(
        say("developers.endpoint"),
        code(`POST ${url}/graphql`),
        bullets([
          link("developers.schema", "/schema.graphql"),
          link("developers.ide", "/ide"),
          say("developers.noKey"),
          say("developers.limits"),
          say("developers.version"),
        ]),
      )}
      ${section(
        say("developers.example"),
        paragraph(say("developers.example.text", { asked })),
        code(exampleQuery.text),
        code(
          `curl -s ${url}/graphql -H 'content-type: application/json' \\\n  -d '{"query": "{ search(text: \\"${asked}\\", first: 1) { edges { node { name } why { sentence } } } }"}'`,
        ),
        answer === null ? null : [paragraph(say("developers.example.answer")), code(JSON.stringify(answer, null, 2))],
        paragraph(link("developers.example.page", addresses.search({ what: asked }))),
      )}
      ${section(
        say("developers.fair"),
        bullets([say("developers.fair.sample"), say("developers.fair.source"), say("developers.fair.crisis")]),
      )}
      ${section(
        say("developers.others"),
        bullets([
          link("developers.embed", addresses.embed),
          link("developers.calendars", addresses.calendar("areas", "rose-hill")),
          link("developers.feed", addresses.feed({ area: "rose-hill" })),
          link("developers.fhir.routes", "/referral-routes.fhir.json?from=self&condition=loneliness&near=Oldham"),
          link("developers.fhir.pathways", addresses.pathways),
        ]),
      )}`,
  };
}

async function answerOrNull({ api }: Visit) {
  try {
    return (await api.ask(exampleQuery, { text: asked })).data;
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}

/** What a program is given, as it is. */
function code(text: string): Html {
  return html`<pre class="app-code"><code>${text}</code></pre>`;
}
