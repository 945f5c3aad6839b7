import type { Change, Effect } from "../answers.ts";
import { fieldInWords, relationships, valueInWords } from "../words.ts";

/** What is written by itself, and nobody has to approve. */
const unsaid = new Set(["assertedBy", "source"]);
/** What goes without saying of something that comes or goes: the area of a place follows from where it is. */
const evident = new Set(["confirmedOn", "status", "area"]);

/** What a change does, one thing a row, before beside after. */
export function Difference({ change }: { readonly change: Change }) {
  const rows = change.effects.length > 0 ? change.effects.flatMap(rowsOf) : [];
  if (rows.length === 0) return <p className="note">It changes nothing that is said.</p>;
  return (
    <div className="scrolls" tabIndex={0} role="group" aria-label={`Before and after: ${change.summary}`}>
      <table className="difference">
        <caption className="hidden">Before and after: {change.summary}</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, what, before, after }) => (
            <tr key={key}>
              <th scope="row">{what}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Row {
  readonly key: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

function rowsOf({ recordId, relationship, from, to, before, after }: Effect): readonly Row[] {
  const link =
    relationship === null
      ? null
      : `${from?.name ?? "It"} ${relationships[relationship].says} ${to?.name ?? "something"}`;
  const isWhole = before === null || after === null;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) =>
      !unsaid.has(name) &&
      !(isWhole && (evident.has(name) || (before ?? after)?.[name] === false)) &&
      JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  const fields = names.map((name) => ({
    key: `${recordId} ${name}`,
    what: link === null ? fieldInWords(name) : `${link}: ${fieldInWords(name).toLowerCase()}`,
    before: valueInWords(before?.[name]),
    after: valueInWords(after?.[name]),
  }));
  if (link === null) return fields;
  if (isWhole) {
    const there = (said: unknown) => (said === null ? "not so" : "so");
    // What was said of a link that goes, goes with it.
    return [
      { key: recordId, what: link, before: there(before), after: there(after) },
      ...(after === null ? [] : fields),
    ];
  }
  return fields;
}
