import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useDesk } from "../desk.tsx";
import { counted, kindsInWords } from "../words.ts";
import type { Picked } from "./fields.ts";

const pauseMs = 200;

/**
 * Something to choose by typing a part of its name: a combobox with a list below it, as ARIA 1.2 has it. Arrows go through the list, Enter chooses, Escape closes. How many
 * there are is announced. With `many`, what was chosen is listed, each with a button to take it off.
 */
export function Combobox({
  id,
  label,
  describedBy,
  isWrong,
  many,
  value,
  find,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
  readonly many: boolean;
  readonly value: readonly Picked[];
  readonly find: (typed: string) => Promise<readonly Picked[]>;
  readonly onChange: (value: readonly Picked[]) => void;
}) {
  const { announce } = useDesk();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [found, setFound] = useState<readonly Picked[]>([]);
  const [active, setActive] = useState(-1);
  const [status, setStatus] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const finding = useRef(find);
  finding.current = find;

  const single = many ? undefined : value[0];
  const shown = single === undefined ? typed : single.name;

  useEffect(() => {
    if (typed.trim() === "" || !isOpen) return;
    let isStale = false;
    const timer = setTimeout(() => {
      finding.current(typed).then(
        (results) => {
          if (isStale) return;
          setFound(results);
          setActive(-1);
          const said = results.length === 0 ? "Nothing found" : `${counted(results.length, "result")}`;
          setStatus(results.length === 0 ? "Nothing found. Try another word." : "");
          announce(results.length === 0 ? said : `${said}. Use the arrow keys.`);
        },
        (fault: unknown) => {
          if (isStale) return;
          setFound([]);
          const said = fault instanceof Error ? fault.message : "The list could not be read.";
          setStatus(said);
          announce(said);
        },
      );
    }, pauseMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [typed, isOpen, announce]);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function close() {
    setIsOpen(false);
    setActive(-1);
    setStatus("");
  }

  function pick(one: Picked) {
    onChange(many ? [...value.filter(({ id: other }) => other !== one.id), one] : [one]);
    setTyped("");
    setFound([]);
    close();
    announce(`${one.name} chosen.`);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const { key } = event;
    if (key === "Escape") {
      if (isOpen) event.preventDefault();
      close();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return setIsOpen(true);
      if (found.length === 0) return;
      const step = key === "ArrowDown" ? 1 : -1;
      setActive((at) => (at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length));
    } else if (key === "Enter" && isOpen && found.length > 0) {
      // Chooses, and does not send the form.
      event.preventDefault();
      const one = found[active];
      if (one !== undefined) pick(one);
    }
  }

  const isListed = isOpen && found.length > 0;
  return (
    <div className="combobox">
      {many && value.length > 0 && (
        <ul className="chosen" aria-label={`Chosen: ${label}`}>
          {value.map((one) => (
            <li key={one.id}>
              {one.name}{" "}
              <button
                type="button"
                className="link"
                onClick={() => {
                  onChange(value.filter(({ id: other }) => other !== one.id));
                  announce(`${one.name} taken off.`);
                  box.current?.focus();
                }}
              >
                Take off<span className="hidden"> {one.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={box}
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={listId}
        aria-activedescendant={isListed && active >= 0 ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={isWrong || undefined}
        value={shown}
        onChange={({ target }) => {
          if (single !== undefined) onChange([]);
          setTyped(target.value);
          if (target.value.trim() === "") setFound([]);
          setIsOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {single !== undefined && <p className="note">{single.note ?? kindsInWords[single.kind]}</p>}
      <ul
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        hidden={!isListed}
        // The text box keeps the focus, and so the list stays open while it is scrolled.
        onMouseDown={(event) => event.preventDefault()}
      >
        {found.map((one, index) => (
          <li
            key={one.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onClick={() => pick(one)}
          >
            {one.name}
            <span className="note"> {one.note ?? kindsInWords[one.kind]}</span>
          </li>
        ))}
      </ul>
      {isOpen && status !== "" && <p className="note">{status}</p>}
    </div>
  );
}
