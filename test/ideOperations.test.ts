import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type DocumentNode,
  getVariableValues,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { expect, test } from "vitest";
import { maximumTokens } from "../gateway/limits/maximumTokens.ts";
import { limits } from "../gateway/limits/limits.ts";
import type { AssetState } from "../ide/src/answers.ts";
import { type Field, fieldOfError, faultsOf, type Value, type Values } from "../ide/src/form/fields.ts";
import { amending, tasks } from "../ide/src/form/tasks.ts";
import { operations } from "../ide/src/operations.ts";

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../schema/api.graphql"), "utf8"));

const documentOf = (text: string): DocumentNode => parse(text, { maxTokens: maximumTokens });

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("It is no operation.");
  return definition;
}

test.each(Object.entries(operations))("the IDE's %s is an operation of the API, within its limits", (name, text) => {
  const document = documentOf(text);
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  expect(validate(schema, document, limits).map(({ message }) => message)).toEqual([]);
  expect(operationOf(document).name?.value).toBe(name);
});

const known: AssetState = {
  id: "grp_1",
  kind: "GROUP",
  name: "Carers’ coffee",
  status: "PUBLISHED",
  version: 3,
  fields: {
    name: "Carers’ coffee",
    summary: "Coffee for carers.",
    contact: { email: "hello@example.org", url: "https://example.org/contact" },
    cost: { isFree: false, amount: 2.5, description: "or what you can" },
    reach: ["AT_A_PLACE"],
  },
  links: [],
  proposals: [],
};

/** An answer to a question that its kind of input takes. */
function answerTo(field: Field): Value {
  switch (field.type) {
    case "pick":
      return [{ id: "slug-or-id", name: "Something", kind: field.of[0] ?? "Group" }];
    case "one":
      return field.options[0]?.value ?? "";
    case "some":
      return field.options.map(({ value }) => value);
    case "url":
      return "https://example.org/";
    case "number":
      return "18";
    case "hours":
      return "Monday to Friday 9am to 5.30pm";
    case "date":
      return "2026-12-01";
    default:
      return "Something";
  }
}

test.each(tasks.map((task) => [task.title, task] as const))(
  "the form “%s” sends what its operation takes, answered in full and with nothing but what it needs",
  (_title, task) => {
    const state = task.readsAsset === true ? known : null;
    const fields = task.fields(state);
    const full: Values = Object.fromEntries(fields.map((field) => [field.name, answerTo(field)]));
    const least: Values = Object.fromEntries(
      fields.flatMap((field) => (field.missing === undefined ? [] : [[field.name, answerTo(field)]])),
    );
    const operation = operationOf(documentOf(operations[task.operation(state)]));
    for (const values of [full, least]) {
      expect(faultsOf(fields, values)).toEqual([]);
      const variables = task.variables(values, { workshop: "wsh_1", isSample: false, call: "one call", state });
      const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
      expect(errors.map((error) => (error instanceof GraphQLError ? error.message : error))).toEqual([]);
    }
    if (task.possibleDuplicates !== undefined) {
      const asked = operationOf(documentOf(operations.PossibleDuplicates));
      const { errors = [] } = getVariableValues(schema, asked.variableDefinitions ?? [], {
        ...task.possibleDuplicates(full),
      });
      expect(errors).toEqual([]);
    }
  },
);

test("a form that nothing was answered in says what is missing, and changes nothing", () => {
  for (const task of tasks) {
    expect(faultsOf(task.fields(null), {}).length, task.title).toBeGreaterThan(0);
  }
});

test("changing sends what was changed, null for what was emptied, and keeps what the form does not ask about", () => {
  const change = tasks.find(({ id }) => id === "change");
  const initial = change?.initial?.(known) ?? {};
  const sent = (answers: Values) =>
    change?.variables(
      { ...initial, asset: [{ id: known.id, name: known.name, kind: "Group" }], ...answers },
      { workshop: null, isSample: false, call: "c", state: known },
    );
  expect(sent({})).toEqual({ id: "grp_1", expectedVersion: 3, input: { clientMutationId: "c" } });
  expect(sent({ summary: "", email: "new@example.org", amount: "3" })).toEqual({
    id: "grp_1",
    expectedVersion: 3,
    input: {
      summary: null,
      contact: { email: "new@example.org", url: "https://example.org/contact" },
      cost: { isFree: false, amount: 3, description: "or what you can" },
      clientMutationId: "c",
    },
  });
});

const sentBy = (id: string, values: Values, state: AssetState | null = null) => {
  const task = tasks.find((one) => one.id === id);
  const { input } = task?.variables(
    { ...(state === null ? {} : task.initial?.(state)), ...values },
    {
      workshop: null,
      isSample: false,
      call: "c",
      state,
    },
  ) as { readonly input: Readonly<Record<string, unknown>> };
  return input;
};

