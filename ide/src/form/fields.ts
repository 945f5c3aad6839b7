import type { EndKind } from "../answers.ts";
import { hoursTyped } from "./openingHours.ts";

/** Something chosen from a list. */
export interface Picked {
  readonly id: string;
  readonly name: string;
  readonly kind: EndKind;
  /** More to tell it by. */
  readonly note?: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

interface Named {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What somebody is told who leaves it empty. Left out: it may be empty. */
  readonly missing?: string;
  /** Where it goes in the input: errors about that, or about what is in it, are about this. */
  readonly path: string;
}

/** One question of a form. */
export type Field =
  | (Named & {
      /** "hours" are typed a line for each, as `hoursTyped` reads them. */
      readonly type: "text" | "long" | "email" | "tel" | "url" | "number" | "time" | "date" | "hours";
      readonly width?: "short";
    })
  | (Named & { readonly type: "one" | "some"; readonly options: readonly Option[] })
  | (Named & { readonly type: "pick"; readonly of: readonly EndKind[]; readonly many?: boolean })
  /** One link of the asset that another question asks for. */
  | (Named & { readonly type: "link" })
  /** One of the latest changes. */
  | (Named & { readonly type: "change" });

export type Value = string | readonly string[] | readonly Picked[];

/** What was answered so far, by the names of the questions. */
export type Values = Readonly<Record<string, Value>>;

/** What was typed, or the one that was ticked; empty for nothing. */
export function textOf(values: Values, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value.trim() : "";
}

/** What was ticked. */
export function tickedOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === "string") : [];
}

/** What was picked. */
export function pickedOf(values: Values, name: string): readonly Picked[] {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly (string | Picked)[]).filter((one) => typeof one === "object") : [];
}

export interface Fault {
  /** Which question; null for what is about none, or all. */
  readonly name: string | null;
  readonly message: string;
}

/** What can be seen to be wrong before anything is sent: what has no answer, and what could be read as no number or address at all. */
export function faultsOf(fields: readonly Field[], values: Values): readonly Fault[] {
  return fields.flatMap((field): readonly Fault[] => {
    const text = textOf(values, field.name);
    const isAnswered =
      text !== "" || tickedOf(values, field.name).length > 0 || pickedOf(values, field.name).length > 0;
    if (!isAnswered) return field.missing === undefined ? [] : [{ name: field.name, message: field.missing }];
    if (field.type === "number" && !Number.isFinite(Number(text))) {
      return [{ name: field.name, message: `${field.label.replace(/\?$/, "")}: enter a number` }];
    }
    if (field.type === "hours" && hoursTyped(text) === null) {
      return [
        { name: field.name, message: `${field.label.replace(/\?$/, "")}: write each line as in “Monday 9am to 5pm”` },
      ];
    }
    if (field.type === "url" && !/^https?:\/\/[^\s/]+\.\S+$/.test(text)) {
      return [{ name: field.name, message: "Enter the whole address of the page, with https:// at its beginning" }];
    }
    return [];
  });
}

/** The question that an error of the API is about; null where none is. `path` is the error's `field`. */
export function fieldOfError(fields: readonly Field[], path: readonly string[]): Field | null {
  const said = (path[0] === "input" ? path.slice(1) : path).filter((part) => !/^\d+$/.test(part)).join(".");
  if (said === "") return null;
  const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);
  // The closest: an error of "contact.email" belongs to that question, where there is one, and not to the first about "contact".
  return (
    fields.find((field) => field.path === said) ??
    fields.find((field) => isWithin(said, field.path)) ??
    fields.find((field) => isWithin(field.path, said)) ??
    null
  );
}
