import assert from "node:assert/strict";
import { test } from "node:test";
import { addToken } from "../../emulator/build-world.ts";
import { probe } from "./probe.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

test("says for each area whether the token opens it, and changes nothing", async (t) => {
  const { client, clientOf, world, user, organization } = await emulatedOrganization(t);
  const all = await probe(client);
  assert.deepEqual(
    all.filter(({ works }) => !works),
    [],
  );
  assert.deepEqual(
    all.map(({ name }) => name),
    ["projects", "code", "feedback", "hooks", "builds", "work-items"],
  );
  const works = async (scopes: readonly string[]) => {
    const found = await probe(clientOf(addToken(world, user, { organization, scopes })));
    for (const { message } of found) assert.ok(message.length > 10);
    return found.filter((capability) => capability.works).map(({ name }) => name);
  };
  assert.deepEqual(await works(["project", "code"]), ["projects", "code", "hooks"]);
  assert.deepEqual(await works(["project", "code_write", "build"]), [
    "projects",
    "code",
    "feedback",
    "hooks",
    "builds",
  ]);
  assert.equal(organization.pullRequests.length, 0);
});
