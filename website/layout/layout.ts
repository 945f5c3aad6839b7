import { extname } from "node:path";
import { type Addresses, addressesIn } from "../addresses.ts";
import { shortlistForm } from "../components/addToShortlist.ts";
import { govuk } from "../components/govuk.ts";
import type { Files } from "../files.ts";
import { type Html, html, raw } from "../html.ts";
import type { Section, Shown } from "../page.ts";
import type { WebsiteSettings } from "../settings.ts";
import { languages, type Words } from "../words/words.ts";

/** What is around a page, but for the page. */
export interface Around {
  readonly words: Words;
  readonly addresses: Addresses;
  readonly settings: WebsiteSettings;
  readonly files: Files;
  /** The address of this page, without the beginning that tells its language. */
  readonly path: string;
}

/** A whole page. Every one has help for who needs it now at its top, and where the facts come from at its bottom. */
export function layout(shown: Shown, { words, addresses, settings, files, path }: Around): Html {
  const { say, language } = words;
  const {
    title,
    description = null,
    main,
    before = null,
    isWhole = true,
    jsonLd = [],
    feeds = [],
    scripts = [],
  } = shown;
  const wholeTitle = title === null ? settings.name : `${title} – ${settings.name}`;
  const canonical = `${settings.url}${shown.canonical ?? `${language.prefix}${path}`}`;
  return html`<!doctype html>
    <html lang="${language.tag}" dir="${language.direction}" class="govuk-template">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="${settings.brandColour}" />
        <meta name="format-detection" content="telephone=no" />
        <title>${wholeTitle}</title>
        ${description === null ? null : html`<meta name="description" content="${description}" />`}
        ${shown.isIndexed === false || addresses.list.length > 0 || (shown.status ?? 200) !== 200 ? html`<meta name="robots" content="noindex" />` : html`<link rel="canonical" href="${canonical}" />`}
        ${languages.map(({ tag, prefix }) => html`<link rel="alternate" hreflang="${tag}" href="${settings.url}${prefix}${path}" />`)}
        ${feeds.map(({ type, title: feedTitle, href }) => html`<link rel="alternate" type="${type}" title="${feedTitle}" href="${href}" />`)}
        <meta property="og:title" content="${title ?? settings.name}" />
        <meta property="og:site_name" content="${settings.name}" />
        <meta property="og:type" content="website" />
        <meta property="og:url" content="${canonical}" />
        ${description === null ? null : html`<meta property="og:description" content="${description}" />`}
        <link rel="icon" type="image/svg+xml" href="${files.addressOf("icon.svg")}" />
        <link rel="stylesheet" href="${files.addressOf("site.css")}" />
        ${shown.isEmbedded === true ? html`<base target="_blank" />` : null}
        ${jsonLd.map(
          (one) =>
            html`<script type="application/ld+json">
              ${asScript(one)}
            </script>`,
        )}
        ${(shown.isEmbedded === true ? scripts : ["shortlist", ...scripts]).map((name) => html`<script type="module" src="${files.addressOf(`${name}.js`)}"></script>`)}
      </head>
      ${
        shown.isEmbedded === true
          ? embedded(shown, { words, settings })
          : html`<body class="govuk-template__body">
              ${govuk("skip-link", { href: "#main-content", text: say("layout.skip") })}
              <header class="site-header">
                <div class="govuk-width-container site-header__inner">
                  <a class="site-header__name" href="${addresses.home}">${logo(settings, files)}${settings.name}</a>
                  <a class="site-header__help" href="${addresses.helpNow}">${say("layout.helpNow")}</a>
                </div>
              </header>
              ${navigation(words, addresses, shown.section ?? null)}
              <div class="govuk-width-container">
                ${before}
                <main class="govuk-main-wrapper" id="main-content" tabindex="-1">
                  ${isWhole ? null : govuk("notification-banner", { titleText: say("layout.notWhole.title"), text: say("layout.notWhole.text") })}
                  ${main}
                </main>
              </div>
              ${shortlistForm({ addresses })}
              <footer class="govuk-footer">
                <div class="govuk-width-container">
                  ${languageLinks(words, path)}
                  <ul class="site-footer__links govuk-body-s">
                    ${(
                      [
                        ["layout.aboutTheData", addresses.aboutTheData],
                        ["layout.accessibility", addresses.accessibility],
                        ["layout.privacy", addresses.privacy],
                        ["layout.cookies", addresses.cookies],
                        ["layout.developers", addresses.developers],
                      ] as const
                    ).map(([key, href]) => html`<li><a class="govuk-footer__link" href="${href}">${say(key)}</a></li>`)}
                    <li><a class="govuk-footer__link" href="/workshop">${say("layout.mapTogether")}</a></li>
                  </ul>
                  <p class="govuk-body-s">${say("layout.askFirst")}</p>
                </div>
              </footer>
            </body>`
      }
    </html> `;
}

