import { questions, type WorkshopAsked } from "./asked.ts";
import type { Choices } from "./assetForm.ts";
import type { Option } from "./fields.ts";
import type { Visit } from "./visit.ts";

interface Listed {
  readonly edges: readonly {
    readonly node: { readonly id: string; readonly slug: string; readonly name: string };
  }[];
}

/** The conditions and needs that something can help with, by their slugs. Throws as `askApi` does. */
export async function needsOf(visit: Visit): Promise<readonly Option[]> {
  const { conditions } = await visit.asked<{ conditions: Listed }>(questions.conditions);
  return optionsOf(conditions);
}

/** The neighbourhoods that there are, by their slugs; `first` before all others. Throws as `askApi` does. */
export async function areasOf(
  visit: Pick<Visit, "asked">,
  first: WorkshopAsked["area"] = null,
): Promise<readonly Option[]> {
  const { areas } = await visit.asked<{ areas: Listed }>(questions.areas);
  const all = optionsOf(areas);
  return first === null
    ? all
    : [{ value: first.slug, label: first.name }, ...all.filter(({ value }) => value !== first.slug)];
}

function optionsOf({ edges }: Listed): readonly Option[] {
  return edges.map(({ node: { slug, name } }) => ({ value: slug, label: name }));
}

/** Something that a workshop has added, or proposes to change. */
export interface OnBoard {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: string;
}

/** All that a workshop has proposals about. Throws as `askApi` does. */
export async function onBoard(visit: Visit, { id }: WorkshopAsked): Promise<readonly OnBoard[]> {
  const { workshop } = await visit.asked<{
    workshop: { board: { edges: readonly { node: OnBoard }[] } } | null;
  }>(questions.proposedAssets, { id });
  return workshop?.board.edges.map(({ node }) => node) ?? [];
}

/** All that there is to choose from in the form of something new: places are those near the workshop, and those it proposes. Throws as `askApi` does. */
export async function choicesOf(visit: Visit, workshop: WorkshopAsked): Promise<Choices> {
  const near = async () => {
    if (workshop.area === null) return [];
    const { places } = await visit.asked<{ places: { edges: readonly { node: { id: string; name: string } }[] } }>(
      questions.placesNear,
      { near: workshop.area.slug },
    );
    return places.edges.map(({ node }) => node);
  };
  const [needs, areas, there, proposed] = await Promise.all([
    needsOf(visit),
    areasOf(visit, workshop.area),
    near(),
    onBoard(visit, workshop),
  ]);
  const places = [...proposed.filter(({ kind }) => kind === "PLACE"), ...there];
  return {
    needs,
    areas,
    places: [...new Map(places.map(({ id, name }) => [id, { value: id, label: name }])).values()],
  };
}
