import { useDesk } from "../desk.tsx";
import { operations } from "../operations.ts";
import type { OperationName } from "./tasks.ts";

/** The very operation and variables that a form sends, for those who want to know, or to write their own from it. */
export function Sent({ operation, variables }: { readonly operation: OperationName; readonly variables: unknown }) {
  const { openInEditor } = useDesk();
  return (
    <details className="sent">
      <summary>The operation that this sends</summary>
      <pre tabIndex={0} role="group" aria-label="The operation">
        <code>{operations[operation]}</code>
      </pre>
      <p>Its variables:</p>
      <pre tabIndex={0} role="group" aria-label="The variables">
        <code>{JSON.stringify(variables, null, 2)}</code>
      </pre>
      <p>
        <button type="button" className="secondary" onClick={() => openInEditor(operation, variables)}>
          Open in the editor
        </button>
      </p>
    </details>
  );
}
