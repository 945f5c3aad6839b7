/** When the judged queries are asked: a Wednesday at noon. "This weekend" and how fresh a fact is must not depend on the day they are run. */
export const askedAt = new Date("2026-11-18T12:00:00Z");
