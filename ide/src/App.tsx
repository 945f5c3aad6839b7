import { lazy, Suspense, useEffect, useRef } from "react";
import type { Role } from "./answers.ts";
import { useDesk } from "./desk.tsx";
import { useRoute } from "./route.ts";
import { WorkshopView } from "./workshop/WorkshopView.tsx";

/** Large, and not everybody's: it is fetched when somebody opens it. */
const Editor = lazy(() => import("./editor/Editor.tsx").then((editor) => ({ default: editor.Editor })));

const rolesInWords: Readonly<Record<Role, string>> = {
  VIEWER: "You are not signed in.",
  MAPPER: "You are a mapper: you propose.",
  EDITOR: "You are an editor: you change things, where you may.",
  ADMIN: "You are an administrator.",
};

/** The whole page: who one is, help in a crisis, the workshop or the editor. */
export function App() {
  const { tab } = useRoute();
  const { announced } = useDesk();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const wasEditor = useRef(false);
  if (tab === "editor") wasEditor.current = true;

  useEffect(() => {
    document.title = `${tab === "editor" ? "Editor" : "Workshop"} – Common Ground`;
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [tab]);

  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to main content
      </a>
      <header>
        <div className="bar">
          <p className="name">
            <a href="/">Common Ground</a>
          </p>
          <nav aria-label="IDE">
            <ul>
              <li>
                <a href="#/workshop" aria-current={tab === "workshop" ? "page" : undefined}>
                  Workshop
                </a>
              </li>
              <li>
                <a href="#/editor" aria-current={tab === "editor" ? "page" : undefined}>
                  GraphQL editor
                </a>
              </li>
            </ul>
          </nav>
        </div>
      </header>
      <section className="crisis" aria-label="If you need help now">
        <p>
          If a life is at risk, call <a href="tel:999">999</a>. To talk to somebody at any hour, call Samaritans on{" "}
          <a href="tel:116123">116 123</a>, or go to{" "}
          <a href="https://www.samaritans.org/how-we-can-help/contact-samaritan/">samaritans.org</a>.
        </p>
      </section>
      <Who />
      <main id="main" tabIndex={-1} ref={main} className={tab}>
        <h1 className={tab === "editor" ? "hidden" : undefined}>
          {tab === "editor" ? "GraphQL editor" : "Map together"}
        </h1>
        {tab === "workshop" && <WorkshopView />}
        {(tab === "editor" || wasEditor.current) && (
          // Hidden, and not taken away: what was typed there is still there.
          <div hidden={tab !== "editor"} className="editor-place">
            <Suspense fallback={<p>The editor is on its way.</p>}>
              <Editor />
            </Suspense>
          </div>
        )}
      </main>
      <div aria-live="polite" className="hidden" id="announced">
        {announced}
      </div>
    </>
  );
}

function Who() {
  const { viewer, token, signIn, workshop, announce } = useDesk();
  if (viewer === null && token === null) return null;
  return (
    <section className="who" aria-label="Who you are">
      <p>
        {viewer === null ? "Your token is being looked at." : rolesInWords[viewer.role]}
        {viewer?.role === "EDITOR" &&
          ` Your areas: ${viewer.areas.map(({ name, id }) => name ?? id).join(", ") || "none"}.`}
        {workshop !== null && ` In “${workshop.name}”${workshop.sample ? ", a sample" : ""}.`}{" "}
        {token === null && viewer !== null && viewer.role !== "VIEWER" && <a href="/sign-out">Sign out</a>}
        {token !== null && (
          <button
            type="button"
            className="link"
            onClick={() => {
              signIn(null);
              announce("You are signed out.");
              location.hash = "#/workshop";
            }}
          >
            Sign out
          </button>
        )}
      </p>
    </section>
  );
}
