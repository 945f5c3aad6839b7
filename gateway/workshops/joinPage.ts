import { html } from "hono/html";
import type { Context } from "hono";
import type { SignedIn } from "../../core/tokens.ts";
import type { Html } from "../pages/layout.ts";
import type { WorkshopAsked } from "./asked.ts";
import { hidden, selectField, textField, type Option } from "./fields.ts";
import type { Problem } from "./problems.ts";
import { workshopLayout } from "./workshopLayout.ts";

/** Why somebody is at the page to join, in words. */
const reasons: Readonly<Record<string, string>> = {
  "signed-out": "To see a workshop, join it with its code, or sign in.",
  "not-yours":
    "You are not in this workshop. It may have ended, or it has a new code. If it has ended: thank you. What you added is kept, and the facilitator looks at it.",
};

/** Where people join a workshop with a code, and those signed in find theirs. */
export function joinPage({
  known,
  workshops,
  areas,
  problems,
  code,
  startName,
  startArea,
  call,
  why,
  doneCode,
}: {
  readonly known: SignedIn | null;
  readonly workshops: readonly WorkshopAsked[];
  readonly areas: readonly Option[];
  readonly problems: readonly Problem[];
  readonly code: string;
  readonly startName: string;
  readonly startArea: string;
  readonly call: string;
  readonly why: string | null;
  readonly doneCode: string | null;
}): Html {
  const isEditor = known !== null && known.actor.role !== "MAPPER";
  const reason = why === null ? undefined : reasons[why];
  return workshopLayout({
    heading: "Mapping together",
    problems,
    doneCode,
    main: html`${reason === undefined ? null : html`<p class="notice" role="status">${reason}</p>`}
      <p>
        In a workshop people put on the map what there is around them. Nothing is public before the facilitator approves
        it.
      </p>
      ${
        workshops.length === 0
          ? null
          : html`<h2>Your workshops</h2>
              <ul>
                ${workshops.map(
                  ({ id, name, open, area, sample }) =>
                    html`<li>
                      <a href="/workshop/${id}"><bdi>${name}</bdi></a
                      >${area === null ? null : html`, in <bdi>${area.name}</bdi>`}${open ? null : " (ended)"}${sample ? " (sample: made up, to show how a workshop goes)" : null}
                    </li>`,
                )}
              </ul>`
      }
      <h2>Join a workshop</h2>
      <form method="post" action="/workshop/join">
        ${textField({
          name: "code",
          label: "Workshop code",
          hint:
            known === null
              ? "The facilitator reads it out. It has 10 letters and digits"
              : "It has 10 letters and digits. You are asked before you are signed out of anything",
          value: code,
          problems,
        })}
        <button>Join</button>
      </form>
      ${
        isEditor
          ? html`<h2>Start a workshop</h2>
              <form method="post" action="/workshop/start">
                ${hidden("clientMutationId", call)}
                ${textField({ name: "name", label: "What it is called", hint: "Such as Rose Hill, one evening", value: startName, problems })}
                ${selectField({ name: "area", label: "Where", value: startArea, options: areas, none: "Choose an area", problems })}
                <button>Start</button>
              </form>`
          : null
      }
      ${
        known === null
          ? html`<p>Do you edit the map already? <a href="/sign-in">Sign in</a>.</p>`
          : html`<p><a href="/sign-out">Sign out</a></p>`
      }`,
  });
}

/** Asks somebody who is signed in already whether they want to be a mapper of a workshop instead; `mayReview`: they are in that workshop as they are. */
export function joinInsteadPage({
  known,
  code,
  workshop,
  mayReview,
}: {
  readonly known: SignedIn;
  readonly code: string;
  readonly workshop: Pick<WorkshopAsked, "id" | "name">;
  readonly mayReview: boolean;
}): Html {
  const isMapper = known.actor.role === "MAPPER";
  return workshopLayout({
    heading: isMapper ? "You are in another workshop" : "You are signed in as an editor",
    back: { path: "/workshop", label: "mapping together" },
    main: html`${
        mayReview
          ? html`<p>
              You are in this workshop already, as an editor: you do not have to join it.
              <a href="/workshop/${workshop.id}">Go to <bdi>${workshop.name}</bdi></a>
            </p>`
          : null
      }
      <p>
        ${
          isMapper
            ? html`If you join <bdi>${workshop.name}</bdi>, you leave the workshop that you are in. What you added there
                is kept. To go back to it, you need its code again.`
            : html`If you join <bdi>${workshop.name}</bdi> with its code, you are signed out as an editor, and what you
                add is only proposed. To be an editor again, you need your invitation.`
        }
      </p>
      <form method="post" action="/workshop/join">
        ${hidden("code", code)}
        <div class="buttons">
          <button name="instead" value="yes">${isMapper ? "Join, and leave the other" : "Join as a mapper"}</button>
        </div>
      </form>
      <p><a href="/workshop">Stay as I am</a></p>`,
  });
}

/** Where somebody is sent who may not see a workshop. */
export function toJoin(request: Context, why: "signed-out" | "not-yours"): Response {
  return request.redirect(`/workshop?why=${why}`, 303);
}