/** A page within somebody else's: what it is, where it comes from, and whom to call. */
function embedded(
  { main, isWhole = true }: Shown,
  { words: { say, language }, settings }: Pick<Around, "words" | "settings">,
): Html {
  const addresses = addressesIn(language);
  return html`<body class="govuk-template__body">
    <div class="govuk-width-container app-embedding">
      <main id="main-content">
        ${isWhole ? null : govuk("notification-banner", { titleText: say("layout.notWhole.title"), text: say("layout.notWhole.text") })}
        ${main}
      </main>
      <footer class="govuk-body-s">
        <p class="govuk-body-s">
          ${say("embed.from")} <a class="govuk-link" href="${addresses.home}">${settings.name}</a>.
          <a class="govuk-link" href="${addresses.helpNow}">${say("layout.helpNow")}</a> ${say("embed.newTab")}
        </p>
        <p class="govuk-body-s">${say("layout.askFirst")}</p>
      </footer>
    </div>
  </body>`;
}

function logo({ logoFile }: WebsiteSettings, files: Files): Html | null {
  if (logoFile === null) return null;
  return html`<img class="site-header__logo" src="${files.addressOf(`logo${extname(logoFile)}`)}" alt="" />`;
}

function navigation({ say }: Words, addresses: Addresses, current: Section | null): Html {
  const { list } = addresses;
  const items = [
    ["search", "layout.nav.search", addresses.home],
    ["whats-on", "layout.nav.whatsOn", addresses.whatsOn()],
    ["areas", "layout.nav.areas", addresses.areas],
    ["topics", "layout.nav.topics", addresses.topics],
    ["routes", "layout.nav.routes", addresses.routes()],
    ["shortlist", "layout.nav.shortlist", addresses.shortlist(list)],
  ] as const;
  const named = (key: (typeof items)[number][1]) =>
    key === "layout.nav.shortlist" && list.length > 0 ? `${say(key)} (${list.length})` : say(key);
  return html`<div class="govuk-service-navigation">
    <div class="govuk-width-container">
      <div class="govuk-service-navigation__container">
        <nav aria-label="${say("layout.nav.label")}" class="govuk-service-navigation__wrapper">
          <ul class="govuk-service-navigation__list">
            ${items.map(
              ([section, key, href]) =>
                html`<li
                  class="govuk-service-navigation__item ${section === current ? "govuk-service-navigation__item--active" : ""}"
                >
                  <a
                    class="govuk-service-navigation__link"
                    href="${href}"
                    ${section === current ? raw('aria-current="true"') : ""}
                    ${section === "shortlist" ? html`data-shortlist-link="${addresses.shortlist()}" data-name="${say(key)}"` : null}
                    >${section === current ? html`<strong class="govuk-service-navigation__active-fallback">${named(key)}</strong>` : named(key)}</a
                  >
                </li>`,
            )}
          </ul>
        </nav>
      </div>
    </div>
  </div>`;
}

function languageLinks({ say, language }: Words, path: string): Html {
  return html`<nav aria-label="${say("layout.languages")}">
    <ul class="site-languages govuk-body-s govuk-!-margin-bottom-4">
      ${languages.map(({ tag, name, prefix, direction }) =>
        tag === language.tag
          ? html`<li lang="${tag}" dir="${direction}" aria-current="true">${name}</li>`
          : html`<li>
              <a
                class="govuk-footer__link"
                lang="${tag}"
                dir="${direction}"
                hreflang="${tag}"
                href="${path === "/" && prefix !== "" ? prefix : `${prefix}${path}`}"
                >${name}</a
              >
            </li>`,
      )}
    </ul>
  </nav>`;
}

/** JSON that no text in it can end: within a script, "</script>" is the end of it wherever it stands. */
function asScript(json: object): Html {
  return raw(JSON.stringify(json).replaceAll("<", "\\u003c"));
}
