/** Folders of infrastructure are renamed: its issues go with it, with what people decided about them. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dismissIssue } from "#store/exceptions/dismiss-issue.ts";
import { addRepository } from "../../emulator/build-world.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { issuesOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;

const account = (name: string) => `resource "azurerm_storage_account" "${name}" {\n  min_tls_version = "TLS1_0"\n}\n`;
const caller = (folder: string) => `module "logs" {\n  source = "./${folder}"\n}\n`;

before(async () => {
  house = await openHouse();
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: {
      "main.tf": caller("modules/logs"),
      "modules/logs/main.tf": account("logs"),
      "twin/one/main.tf": account("twin"),
      "twin/two/main.tf": account("twin"),
    },
  });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(): Promise<void> {
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
}

/** `id state path` of the issues about old TLS. */
async function about(): Promise<readonly { readonly id: string; readonly line: string }[]> {
  const issues = await issuesOf(house, repository);
  return issues
    .filter(({ rule }) => rule === "iac/azure-storage-allows-old-tls")
    .map(({ id, state, path }) => ({ id, line: `${state.is} ${path}` }))
    .toSorted((a, b) => (a.line < b.line ? -1 : 1));
}

test("a renamed module keeps its issues, dismissed as they were", async () => {
  for (const issue of await issuesOf(house, repository)) {
    const dismissal = { by: "ada", at: house.app.now(), reason: "accepted-risk", comment: issue.path } as const;
    assert(await dismissIssue(house.app.db, issue.id, dismissal));
  }
  const [first] = await about();
  await clone.git("mv", "modules/logs", "modules/records");
  await clone.commit("rename", { "main.tf": caller("modules/records") });
  await push();
  const now = await issuesOf(house, repository);
  assert.deepEqual(
    now.filter(({ state }) => state.is !== "dismissed").map(({ rule, path }) => `${rule} ${path}`),
    [],
  );
  assert.deepEqual((await about())[0], { id: first?.id, line: "dismissed modules/records/main.tf" });
});

test("where it is not certain which of two became which, nobody's decision is moved", async () => {
  await clone.git("mv", "twin/one", "twin/three");
  await clone.git("mv", "twin/two", "twin/four");
  await clone.commit("rename twins", {});
  await push();
  assert.deepEqual(
    (await about()).map(({ line }) => line),
    [
      "dismissed modules/records/main.tf",
      "dismissed twin/one/main.tf",
      "dismissed twin/two/main.tf",
      "open twin/four/main.tf",
      "open twin/three/main.tf",
    ],
  );
});

test("a pull request that renames a module brings in nothing", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  await clone.git("mv", "modules/records", "modules/papers");
  await clone.commit("rename again", { "main.tf": caller("modules/papers") });
  await push();
  const pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  assert.deepEqual(
    [pullRequest.statuses.at(-1)?.description, pullRequest.threads.length],
    ["No new security problems", 0],
  );
});
