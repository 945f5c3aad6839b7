import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { listInWords } from "../../calendar/listInWords.ts";
import { momentInWords } from "../../calendar/dateInWords.ts";
import type { Actor } from "../../core/caller.ts";
import type { SignedIn } from "../../core/tokens.ts";
import { type Html, layout } from "../pages/layout.ts";

/**
 * Takes the token of an invitation out of the address, where it would stay in the browser's history, and into the form. It is left to the person to send it: a link that signed
 * in whoever opens it could have them work in somebody else's name.
 */
const script = `
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token !== null) {
  history.replaceState(null, "", location.pathname);
  const field = document.getElementById("token");
  if (field !== null) {
    field.value = token;
    field.closest("details")?.setAttribute("open", "");
    document.getElementById("read").hidden = false;
    field.form.querySelector("button").focus();
  }
}
`;

/** The script is one text with its tags, as the style is. */
const scripted = raw(`<script>${script}</script>`);

/** What a Content-Security-Policy allows this script by, and no other. */
export const signInScriptSource = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

const roleInWords: Readonly<Record<Actor["role"], string>> = {
  MAPPER: "A mapper: you may propose changes",
  EDITOR: "An editor: you may publish changes where you may edit, and propose them elsewhere",
  ADMIN: "An admin: you may publish changes everywhere",
};

/** What a page about signing in has to say of why it is not as somebody wanted. */
export interface SignInProblem {
  readonly message: string;
  /** Whether it is the token that is to be put right. */
  readonly isOfToken: boolean;
}

/** Who is signed in, if anybody, and the form to sign in with. `where`: names of what they may edit in or for. */
export function signInPage({
  known,
  where,
  problem,
  canSignIn,
}: {
  readonly known: SignedIn | null;
  readonly where: readonly string[];
  readonly problem: SignInProblem | null;
  /** Whether there is any way to. */
  readonly canSignIn: boolean;
}): Html {
  const heading = known === null ? "Sign in" : "You are signed in";
  const signingIn = canSignIn
    ? form(problem)
    : html`<p>
        Nobody can sign in yet: whoever runs this directory has set neither <code>SIGNING_KEY</code> nor
        <code>OIDC_ISSUER</code>. Reading needs no signing in.
      </p>`;
  return aboutSigningIn({
    title: problem === null ? heading : `Problem: ${heading}`,
    main: html`<h1>${heading}</h1>
      ${problem === null ? null : problemBox(problem)}
      ${
        known === null
          ? html`<p>Everybody may read the directory. Sign in to change it.</p>
              ${signingIn}`
          : html`${who(known, where)} ${signOutForm}
              <details>
                <summary>Sign in as somebody else</summary>
                ${signingIn}
              </details>`
      }
      ${scripted}`,
  });
}

/** Asks whether to sign out, since following a link signs nobody out. */
export function signOutPage(isSignedIn: boolean, problem: SignInProblem | null): Html {
  const heading = isSignedIn ? "Sign out" : "You are not signed in";
  return aboutSigningIn({
    title: problem === null ? heading : `Problem: ${heading}`,
    main: html`<h1>${heading}</h1>
      ${problem === null ? null : problemBox(problem)}
      ${isSignedIn ? signOutForm : html`<p><a href="/sign-in">Sign in</a></p>`}`,
  });
}

function aboutSigningIn({ title, main }: { readonly title: string; readonly main: Html }): Html {
  return layout({
    title,
    main,
    // So that the browser says which page a form is from: by that it is known for ours.
    referrer: "same-origin",
    keeps: "Signing in keeps one cookie in this browser, until you sign out or it runs out.",
  });
}

const signOutForm = html`<form method="post" action="/sign-out"><button>Sign out</button></form>`;

function who({ actor, expiresAt }: SignedIn, where: readonly string[]): Html {
  const workshops = actor.workshops.length;
  return html`<dl>
    <dt>As</dt>
    <dd>${roleInWords[actor.role]}</dd>
    ${
      actor.role === "EDITOR"
        ? html`<dt>You may edit in</dt>
            <dd>${where.length === 0 ? "No area or organisation that is in the directory" : listInWords(where)}</dd>`
        : null
    }
    ${
      workshops === 0
        ? null
        : html`<dt>Workshops joined</dt>
            <dd>${workshops}</dd>`
    }
    <dt>Until</dt>
    <dd>${momentInWords(expiresAt, expiresAt, false)}</dd>
  </dl>`;
}

function problemBox({ message, isOfToken }: SignInProblem): Html {
  return html`<div class="problem" role="alert">
    <h2>There is a problem</h2>
    <p>${isOfToken ? html`<a href="#token">${message}</a>` : message}</p>
  </div>`;
}

function form(problem: SignInProblem | null): Html {
  const isWrong = problem?.isOfToken ?? false;
  return html`<form method="post" action="/sign-in">
    <p id="read" role="status" hidden>Your invitation has been read. Select “Sign in” to go on.</p>
    <div class="${isWrong ? "field wrong" : "field"}">
      <label for="token">Invitation</label>
      <p class="hint" id="token-hint">The whole link that you were sent, or the token in it.</p>
      <input
        type="text"
        id="token"
        name="token"
        aria-describedby="token-hint"
        ${isWrong ? raw('aria-invalid="true"') : null}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        required
      />
    </div>
    <button>Sign in</button>
  </form>`;
}
