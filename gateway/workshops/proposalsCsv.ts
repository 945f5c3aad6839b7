import { type ChangeAsked, type ChangesAsked, type EffectAsked, questions, type WorkshopAsked } from "./asked.ts";
import { namesIn } from "./changeList.ts";
import { csvOf } from "./csv.ts";
import { inWords, labelOf, relationships, statuses, whoInShort } from "./inWords.ts";
import { notThere, partOf, type Visit } from "./visit.ts";

const heading = [
  "Change",
  "When",
  "Who",
  "What has become of it",
  "What",
  "About",
  "Field",
  "Was",
  "Now",
  "Why",
  "What stands in the way",
];

/** So many pages of a hundred are asked for at most. */
const mostPages = 50;

/** Everything that was proposed in a workshop, as CSV: a row for each thing that a change says of a field or a link. Throws as `askApi` does. */
export async function proposalsCsv(visit: Visit): Promise<Response> {
  const changes: ChangeAsked[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { workshop }: { workshop: (WorkshopAsked & { changes: ChangesAsked }) | null } = await visit.asked(
      questions.board,
      { id: partOf(visit, "workshop"), status: null, first: 100, after },
    );
    if (workshop === null) throw notThere();
    changes.push(...workshop.changes.edges.map(({ node }) => node));
    if (!workshop.changes.pageInfo.hasNextPage) break;
    after = workshop.changes.pageInfo.endCursor;
  }
  const names = await namesIn(visit, changes);
  const rows = changes.flatMap((change) =>
    change.effects.flatMap((effect) =>
      saidIn(effect, names).map((said) => [
        change.id,
        change.at,
        whoInShort(change.by, visit.known.actor.id),
        statuses[change.status] ?? change.status,
        change.summary,
        ...said,
        change.reason ?? "",
        change.conflicts.map(({ message }) => message).join(" "),
      ]),
    ),
  );
  return visit.request.body(csvOf([heading, ...rows]), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="proposals.csv"',
    "cache-control": "no-store",
  });
}

function saidIn(
  { relationship, from, to, asset, before, after }: EffectAsked,
  names: ReadonlyMap<string, string>,
): readonly (readonly string[])[] {
  if (relationship !== null) {
    const link = `${relationships[relationship].from} ${to?.name ?? ""}`;
    return [[from?.name ?? "", "Link", before === null ? "" : link, after === null ? "" : link]];
  }
  const fields = Object.entries(after ?? {}).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before?.[name]),
  );
  return fields.map(([name, value]) => [
    asset?.name ?? "",
    labelOf(name),
    before === null ? "" : inWords(before[name], name, names),
    inWords(value, name, names),
  ]);
}
