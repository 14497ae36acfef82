/** A group of issues has one work item at a time, whatever people do to an earlier one in Boards. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { revokeException } from "#flows/exceptions/decide-exception.ts";
import { exceptIssues } from "#flows/exceptions/except-issues.ts";
import { askAboutWorkItems } from "#flows/work-items/ask-about-work-items.ts";
import { askForWorkItems } from "#flows/work-items/ask-for-work-items.ts";
import { reopenWorkItem } from "#flows/work-items/reopen-work-item.ts";
import type { InstanceId, IssueId } from "#model/ids.ts";
import { exceptionOf } from "#store/exceptions/dismiss-issue.ts";
import { changeWorkItem, listWorkItems } from "#store/fixes/work-items.ts";
import { addRepository } from "../../emulator/build-world.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issuesOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let instanceId: InstanceId;
let repository: RepositoryState;
let clone: WorkingCopy;
const minute = 60_000;

const open = `resource "azurerm_storage_account" "a" {\n  name                       = "a"\n  https_traffic_only_enabled = false\n}\n`;
const both = `${open}\n${open.replaceAll('"a"', '"b"')}`;

before(async () => {
  house = await openHouse();
  house.project.process = "Scrum";
  repository = await addRepository(house.emulator.world, house.organization, house.project, "shop", {
    files: { "main.tf": open },
  });
  instanceId = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/shop`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(name: string, files: Record<string, string>): Promise<void> {
  await clone.commit(name, files);
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
}

/** What the schedule does every half minute, some minutes later. */
async function sync(): Promise<void> {
  await house.emulator.clock.advance(6 * minute);
  await askAboutWorkItems(house.app, house.app.db);
  await house.quiet();
}

const ours = async () =>
  (await listWorkItems(house.app.db, everything, { offset: 0, limit: 100 })).rows.toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
const states = async () => (await ours()).map(({ state }) => state);
const rule = "iac/azure-storage-allows-http";
const ids = async (): Promise<readonly IssueId[]> =>
  (await issuesOf(house, repository))
    .filter((issue) => issue.rule === rule && issue.state.is === "open")
    .map(({ id }) => id);

function setState(index: number, state: string): void {
  const item = house.organization.workItems[index];
  assert(item);
  item.fields = { ...item.fields, "System.State": state, "System.ChangedBy": { displayName: "Dana Developer" } };
  item.rev += 1;
}

async function dismiss(id: IssueId) {
  const asked = { scope: everything, reach: "finding", everywhere: false, reason: "accepted-risk" } as const;
  await exceptIssues(house.app, { ...asked, ids: [id], comment: "for now", author: "anna", source: "console" });
  const exception = await exceptionOf(house.app.db, id);
  assert(exception);
  return exception;
}

async function ask(issues: readonly IssueId[]): Promise<void> {
  const askedBy = { is: "person", name: "anna" } as const;
  await askForWorkItems(house.app, house.app.db, { instanceId, repositoryId: idOf(repository), issues, askedBy });
  await house.quiet();
}

test("one that people closed and take up again leaves its issues to the one that was made meanwhile", async () => {
  await ask(await ids());
  setState(0, "Removed");
  await sync();
  await ask(await ids());
  assert.deepEqual(await states(), ["closed-by-people", "open"]);
  const [first] = await ours();
  assert(first);
  assert.match((await reopenWorkItem(house.app, first)) ?? "", /#\d+ has taken/);
  assert.equal(house.organization.workItems[0]?.fields["System.State"], "Removed");
  setState(0, "Approved");
  await sync();
  assert.deepEqual(await states(), ["closed", "open"]);
  await push("safe", { "main.tf": open.replace("false", "true") });
  await sync();
  assert.deepEqual(await states(), ["closed", "closed"]);
});

test("one that was over before it was made leaves what returns to the one that was made meanwhile", async () => {
  await push("both", { "main.tf": both });
  const [one, other] = await ids();
  assert(one && other);
  house.organization.workItems.length = 0;
  await sync();
  // What the process requires keeps it from being made, until its issue is over.
  house.project.customFields = [
    { type: "Bug", referenceName: "Custom.Team", name: "Team", isRequired: true, allowedValues: ["Red"] },
  ];
  await ask([one]);
  assert.deepEqual(await states(), ["gone", "gone", "planned"]);
  const exception = await dismiss(one);
  house.project.customFields = [];
  await changeWorkItem(house.app.db, (await ours()).at(-1)!.id, { tryAt: null }, house.app.now());
  await sync();
  assert.deepEqual(await states(), ["gone", "gone", "closed"]);
  await ask([other]);
  await revokeException(house.app, { id: exception, scope: everything, by: "anna" });
  await sync();
  const [, , left, taken] = await ours();
  assert.deepEqual([left?.state, left?.number, taken?.state, taken?.openIssues], ["closed", undefined, "open", 2]);
  assert.equal(house.organization.workItems.length, 1);
});

test("one whose making was cut off is closed, also where its issues were over by the time it was found again", async () => {
  await push("safe", { "main.tf": open.replace("false", "true") });
  await sync();
  await push("third", { "main.tf": open.replaceAll('"a"', '"third"') });
  await ask(await ids());
  const made = (await ours()).at(-1);
  assert(made?.number);
  // As if nobody had come to write down that it was made.
  await house.app.db
    .updateTable("workItems")
    .set({ state: "planned", number: null, remoteState: null, revision: null })
    .where("id", "=", made.id)
    .execute();
  await house.app.db.updateTable("workItemIssues").set({ told: null }).where("workItemId", "=", made.id).execute();
  await push("safe again", { "main.tf": open.replace("false", "true") });
  await sync();
  await sync();
  const found = (await ours()).at(-1);
  assert.deepEqual([found?.number, found?.state], [made.number, "closed"]);
  assert.equal(house.organization.workItems.at(-1)?.fields["System.State"], "Done");
});

test("one that is restored in Boards, or that may be read again, is followed again", async () => {
  await push("fourth", { "main.tf": open.replaceAll('"a"', '"fourth"') });
  await ask(await ids());
  const state = async () => (await ours()).at(-1)?.state;
  const kept = house.organization.workItems.splice(0);
  await sync();
  assert.equal(await state(), "gone");
  await house.emulator.clock.advance(25 * 60 * minute);
  await sync();
  assert.equal(await state(), "gone");
  house.organization.workItems.push(...kept);
  await sync();
  assert.equal(await state(), "gone");
  await house.emulator.clock.advance(25 * 60 * minute);
  await sync();
  assert.equal(await state(), "open");
  await push("safe at last", { "main.tf": open.replace("false", "true") });
  await sync();
  assert.deepEqual([await state(), house.organization.workItems.at(-1)?.fields["System.State"]], ["closed", "Done"]);
});
