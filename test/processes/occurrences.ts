// What a process of another time zone makes of the same schedules: `occurrences.ts <how many> <seed>`. Prints the SHA-256 of all their occurrences.
import { createHash } from "node:crypto";
import { occurrencesOf } from "../../calendar/occurrences.ts";
import { randomSchedules } from "../fixtures/randomSchedules.ts";

const hash = createHash("sha256");
for (const { schedule, span } of randomSchedules(Number(process.argv[2]), process.argv[3] ?? "")) {
  hash.update(JSON.stringify(occurrencesOf(schedule, span)));
}
console.log(JSON.stringify([new Date(2026, 6, 1).getTimezoneOffset(), hash.digest("hex")]));
