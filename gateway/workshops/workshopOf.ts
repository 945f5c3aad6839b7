import { questions, type WorkshopAsked } from "./asked.ts";
import { Refused } from "../askApi.ts";
import { notThere, partOf, type Visit } from "./visit.ts";

/** The workshop that a page is about. Throws Refused for one that there is not, or that the visitor is no member of (403). */
export async function workshopOf(visit: Visit): Promise<WorkshopAsked> {
  const { workshop } = await visit.asked<{ workshop: WorkshopAsked | null }>(questions.workshop, {
    id: partOf(visit, "workshop"),
  });
  if (workshop === null) throw notThere();
  return workshop;
}

/** The same, for what the facilitator alone may do. Throws Refused as `workshopOf` does, and for everybody else. */
export async function facilitatedBy(visit: Visit): Promise<WorkshopAsked> {
  const workshop = await workshopOf(visit);
  if (!workshop.isFacilitator) throw new Refused(403, "This is for the facilitator of the workshop.");
  return workshop;
}

/** What is said besides of what is added in a workshop: in one that is made up, so is everything. */
export function invented({ sample }: Pick<WorkshopAsked, "sample">): { readonly sample?: true } {
  return sample ? { sample: true } : {};
}
