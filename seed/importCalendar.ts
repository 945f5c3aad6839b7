import { daysAfter, localDateOf } from "../calendar/localDate.ts";
import { type CalendarIn, type Problem, readCalendar } from "../calendar/readCalendar.ts";
import { CodedError, InputError } from "../core/errors.ts";
import type { Graph } from "../graph/graph.ts";
import { checkSeed } from "./checkSeed.ts";
import { activitiesOf, type CalendarSource, keyOfEvent } from "./formats/ical.ts";
import { SeedFile } from "./formats/directory.ts";
import { load, type LoadResult, type Progress } from "./load.ts";
import { placeFinder } from "./placeFinder.ts";
import type { NamedSeedFile } from "./readSeed.ts";
import { followFeed, recordsBeginning } from "./statements/feeds.ts";
import { namedInTheGraph } from "./statements/names.ts";

export interface CalendarImport {
  /** What the calendar is known by: lower-case words with hyphens. Importing again under the same key replaces what was imported. */
  readonly source: string;
  /** Null: what the calendar calls itself. */
  readonly name: string | null;
  readonly publisher: string;
  readonly licence: string;
  /** Where it can be read by everybody; null: nowhere. */
  readonly url: string | null;
  /** Key of the place where everything is held that says no other place we know; null: none. */
  readonly heldAt: string | null;
  /** Key of the organisation that runs it all, or of the group that puts it on; null: not said. */
  readonly runBy: string | null;
  /** Slugs of the conditions that it all supports. */
  readonly supports: readonly string[];
  /** Whether it was invented. */
  readonly sample: boolean;
  /** Whether it is meant that most of what was imported before is gone. */
  readonly allowWithdrawals: boolean;
  readonly now: Date;
  /** Hears of every batch. */
  readonly report: (progress: Progress) => void;
}

export interface CalendarImported extends LoadResult {
  /** How many of its activities were withdrawn, because it has them no longer or says they are cancelled. */
  readonly withdrawn: number;
  /** How many had been withdrawn so before, and are there again. */
  readonly published: number;
  /** Why each of its events was left out that was; what had been imported of them before stays as it was. */
  readonly problems: readonly Problem[];
  /** In whole sentences, what whoever imports should know: above all, why what is gone was not withdrawn. */
  readonly warnings: readonly string[];
  /** Whether so much is gone that nothing was withdrawn for it. */
  readonly isWithdrawalRefused: boolean;
}

/** Where a calendar has lost no more than so many, it is not asked whether it is half of them. */
const fewGone = 3;

/**
 * Imports an iCalendar file into a migrated graph: each of its events as an activity, with its rule and what is different about single sessions. Importing it again
 * changes what has changed in it. An activity that it no longer has, or says is cancelled, is withdrawn: it is seen nowhere, and is as it was when it comes
 * back. Nothing is deleted, and nothing withdrawn that is over.
 *
 * Nothing is withdrawn for a calendar without any event, nor where more than half of what was imported and more than three are gone at once and nobody
 * allowed it: more often than not that is a fault of who wrote the file. All else is imported then.
 *
 * It is loaded as `load` does it, then followed in one transaction: cut short, it is completed by running it again.
 *
 * Throws an Error for what is no calendar; CodedError BAD_INPUT when the options name what is not there, or a source whose records come from elsewhere;
 * nothing is written then. Otherwise as `load` does.
 */
export async function importCalendar(
  graph: Graph,
  bytes: Uint8Array,
  options: CalendarImport,
): Promise<CalendarImported> {
  const { source, now, report } = options;
  const today = localDateOf(now);
  const calendar = read(bytes, today);
  const hosts = await checkOptions(graph, options);
  const known = await eventsKnown(graph, source, today);
  if (calendar.series.length + calendar.problems.length + calendar.past === 0) {
    return { ...nothing, warnings: ["The calendar has no events. Nothing was changed."] };
  }
  const name = options.name ?? calendar.name;
  if (name === null) throw wrong("The calendar does not say what it is called: say it with --name.");

  const onNow = calendar.series.filter(({ isCancelled }) => !isCancelled);
  const common = {
    ...options,
    ...hosts,
    name,
    today,
    placeOf: await placeFinder(graph, calendar.series),
  };
  const fileWith = (asOfOf: CalendarSource["asOfOf"]) => {
    const { activities, problems } = activitiesOf(onNow, { ...common, asOfOf });
    const sources = { [source]: sourceOf({ ...options, name }) };
    return { file: { name: source, ...SeedFile.parse({ sources, records: activities }) }, problems };
  };
  // A record is of the day since when it says what it says. Were it of today, all would be changed every day, and counted so in their versions.
  const asBefore = fileWith((uid) => known.get(uid)?.asOf ?? today);
  const unchanged = await uidsUnchanged(graph, asBefore.file, known);
  const { file, problems } = fileWith((uid) => (unchanged.has(uid) ? (known.get(uid)?.asOf ?? today) : today));

  const loaded = await load(graph, [file], { report, now });
  const allProblems = [...calendar.problems, ...problems];
  const { rows, warnings, isWithdrawalRefused } = stepsOf(known, calendar, file, allProblems, today, options);
  const changes = rows.length === 0 ? [] : await graph.write(followFeed, { rows });
  const count = (wanted: string) => changes.find(({ status }) => status === wanted)?.activities ?? 0;
  return {
    ...loaded,
    withdrawn: count("WITHDRAWN"),
    published: count("PUBLISHED"),
    problems: allProblems,
    warnings,
    isWithdrawalRefused,
  };
}

