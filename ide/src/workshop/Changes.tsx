import { useState } from "react";
import type { Made } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { Outcome } from "../form/Outcome.tsx";
import { mayTakeBack } from "../mayTakeBack.ts";
import { momentInWords, statusInWords, whoInShort } from "../words.ts";
import { Difference } from "./Difference.tsx";
import { UndoForm } from "./UndoForm.tsx";

/** What was done and proposed, by whom and when, the latest first; each can be taken back. */
export function Changes() {
  const { changes, workshop, refresh, viewer } = useDesk();
  const [made, setMade] = useState<Made | null>(null);
  const [undoing, setUndoing] = useState<string | null>(null);
  return (
    <>
      {made !== null && <Outcome made={made} />}
      <p>
        {workshop === null
          ? "The latest changes to the map, by anybody."
          : `What was done and proposed in “${workshop.name}”. It is brought up to date as it happens.`}
      </p>
      {changes.length === 0 && <p>Nothing yet.</p>}
      <ol className="changes">
        {changes.map((change) => {
          const isUndoable = mayTakeBack(viewer, change);
          return (
            <li key={change.id}>
              <p>
                <strong>{change.summary}</strong>{" "}
                <span className={change.status === "PROPOSED" ? "tag proposed" : "tag"}>{statusInWords(change)}</span>
              </p>
              <p className="note">
                {whoInShort(change.by, viewer)}, {momentInWords(change.at)}
                {change.reason !== null && `. Why: ${change.reason}`}
                {change.undoes !== null && ". It takes an earlier change back."}
              </p>
              <details>
                <summary>
                  Before and after<span className="hidden">: {change.summary}</span>
                </summary>
                <Difference change={change} />
              </details>
              {isUndoable && (
                <button
                  type="button"
                  className="link"
                  aria-expanded={undoing === change.id}
                  onClick={() => setUndoing(undoing === change.id ? null : change.id)}
                >
                  {change.status === "PROPOSED" ? "Take it back" : "Undo"}
                  <span className="hidden">: {change.summary}</span>
                </button>
              )}
              {undoing === change.id && (
                <UndoForm
                  change={change}
                  onMade={(answered) => {
                    setMade(answered);
                    if (answered.userErrors.length === 0 && (answered.conflicts ?? []).length === 0) setUndoing(null);
                    void refresh();
                  }}
                />
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
