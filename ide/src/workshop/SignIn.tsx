import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { UserError } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import { Sent } from "../form/Sent.tsx";

interface Joined {
  readonly joinWorkshop: {
    readonly token: string | null;
    readonly workshop: { readonly id: string; readonly name: string } | null;
    readonly userErrors: readonly UserError[];
  };
}

/** Two ways in: the code of a workshop, which makes somebody a mapper in it, or a token that they were given. */
export function SignIn() {
  const { ask, signIn, announce, token, viewer, workshops, choose } = useDesk();
  const own = useId();
  const [code, setCode] = useState("");
  const [pasted, setPasted] = useState("");
  const [faults, setFaults] = useState<readonly { message: string; questionId: string | null }[]>([]);
  /** The token of a workshop that somebody could join who is more than a mapper now. */
  const [offered, setOffered] = useState<{ readonly token: string; readonly workshop: string } | null>(null);
  const asking = useRef<HTMLHeadingElement>(null);
  useEffect(() => asking.current?.focus(), [offered]);
  const variables = { input: { code: code.trim() } };

  async function join(event: FormEvent) {
    event.preventDefault();
    if (code.trim() === "") return setFaults([{ message: "Enter the code", questionId: `${own}-code` }]);
    try {
      const { joinWorkshop } = await ask<Joined>("JoinWorkshop", variables);
      setFaults(joinWorkshop.userErrors.map(({ message }) => ({ message, questionId: `${own}-code` })));
      const { token: joined, workshop } = joinWorkshop;
      if (joined === null || workshop === null) return;
      if (workshops.some(({ id }) => id === workshop.id)) {
        // Nobody becomes somebody else, or less, by joining again.
        choose(workshop.id);
        setCode("");
        announce(`You are in “${workshop.name}” already.`);
      } else if (viewer !== null && viewer.role !== "VIEWER") {
        setOffered({ token: joined, workshop: workshop.name });
      } else {
        signIn(joined);
        announce("You have joined the workshop.");
      }
    } catch (fault) {
      setFaults([{ message: fault instanceof Error ? fault.message : String(fault), questionId: null }]);
    }
  }

  function paste(event: FormEvent) {
    event.preventDefault();
    if (pasted.trim() === "") return setFaults([{ message: "Paste the invitation", questionId: `${own}-token` }]);
    setFaults([]);
    // The whole of an invitation will do.
    signIn(pasted.trim().replace(/^.*#token=/, ""));
    announce("Invitation kept.");
  }

  const wrong = (id: string) => faults.find(({ questionId }) => questionId === id)?.message ?? null;
  return (
    <>
      <ErrorSummary faults={faults} />
      {offered !== null && (
        <div className="inset">
          <h3 tabIndex={-1} ref={asking}>
            Join “{offered.workshop}” instead?
          </h3>
          <p>
            {viewer?.role === "MAPPER"
              ? "You leave the workshop that you are in. What you added there is kept."
              : "You become a mapper in this tab: you propose, and no longer change things at once. To be an editor again you need your invitation."}
          </p>
          <p className="buttons">
            <button
              type="button"
              onClick={() => {
                signIn(offered.token);
                announce("You have joined the workshop.");
              }}
            >
              Join it
            </button>{" "}
            <button type="button" className="secondary" onClick={() => setOffered(null)}>
              Stay as I am
            </button>
          </p>
        </div>
      )}
      <form noValidate onSubmit={(event) => void join(event)}>
        <h3>Join a workshop</h3>
        <div className={wrong(`${own}-code`) === null ? "field" : "field wrong"}>
          <label htmlFor={`${own}-code`}>The code that is shown in the room</label>
          <p className="hint" id={`${own}-code-hint`}>
            For example AB12-CD34-EF. Spaces, hyphens and capitals do not matter.
          </p>
          {wrong(`${own}-code`) !== null && (
            <p className="error" id={`${own}-code-error`}>
              <span className="hidden">Error: </span>
              {wrong(`${own}-code`)}
            </p>
          )}
          <input
            id={`${own}-code`}
            type="text"
            className="short code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby={`${own}-code-hint${wrong(`${own}-code`) === null ? "" : ` ${own}-code-error`}`}
            aria-invalid={wrong(`${own}-code`) !== null || undefined}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </div>
        <p>
          <button type="submit">Join</button>
        </p>
        <Sent operation="JoinWorkshop" variables={variables} />
      </form>
      <details>
        <summary>{token === null ? "I have an invitation" : "I have another invitation"}</summary>
        <form noValidate onSubmit={paste}>
          <div className={wrong(`${own}-token`) === null ? "field" : "field wrong"}>
            <label htmlFor={`${own}-token`}>Invitation or token</label>
            <p className="hint" id={`${own}-token-hint`}>
              The whole link that you were sent, or the token in it. It is kept in this tab alone, until it is closed.
            </p>
            {wrong(`${own}-token`) !== null && (
              <p className="error" id={`${own}-token-error`}>
                <span className="hidden">Error: </span>
                {wrong(`${own}-token`)}
              </p>
            )}
            <input
              id={`${own}-token`}
              type="password"
              autoComplete="off"
              aria-describedby={`${own}-token-hint`}
              aria-invalid={wrong(`${own}-token`) !== null || undefined}
              value={pasted}
              onChange={({ target }) => setPasted(target.value)}
            />
          </div>
          <p>
            <button type="submit" className="secondary">
              Use it
            </button>
          </p>
        </form>
      </details>
    </>
  );
}