test("hours of opening are typed a line for each, and what is no such line is said before it is sent", () => {
  const openingHours = "Monday to Wednesday, Fri 9am to 5.30pm\nSaturday 10:00-12:00\n";
  expect(sentBy("add-place", { name: "Hall", category: "Hall", openingHours })["openingHours"]).toEqual([
    { byDay: ["MONDAY", "TUESDAY", "WEDNESDAY", "FRIDAY"], opens: "09:00", closes: "17:30" },
    { byDay: ["SATURDAY"], opens: "10:00", closes: "12:00" },
  ]);
  const fields = tasks.find(({ id }) => id === "add-place")?.fields(null) ?? [];
  for (const wrong of [
    "Someday 9am to 5pm",
    "Monday 9 to 5",
    "Monday",
    "Friday to Monday 9am to 5pm",
    "Monday 25:00 to 26:00",
  ]) {
    const faults = faultsOf(fields, { name: "Hall", category: "Hall", openingHours: wrong });
    expect(faults.map(({ name }) => name)).toEqual(["openingHours"]);
  }
});

test("what is every two weeks, every month or once is said so, and days alone are every week", () => {
  const schedule = (values: Values) => sentBy("add-activity", { name: "Walk", ...values })["schedule"];
  expect(schedule({ byDay: ["FRIDAY"], startTime: "10:00", endTime: "12:00" })).toEqual([
    { repeatFrequency: "P1W", byDay: ["FRIDAY"], startTime: "10:00", endTime: "12:00" },
  ]);
  expect(schedule({ howOften: "P2W", byDay: ["FRIDAY"], startDate: "2026-12-04" })).toEqual([
    { repeatFrequency: "P2W", byDay: ["FRIDAY"], startDate: "2026-12-04" },
  ]);
  expect(schedule({ howOften: "P1M", byDay: ["SUNDAY"], byWeekOfMonth: ["1", "-1"] })).toEqual([
    { repeatFrequency: "P1M", byDay: ["SUNDAY"], byWeekOfMonth: [1, -1] },
  ]);
  expect(schedule({ howOften: "ONCE", byDay: ["SUNDAY"], startDate: "2026-12-24" })).toEqual([
    { startDate: "2026-12-24" },
  ]);
  expect(schedule({})).toBeUndefined();
});

test("what is said in more ways than a form has questions for stays as it is", () => {
  const state = (fields: AssetState["fields"]): AssetState => ({
    ...known,
    kind: "ACTIVITY",
    fields: { name: "Walk", ...fields },
  });
  const rule = { repeatFrequency: "P1W", byDay: ["FRIDAY"], startTime: "10:00", endTime: "12:00" };
  const simple = state({
    schedule: [rule],
    eligibility: [{ excludes: false, minimumAge: 55 }],
    alternateNames: ["Amble"],
  });
  expect(sentBy("change", {}, simple)).toEqual({ clientMutationId: "c" });
  expect(sentBy("change", { endTime: "13:00", youngest: "", alternateNames: "Amble\nStroll" }, simple)).toEqual({
    alternateNames: ["Amble", "Stroll"],
    schedule: [{ ...rule, endTime: "13:00" }],
    eligibility: [],
    clientMutationId: "c",
  });
  const involved = state({
    schedule: [rule, { ...rule, byDay: ["MONDAY"] }],
    eligibility: [{ excludes: false, conditions: ["con_1"] }],
  });
  const asked = tasks.find(({ id }) => id === "change")?.fields(involved) ?? [];
  expect(asked.filter(({ path }) => /^(schedule|eligibility)/.test(path))).toEqual([]);
  expect(sentBy("change", { endTime: "13:00", youngest: "60" }, involved)).toEqual({ clientMutationId: "c" });
});

test("a proposal is amended by the questions about what it proposes", () => {
  const rule = { repeatFrequency: "P1W", byDay: ["FRIDAY"], startTime: "10:00", endTime: "12:00" };
  const correction = amending("Activity", { schedule: [rule] }, false);
  expect(correction.fields.map(({ name }) => name)).toEqual([
    "howOften",
    "byDay",
    "byWeekOfMonth",
    "startTime",
    "endTime",
    "startDate",
  ]);
  expect(correction.after(correction.initial)).toEqual({});
  expect(correction.after({ ...correction.initial, endTime: "13:00" })).toEqual({
    schedule: [{ ...rule, endTime: "13:00" }],
  });
  const addition = amending("Group", { name: "Tea", reach: ["AT_A_PLACE"], status: "PUBLISHED" }, true);
  expect(addition.after({ ...addition.initial, name: "Tea and cake", youngest: "50" })).toEqual({
    name: "Tea and cake",
    eligibility: [{ minimumAge: 50 }],
  });
});

test("an error is shown at the question it is about, however deep its field is", () => {
  const fields = tasks.find(({ id }) => id === "add-activity")?.fields(null) ?? [];
  const at = (...path: string[]) => fieldOfError(fields, path)?.name ?? null;
  expect(at("input", "name")).toBe("name");
  expect(at("input", "contact", "telephone")).toBe("telephone");
  expect(at("input", "supports", "0", "condition")).toBe("supports");
  expect(at("input", "schedule", "0", "endTime")).toBe("endTime");
  expect(at("input", "schedule", "0", "byDay")).toBe("byDay");
  expect(at("input", "contact")).toBe("email");
  expect(at("input", "workshop")).toBeNull();
  expect(at()).toBeNull();
});
