import { type FormEvent, useId, useState } from "react";
import type { Change, Made, Said } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { Sent } from "../form/Sent.tsx";
import { fieldInWords } from "../words.ts";

/** What a value is typed as: text as it is, all else as JSON. */
const typedOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** What a link is: another would be another proposal. */
const fixed = new Set(["relationship", "from", "to"]);

/** A proposal's own values, each to be put right before it is approved. What is left alone is not sent. */
export function Amend({
  change,
  onMade,
  onEnd,
}: {
  readonly change: Change;
  readonly onMade: (made: Made) => void;
  readonly onEnd: () => void;
}) {
  const { ask } = useDesk();
  const own = useId();
  const said = Object.entries(change.after ?? {}).filter(
    ([name, value]) => value !== null && !(fixed.has(name) && "relationship" in (change.after ?? {})),
  );
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
