import { html } from "hono/html";
import type { Html } from "../pages/layout.ts";
import { commands } from "./asked.ts";
import { assetProblems, columns } from "./assetForm.ts";
import { choicesOf } from "./choicesOf.ts";
import { csvOf } from "./csv.ts";
import { hidden, textArea } from "./fields.ts";
import type { Problem } from "./problems.ts";
import { csvHeading, type Row, rowsOfCsv } from "./rowsOfCsv.ts";
import { callOf, pathOf, seeOther, shown, type UserError, type Visit } from "./visit.ts";
import { workshopLayout } from "./workshopLayout.ts";
import { invented, workshopOf } from "./workshopOf.ts";

/** An empty file to be filled in: its headings alone. */
export async function templateCsv(visit: Visit): Promise<Response> {
  await workshopOf(visit);
  return visit.request.body(csvOf([csvHeading]), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="add-to-the-map.csv"',
    "cache-control": "no-store",
  });
}

const explained: readonly (readonly [heading: string, what: string])[] = [
  ["Kind", "group, activity, organisation or place. Needed"],
  [columns.name, "Needed"],
  [columns.summary, "One sentence of at most 300 characters"],
  [columns.category, "Such as library. Needed for a place, and for nothing else"],
  [columns.place, "The name of a nearby place that is on the map or proposed. Not for a place itself"],
  [`${columns.street}, ${columns.town}, ${columns.postcode}`, "For a place"],
  [columns.days, "Days of the week, with ; between them. For an activity or a place"],
  [`${columns.begins}, ${columns.ends}`, "Such as 14:00 or 2pm. For an activity or a place"],
  [`${columns.minimumAge}, ${columns.maximumAge}`, "In years"],
  [columns.cost, "free or paid"],
  [columns.price, "In pounds, such as 2.50"],
  [`${columns.email}, ${columns.telephone}, ${columns.website}`, "An organisation’s, never a private person’s"],
  [columns.stepFree, "yes, no or not known"],
  [columns.needs, "Such as Loneliness; Bereavement, by the names in the form"],
  [
    columns.serves,
    "Names of neighbourhoods, with ; between them. Without this column: people of the workshop’s area. With it, and empty: anybody",
  ],
];

/** Takes a CSV file of things to be added; shows row by row what is right and what is not, with nothing written; then adds the rows that are right. */
export async function importPage(visit: Visit): Promise<Response> {
  const workshop = await workshopOf(visit);
  const path = pathOf(visit);
  const back = { path, label: workshop.name };
  const { sent } = visit;
  const file = sent.get("file") ?? "";
  const text = file.trim() === "" ? (sent.get("text") ?? "") : file;
  if (visit.request.req.method === "GET") return asked([]);
  const read = rowsOfCsv(text, await choicesOf(visit, workshop), workshop.area?.slug ?? null);
  if ("problem" in read) return asked([{ field: "text", message: read.problem }]);
  const { rows } = read;
  const right = rows.filter(({ problems }) => problems.length === 0);
  const call = callOf(sent);
  if (sent.get("do") !== "add" || right.length === 0) {
    return shown(
      visit.request,
      workshopLayout({
        heading: "Look before you add",
        back,
        main: html`<p role="status">
            ${right.length} of ${rows.length} ${rows.length === 1 ? "row" : "rows"} can be added. Nothing has been added
            yet.
          </p>
          ${preview(rows)}
          <form method="post" action="${path}/import">
            ${hidden("clientMutationId", call)} ${hidden("text", text)}
            ${right.length === 0 ? null : html`<button name="do" value="add">Add ${right.length} ${right.length === 1 ? "row" : "rows"}</button>`}
          </form>
          <p><a href="${path}/import">Start again with another file</a></p>`,
      }),
    );
  }
  const refused: Row[] = [];
  // In the order of the file, since what is proposed is looked at in the order in which it was made.
  for (const row of right) {
    if (row.type === null) continue;
    const { done } = await visit.asked<{ done: { userErrors: readonly UserError[] } }>(commands.create(row.type), {
      input: {
        ...row.input,
        ...invented(workshop),
        workshop: workshop.id,
        clientMutationId: `${call.slice(0, 90)}-${row.line}`,
      },
    });
    if (done.userErrors.length > 0) refused.push({ ...row, problems: assetProblems(done.userErrors) });
  }
  if (refused.length === 0) return seeOther(visit.request, path, "imported");
  return shown(
    visit.request,
    workshopLayout({
      heading: "Some rows were not added",
      back,
      main: html`<p role="status">${right.length - refused.length} were added. These were not:</p>
        ${preview(refused)}
        <p><a href="${path}">See what was added</a></p>`,
    }),
  );

  function asked(problems: readonly Problem[]): Promise<Response> {
    return shown(
      visit.request,
      workshopLayout({
        heading: "Add many things",
        back,
        problems,
        main: html`<p>
            Fill in a spreadsheet, save it as CSV, and choose it here. You see what is right and what is not before
            anything is added.
          </p>
          <p><a href="${path}/import/template.csv">Get an empty spreadsheet (CSV)</a></p>
          <form method="post" action="${path}/import" enctype="multipart/form-data">
            ${hidden("clientMutationId", callOf(new URLSearchParams()))}
            <div class="field">
              <label for="file">CSV file</label>
              <p class="hint" id="file-hint">At most 100 rows</p>
              <input type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint" />
            </div>
            ${textArea({ name: "text", label: "Or paste its text", value: text, rows: 8, problems })}
            <button>Look at the rows</button>
          </form>
          <h2>The columns</h2>
          <dl>
            ${explained.map(
              ([heading, what]) =>
                html`<dt>${heading}</dt>
                  <dd>${what}</dd>`,
            )}
          </dl>`,
      }),
      problems.length === 0 ? 200 : 400,
    );
  }
}

function preview(rows: readonly Row[]): Html {
  return html`<table>
    <caption class="hidden">
      Rows of the file
    </caption>
    <thead>
      <tr>
        <th scope="col">Row</th>
        <th scope="col">Name</th>
        <th scope="col">What is wrong</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ line, name, problems }) =>
          html`<tr>
            <td>${line}</td>
            <td><bdi>${name}</bdi></td>
            <td>
              ${
                problems.length === 0
                  ? "Nothing"
                  : html`<ul>
                      ${problems.map(({ message }) => html`<li>${message}</li>`)}
                    </ul>`
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
