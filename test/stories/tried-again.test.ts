/** A part of a scan that failed by chance is examined again by itself; one that fails each time, not for ever. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSchedule } from "#flows/jobs/schedule.ts";
import { looked, unlucky } from "#flows/scan-files/testing/unit-scanner.ts";
import { addRepository } from "../../emulator/build-world.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, issueLines, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { loseObject } from "./lose-object.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;

before(async () => {
  house = await openHouse({ treeScannersModule: import.meta.resolve("#flows/scan-files/testing/unit-scanner.ts") });
  unlucky.add("a.unit");
  const files = { "a.unit": "bad a\n", "b.unit": "bad b\n" };
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", { files });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  unlucky.clear();
  await clone?.remove();
  await house.close();
});

async function push(files: Readonly<Record<string, string | null>>): Promise<void> {
  await clone.commit("change", files);
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
}

/** As the schedule sees it: a look after each of these hours. */
async function hoursPass(...hours: readonly number[]): Promise<void> {
  const schedule = await startSchedule(house.app);
  for (const some of hours) {
    await house.emulator.clock.advance(some * 60 * 60_000);
    await schedule.tick();
    await house.quiet();
  }
  schedule.stop();
}

const timesLookedAt = (path: string) => looked.units.filter((root) => root === path).length;

test("the next scan of the branch tries again, whatever was pushed", async () => {
  assert.deepEqual(await issueLines(house, repository), ["open b.unit"]);
  unlucky.clear();
  await push({ "readme.md": "more\n" });
  assert.deepEqual(await issueLines(house, repository), ["open a.unit", "open b.unit"]);
  const [scan] = await scansOf(house, repository);
  assert.equal(scan?.outcome, "complete");
});

test("where nobody pushes it is tried again by itself", async () => {
  unlucky.add("c.unit");
  await push({ "c.unit": "bad c\n" });
  unlucky.clear();
  assert.deepEqual(await issueLines(house, repository), ["open a.unit", "open b.unit"]);
  await hoursPass(0.5);
  assert.deepEqual(await issueLines(house, repository), ["open a.unit", "open b.unit", "open c.unit"]);
});

test("what fails each time is let alone after five times, until it changes", async () => {
  unlucky.add("d.unit");
  await push({ "d.unit": "bad d\n" });
  looked.units.length = 0;
  await hoursPass(0.5, 0.5, 1, 5, 1, 30, 6);
  assert.equal(timesLookedAt("d.unit"), 4);
  const scans = (await scansOf(house, repository)).length;
  await hoursPass(100, 100);
  await push({ "readme.md": "still more\n" });
  assert.deepEqual([timesLookedAt("d.unit"), (await scansOf(house, repository)).length], [4, scans + 1]);
  unlucky.clear();
  await push({ "d.unit": "bad d\nbad e\n" });
  assert.equal((await issueLines(house, repository)).filter((line) => line === "open d.unit").length, 2);
});

test("a file that the mirror lacked is read from the next one", async () => {
  await clone.commit("change", { "f.unit": "bad f\n" });
  const objectId = (await clone.git("rev-parse", "HEAD:f.unit")).trim();
  await clone.git("push", "--quiet", "origin", "HEAD:refs/heads/topic");
  await house.quiet();
  const mirror = house.app.mirrors.existing(idOf(repository));
  assert(mirror);
  await loseObject(mirror.gitDir, objectId);
  mirror.release();
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  const lines = await issueLines(house, repository);
  assert.ok(!lines.includes("open f.unit"), lines.join());
  await hoursPass(0.5);
  assert.ok((await issueLines(house, repository)).includes("open f.unit"));
});
