import { type FormEvent, useEffect, useId, useMemo, useState } from "react";
import type { AssetState, Made, PossibleDuplicate, UserError } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { kindsInWords } from "../words.ts";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { type Fault, faultsOf, type Field, fieldOfError, type Picked, pickedOf, type Values } from "./fields.ts";
import { Outcome } from "./Outcome.tsx";
import { Question } from "./Question.tsx";
import { Sent } from "./Sent.tsx";
import type { Task } from "./tasks.ts";
import { Go } from "../workshop/Go.tsx";

/** The name of one call: what is sent again because an answer was lost is then not done twice. */
function callName(): string {
  // Not randomUUID, which browsers keep from pages without TLS, such as a laptop's own in a village hall.
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The asset looked at last, as the answer to the first question about an asset, where it may be that. */
function beginning(task: Task, subject: Picked | null): Values {
  const first = task.fields(null).find(({ name }) => name === "asset");
  return subject !== null && first?.type === "pick" && first.of.includes(subject.kind) ? { asset: [subject] } : {};
}

/** One thing to do, as a form: its questions, what is wrong with the answers, the operation that it sends, and what became of it. */
export function TaskForm({ task }: { readonly task: Task }) {
  const { ask, workshop, viewer, board, refresh, announce, subject, lookAt } = useDesk();
  const own = useId();
  const [values, setValues] = useState<Values>(() => beginning(task, subject));
  const [state, setState] = useState<AssetState | null>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [duplicates, setDuplicates] = useState<readonly PossibleDuplicate[]>([]);
  const [made, setMade] = useState<Made | null>(null);
  const [call, setCall] = useState(callName);
  const [isSending, setIsSending] = useState(false);

  const chosen = pickedOf(values, "asset")[0];
  const chosenId = chosen?.id ?? null;
  useEffect(() => {
    setState(null);
    if (task.readsAsset !== true || chosenId === null) return;
    let isStale = false;
    ask<{ asset: AssetState | null }>("Asset", { id: chosenId, workshop: workshop?.id ?? null }).then(
      ({ asset }) => {
        if (isStale) return;
        setState(asset);
        if (asset === null) setFaults([{ name: "asset", message: "It is not on the map any more" }]);
        else setValues((before) => ({ ...task.initial?.(asset), ...onlyAsset(before) }));
      },
      (fault: unknown) => {
        if (!isStale) setFaults([{ name: "asset", message: fault instanceof Error ? fault.message : String(fault) }]);
      },
    );
    return () => {
      isStale = true;
    };
  }, [ask, task, chosenId, workshop?.id, call]);

  const fields = useMemo(() => task.fields(state), [task, state]);
  const operation = task.operation(state);
  const variables = task.variables(values, {
    workshop: workshop?.id ?? null,
    isSample: workshop?.sample ?? false,
    call,
    state,
  });
  const questionId = (name: string) => `${own}-${name}`;

  function answer(field: Field, value: Values[string]) {
    setValues((before) => ({ ...before, [field.name]: value }));
    setDuplicates([]);
    setMade(null);
    if (field.name === "asset") lookAt(assetIn(value));
  }

  function refused(errors: readonly UserError[]): readonly Fault[] {
    return errors.map(({ message, field }) => ({ name: fieldOfError(fields, field)?.name ?? null, message }));
  }

  async function attempt(isAddedAllTheSame: boolean) {
    setMade(null);
    const wrong = faultsOf(fields, values);
    setFaults(wrong);
    if (wrong.length > 0) return;
    setIsSending(true);
    try {
      if (task.possibleDuplicates !== undefined && !isAddedAllTheSame) {
        const { possibleDuplicates } = await ask<{ possibleDuplicates: readonly PossibleDuplicate[] }>(
          "PossibleDuplicates",
          task.possibleDuplicates(values),
        );
        setDuplicates(possibleDuplicates);
        if (possibleDuplicates.length > 0) {
          announce("Something like it may be on the map already. Look at the list before you add it.");
          return;
        }
      }
      const answered = Object.values(await ask<Record<string, Made | null>>(operation, variables))[0];
      const errors = answered?.userErrors ?? [];
      setFaults(refused(errors));
      if (answered === null || answered === undefined || errors.length > 0) {
        if ((answered?.conflictingChange ?? null) !== null) setMade(answered ?? null);
        return;
      }
      setMade(answered);
      setDuplicates([]);
      setValues(chosen === undefined || task.readsAsset !== true ? {} : { asset: [chosen] });
      setCall(callName());
      await refresh();
    } catch (fault) {
      setFaults([{ name: null, message: fault instanceof Error ? fault.message : String(fault) }]);
    } finally {
      setIsSending(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isSending) void attempt(duplicates.length > 0);
  }

  return (
    <form noValidate onSubmit={submit} className="task">
      <p>{task.lead}</p>
      {viewer?.role === "VIEWER" && (
        <p className="inset">
          You are not signed in, and so can fill this in and see what it would send, and no more.{" "}
          <Go to="">Join a workshop</Go> first.
        </p>
      )}
      <ErrorSummary
        faults={useMemo(
          () => faults.map(({ name, message }) => ({ message, questionId: name === null ? null : `${own}-${name}` })),
          [faults, own],
        )}
      />
      {made !== null && <Outcome made={made} />}
      {fields.map((field) => (
        <Question
          key={field.name}
          id={questionId(field.name)}
          field={field}
          values={values}
          state={state}
          error={faults.find(({ name }) => name === field.name)?.message ?? null}
          onChange={(value) => answer(field, value)}
        />
      ))}
      {state !== null && task.notes?.(state).map((note) => <p key={note}>{note}</p>)}
      {duplicates.length > 0 && (
        <div className="inset" role="group" aria-label="It may be on the map already">
          <h3>It may be on the map already</h3>
          <ul>
            {duplicates.map(({ asset, reasons, score }) => (
              <li key={asset.id}>
                <Go to="around" onGo={() => lookAt(asset)}>
                  {asset.name}
                </Go>{" "}
                <span className="note">
                  {kindsInWords[asset.kind]}: {reasons.join(", ")} ({Math.round(score * 100)}% alike)
                </span>
              </li>
            ))}
          </ul>
          <p>If it is one of these, do not add it again: change that one. If it is not, add it all the same.</p>
        </div>
      )}
      <p>
        <button type="submit" aria-disabled={isSending || undefined}>
          {duplicates.length > 0 ? "Add it all the same" : task.button}
        </button>{" "}
        <span className="note">{whereTo(workshop?.name ?? null, viewer?.role ?? null, board.length)}</span>
      </p>
      <Sent operation={operation} variables={variables} />
    </form>
  );
}

const onlyAsset = (values: Values): Values => ("asset" in values ? { asset: values["asset"] ?? [] } : {});

function assetIn(value: Values[string]): Picked | null {
  return typeof value === "string"
    ? null
    : ((value as readonly (Picked | string)[]).find((one) => typeof one === "object") ?? null);
}

/** What sending it does, before it is sent. */
function whereTo(workshop: string | null, role: string | null, proposed: number): string {
  if (role === null || role === "VIEWER") return "";
  if (role === "MAPPER") return workshop === null ? "Choose a workshop first." : `It is proposed in “${workshop}”.`;
  if (workshop === null) return "It is on the map at once, for everybody.";
  return `It is done in “${workshop}”${proposed > 0 ? ", where things are proposed" : ""}.`;
}
