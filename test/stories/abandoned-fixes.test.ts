/** A fix that a person abandoned stays abandoned: whatever its job is doing at that moment, and whatever policies ask for. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { App } from "#flows/app.ts";
import { abandonFix } from "#flows/fixes/abandon-fix.ts";
import { askForFix } from "#flows/fixes/ask-for-fix.ts";
import { makeFix } from "#flows/fixes/make-fix.ts";
import { endFix } from "#flows/fixes/record-fix.ts";
import type { Fix, FixAskedBy, FixId } from "#model/fix.ts";
import type { InstanceId } from "#model/ids.ts";
import { getFix } from "#store/fixes/fixes.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { readRef } from "../../emulator/git/repository-store.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, issuesOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let instanceId: InstanceId;
let repository: RepositoryState;
let fingerprint: string;

const account = `resource "azurerm_storage_account" "a" {\n  name                       = "a"\n  https_traffic_only_enabled = false\n  min_tls_version            = "TLS1_2"\n}\n`;

before(async () => {
  house = await openHouse();
  repository = await addRepository(house.emulator.world, house.organization, house.project, "shop", {
    files: { "main.tf": account },
  });
  instanceId = await connect(house);
  await house.quiet();
  const issue = (await issuesOf(house, repository)).find(({ rule }) => rule === "iac/azure-storage-allows-http");
  assert(issue);
  fingerprint = issue.finding.fingerprint;
});

after(() => house.close());

/** Without a job: the test does what it would do. */
async function ask(askedBy: FixAskedBy = { is: "person", name: "anna" }) {
  const wish = { instanceId, repositoryId: idOf(repository), fingerprints: [fingerprint], askedBy };
  const jobs: App["jobs"] = { ...house.app.jobs, enqueueMany: async () => {} };
  const [answer] = await askForFix({ ...house.app, jobs }, house.app.db, wish);
  assert(answer);
  return answer;
}

async function seen(id: FixId): Promise<Fix> {
  const fix = await getFix(house.app.db, id);
  assert(fix);
  return fix;
}

/** What is left of a fix that anna abandons just before its job does this with mirrors. */
async function abandonedBefore(step: "commit" | "push") {
  const asked = await ask();
  assert(asked.is === "asked", JSON.stringify(asked));
  const { mirrors } = house.app;
  const interrupted = async (...given: never[]) => {
    await abandonFix(house.app, await seen(asked.fix), "anna");
    return (mirrors[step] as (...all: never[]) => unknown).apply(mirrors, given);
  };
  const app = { ...house.app, mirrors: { ...mirrors, [step]: interrupted } as App["mirrors"] };
  await makeFix(app, { repository: idOf(repository), fix: asked.fix }, new AbortController().signal);
  const { state, reason, branch } = await seen(asked.fix);
  const isBranchThere = (await readRef(house.emulator.world, repository.id, branch)) !== undefined;
  return { state, reason, isBranchThere, pullRequests: house.organization.pullRequests.length };
}

/** Azure DevOps has opened it, and nobody has written that down yet. */
async function abandonedWhenOpened() {
  const asked = await ask();
  assert(asked.is === "asked", JSON.stringify(asked));
  const { remote } = house.app;
  const organization: App["remote"]["organization"] = (...given) => {
    const client = remote.organization(...given);
    const request: typeof client.request = async (wanted) => {
      const answer = await client.request(wanted);
      const isOpening = wanted.method === "POST" && wanted.path.endsWith("/pullrequests");
      if (isOpening) await abandonFix(house.app, await seen(asked.fix), "anna");
      return answer;
    };
    return { ...client, request };
  };
  const app = { ...house.app, remote: { ...remote, organization } };
  await makeFix(app, { repository: idOf(repository), fix: asked.fix }, new AbortController().signal);
  return asked.fix;
}

const over = {
  state: "closed-by-people",
  reason: "anna abandoned it in Sallyport.",
  isBranchThere: false,
  pullRequests: 0,
};

test("while it is made", async () => {
  assert.deepEqual(await abandonedBefore("commit"), over);
});

test("while it is pushed", async () => {
  assert.deepEqual(await abandonedBefore("push"), over);
});

test("while its pull request opens", async () => {
  const { state, branch } = await seen(await abandonedWhenOpened());
  const isBranchThere = (await readRef(house.emulator.world, repository.id, branch)) !== undefined;
  const pullRequests = house.organization.pullRequests.map(({ status }) => status);
  assert.deepEqual([state, isBranchThere, pullRequests], ["closed-by-people", false, ["abandoned"]]);
});

test("a policy does not bring it back, a person may", async () => {
  const byPolicy = await ask({ is: "policy", policy: "fix-all" });
  assert(byPolicy.is === "refused" && /only if a person asks/.test(byPolicy.because), JSON.stringify(byPolicy));
  assert.equal((await ask()).is, "asked");
});

test("who closes its pull request says why, also where it was seen closed before", async () => {
  const asked = await ask();
  assert(asked.is === "under-way", JSON.stringify(asked));
  const fix = await seen(asked.fix);
  const state = "closed-by-people";
  await endFix(house.app, fix, { state, reason: "It was closed." });
  await endFix(house.app, fix, { state, reason: "anna abandoned it in Sallyport." }, { hasClosed: true });
  await endFix(house.app, fix, { state, reason: "It was closed." });
  assert.equal((await seen(asked.fix)).reason, "anna abandoned it in Sallyport.");
});
