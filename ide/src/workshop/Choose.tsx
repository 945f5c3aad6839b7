import { type FormEvent, useId, useState } from "react";
import type { UserError, Workshop } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { type Picked, type Field, fieldOfError, faultsOf, pickedOf, textOf, type Values } from "../form/fields.ts";
import { Question } from "../form/Question.tsx";
import { Sent } from "../form/Sent.tsx";
import { momentInWords } from "../words.ts";
import { SignIn } from "./SignIn.tsx";
import { Go } from "./Go.tsx";

const startFields: readonly Field[] = [
  {
    type: "text",
    name: "name",
    path: "name",
    label: "What is the workshop called?",
    hint: "For example: “Rose Hill, Tuesday evening”.",
    missing: "Enter what the workshop is called",
  },
  {
    type: "pick",
    name: "area",
    path: "area",
    label: "Which area does it map?",
    hint: "Type a part of its name. One in which you may edit.",
    of: ["Area"],
  },
];

/** Which workshop everything is done in: choose one, join one, or start one. */
export function Choose() {
  const { viewer, workshops, workshop, choose } = useDesk();
  const name = useId();
  const isEditor = viewer?.role === "EDITOR" || viewer?.role === "ADMIN";
  return (
    <>
      {workshop !== null && workshop.joinCode !== null && <Code workshop={workshop} />}
      {viewer?.role === "MAPPER" && workshops.length === 0 && (
        <p className="inset">
          The workshop that you joined has ended, or has a new code. If it has ended: thank you. What you added is kept,
          and the facilitator looks at it.
        </p>
      )}
      {workshops.length > 0 && (
        <fieldset className="field">
          <legend>Which workshop are you in?</legend>
          {workshops.map((one) => (
            <div className="tick" key={one.id}>
              <input
                type="radio"
                name={name}
                id={`${name}-${one.id}`}
                checked={workshop?.id === one.id}
                aria-describedby={`${name}-${one.id}-hint`}
                onChange={() => choose(one.id)}
              />
              <label htmlFor={`${name}-${one.id}`}>{one.name}</label>
              <p className="hint" id={`${name}-${one.id}-hint`}>
                {[
                  one.area?.name,
                  one.open ? `since ${momentInWords(one.startedAt)}` : "closed",
                  one.sample ? "a sample: made up, to show how a workshop goes" : null,
                ]
                  .filter(Boolean)
                  .join(", ")}
              </p>
            </div>
          ))}
          {isEditor && (
            <div className="tick">
              <input
                type="radio"
                name={name}
                id={`${name}-none`}
                checked={workshop === null}
                aria-describedby={`${name}-none-hint`}
                onChange={() => choose(null)}
              />
              <label htmlFor={`${name}-none`}>None</label>
              <p className="hint" id={`${name}-none-hint`}>
                What you do is on the map at once, where you may edit.
              </p>
            </div>
          )}
        </fieldset>
      )}
      {workshop !== null && (
        <p>
          Next: <Go to="tasks">add and change things</Go>, look <Go to="around">around an asset</Go>
          {", or "}
          <Go to="review">review what is proposed</Go>.
        </p>
      )}
      {isEditor && <Start />}
      <SignIn />
    </>
  );
}

/** The code by which people join, to be read across a room. */
function Code({ workshop }: { readonly workshop: Workshop }) {
  const { ask, refresh, announce, choose } = useDesk();
  const [problem, setProblem] = useState<string | null>(null);
  const [isClosing, setIsClosing] = useState(false);

  async function act(operation: "RenewJoinCode" | "CloseWorkshop", said: string) {
    try {
      const answered = Object.values(
        await ask<Record<string, { userErrors: readonly UserError[] }>>(operation, {
          input: { workshop: workshop.id },
        }),
      )[0];
      const [error] = answered?.userErrors ?? [];
      setProblem(error?.message ?? null);
      if (error === undefined) announce(said);
      setIsClosing(false);
      await refresh();
      if (operation === "CloseWorkshop" && error === undefined) choose(workshop.id);
    } catch (fault) {
      setProblem(fault instanceof Error ? fault.message : String(fault));
    }
  }

  const code = workshop.joinCode?.code ?? "";
  return (
    <section className="code-card" aria-label="Code to join">
      <p>
        To join “{workshop.name}”, go to <strong>{`${location.host}/ide`}</strong> and enter
      </p>
      {/* Read out letter by letter, and not as a word. */}
      <p className="big-code">
        <span aria-hidden="true">{code}</span>
        <span className="hidden">{[...code].join(" ")}</span>
      </p>
      <p>Good until {momentInWords(workshop.joinCode?.expiresAt ?? "")}.</p>
      {problem !== null && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      {isClosing ? (
        <div className="inset">
          <p>Nobody can propose anything in it any more. What is proposed stays, to be approved or rejected.</p>
          <p className="buttons">
            <button
              type="button"
              className="warning"
              onClick={() => void act("CloseWorkshop", "The workshop is closed.")}
            >
              Close the workshop
            </button>{" "}
            <button type="button" className="secondary" onClick={() => setIsClosing(false)}>
              Leave it open
            </button>
          </p>
        </div>
      ) : (
        <p className="buttons">
          <button
            type="button"
            className="secondary"
            onClick={() =>
              void act("RenewJoinCode", "There is a new code. Everybody who joined with the old one is out.")
            }
          >
            New code, and everybody joins again
          </button>{" "}
          <button type="button" className="secondary" onClick={() => setIsClosing(true)}>
            Close the workshop…
          </button>
        </p>
      )}
    </section>
  );
}

function Start() {
  const { ask, choose, refresh, announce } = useDesk();
  const own = useId();
  const [values, setValues] = useState<Values>({});
  const [faults, setFaults] = useState<readonly { name: string | null; message: string }[]>([]);
  const area: Picked | undefined = pickedOf(values, "area")[0];
  const variables = { input: { name: textOf(values, "name"), ...(area === undefined ? {} : { area: area.id }) } };

  async function start(event: FormEvent) {
    event.preventDefault();
    const missing = faultsOf(startFields, values);
    setFaults(missing);
    if (missing.length > 0) return;
    try {
      const { startWorkshop } = await ask<{
        startWorkshop: { workshop: Workshop | null; userErrors: readonly UserError[] };
      }>("StartWorkshop", variables);
      setFaults(
        startWorkshop.userErrors.map(({ message, field }) => ({
          message,
          name: fieldOfError(startFields, field)?.name ?? null,
        })),
      );
      if (startWorkshop.workshop === null) return;
      setValues({});
      await refresh();
      choose(startWorkshop.workshop.id);
      announce("The workshop has begun. Its code is shown.");
    } catch (fault) {
      setFaults([{ name: null, message: fault instanceof Error ? fault.message : String(fault) }]);
    }
  }

  return (
    <details>
      <summary>Start a workshop</summary>
      <form noValidate onSubmit={(event) => void start(event)}>
        <ErrorSummary
          faults={faults.map(({ name, message }) => ({ message, questionId: name === null ? null : `${own}-${name}` }))}
        />
        {startFields.map((field) => (
          <Question
            key={field.name}
            id={`${own}-${field.name}`}
            field={field}
            values={values}
            state={null}
            error={faults.find(({ name }) => name === field.name)?.message ?? null}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        <p>
          <button type="submit">Start the workshop</button>
        </p>
        <Sent operation="StartWorkshop" variables={variables} />
      </form>
    </details>
  );
}
