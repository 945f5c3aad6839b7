import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { numbers } from "./fixtures/numbers.ts";
import { appliedChanges, assetsWithGaps, heldOf, replayed } from "./fixtures/replay.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let admin: string;

beforeAll(async () => {
  world = await openWorld({ signingKey });
  admin = await world.tokenOf({ role: "ADMIN" });
});

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

test("undoing a random half of many random changes is as if they had never been made, and all changes again from nothing make the same map", async () => {
  const pick = numbers(20261123);
  const groups: { id: string; version: number }[] = [];
  const done: string[] = [];
  const conditions = ["loneliness", "bereavement", "dementia", "debt"];
  const command = async (name: string, input: object, more: Record<string, unknown> = {}) => {
    const payload = await payloadOf(world, name, { input, token: admin, more, fields: "change { id subjectId }" });
    if (payload.change !== null) done.push(payload.change.id);
    return payload;
  };
  for (let count = 0; count < 220; count += 1) {
    const group = groups[pick(groups.length)];
    const what = pick(10);
    if (group === undefined || what === 0) {
      const { change } = await command("createGroup", {
        name: `Group ${count}`,
        serves: ["rose-hill"],
        ...(pick(2) === 0 ? { supports: [{ condition: conditions[pick(4)], strength: 0.5 }] } : {}),
      });
      groups.push({ id: change.subjectId, version: 1 });
    } else if (what < 5) {
      const version = await world.cypher(cypher`MATCH (asset:Asset {id: $id}) RETURN asset.version AS version`, {
        id: group.id,
      });
      const fields = [
        { summary: `Summary ${count}.` },
        { description: `Description ${count}` },
        { name: `Name ${count}` },
        { cost: { isFree: pick(2) === 0, description: `Cost ${count}` } },
        { eligibility: [{ minimumAge: pick(60), conditions: [conditions[pick(4)]] }] },
        { reach: [["AT_A_PLACE"], ["PHONE"], ["ONLINE", "PHONE"]][pick(3)], summary: `Summary ${count}.` },
      ][pick(6)];
      await command("updateGroup", fields ?? {}, { id: group.id, expectedVersion: version[0]?.["version"] });
    } else if (what < 8) {
      await command("link", {
        relationship: "SUPPORTS",
        from: group.id,
        to: conditions[pick(4)],
        strength: (1 + pick(9)) / 10,
      });
    } else {
      const links = (
        await world.ask(`query ($id: ID!) { asset(id: $id) { links { id relationship } } }`, { id: group.id }, admin)
      ).data.asset.links.filter((link: { relationship: string }) => link.relationship === "SUPPORTS");
      const chosen = links[pick(links.length)];
      if (chosen === undefined) continue;
      if (what === 8) await command("unlink", { link: chosen.id });
      else
        await command("updateLink", { link: chosen.id, strength: (1 + pick(9)) / 10, evidence: `Evidence ${count}` });
    }
  }
  const undone = new Set<string>();
  let refused = 0;
  for (const id of done.toSorted(() => pick(2) - 0.5)) {
    if (pick(2) === 0) continue;
    const payload = await payloadOf(world, "undoChange", {
      input: { change: id },
      token: admin,
      fields: "change { id } undone { id } conflicts { code otherChange { id } }",
    });
    if (payload.change === null) {
      expect(payload.conflicts.length).toBeGreaterThan(0);
      for (const conflict of payload.conflicts)
        expect(conflict).toMatchObject({ code: "NEEDED", otherChange: { id: expect.any(String) } });
      refused += 1;
    } else undone.add(id);
  }
  expect(undone.size).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(10);

  const changes = await appliedChanges(world.graph);
  const now = await heldOf(world.graph, changes);
  expect(replayed(changes)).toEqual(now);
  // The log without what was undone, and without the undoings.
  expect(replayed(changes.filter(({ status, undoes }) => status === "APPLIED" && undoes === null))).toEqual(now);

  expect(await assetsWithGaps(world.graph)).toEqual([]);
}, 600_000);
