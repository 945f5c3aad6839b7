import { html, raw } from "hono/html";
import { style } from "./style.ts";

/** A piece of a page: text in it is escaped already. */
export type Html = ReturnType<typeof html>;

/** The style is one text with its tags: a space more would be another style than the one that is allowed. */
const styled = raw(`<style>${style}</style>`);

const urgentHelp = html`<div class="urgent" role="region" aria-label="If you need help now">
  <p>
    If a life is at risk, call <a href="tel:999">999</a> now. You do not have to face this alone: NHS
    <a href="tel:111">111</a> (option 2 for mental health) and Samaritans on <a href="tel:116123">116 123</a> answer at
    any hour.
  </p>
</div>`;

/** A whole page, whose main part begins with its h1. `title` is escaped here; no script is in it but what `main` has. */
export function layout({
  title,
  main,
  referrer = "no-referrer",
  keeps = "This page keeps nothing of what you type.",
}: {
  readonly title: string;
  readonly main: Html;
  /** Whom the browser tells that somebody comes from this page. Left out: nobody. */
  readonly referrer?: "no-referrer" | "same-origin";
  /** What the page keeps of what is done on it, in a sentence. Left out: nothing. */
  readonly keeps?: string;
}): Html {
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="${referrer}" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title} – Common Ground</title>
        ${styled}
      </head>
      <body>
        <a class="skip" href="#main">Skip to main content</a>
        <header>
          <div class="width">
            <p><a href="/">Common Ground</a></p>
          </div>
        </header>
        <div class="width">
          ${urgentHelp}
          <main id="main" tabindex="-1">${main}</main>
        </div>
        <footer>
          <div class="width">
            <p class="onscreen">
              <a href="/referral-routes">Find a way to help</a> · <a href="/pathways">All pathways</a> ·
              <a href="/workshop">Map together</a> · <a href="/">About the directory</a> ·
              <a href="/sign-in">Sign in</a>
            </p>
            <p class="small">
              Ask before you rely on it: services change. What is marked as made up does not exist. ${keeps}
            </p>
          </div>
        </footer>
      </body>
    </html> `;
}
