import { html } from "hono/html";
import type { Refused } from "../askApi.ts";
import { type Html, layout } from "./layout.ts";

/** What is shown in place of a page, and what to do instead. */
export function problemPage({ status, message }: Pick<Refused, "status" | "message">): Html {
  const title = titleOf(status);
  return layout({
    title,
    main: html`<h1>${title}</h1>
      <p>${message}</p>
      ${status === 404 ? html`<p>If you typed the address, check it.</p>` : null}
      ${
        status >= 500 && status !== 500
          ? html`<p>Wait a few minutes and load this page again. Nothing that you typed was kept.</p>`
          : null
      }
      <p>You can <a href="/referral-routes">find a way to help</a> or <a href="/pathways">see all pathways</a>.</p>`,
  });
}

function titleOf(status: Refused["status"]): string {
  switch (status) {
    case 404:
      return "Page not found";
    case 400:
    case 413:
    case 415:
      return "This cannot be asked so";
    case 403:
      return "This is not open to you";
    case 429:
      return "This was tried too often";
    case 503:
    case 504:
      return "Sorry, the directory does not answer at the moment";
    case 500:
      return "Sorry, something went wrong on our side";
  }
}
