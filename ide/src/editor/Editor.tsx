import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import {
  buildSchema,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
} from "graphql";
import { useEffect, useMemo, useRef, useState } from "react";
import { send, subscribe } from "../askApi.ts";
import { type Opened, useDesk } from "../desk.tsx";
import { WorkshopView } from "../workshop/WorkshopView.tsx";

const defaultQuery = `# Loneliness support near Rose Hill: what the directory is for.
# Ctrl+Enter asks it; Ctrl+Space shows what could stand where the cursor is.
{
  search(text: "loneliness support near Rose Hill", first: 5) {
    edges {
      node { name summary }
      distanceMetres
      why { sentence }
    }
  }
}
`;

function WorkshopIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <circle cx="6" cy="6" r="3" />
      <circle cx="18" cy="9" r="3" />
      <circle cx="9" cy="18" r="3" />
      <path d="M9 7l6 1M7 9l2 6M16 11l-5 5" />
    </svg>
  );
}

const workshopPlugin: GraphiQLPlugin = { title: "Workshop", icon: WorkshopIcon, content: WorkshopView };

function isSubscription(query: string, operationName: string | null | undefined): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    // The API says what is wrong with it.
    return false;
  }
}

/** The events of a subscription, which end when GraphiQL no longer wants any, also while it waits for the next. */
function eventsOf(body: unknown, token: string | null): AsyncIterableIterator<ExecutionResult> {
  const leaving = new AbortController();
  const events = subscribe(body, token, leaving.signal) as AsyncGenerator<ExecutionResult, undefined>;
  const told: AsyncIterableIterator<ExecutionResult> = {
    next: () => events.next(),
    return: () => {
      leaving.abort();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => told,
  };
  return told;
}

/** Puts an operation that the workshop sends into a tab of its own. */
function OpenedTab({ opened }: { readonly opened: Opened | null }) {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const shown = useRef<Opened | null>(null);
  useEffect(() => {
    if (opened === null || shown.current === opened || queryEditor === undefined || variableEditor === undefined)
      return;
    shown.current = opened;
    addTab();
    queryEditor.setValue(opened.query);
    variableEditor.setValue(opened.variables);
    queryEditor.focus();
  }, [opened, queryEditor, variableEditor, addTab]);
  return null;
}

/**
 * GraphiQL over the directory, with its documentation, the explorer and the history, and the workshop as a panel. It asks as whoever is signed in. What is typed stays in this
 * tab: a laptop at a workshop is not its user's alone, and drafts are not for everybody.
 */
export function Editor() {
  const { token, opened } = useDesk();
  const [schema, setSchema] = useState<GraphQLSchema | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asking = useRef(token);
  asking.current = token;

  useEffect(() => {
    async function read() {
      const response = await fetch("/schema.graphql");
      if (!response.ok) throw new Error(`The schema could not be read (${response.status}).`);
      setSchema(buildSchema(await response.text(), { assumeValid: true }));
    }
    read().catch((fault: unknown) => setProblem(fault instanceof Error ? fault.message : String(fault)));
  }, []);

  const plugins = useMemo(() => [workshopPlugin, explorerPlugin(), HISTORY_PLUGIN], []);
  if (problem !== null) return <p className="problem">{problem}</p>;
  if (schema === null) return <p>The schema is on its way.</p>;
  return (
    <div className="editor">
      <GraphiQL
        // The schema comes as text: its introspection is a large question, and the text is kept by the browser.
        schema={schema}
        fetcher={({ query, operationName, variables }) =>
          isSubscription(query, operationName)
            ? eventsOf({ query, operationName, variables }, asking.current)
            : (send({ query, operationName, variables }, asking.current) as Promise<ExecutionResult>)
        }
        plugins={plugins}
        storage={sessionStorage}
        forcedTheme="light"
        defaultQuery={defaultQuery}
        // Who asks is said above, once.
        isHeadersEditorEnabled={false}
        showPersistHeadersSettings={false}
        defaultEditorToolsVisibility="variables"
      >
        <OpenedTab opened={opened} />
        <GraphiQL.Logo>
          <span className="note">GraphiQL</span>
        </GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
