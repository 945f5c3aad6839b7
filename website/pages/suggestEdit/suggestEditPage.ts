import { sampleTag } from "../../components/assetCard.ts";
import { contactUs } from "../../components/contactUs.ts";
import { govuk } from "../../components/govuk.ts";
import { linkTo, paragraph } from "../../components/prose.ts";
import { formSent } from "../../formSent.ts";
import { html } from "../../html.ts";
import {
  type AssetToEditQuery,
  assetToEditQuery,
  suggestActivityMutation,
  suggestClosedMutation,
  suggestGroupMutation,
  suggestOrganisationMutation,
  suggestPlaceMutation,
  type UserErrorCode,
} from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { notFoundPage } from "../notFoundPage.ts";
import { problemSummary, type ProblemSaid, suggestEditForm, trap } from "./suggestEditForm.ts";
import {
  type AssetToEdit,
  changesIn,
  fieldAt,
  longestOf,
  problemsOf,
  type Suggestion,
  suggestionIn,
  suggestionOf,
} from "./suggestion.ts";

const mostFormBytes = 16 * 1024;

/** What the API says of a proposal. */
interface Done {
  readonly change: { readonly id: string } | null;
  readonly userErrors: readonly {
    readonly code: UserErrorCode;
    readonly message: string;
    readonly field: readonly string[];
  }[];
}

/** How anybody says that something is not right: no account, and nothing is seen of it until an editor has agreed. */
export async function suggestEditPage(visit: Visit): Promise<Shown | Response> {
  const { named, query, request, addresses, suggesting } = visit;
  const asset = await assetOf(visit);
  if (asset === null) return notFoundPage(visit);
  if (asset.id !== named["id"]) return request.redirect(addresses.suggestEdit(asset.id), 301);
  if (query.get("sent") === "yes") return thanksPage(visit, asset);
  if ((await suggesting.token()) === null) return otherwisePage(visit, asset);
  return formPage(visit, asset, suggestionOf(asset), []);
}

/** Proposes what the form says. */
export async function suggestEdit(visit: Visit): Promise<Shown | Response> {
  const { words, request, addresses, suggesting, client } = visit;
  const { say, english } = words;
  const sent = await formSent(visit, mostFormBytes);
  const asset = await assetOf(visit);
  if (asset === null) return notFoundPage(visit);
  const token = await suggesting.token();
  if (token === null) return { ...otherwisePage(visit, asset), status: 403 };
  const suggestion = suggestionIn(sent, asset);
  if (!suggesting.formTokens.isGood(visit, sent.get("token") ?? "")) {
    return formPage(visit, asset, suggestion, [{ field: null, message: html`${say("suggest.problem.old")}` }], 403);
  }
  const thanks = `${addresses.suggestEdit(asset.id)}?sent=yes`;
  // A program that fills in what nobody sees is told what it wants to hear.
  if ((sent.get(trap) ?? "") !== "") return request.redirect(thanks, 303);
  const problems = problemsOf(suggestion, asset);
  if (problems.length > 0) {
    return formPage(
      visit,
      asset,
      suggestion,
      problems.map(({ field, key }) => ({
        field,
        message: html`${say(key, { most: field === null || field === "cost" || field === "closed" ? 0 : longestOf(field) })}`,
      })),
    );
  }
  const { isAllowed, waitSeconds, headers } = await suggesting.limit(client);
  if (!isAllowed) return tooManyPage(visit, asset, waitSeconds, headers);
  const { change, userErrors } = await proposed(visit, asset, suggestion, token);
  if (userErrors.some(({ code }) => code === "CONFLICT")) {
    const message = html`${say("suggest.problem.conflict")}`;
    return formPage(visit, asset, { ...suggestion, version: asset.version }, [{ field: null, message }]);
  }
  if (userErrors.length > 0) {
    return formPage(
      visit,
      asset,
      suggestion,
      userErrors.map(({ field, message }) => ({ field: fieldAt(field), message: english(message) })),
    );
  }
  if (change === null) {
    return formPage(visit, asset, suggestion, [{ field: null, message: html`${say("suggest.problem.nothing")}` }]);
  }
  for (const [name, value] of Object.entries(headers)) request.header(name, value);
  // Loading the page that says thank you again proposes nothing again.
  return request.redirect(thanks, 303);
}

