import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addRepository } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("requests that nobody means well", () => {
  let one: TryWorld;
  let at: string;
  before(async () => {
    one = await openTryWorld();
    const files = { "a.txt": "a" };
    const repository = await addRepository(one.emulator.world, one.organization, one.project, "app", { files });
    at = `/fabrikam/_apis/git/repositories/${repository.id}`;
  });
  after(() => one.close());

  it("get 400 or 404, never 500", async () => {
    const status = async (path: string) => (await one.ask("GET", `${at}${path}`)).status;
    assert.equal(await status("/items/%00"), 400);
    assert.equal(await status("/commits?searchCriteria.author=%00"), 400);
    assert.equal(await status("/items?path=/../../etc/passwd"), 404);
    assert.equal(await status("/items?path=/a.txt&version=--all"), 404);
    assert.equal(await status("/commits?searchCriteria.itemVersion.version=--all"), 404);
    assert.equal(await status("/commits?searchCriteria.fromDate=never"), 200);
    const batch = await one.ask("POST", `${at}/commitsbatch`, { body: { fromDate: "never", toDate: 5 } });
    assert.equal(batch.status, 200);
    assert.equal(batch.json.count, 1);
  });
});
