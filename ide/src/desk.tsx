import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { AssetState, Change, Page, Viewer, Workshop } from "./answers.ts";
import { type Ask, askApi, listenToApi, NoAnswer } from "./askApi.ts";
import type { Picked } from "./form/fields.ts";
import type { OperationName } from "./form/tasks.ts";
import { operations } from "./operations.ts";
import { keepToken, takeToken } from "./session.ts";
import { watchWorkshop } from "./watchWorkshop.ts";
import { counted } from "./words.ts";

/** An operation to be shown in the editor. */
export interface Opened {
  readonly query: string;
  readonly variables: string;
}

/** What everybody at this desk shares: who they are, which workshop they are in, and what happens in it. */
export interface Desk {
  readonly token: string | null;
  readonly ask: Ask;
  /** Null until it is known. */
  readonly viewer: Viewer | null;
  readonly signIn: (token: string | null) => void;
  readonly workshops: readonly Workshop[];
  /** The workshop that everything is done in. Null: in none. */
  readonly workshop: Workshop | null;
  readonly choose: (id: string | null) => void;
  readonly board: readonly AssetState[];
  /** What happened in the workshop, or, in none, on the whole map; the latest first. */
  readonly changes: readonly Change[];
  /** Reads it all anew: after something was done. */
  readonly refresh: () => Promise<void>;
  /** What could not be read, in a sentence. */
  readonly problem: string | null;
  /** Says something to those who do not see the screen change. */
  readonly announce: (text: string) => void;
  readonly announced: string;
  /** The asset that was looked at last. */
  readonly subject: Picked | null;
  readonly lookAt: (subject: Picked | null) => void;
  readonly opened: Opened | null;
  readonly openInEditor: (operation: OperationName, variables: unknown) => void;
}

const DeskContext = createContext<Desk | null>(null);

/** The desk. Throws where there is none around. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("There is no desk around this.");
  return desk;
}

const sentenceOf = (problem: unknown) => (problem instanceof Error ? problem.message : String(problem));

async function boardOf(ask: Ask, workshop: string): Promise<readonly AssetState[]> {
  const found: AssetState[] = [];
  let after: string | null = null;
  do {
    const answer: { workshop: { board: Page<AssetState> } | null } = await ask("Board", { workshop, after });
    const board = answer.workshop?.board;
    found.push(...(board?.edges.map(({ node }) => node) ?? []));
    after = board?.pageInfo.hasNextPage === true ? board.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

interface ChangesSince {
  readonly workshop: { readonly sequence: number; readonly changes: Page<Change> } | null;
}

/** Everything that happened in a workshop, by the order in which it did, and the sequence it goes up to. */
async function changesOf(ask: Ask, workshop: string) {
  const found: Change[] = [];
  let sequence = 0;
  for (;;) {
    const { workshop: answered } = await ask<ChangesSince>("WorkshopSince", { workshop, since: sequence });
    const page = answered?.changes.edges.map(({ node }) => node) ?? [];
    found.push(...page);
    sequence = Math.max(sequence, ...page.map((change) => change.sequence));
    if (answered?.changes.pageInfo.hasNextPage !== true || page.length === 0) return { changes: found, sequence };
  }
}

const latestFirst = (changes: readonly Change[]) => changes.toSorted((one, two) => two.sequence - one.sequence);

