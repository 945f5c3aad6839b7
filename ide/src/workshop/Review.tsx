import { type FormEvent, useId, useState } from "react";
import type { AssetKind, AssetState, Change, Made } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { Outcome } from "../form/Outcome.tsx";
import { Sent } from "../form/Sent.tsx";
import { mayTakeBack } from "../mayTakeBack.ts";
import { conflictInWords, counted, kindsInWords, momentInWords, whoInShort } from "../words.ts";
import { Amend } from "./Amend.tsx";
import { Difference } from "./Difference.tsx";
import { proposalsOf } from "./proposalsOf.ts";
import { UndoForm } from "./UndoForm.tsx";
import { Go } from "./Go.tsx";

/** All that a workshop proposes, asset by asset, before beside after: to approve, some or all, to amend, or to reject with a reason. */
export function Review() {
  const { workshop, board, ask, refresh, announce } = useDesk();
  const own = useId();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState("");
  const [isRejecting, setIsRejecting] = useState(false);
  const [faults, setFaults] = useState<readonly { message: string; questionId: string | null }[]>([]);
  const [made, setMade] = useState<Made | null>(null);
  const [isSending, setIsSending] = useState(false);

  if (workshop === null) {
    return (
      <p>
        <Go to="">Choose a workshop</Go> to see what it proposes.
      </p>
    );
  }

  // One that joins two assets is a proposal of each.
  const proposals = proposalsOf(board);
  const chosen = proposals.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  const approving = { input: { workshop: workshop.id, ...(chosen.length === 0 ? {} : { changes: chosen }) } };
  const rejecting = { input: { changes: chosen, reason: reason.trim() } };

  async function send(operation: "ApproveChanges" | "RejectChanges", variables: Readonly<Record<string, unknown>>) {
    if (isSending) return;
    setMade(null);
    setFaults([]);
    setIsSending(true);
    announce("Working on it.");
    try {
      const answered = Object.values(await ask<Record<string, Made>>(operation, variables))[0];
      if (answered === undefined) return;
      setMade(answered);
      setTicked(new Set());
      setIsRejecting(false);
      setReason("");
      await refresh();
    } catch (fault) {
      setFaults([{ message: fault instanceof Error ? fault.message : String(fault), questionId: null }]);
      // Some of them may have been done before that.
      await refresh();
    } finally {
      setIsSending(false);
    }
  }

  function reject(event: FormEvent) {
    event.preventDefault();
    if (chosen.length === 0)
      return setFaults([{ message: "Tick what you reject", questionId: firstTick(proposals, own) }]);
    if (reason.trim() === "") return setFaults([{ message: "Say why", questionId: `${own}-reason` }]);
    void send("RejectChanges", rejecting);
  }

  async function done(answered: Made) {
    setMade(answered);
    await refresh();
  }

  return (
    <>
      <ErrorSummary faults={faults} />
      {made !== null && <Outcome made={made} />}
      <p>
        {proposals.length === 0
          ? "Nothing is proposed at present."
          : `${counted(proposals.length, "proposal")} about ${counted(board.length, "asset")}.`}{" "}
        {workshop.isFacilitator && proposals.length > 0 && (
          <button type="button" className="link" onClick={() => document.getElementById(`${own}-decide`)?.focus()}>
            Go to the end, to decide
          </button>
        )}
      </p>
      {board.map((state) => (
        <OneAsset
          key={state.id}
          state={state}
          ticked={ticked}
          idOf={(change) => `${own}-${change.id}`}
          onTick={(change, isTicked) =>
            setTicked((before) => {
              const next = new Set(before);
              if (isTicked) next.add(change.id);
              else next.delete(change.id);
              return next;
            })
          }
          onMade={(answered) => void done(answered)}
        />
      ))}
      {workshop.isFacilitator && proposals.length > 0 && (
        <section className="decide" aria-label="Decide">
          <h3 id={`${own}-decide`} tabIndex={-1}>
            Decide
          </h3>
          <p className="buttons">
            <button
              type="button"
              aria-disabled={isSending || undefined}
              onClick={() => void send("ApproveChanges", approving)}
            >
              {isSending
                ? "Working on it"
                : chosen.length === 0
                  ? `Approve all ${proposals.length}`
                  : `Approve the ${counted(chosen.length, "one")} ticked`}
            </button>{" "}
            <button
              type="button"
              className="secondary"
              aria-expanded={isRejecting}
              onClick={() => setIsRejecting(!isRejecting)}
            >
              {chosen.length === 0 ? "Reject…" : `Reject the ${counted(chosen.length, "one")} ticked…`}
            </button>
          </p>
          {isRejecting && (
            <form noValidate className="inset" onSubmit={reject}>
              <div className="field">
                <label htmlFor={`${own}-reason`}>Why?</label>
                <p className="hint" id={`${own}-reason-hint`}>
                  Those who proposed it read this. For example: “It is the same as the group at St Mary’s.”
                </p>
                <input
                  id={`${own}-reason`}
                  type="text"
                  autoComplete="off"
                  aria-describedby={`${own}-reason-hint`}
                  value={reason}
                  onChange={({ target }) => setReason(target.value)}
                />
              </div>
              <p>
                <button type="submit" className="warning">
                  {chosen.length === 0 ? "Reject what is ticked" : `Reject ${counted(chosen.length, "proposal")}`}
                </button>
              </p>
              <Sent operation="RejectChanges" variables={rejecting} />
            </form>
          )}
          <Sent operation="ApproveChanges" variables={approving} />
        </section>
      )}
    </>
  );
}

