import { type FormEvent, useId, useState } from "react";
import type { Change, Made } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { Sent } from "../form/Sent.tsx";

/** Takes one change back, and says what stands in the way when it cannot be. */
export function UndoForm({ change, onMade }: { readonly change: Change; readonly onMade: (made: Made) => void }) {
  const { ask } = useDesk();
  const own = useId();
  const [reason, setReason] = useState("");
  const [isWith, setIsWith] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const variables = {
    input: {
      change: change.id,
      ...(isWith ? { withDependants: true } : {}),
      ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    },
  };

  async function send(event: FormEvent) {
    event.preventDefault();
    try {
      const { undoChange } = await ask<{ undoChange: Made }>("UndoChange", variables);
      onMade(undoChange);
    } catch (fault) {
      setProblem(fault instanceof Error ? fault.message : String(fault));
    }
  }

  return (
    <form className="inset" onSubmit={(event) => void send(event)}>
      {problem !== null && (
        <p className="error" role="alert">
          {problem}
        </p>
      )}
      <div className="field">
        <label htmlFor={`${own}-reason`}>Why? (optional)</label>
        <input
          id={`${own}-reason`}
          type="text"
          autoComplete="off"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      {change.status === "APPLIED" && (
        <div className="tick">
          <input
            id={`${own}-with`}
            type="checkbox"
            checked={isWith}
            onChange={({ target }) => setIsWith(target.checked)}
          />
          <label htmlFor={`${own}-with`}>Undo what rests on it too</label>
        </div>
      )}
      <p>
        <button type="submit" className="warning">
          {change.status === "PROPOSED" ? "Take the proposal back" : "Undo this change"}
        </button>
      </p>
      <Sent operation="UndoChange" variables={variables} />
    </form>
  );
}