/** Reads and keeps what the desk shares, for everything inside. */
export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const [token, setToken] = useState(takeToken);
  const ask = useMemo(() => askApi(token), [token]);
  const listen = useMemo(() => listenToApi(token), [token]);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [workshops, setWorkshops] = useState<readonly Workshop[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [board, setBoard] = useState<readonly AssetState[]>([]);
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  /** Why somebody who was signed in no longer is. */
  const [turnedAway, setTurnedAway] = useState<string | null>(null);
  const [announced, setAnnounced] = useState("");
  const [subject, setSubject] = useState<Picked | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  /** The workshop whose changes have been read, up to `sequence`. */
  const [readOf, setReadOf] = useState<string | null>(null);
  const sequence = useRef(0);
  const latest = useRef<object>({});

  const announce = useCallback((text: string) => {
    // The same words twice are said twice: emptied first, because only a change is announced.
    setAnnounced("");
    setTimeout(() => setAnnounced(text), 50);
  }, []);

  const readWho = useCallback(async () => {
    let who: Viewer;
    try {
      ({ viewer: who } = await ask<{ viewer: Viewer }>("Viewer"));
    } catch (fault) {
      if (!(fault instanceof NoAnswer && fault.code === "NOT_ALLOWED")) throw fault;
      // Anybody may ask this, but with a token that is no longer good.
      keepToken(null);
      setTurnedAway(
        "You are no longer signed in: your invitation or your code has run out. Join again, or sign in again.",
      );
      setChosen(null);
      setToken(null);
      return;
    }
    setViewer(who);
    if (who.role === "VIEWER") return setWorkshops([]);
    const { workshops: found } = await ask<{ workshops: Page<Workshop> }>("Workshops");
    setWorkshops(found.edges.map(({ node }) => node));
  }, [ask]);

  const readWhat = useCallback(async () => {
    // An answer that comes after somebody asked for something else is about that no more.
    const asked = {};
    latest.current = asked;
    if (chosen === null) {
      const { changes: everywhere } = await ask<{ changes: Page<Change> }>("LatestChanges");
      if (latest.current !== asked) return;
      setBoard([]);
      setChanges(everywhere.edges.map(({ node }) => node));
      return;
    }
    const [states, happened] = await Promise.all([boardOf(ask, chosen), changesOf(ask, chosen)]);
    if (latest.current !== asked) return;
    setBoard(states);
    setChanges(latestFirst(happened.changes));
    sequence.current = Math.max(sequence.current, happened.sequence);
    setReadOf(chosen);
  }, [ask, chosen]);

  const refresh = useCallback(async () => {
    try {
      await Promise.all([readWho(), readWhat()]);
      setProblem(null);
    } catch (fault) {
      setProblem(sentenceOf(fault));
    }
  }, [readWho, readWhat]);

  useEffect(() => void refresh(), [refresh]);

  useEffect(() => {
    if (chosen === null || readOf !== chosen) return;
    return watchWorkshop({
      ask,
      listen,
      workshop: chosen,
      since: sequence.current,
      onProblem: (fault) => {
        if (fault !== null) setProblem(sentenceOf(fault));
      },
      onChanges: (happened, upTo) => {
        // What was read after something of our own is no news.
        const news = happened.filter((change) => change.sequence > sequence.current);
        sequence.current = Math.max(sequence.current, upTo);
        if (news.length === 0) return;
        const told = news.slice(-3).map(({ summary }) => summary);
        announce(`${counted(news.length, "change")} in the workshop. ${told.join(" ")}`);
        void refresh();
      },
    });
  }, [ask, listen, chosen, readOf, announce, refresh]);

  // Who is in one workshop alone has nothing to choose.
  const [only] = workshops;
  useEffect(() => {
    if (chosen === null && viewer?.role === "MAPPER" && workshops.length === 1 && only?.open === true) {
      sequence.current = 0;
      setChosen(only.id);
    }
  }, [chosen, viewer, workshops, only]);

  const desk = useMemo<Desk>(
    () => ({
      token,
      ask,
      viewer,
      signIn: (next) => {
        keepToken(next);
        setTurnedAway(null);
        sequence.current = 0;
        setReadOf(null);
        setChosen(null);
        setViewer(null);
        setWorkshops([]);
        setSubject(null);
        setOpened(null);
        setToken(next);
      },
      workshops,
      workshop: workshops.find(({ id }) => id === chosen) ?? null,
      choose: (id) => {
        sequence.current = 0;
        setReadOf(null);
        setChosen(id);
      },
      board,
      changes,
      refresh,
      problem: turnedAway ?? problem,
      announce,
      announced,
      subject,
      lookAt: setSubject,
      opened,
      openInEditor: (operation, variables) => {
        setOpened({ query: operations[operation], variables: JSON.stringify(variables, null, 2) });
        location.hash = "#/editor";
      },
    }),
    [
      token,
      ask,
      viewer,
      workshops,
      chosen,
      board,
      changes,
      refresh,
      problem,
      turnedAway,
      announce,
      announced,
      subject,
      opened,
    ],
  );

  return <DeskContext value={desk}>{children}</DeskContext>;
}