const firstTick = ([first]: readonly Change[], own: string) => (first === undefined ? null : `${own}-${first.id}`);

/** Whether a proposal is about an asset, rather than about another that it is joined to. */
const isOf =
  ({ id }: AssetState) =>
  ({ subjectId }: Change) =>
    subjectId === id;

function OneAsset({
  state,
  ticked,
  idOf,
  onTick,
  onMade,
}: {
  readonly state: AssetState;
  readonly ticked: ReadonlySet<string>;
  readonly idOf: (change: Change) => string;
  readonly onTick: (change: Change, isTicked: boolean) => void;
  readonly onMade: (made: Made) => void;
}) {
  const { lookAt } = useDesk();
  const kind = `${state.kind.charAt(0)}${state.kind.slice(1).toLowerCase()}` as AssetKind;
  const others = state.proposals.filter((change) => !isOf(state)(change));
  return (
    <section className="asset" aria-label={state.name}>
      <h3>
        {state.name} <span className="tag">{kindsInWords[kind]}</span>
        {state.status === "PROPOSED" && <span className="tag proposed">New</span>}
      </h3>
      <p>
        <Go to="around" onGo={() => lookAt({ id: state.id, name: state.name, kind })}>
          Look around it<span className="hidden">: {state.name}</span>
        </Go>
      </p>
      {state.proposals.filter(isOf(state)).map((change) => (
        <OneProposal
          key={change.id}
          change={change}
          id={idOf(change)}
          isTicked={ticked.has(change.id)}
          onTick={(isTicked) => onTick(change, isTicked)}
          onMade={onMade}
        />
      ))}
      {others.length > 0 && (
        <>
          <p>It has to do with it as well, and is listed above or below:</p>
          <ul>
            {others.map(({ id, summary }) => (
              <li key={id}>{summary}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function OneProposal({
  change,
  id,
  isTicked,
  onTick,
  onMade,
}: {
  readonly change: Change;
  readonly id: string;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
  readonly onMade: (made: Made) => void;
}) {
  const { workshop, viewer } = useDesk();
  const [open, setOpen] = useState<"amend" | "undo" | null>(null);
  return (
    <div className="proposal">
      {workshop?.isFacilitator === true ? (
        <div className="tick">
          <input id={id} type="checkbox" checked={isTicked} onChange={({ target }) => onTick(target.checked)} />
          <label htmlFor={id}>{change.summary}</label>
        </div>
      ) : (
        <p>
          <strong>{change.summary}</strong>
        </p>
      )}
      <p className="note">
        {whoInShort(change.by, viewer)}, {momentInWords(change.at)}
      </p>
      {change.conflicts.length > 0 && (
        <div className="conflict">
          <p>
            <strong>It could not be applied now:</strong>
          </p>
          <ul>
            {change.conflicts.map((conflict) => (
              <li key={conflict.message}>{conflictInWords(conflict, viewer)}</li>
            ))}
          </ul>
        </div>
      )}
      <Difference change={change} />
      <p className="buttons">
        {workshop?.isFacilitator === true && (
          <button
            type="button"
            className="link"
            aria-expanded={open === "amend"}
            onClick={() => setOpen(open === "amend" ? null : "amend")}
          >
            Amend<span className="hidden">: {change.summary}</span>
          </button>
        )}
        {mayTakeBack(viewer, change) && (
          <button
            type="button"
            className="link"
            aria-expanded={open === "undo"}
            onClick={() => setOpen(open === "undo" ? null : "undo")}
          >
            Take it back<span className="hidden">: {change.summary}</span>
          </button>
        )}
      </p>
      {open === "amend" && (
        <Amend
          change={change}
          onEnd={() => setOpen(null)}
          onMade={(made) => {
            setOpen(null);
            onMade(made);
          }}
        />
      )}
      {open === "undo" && <UndoForm change={change} onMade={onMade} />}
    </div>
  );
}