/** What is to be put right, by its id or by one that became it; null when it is not on the map. Throws ApiProblem. */
async function assetOf({ api, named }: Visit): Promise<AssetToEdit | null> {
  const id = named["id"] ?? "";
  if (!/^[a-z]{3}_[0-9A-Z]{26}$/.test(id)) return null;
  const [node] = (await api.ask(assetToEditQuery, { ids: [id] })).data.nodes;
  return node !== undefined && isAsset(node) ? node : null;
}

function isAsset(node: AssetToEditQuery["nodes"][number]): node is AssetToEdit {
  return node !== null && "name" in node;
}

/** Asks the API for it, as a visitor. Throws ApiProblem. */
async function proposed({ api }: Visit, asset: AssetToEdit, suggestion: Suggestion, token: string): Promise<Done> {
  const { version: expectedVersion, isClosed, values, call: clientMutationId } = suggestion;
  const { id, __typename: type } = asset;
  const { reason } = values;
  if (isClosed) {
    const input = { id, expectedVersion, reason, clientMutationId };
    return (await api.ask(suggestClosedMutation, { input }, token)).data.done;
  }
  const variables = { id, expectedVersion, input: { ...changesIn(suggestion, asset), reason, clientMutationId } };
  switch (type) {
    case "Activity":
      return (await api.ask(suggestActivityMutation, variables, token)).data.done;
    case "Group":
      return (await api.ask(suggestGroupMutation, variables, token)).data.done;
    case "Organisation":
      return (await api.ask(suggestOrganisationMutation, variables, token)).data.done;
    case "Place":
      return (await api.ask(suggestPlaceMutation, variables, token)).data.done;
  }
}

function common({ words: { say }, addresses }: Visit, asset: AssetToEdit) {
  return {
    title: say("suggest.title", { name: asset.name }),
    isIndexed: false,
    maxAgeSeconds: null,
    before: govuk("back-link", { text: say("suggest.back"), href: addresses.asset(asset) }),
  } as const;
}

function formPage(
  visit: Visit,
  asset: AssetToEdit,
  suggestion: Suggestion,
  problems: readonly ProblemSaid[],
  status: 400 | 403 = 400,
): Shown {
  const { words, addresses, suggesting } = visit;
  const { say, mark } = words;
  const shown = common(visit, asset);
  return {
    ...shown,
    ...(problems.length === 0 ? {} : { status, title: say("suggest.problem.title", { title: shown.title }) }),
    main: html`${problemSummary(visit, problems)}
      <h1 class="govuk-heading-l">${heading(visit, asset)}</h1>
      ${sampleTag(asset.source.sample, words)} ${paragraph(say("suggest.intro"))}
      ${govuk("warning-text", { text: say("suggest.personal"), iconFallbackText: say("suggest.warning") })}
      ${suggestEditForm(visit, { asset, suggestion, token: suggesting.formTokens.issue(visit), problems })}
      ${paragraph(mark("suggest.privacy", { link: linkTo(addresses.privacy) }))}`,
  };
}

function thanksPage(visit: Visit, asset: AssetToEdit): Shown {
  const { words, addresses } = visit;
  const { say, mark } = words;
  return {
    ...common(visit, asset),
    title: say("suggest.thanks"),
    main: html`<h1 class="govuk-heading-l">${say("suggest.thanks")}</h1>
      ${paragraph(say("suggest.thanks.text"))} ${paragraph(say("suggest.thanks.noAnswer"))}
      ${paragraph(mark("suggest.thanks.back", { link: linkTo(addresses.asset(asset)) }))}`,
  };
}

/** Where nobody can propose by the website: how else it can be said. */
function otherwisePage(visit: Visit, asset: AssetToEdit): Shown {
  return {
    ...common(visit, asset),
    main: html`<h1 class="govuk-heading-l">${heading(visit, asset)}</h1>
      ${paragraph(visit.words.say("suggest.otherwise"))} ${contactUs(visit)}`,
  };
}

function tooManyPage(
  visit: Visit,
  asset: AssetToEdit,
  waitSeconds: number,
  headers: Readonly<Record<string, string>>,
): Shown {
  const { say } = visit.words;
  return {
    ...common(visit, asset),
    title: say("suggest.tooMany"),
    status: 429,
    headers,
    main: html`<h1 class="govuk-heading-l">${say("suggest.tooMany")}</h1>
      ${paragraph(say("suggest.tooMany.text", { minutes: Math.ceil(waitSeconds / 60) }))} ${contactUs(visit)}`,
  };
}

function heading({ words: { mark, english } }: Visit, { name }: AssetToEdit) {
  return mark("suggest.heading", { name: () => english(html`<bdi>${name}</bdi>`) });
}
