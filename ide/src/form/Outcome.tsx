import { useEffect, useRef } from "react";
import type { Made } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { conflictInWords, counted, whoInShort } from "../words.ts";

/** What became of a command, in words; it takes the focus, so that it is read out. */
export function Outcome({ made }: { readonly made: Made }) {
  const { viewer } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [made]);
  const { change = null, changes = [], undone = [], conflicts = [], conflictingChange = null, userErrors } = made;
  const isDone = userErrors.length === 0;
  const heading =
    conflictingChange !== null
      ? "Somebody else has changed it meanwhile"
      : !isDone
        ? "It could not be done"
        : conflicts.length > 0 && changes.length === 0 && undone.length === 0
          ? "Nothing was done"
          : change?.status === "PROPOSED"
            ? "Proposed"
            : "Done";
  return (
    <div
      className={isDone && conflicts.length === 0 ? "success" : "inset"}
      tabIndex={-1}
      ref={box}
      role="group"
      aria-label={heading}
    >
      <h3>{heading}</h3>
      {change !== null && <p>{change.summary}</p>}
      {change?.status === "PROPOSED" && <p>Nobody outside the workshop sees it until it is approved.</p>}
      {change === null && isDone && changes.length === 0 && undone.length === 0 && conflicts.length === 0 && (
        <p>{made.isRemembered === true ? "It is remembered." : "It was so already."}</p>
      )}
      {conflictingChange !== null && (
        <p>
          {conflictingChange.summary} ({whoInShort(conflictingChange.by, viewer)}). Nothing was overwritten: choose it
          again to see how it is now.
        </p>
      )}
      {changes.length > 0 && (
        <>
          <p>{counted(changes.length, "change")}:</p>
          <ul>
            {changes.map(({ id, summary }) => (
              <li key={id}>{summary}</li>
            ))}
          </ul>
        </>
      )}
      {undone.length > 0 && (
        <>
          <p>Taken back:</p>
          <ul>
            {undone.map(({ id, summary }) => (
              <li key={id}>{summary}</li>
            ))}
          </ul>
        </>
      )}
      {conflicts.length > 0 && (
        <>
          <h4>What could not be done</h4>
          <ul>
            {conflicts.map((conflict) => (
              <li key={`${conflict.change.id}${conflict.message}`}>
                <strong>{conflict.change.summary}</strong> {conflictInWords(conflict, viewer)}
              </li>
            ))}
          </ul>
        </>
      )}
      {userErrors.length > 0 && conflictingChange === null && (
        <ul>
          {userErrors.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
