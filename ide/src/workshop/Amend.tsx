import { type FormEvent, useId, useMemo, useState } from "react";
import type { AssetKind, Change, EndKind, Made, Said } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { type Fault, faultsOf, fieldOfError, type Values } from "../form/fields.ts";
import { Question } from "../form/Question.tsx";
import { Sent } from "../form/Sent.tsx";
import { amending } from "../form/tasks.ts";
import { fieldInWords } from "../words.ts";

/** What a value is typed as: text as it is, all else as JSON. */
const typedOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** What a link is, another would be another proposal; and what is written by itself. */
const fixed = new Set(["relationship", "from", "to", "assertedBy", "confirmedOn", "sample"]);

interface Amending {
  readonly change: Change;
  readonly onMade: (made: Made) => void;
  readonly onEnd: () => void;
}

const assetKinds: readonly EndKind[] = ["Group", "Activity", "Organisation", "Place"];

/** What a proposal proposes, to be put right before it is approved: of an asset by the questions that it was made with, of a link by what is said of it. What is left alone is not sent. */
export function Amend(props: Amending) {
  const { change } = props;
  const effect = change.effects.find(({ asset }) => asset?.id === change.subjectId);
  const kind = effect?.asset?.kind;
  return effect?.after && kind !== undefined && assetKinds.includes(kind) ? (
    <AmendAsset {...props} kind={kind as AssetKind} after={effect.after} isNew={effect.before === null} />
  ) : (
    <AmendLink {...props} />
  );
}

function AmendAsset({
  change,
  kind,
  after: said,
  isNew,
  onMade,
  onEnd,
}: Amending & { readonly kind: AssetKind; readonly after: Said; readonly isNew: boolean }) {
  const { ask } = useDesk();
  const own = useId();
  const { fields, initial, after } = useMemo(() => amending(kind, said, isNew), [kind, said, isNew]);
  const [values, setValues] = useState<Values>(initial);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const variables = { input: { change: change.id, after: after(values) } };

  async function send(event: FormEvent) {
    event.preventDefault();
    const wrong = faultsOf(fields, values);
    if (wrong.length > 0) return setFaults(wrong);
    if (Object.keys(variables.input.after).length === 0) {
      return setFaults([{ name: null, message: "Change something first" }]);
    }
    try {
      const { amendChange } = await ask<{ amendChange: Made }>("AmendChange", variables);
      setFaults(
        amendChange.userErrors.map(({ message, field }) => ({
          message,
          name:
            fieldOfError(
              fields,
              field.filter((part) => part !== "after"),
            )?.name ?? null,
        })),
      );
      if (amendChange.userErrors.length === 0) onMade(amendChange);
    } catch (fault) {
      setFaults([{ name: null, message: fault instanceof Error ? fault.message : String(fault) }]);
    }
  }

  const summed = useMemo(
    () => faults.map(({ name, message }) => ({ message, questionId: name === null ? null : `${own}-${name}` })),
    [faults, own],
  );
  return (
    <form noValidate onSubmit={(event) => void send(event)} className="inset">
      <ErrorSummary faults={summed} />
      {fields.length === 0 && <p>It is more than this form can show: reject it, and propose something else.</p>}
      {fields.map((field) => (
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
      <p className="buttons">
        <button type="submit">Amend the proposal</button>{" "}
        <button type="button" className="secondary" onClick={onEnd}>
          Leave it as it is
        </button>
      </p>
      <Sent operation="AmendChange" variables={variables} />
    </form>
  );
}

/** A link's own values, each as it is kept. */
function AmendLink({ change, onMade, onEnd }: Amending) {
  const { ask } = useDesk();
  const own = useId();
  const said = Object.entries(change.after ?? {}).filter(([name, value]) => value !== null && !fixed.has(name));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [faults, setFaults] = useState<readonly { name: string | null; message: string }[]>([]);

  function read(): { readonly after: Said; readonly wrong: readonly { name: string; message: string }[] } {
    const after: Record<string, unknown> = {};
    const wrong: { name: string; message: string }[] = [];
    for (const [name, value] of said) {
      const text = typed[name];
      if (text === undefined || text === typedOf(value)) continue;
      if (typeof value === "string") {
        after[name] = text.trim() === "" ? null : text.trim();
        continue;
      }
      try {
        after[name] = text.trim() === "" ? null : (JSON.parse(text) as unknown);
      } catch {
        wrong.push({ name, message: `${fieldInWords(name)}: keep the brackets and quotation marks as they were` });
      }
    }
    return { after, wrong };
  }

  const { after } = read();
  const variables = { input: { change: change.id, after } };

  async function send(event: FormEvent) {
    event.preventDefault();
    const { wrong } = read();
    if (wrong.length > 0) return setFaults(wrong);
    if (Object.keys(after).length === 0) return setFaults([{ name: null, message: "Change something first" }]);
    try {
      const { amendChange } = await ask<{ amendChange: Made }>("AmendChange", variables);
      setFaults(
        amendChange.userErrors.map(({ message, field }) => ({
          message,
          name: said.find(([name]) => field.includes(name))?.[0] ?? null,
        })),
      );
      if (amendChange.userErrors.length === 0) onMade(amendChange);
    } catch (fault) {
      setFaults([{ name: null, message: fault instanceof Error ? fault.message : String(fault) }]);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void send(event)} className="inset">
      <ErrorSummary
        faults={faults.map(({ name, message }) => ({ message, questionId: name === null ? null : `${own}-${name}` }))}
      />
      {said.length === 0 && <p>There is nothing in it to amend: reject it, and propose something else.</p>}
      {said.map(([name, value]) => {
        const fault = faults.find((one) => one.name === name)?.message ?? null;
        return (
          <div className={fault === null ? "field" : "field wrong"} key={name}>
            <label htmlFor={`${own}-${name}`}>{fieldInWords(name)}</label>
            {fault !== null && (
              <p className="error" id={`${own}-${name}-error`}>
                <span className="hidden">Error: </span>
                {fault}
              </p>
            )}
            <textarea
              id={`${own}-${name}`}
              rows={typedOf(value).length > 60 ? 3 : 1}
              aria-invalid={fault !== null || undefined}
              aria-describedby={fault === null ? undefined : `${own}-${name}-error`}
              value={typed[name] ?? typedOf(value)}
              onChange={({ target }) => setTyped((before) => ({ ...before, [name]: target.value }))}
            />
          </div>
        );
      })}
      <p className="buttons">
        <button type="submit">Amend the proposal</button>{" "}
        <button type="button" className="secondary" onClick={onEnd}>
          Leave it as it is
        </button>
      </p>
      <Sent operation="AmendChange" variables={variables} />
    </form>
  );
}
