import { lazy, Suspense, useCallback, useEffect, useId, useMemo, useRef, useState, type FormEvent } from "react";
import type { AssetKind, AssetState, EndKind, LinkEnd, LinkState, Made, Relationship } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { ErrorSummary } from "../form/ErrorSummary.tsx";
import {
  type Fault,
  type Field,
  fieldOfError,
  faultsOf,
  type Picked,
  pickedOf,
  textOf,
  type Values,
} from "../form/fields.ts";
import { Outcome } from "../form/Outcome.tsx";
import { Question } from "../form/Question.tsx";
import { Sent } from "../form/Sent.tsx";
import { type Ends, nobody, withChosen } from "./ends.ts";
import {
  dayInWords,
  fieldInWords,
  kindsInWords,
  linkInWords,
  proposedOf,
  relationships,
  valueInWords,
} from "../words.ts";
import { Go } from "./Go.tsx";

/** The drawing is fetched when there is something to draw. */
const Picture = lazy(() => import("./Picture.tsx").then((drawn) => ({ default: drawn.Picture })));

const assetKinds: readonly EndKind[] = ["Group", "Activity", "Organisation", "Place"];
const allKinds: readonly EndKind[] = [...assetKinds, "Area", "Condition", "Referrer"];

const whichAsset: Field = {
  type: "pick",
  name: "asset",
  path: "id",
  label: "Around which asset?",
  hint: "Type a part of its name.",
  of: assetKinds,
};

/** What an asset belongs together with, as a picture and as a table, and both can be changed: choose two, say how they belong together, and why. */
export function Around() {
  const { ask, workshop, changes, subject, lookAt, announce, refresh } = useDesk();
  const own = useId();
  const [state, setState] = useState<AssetState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<Ends>(nobody);
  const [made, setMade] = useState<Made | null>(null);
  const shownOf = useRef<string | null>(null);

  const subjectId = subject?.id ?? null;
  // What happens in the workshop may have to do with it.
  const latest = changes[0]?.sequence ?? 0;
  useEffect(() => {
    if (subjectId === null) return setState(null);
    let isStale = false;
    ask<{ asset: AssetState | null }>("Asset", { id: subjectId, workshop: workshop?.id ?? null }).then(
      ({ asset }) => {
        if (isStale) return;
        setState(asset);
        setProblem(asset === null ? "It is not on the map." : null);
        if (asset !== null && shownOf.current !== asset.id) {
          shownOf.current = asset.id;
          setChosen(nobody);
          announce(`${asset.name}: ${asset.links.length} links.`);
        }
      },
      (fault: unknown) => {
        if (!isStale) setProblem(fault instanceof Error ? fault.message : String(fault));
      },
    );
    return () => {
      isStale = true;
    };
  }, [ask, subjectId, workshop?.id, latest, announce]);

  const choose = useCallback(
    (end: LinkEnd) => {
      setMade(null);
      setChosen((before) => {
        const next = withChosen(before, end);
        const { from, to } = next;
        announce(
          from !== null && to !== null
            ? `From ${from.name} to ${to.name}: say below how they belong together.`
            : from === null && to === null
              ? "Nothing chosen."
              : `${(from ?? to)?.name ?? ""} chosen. Choose another.`,
        );
        return next;
      });
    },
    [announce],
  );

  async function act(operation: "Unlink" | "Confirm", variables: unknown) {
    try {
      const answered = Object.values(
        await ask<Record<string, Made>>(operation, variables as Readonly<Record<string, unknown>>),
      )[0];
      setMade(answered ?? null);
      await refresh();
    } catch (fault) {
      setProblem(fault instanceof Error ? fault.message : String(fault));
    }
  }

  return (
    <>
      <Question
        id={`${own}-asset`}
        field={whichAsset}
        values={{ asset: subject === null ? [] : [subject] }}
        error={problem}
        state={null}
        onChange={(value) => lookAt(typeof value === "string" ? null : ((value[0] as Picked | undefined) ?? null))}
      />
      {state !== null && (
        <>
          <h3>
            {state.name} <span className="tag">{kindsInWords[kindOf(state)]}</span>
            {state.status !== "PUBLISHED" && <span className="tag">{valueInWords(state.status)}</span>}
          </h3>
          {typeof state.fields["summary"] === "string" && <p>{state.fields["summary"]}</p>}
          <p>
            <Go to="tasks/change">Change what is said</Go>, <Go to="tasks/confirm">it is still so</Go>,{" "}
            <Go to="tasks/archive">take it off the map</Go>
          </p>
          {made !== null && <Outcome made={made} />}
          <p>
            To join two, choose them in the picture or in the table.{" "}
            <Choice
              end={{ id: state.id, name: state.name, kind: kindOf(state) }}
              chosen={chosen}
              isItself
              onChoose={choose}
            />
          </p>
          <div className="beside">
            <Suspense fallback={<p>The picture is on its way.</p>}>
              {state.links.length > 0 && <Picture state={state} chosen={chosen} onChoose={choose} />}
            </Suspense>
            <LinkTable state={state} chosen={chosen} onChoose={choose} onAct={(name, input) => void act(name, input)} />
          </div>
          <Join state={state} chosen={chosen} onChosen={setChosen} onMade={setMade} />
        </>
      )}
    </>
  );
}

