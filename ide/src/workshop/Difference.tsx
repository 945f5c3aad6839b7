import type { Change, Effect } from "../answers.ts";
import { fieldInWords, relationships, valueInWords } from "../words.ts";

/** What nobody has to approve: it is written by itself. */
const unsaid = new Set(["version", "updatedAt", "createdAt"]);

/** What a change does, one thing a row, before beside after. */
export function Difference({ change }: { readonly change: Change }) {
  const rows = change.effects.length > 0 ? change.effects.flatMap(rowsOf) : [];
  if (rows.length === 0) return <p className="note">It changes nothing that is said.</p>;
  return (
    <div className="scrolls" tabIndex={0} role="region" aria-label={`Before and after: ${change.summary}`}>
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
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !unsaid.has(name) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  const fields = names.map((name) => ({
    key: `${recordId} ${name}`,
    what: link === null ? fieldInWords(name) : `${link}: ${fieldInWords(name).toLowerCase()}`,
    before: valueInWords(before?.[name]),
    after: valueInWords(after?.[name]),
  }));
  if (link === null) return fields;
  if (before === null || after === null) {
    const there = (said: unknown) => (said === null ? "not so" : "so");
    return [{ key: recordId, what: link, before: there(before), after: there(after) }, ...fields.filter(isSaid)];
  }
  return fields;
}

const isSaid = ({ before, after }: Row) => before !== after;
