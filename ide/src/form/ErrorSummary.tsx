import { useEffect, useRef } from "react";

/** What is wrong with a form, above it, each with a link to its question; null leads nowhere. It takes the focus, so that it is read out. */
export function ErrorSummary({
  faults,
}: {
  readonly faults: readonly { readonly message: string; readonly questionId: string | null }[];
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) box.current?.focus();
  }, [faults]);
  if (faults.length === 0) return null;
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={box}>
      <h3>There is a problem</h3>
      <ul>
        {faults.map(({ message, questionId }) => (
          <li key={`${questionId ?? ""}${message}`}>
            {questionId === null ? (
              message
            ) : (
              <a
                href={`#${questionId}`}
                onClick={(event) => {
                  // The address says where in the IDE one is, and stays so.
                  event.preventDefault();
                  document.getElementById(questionId)?.focus();
                }}
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