const kindOf = (state: AssetState) => `${state.kind.charAt(0)}${state.kind.slice(1).toLowerCase()}` as AssetKind;

function LinkTable({
  state,
  chosen,
  onChoose,
  onAct,
}: {
  readonly state: AssetState;
  readonly chosen: Ends;
  readonly onChoose: (end: LinkEnd) => void;
  readonly onAct: (operation: "Unlink" | "Confirm", variables: unknown) => void;
}) {
  const { workshop, lookAt } = useDesk();
  const [leaving, setLeaving] = useState<string | null>(null);
  const place = workshop === null ? {} : { workshop: workshop.id };
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={`Links of ${state.name}`}>
      <table>
        <caption>Links of {state.name}, the same as in the picture</caption>
        <thead>
          <tr>
            <th scope="col">Link</th>
            <th scope="col">What is said</th>
            <th scope="col">Do</th>
          </tr>
        </thead>
        <tbody>
          {state.links.length === 0 && (
            <tr>
              <td colSpan={3}>It has no links yet.</td>
            </tr>
          )}
          {state.links.map((link) => {
            const end = link.from.id === state.id ? link.to : link.from;
            const proposed = proposedOf(link);
            const confirming = { input: { id: link.id, ...place } };
            return (
              <tr key={link.id}>
                <th scope="row">
                  {linkInWords(link)} <span className="note">({kindsInWords[end.kind].toLowerCase()})</span>
                  {proposed !== null && <span className="tag proposed">{proposed}</span>}
                </th>
                <td>
                  <LinkFields link={link} />
                </td>
                <td>
                  <p className="buttons">
                    <Choice end={end} chosen={chosen} onChoose={onChoose} />
                    {assetKinds.includes(end.kind) && (
                      <button type="button" className="link" onClick={() => lookAt(end)}>
                        Look around<span className="hidden"> {end.name}</span>
                      </button>
                    )}
                    <button type="button" className="link" onClick={() => onAct("Confirm", confirming)}>
                      Still so<span className="hidden">: {linkInWords(link)}</span>
                    </button>
                    {!link.isEnding && (
                      <button
                        type="button"
                        className="link"
                        aria-expanded={leaving === link.id}
                        onClick={() => setLeaving(leaving === link.id ? null : link.id)}
                      >
                        Take away<span className="hidden">: {linkInWords(link)}</span>
                      </button>
                    )}
                  </p>
                  {leaving === link.id && (
                    <TakeAway
                      link={link}
                      place={place}
                      onSend={(variables) => {
                        setLeaving(null);
                        onAct("Unlink", variables);
                      }}
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Choice({
  end,
  chosen,
  isItself = false,
  onChoose,
}: {
  readonly end: LinkEnd;
  readonly chosen: Ends;
  /** Whether nothing around it says which it is. */
  readonly isItself?: boolean;
  readonly onChoose: (end: LinkEnd) => void;
}) {
  const isFrom = chosen.from?.id === end.id;
  const isTo = chosen.to?.id === end.id;
  return (
    <button type="button" className="link" aria-pressed={isFrom || isTo} onClick={() => onChoose(end)}>
      {isFrom ? "Chosen: from" : isTo ? "Chosen: to" : "Choose"}
      <span className={isItself ? undefined : "hidden"}> {end.name}</span>
    </button>
  );
}

/** What a step says of how people are sent on. */
const told = ["method", "contact", "criteria", "waitDays", "capacity", "minimumAge", "maximumAge"];

const strengthInWords = (strength: number) =>
  strength >= 0.9 ? "what it is for" : strength >= 0.5 ? "a good part of what it does" : "helps along the way";

function LinkFields({ link }: { readonly link: LinkState }) {
  const { strength, evidence, confirmedOn, sample } = link.fields;
  const said = [
    typeof strength === "number" ? strengthInWords(strength) : null,
    ...told.flatMap((name) =>
      link.fields[name] === undefined || link.fields[name] === null
        ? []
        : [`${fieldInWords(name)}: ${valueInWords(link.fields[name])}`],
    ),
    typeof evidence === "string" ? evidence.replace(/\.$/, "") : null,
    sample === true ? "made up" : null,
    typeof confirmedOn === "string" ? `confirmed ${dayInWords(confirmedOn)}` : "never confirmed",
  ];
  return <>{said.filter((one) => one !== null).join("; ")}</>;
}

function TakeAway({
  link,
  place,
  onSend,
}: {
  readonly link: LinkState;
  readonly place: { readonly workshop?: string };
  readonly onSend: (variables: unknown) => void;
}) {
  const own = useId();
  const [reason, setReason] = useState("");
  const variables = { input: { link: link.id, ...(reason.trim() === "" ? {} : { reason: reason.trim() }), ...place } };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(variables);
      }}
    >
      <div className="field">
        <label htmlFor={own}>Why? (optional)</label>
        <input
          id={own}
          type="text"
          autoComplete="off"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <button type="submit" className="warning">
        Take the link away
      </button>
      <Sent operation="Unlink" variables={variables} />
    </form>
  );
}

/** Two things and how they belong together: filled by what was chosen, or by typing. */
function Join({
  state,
  chosen,
  onChosen,
  onMade,
}: {
  readonly state: AssetState;
  readonly chosen: Ends;
  readonly onChosen: (ends: Ends) => void;
  readonly onMade: (made: Made | null) => void;
}) {
  const { ask, workshop, refresh } = useDesk();
  const own = useId();
  const [answers, setAnswers] = useState<Values>({});
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const { from, to } = chosen;
  const fits = useMemo(
    () =>
      (Object.keys(relationships) as Relationship[]).filter((name) => {
        const { from: begins, to: ends } = relationships[name];
        return (from === null || begins.includes(from.kind)) && (to === null || ends.includes(to.kind));
      }),
    [from, to],
  );
  const fields: readonly Field[] = [
    { type: "pick", name: "from", path: "from", label: "From", missing: "Choose where it starts", of: allKinds },
    { type: "pick", name: "to", path: "to", label: "To", missing: "Choose where it ends", of: allKinds },
    {
      type: "one",
      name: "relationship",
      path: "relationship",
      label: "How do they belong together?",
      missing: "Say how they belong together",
      options: fits.map((name) => ({ value: name, label: relationships[name].says, hint: relationships[name].hint })),
    },
    ...(textOf(answers, "relationship") === "REFERS_TO"
      ? [
          {
            type: "one",
            name: "method",
            path: "referral.method",
            label: "How are people sent on?",
            missing: "Say how people are sent on",
            options: [
              { value: "WALK_IN", label: "They just go there" },
              { value: "PHONE", label: "By telephone" },
              { value: "FORM", label: "With a form" },
              { value: "EMAIL", label: "By email" },
              { value: "LETTER", label: "By letter" },
              { value: "WARM_INTRODUCTION", label: "Somebody introduces them" },
            ],
          } satisfies Field,
        ]
      : []),
    {
      type: "text",
      name: "evidence",
      path: "evidence",
      label: "Why do we say so?",
      hint: "For example: “Said at the workshop by the group itself”. No names of people.",
    },
  ];
  const values: Values = {
    ...answers,
    from: from === null ? [] : [from],
    to: to === null ? [] : [to],
    relationship: fits.includes(textOf(answers, "relationship") as Relationship) ? textOf(answers, "relationship") : "",
  };
  const variables = {
    input: {
      relationship: textOf(values, "relationship"),
      from: from?.id ?? "",
      to: to?.id ?? "",
      ...(textOf(values, "evidence") === "" ? {} : { evidence: textOf(values, "evidence") }),
      ...(textOf(values, "relationship") === "REFERS_TO" ? { referral: { method: textOf(values, "method") } } : {}),
      ...(workshop === null ? {} : { workshop: workshop.id }),
    },
  };

  async function send(event: FormEvent) {
    event.preventDefault();
    onMade(null);
    const missing = faultsOf(fields, values);
    setFaults(missing);
    if (missing.length > 0) return;
    try {
      const { link } = await ask<{ link: Made }>("Link", variables);
      setFaults(
        link.userErrors.map(({ message, field }) => ({ message, name: fieldOfError(fields, field)?.name ?? null })),
      );
      if (link.userErrors.length > 0) return;
      setAnswers({});
      onChosen(nobody);
      onMade(link);
      await refresh();
    } catch (fault) {
      setFaults([{ name: null, message: fault instanceof Error ? fault.message : String(fault) }]);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void send(event)} className="task">
      <h3>Join two</h3>
      <p>The one that it starts from was chosen first. You can type their names here as well.</p>
      <ErrorSummary
        faults={useMemo(
          () => faults.map(({ name, message }) => ({ message, questionId: name === null ? null : `${own}-${name}` })),
          [faults, own],
        )}
      />
      {fields.map((field) => (
        <Question
          key={field.name}
          id={`${own}-${field.name}`}
          field={field}
          values={values}
          state={state}
          error={faults.find(({ name }) => name === field.name)?.message ?? null}
          onChange={(value) => {
            if (field.name !== "from" && field.name !== "to") {
              return setAnswers((before) => ({ ...before, [field.name]: value }));
            }
            onChosen({ ...chosen, [field.name]: pickedOf({ [field.name]: value }, field.name)[0] ?? null });
          }}
        />
      ))}
      <p>
        <button type="submit">Say so</button>
      </p>
      <Sent operation="Link" variables={variables} />
    </form>
  );
}