const nothing: CalendarImported = {
  created: 0,
  updated: 0,
  unchanged: 0,
  withdrawn: 0,
  published: 0,
  problems: [],
  warnings: [],
  isWithdrawalRefused: false,
};

/** What cannot be read is the mistake of whoever wrote it, and not of whoever imports it. */
function read(bytes: Uint8Array, today: string): CalendarIn {
  try {
    return readCalendar(bytes, { today });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new Error(`${error.message} Nothing was changed.`, { cause: error });
  }
}

function sourceOf({ name, publisher, licence, url }: { readonly name: string } & CalendarImport) {
  return { name, publisher, licence, ...(url === null ? {} : { url }) };
}

const wrong = (message: string) => new CodedError("BAD_INPUT", message);

/** Whether the host is a group or an organisation. Throws BAD_INPUT for what nothing is called. */
async function checkOptions(graph: Graph, { source, heldAt, runBy, supports }: CalendarImport) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(source)) {
    throw wrong(`--source: "${source}" is not lower-case words with hyphens between.`);
  }
  const assets = [heldAt, runBy].filter((key) => key !== null);
  const found = await graph.run(namedInTheGraph, {
    areas: [],
    conditions: supports,
    periods: [],
    referrers: [],
    assets,
  });
  const kindOf = (key: string | null) => found.find(({ what, name }) => what === "asset" && name === key)?.kind;
  if (heldAt !== null && kindOf(heldAt) !== "Place") throw wrong(`--held-at: no place has the key "${heldAt}".`);
  const host = kindOf(runBy);
  if (runBy !== null && host !== "Group" && host !== "Organisation") {
    throw wrong(`--run-by: no group or organisation has the key "${runBy}".`);
  }
  for (const slug of supports) {
    if (found.some(({ what, name }) => what === "condition" && name === slug)) continue;
    throw wrong(`--supports: no condition has the slug "${slug}".`);
  }
  return {
    hostedBy: runBy !== null && host === "Group" ? [runBy] : [],
    runBy: runBy !== null && host === "Organisation" ? [runBy] : [],
  };
}

type Known = Awaited<ReturnType<typeof eventsKnown>>;

/** The records that were imported of a source, by the event's UID. Throws BAD_INPUT where it is a source of other records. */
async function eventsKnown(graph: Graph, source: string, today: string) {
  const records = await graph.run(recordsBeginning, { beginning: `${source}/`, since: daysAfter(today, -1) });
  // Whatever else that source has would be withdrawn for not being in this calendar.
  if (records.some(({ key, sourceId }) => key !== keyOfEvent(source, sourceId))) {
    throw wrong(`--source: "${source}" is where other records come from already. Give the calendar a key of its own.`);
  }
  return new Map(records.map((record) => [record.sourceId, record]));
}

async function uidsUnchanged(graph: Graph, file: NamedSeedFile, known: Known): Promise<ReadonlySet<string>> {
  const { subjects } = await checkSeed(graph, [file]);
  const hashes = new Map(subjects.map(({ row: { record } }) => [record.id, record.hash]));
  return new Set([...known.values()].filter(({ id, hash }) => hashes.get(id) === hash).map(({ sourceId }) => sourceId));
}

/** What has to be done to what was imported before, and what there is to say of it. */
function stepsOf(
  known: Known,
  { series }: CalendarIn,
  file: NamedSeedFile,
  problems: readonly Problem[],
  today: string,
  { allowWithdrawals }: CalendarImport,
) {
  const there = new Set(file.records.map((record) => ("sourceId" in record ? record.sourceId : undefined)));
  const cancelled = new Set(series.filter(({ isCancelled }) => isCancelled).map(({ uid }) => uid));
  const leftOut = new Set(problems.map(({ uid }) => uid));
  const current = [...known.values()].filter(({ status, isOver }) => status === "PUBLISHED" && !isOver);
  const missing = current.filter(
    ({ sourceId }) => !there.has(sourceId) && !cancelled.has(sourceId) && !leftOut.has(sourceId),
  );
  const isAnyNameless = problems.some(({ field }) => field === "UID");
  const isTooMuch = missing.length > fewGone && missing.length > current.length / 2;
  const isKept = missing.length > 0 && (isAnyNameless || isTooMuch) && !allowWithdrawals;
  const reason = isAnyNameless
    ? `one of its events has no UID, and may be one of the ${missing.length} that are gone`
    : `${missing.length} of ${current.length} activities are gone at once, which may be a mistake`;
  const isGone = new Set([...(isKept ? [] : missing), ...current.filter(({ sourceId }) => cancelled.has(sourceId))]);
  const gone = [...isGone].map(({ id }) => ({ id, isGone: true, day: today }));
  const confirmed = [...known.values()]
    .filter(({ sourceId, isWithdrawn, confirmedOn }) => there.has(sourceId) && (isWithdrawn || confirmedOn !== today))
    .map(({ id }) => ({ id, isGone: false, day: today }));
  return {
    rows: [...gone, ...confirmed],
    warnings: isKept
      ? [`What is gone was not withdrawn: ${reason}. If it is meant so, import it with --allow-withdrawals.`]
      : [],
    isWithdrawalRefused: isKept,
  };
}
