import { useId } from "react";
import type { AssetState, Change, Viewer } from "../answers.ts";
import { useDesk } from "../desk.tsx";
import { mayTakeBack } from "../mayTakeBack.ts";
import { counted, linkInWords, momentInWords, proposedOf, statusInWords } from "../words.ts";
import { Combobox } from "./Combobox.tsx";
import { type Field, type Option, pickedOf, textOf, tickedOf, type Value, type Values } from "./fields.ts";
import { pickList } from "./pickLists.ts";

/** How many changes are offered to be undone: who looks for an older one finds it under Changes. */
const mostChanges = 15;

/** One question of a form with its hint and its error, whatever it is answered with. `id` is where the error summary leads. */
export function Question({
  id,
  field,
  values,
  error,
  state,
  onChange,
}: {
  readonly id: string;
  readonly field: Field;
  readonly values: Values;
  readonly error: string | null;
  readonly state: AssetState | null;
  readonly onChange: (value: Value) => void;
}) {
  const { ask, board, changes, viewer } = useDesk();
  const own = useId();
  const describedBy =
    [field.hint === undefined ? "" : `${own}-hint`, error === null ? "" : `${own}-error`].filter(Boolean).join(" ") ||
    undefined;
  const isOptional = field.missing === undefined;
  const label = isOptional ? `${field.label} (optional)` : field.label;
  const said = (
    <>
      {field.hint !== undefined && (
        <p className="hint" id={`${own}-hint`}>
          {field.hint}
        </p>
      )}
      {error !== null && (
        <p className="error" id={`${own}-error`}>
          <span className="hidden">Error: </span>
          {error}
        </p>
      )}
    </>
  );

  const options = optionsOf(field, state, { changes, viewer });
  if (options !== null) {
    const isMany = field.type === "some";
    const ticked = isMany ? tickedOf(values, field.name) : [textOf(values, field.name)];
    const isAnswered = isMany || Object.hasOwn(values, field.name);
    return (
      <fieldset className={error === null ? "field" : "field wrong"} aria-describedby={describedBy}>
        <legend>{label}</legend>
        {said}
        {options.length === 0 && <p>There is none.</p>}
        {options.map((option, index) => (
          <div className="tick" key={option.value}>
            <input
              id={index === 0 ? id : `${own}-${index}`}
              type={isMany ? "checkbox" : "radio"}
              name={own}
              value={option.value}
              checked={isAnswered && ticked.includes(option.value)}
              aria-describedby={option.hint === undefined ? undefined : `${own}-${index}-hint`}
              onChange={({ target }) =>
                onChange(
                  isMany
                    ? options
                        .map(({ value }) => value)
                        .filter((value) => (value === option.value ? target.checked : ticked.includes(value)))
                    : option.value,
                )
              }
            />
            <label htmlFor={index === 0 ? id : `${own}-${index}`}>{option.label}</label>
            {option.hint !== undefined && (
              <p className="hint" id={`${own}-${index}-hint`}>
                {option.hint}
              </p>
            )}
          </div>
        ))}
      </fieldset>
    );
  }

  return (
    <div className={error === null ? "field" : "field wrong"}>
      <label htmlFor={id}>{label}</label>
      {said}
      {field.type === "pick" ? (
        <Combobox
          id={id}
          label={field.label}
          describedBy={describedBy}
          isWrong={error !== null}
          many={field.many === true}
          value={pickedOf(values, field.name)}
          find={(typed) => pickList(ask, field.of, typed, board)}
          onChange={onChange}
        />
      ) : field.type === "long" || field.type === "hours" ? (
        <textarea
          id={id}
          rows={5}
          aria-describedby={describedBy}
          aria-invalid={error !== null || undefined}
          value={textTyped(values, field.name)}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <input
          id={id}
          // A number is typed as text: spinners change it when somebody scrolls past.
          type={field.type === "number" ? "text" : field.type}
          inputMode={field.type === "number" ? "decimal" : undefined}
          className={"width" in field && field.width === "short" ? "short" : undefined}
          autoComplete="off"
          aria-describedby={describedBy}
          aria-invalid={error !== null || undefined}
          value={textTyped(values, field.name)}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </div>
  );
}

/** As it was typed, with the spaces that a word may still follow. */
function textTyped(values: Values, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

/** What there is to tick; null for what is typed. */
function optionsOf(
  field: Field,
  state: AssetState | null,
  { changes, viewer }: { readonly changes: readonly Change[]; readonly viewer: Viewer | null },
): readonly Option[] | null {
  switch (field.type) {
    case "one":
    case "some":
      return field.options;
    case "link":
      return [
        ...(field.missing === undefined ? [{ value: "", label: "All of it" }] : []),
        ...(state?.links ?? []).map((link): Option => {
          const proposed = proposedOf(link);
          return { value: link.id, label: linkInWords(link), ...(proposed === null ? {} : { hint: proposed }) };
        }),
      ];
    case "change":
      return changes
        .filter((change) => mayTakeBack(viewer, change))
        .slice(0, mostChanges)
        .map((change) => ({
          value: change.id,
          label: change.summary,
          hint: `${statusInWords(change)}, ${momentInWords(change.at)}${
            change.effects.length > 1 ? `, ${counted(change.effects.length, "thing")} changed` : ""
          }`,
        }));
    default:
      return null;
  }
}
