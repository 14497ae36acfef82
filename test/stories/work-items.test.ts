/** Work items: one for two hundred issues, kept with them both ways; and webhooks, signed, tried again, and logged. */
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { revokeException } from "#flows/exceptions/decide-exception.ts";
import { exceptIssues } from "#flows/exceptions/except-issues.ts";
import { askForFix } from "#flows/fixes/ask-for-fix.ts";
import { askForGates } from "#flows/gates/want-gates.ts";
import { askForSync, askToSyncWorkItems } from "#flows/jobs/ask.ts";
import { askAboutWebhooks } from "#flows/webhooks/ask-about-webhooks.ts";
import { askForDigests } from "#flows/webhooks/ask-for-digests.ts";
import { webhookByPolicy } from "#flows/webhooks/webhook-by-policy.ts";
import { askAboutWorkItems } from "#flows/work-items/ask-about-work-items.ts";
import { askForWorkItems } from "#flows/work-items/ask-for-work-items.ts";
import type { InstanceId, IssueId, OrganizationId, ProjectId, VerdictId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { WebhookId } from "#model/webhook.ts";
import { defaultWorkItemSettings } from "#model/work-item.ts";
import { exceptionOf } from "#store/exceptions/dismiss-issue.ts";
import { changeFix, insertFix } from "#store/fixes/fixes.ts";
import { saveWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import { changeWorkItem, listWorkItems } from "#store/fixes/work-items.ts";
import { savePolicy } from "#store/policies/policies.ts";
import { inTransaction } from "#store/transaction.ts";
import { listDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import { getWebhook, insertWebhook } from "#store/webhooks/webhooks.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { workItemNotes } from "../../emulator/work-items/work-item-notes.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issuesOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let instanceId: InstanceId;
let repository: RepositoryState;
let clone: WorkingCopy;
let webhook: WebhookId;
const minute = 60_000;
const secret = "a secret that both sides know";

/** One rule, one problem each. */
const door = (name: string, cidr: string) =>
  `resource "aws_vpc_security_group_ingress_rule" "${name}" {\n  security_group_id = "sg-1"\n  description       = "ssh"\n  cidr_ipv4         = "${cidr}"\n  from_port         = 22\n  to_port           = 22\n  ip_protocol       = "tcp"\n}\n`;
/** The first ones are open to everybody. */
const doors = (open: number) =>
  Array.from({ length: 200 }, (_, index) => door(`door${index}`, index < open ? "0.0.0.0/0" : "10.0.0.0/8")).join("\n");

const policy: Policy = {
  id: "open-doors",
  name: "Open doors",
  enabled: true,
  when: [{ rule: ["iac/aws-ssh-open-to-internet"] }],
  scope: { repositories: [], projects: [], tags: [] },
  triggers: ["push"],
  actions: ["work-item"],
  graceDays: 0,
  unfinished: { fails: "open", afterMinutes: 60 },
};

/** Takes webhooks; refuses the first. */
interface Heard {
  readonly event: string;
  readonly isSigned: boolean;
  readonly total: number;
  readonly told: Readonly<Record<string, unknown>>;
}
const heard: Heard[] = [];
let refusals = 1;
const listener = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const isRefused = refusals > 0;
    refusals -= 1;
    if (!isRefused) hear(request.headers, Buffer.concat(chunks).toString());
    response.writeHead(isRefused ? 500 : 200).end(isRefused ? "out of order" : "");
  });
});

function hear(headers: IncomingHttpHeaders, body: string): void {
  const signed = createHmac("sha256", secret)
    .update(`${String(headers["x-sallyport-timestamp"])}.${body}`)
    .digest("hex");
  const told = JSON.parse(body) as Heard["told"] & Pick<Heard, "total">;
  const isSigned = headers["x-sallyport-signature"] === `sha256=${signed}`;
  heard.push({ event: String(headers["x-sallyport-event"]), isSigned, total: told.total, told });
}

before(async () => {
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  house = await openHouse();
  house.project.process = "Scrum";
  repository = await addRepository(house.emulator.world, house.organization, house.project, "shop", {
    files: { "readme.md": "Shop\n" },
  });
  instanceId = await connect(house);
  await house.quiet();
  const { db, keys } = house.app;
  const at = house.app.now();
  const [changedBy, changedAt] = ["anna", at];
  await savePolicy(db, { instanceId, id: policy.id, enabled: true, content: policy, changedBy, changedAt });
  const address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
  const events = ["issue-opened", "issue-fixed", "policy", "fix-merged", "digest"] as const;
  const later = ["verdict", "fix-opened", "gate-not-effective"] as const;
  webhook = await insertWebhook(db, keys, {
    ...{
      instanceId,
      name: "Chat",
      address,
      secret,
      events: [...events, ...later],
      enabled: true,
      changedBy,
      changedAt,
    },
  });
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/shop`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
  listener.close();
});

async function push(name: string, files: Record<string, string>): Promise<void> {
  await clone.commit(name, files);
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  await sync();
}

/** What the schedule does every half minute, some minutes later. */
async function sync(): Promise<void> {
  await house.emulator.clock.advance(6 * minute);
  await askAboutWorkItems(house.app, house.app.db);
  await house.quiet();
}

const items = () => house.organization.workItems;
const ours = async () => (await listWorkItems(house.app.db, everything, { offset: 0, limit: 100 })).rows;
const setState = (state: string) => {
  const [item] = items();
  assert(item);
  item.fields = { ...item.fields, "System.State": state, "System.ChangedBy": { displayName: "Dana Developer" } };
  item.rev += 1;
};
const stateOf = () => items()[0]?.fields["System.State"];

const comments = () => {
  const [item] = items();
  return item ? workItemNotes(item).comments.map(({ text }) => text) : [];
};

/** A fix of one of them, as it is when its pull request is open; the address by which work items link to that. */
async function proposeFix(): Promise<string> {
  const { db } = house.app;
  const fixed = (await issuesOf(house, repository)).find(({ state }) => state.is === "open")!;
  const { finding, rule, severity, message, path, repositoryId } = fixed;
  const fixes = [{ fingerprint: finding.fingerprint, rule, severity, message, path }];
  const names = { key: "k", grouping: "root-cause", title: "Close it", goal: "", branch: "b", targetRef: "t" } as const;
  const asked = { askedBy: { is: "person", name: "anna" }, askedAt: house.app.now() } as const;
  const id = await insertFix(db, { instanceId, repositoryId, ...names, ...asked, fixes });
  assert(id);
  await changeFix(db, id, { state: "merged", pullRequest: 17 }, house.app.now());
  return `vstfs:///Git/PullRequestId/${house.project.id}%2F${repository.id}%2F17`;
}

test("200 issues make one work item, found again where its number was never written down", async () => {
  await push("open", { "main.tf": doors(200) });
  assert.equal((await issuesOf(house, repository)).length, 200);
  assert.equal(items().length, 1);
  const [item] = items();
  const [row] = await ours();
  assert(row);
  assert.deepEqual([item?.fields["System.WorkItemType"], item?.fields["System.State"]], ["Bug", "New"]);
  assert.match(String(item?.fields["Microsoft.VSTS.TCM.ReproSteps"]), /200 security problems[\s\S]+and 150 more/);
  assert.deepEqual([row.state, row.number, row.issues, row.openIssues], ["open", item?.id, 200, 200]);
  await changeWorkItem(house.app.db, row.id, { state: "planned" }, house.app.now());
  await house.app.db.updateTable("workItems").set({ number: null }).where("id", "=", row.id).execute();
  await sync();
  assert.deepEqual([items().length, (await ours())[0]?.number], [1, item?.id]);
});

test("it is closed when they are fixed, with the commit, and opened again when they return", async () => {
  await push("half", { "main.tf": doors(100) });
  assert.equal(stateOf(), "New");
  assert.match(comments().at(-1) ?? "", /^<p>100 security problems fixed or dismissed/);
  const linked = await proposeFix();
  await sync();
  assert(items()[0]?.relations.some(({ url }) => url === linked));
  await push("safe", { "main.tf": doors(0) });
  assert.deepEqual([stateOf(), (await ours())[0]?.state], ["Done", "closed"]);
  assert(items()[0]?.relations.some(({ url }) => String(url).startsWith("vstfs:///Git/Commit/")));
  await push("again", { "main.tf": doors(1) });
  assert.deepEqual([stateOf(), (await ours())[0]?.state, items().length], ["Committed", "open", 1]);
  assert.equal(comments().length, 3);
});

test("what people close stays closed, and waits for somebody who confirms", async () => {
  setState("Removed");
  await sync();
  const [row] = await ours();
  assert.equal(row?.state, "closed-by-people");
  assert.match(row?.reason ?? "", /^Dana Developer closed it in Boards while 1 of its issues/);
  await push("more", { "readme.md": "Shop.\n" });
  assert.deepEqual([stateOf(), items().length], ["Removed", 1]);
  setState("Approved");
  await sync();
  assert.equal((await ours())[0]?.state, "open");
});

test("what the process requires is said before anything is made", async () => {
  const { db } = house.app;
  const projectId = house.project.id as ProjectId;
  const save = (fields: Record<string, string>) =>
    saveWorkItemSettings(
      db,
      { instanceId, projectId },
      {
        ...{ settings: { ...defaultWorkItemSettings, fields }, by: "anna", at: house.app.now() },
      },
    );
  house.project.customFields = [
    { type: "Bug", referenceName: "Custom.Team", name: "Team", isRequired: true, allowedValues: ["Red", "Blue"] },
  ];
  const azure = `resource "azurerm_network_security_rule" "b" {\n  name                   = "b"\n  access                 = "Allow"\n  direction              = "Inbound"\n  protocol               = "Tcp"\n  source_address_prefix  = "*"\n  destination_port_range = "22"\n}\n`;
  await push("another", { "azure.tf": azure });
  const issue = (await issuesOf(house, repository)).find(({ path }) => path === "azure.tf");
  assert(issue);
  const wish = { instanceId, repositoryId: idOf(repository), issues: [issue.id] };
  await askForWorkItems(house.app, db, { ...wish, askedBy: { is: "person", name: "anna" } });
  await house.quiet();
  const planned = async () => (await ours()).find(({ askedBy }) => askedBy.is === "person");
  assert.match((await planned())?.reason ?? "", /requires the field "Team" \(Custom\.Team\).+one of "Red", "Blue"/);
  assert.equal(items().length, 1);
  await save({ "Custom.Team": "Red" });
  await changeWorkItem(db, (await planned())!.id, { tryAt: null }, house.app.now());
  await askToSyncWorkItems(house.app, db, { id: house.organization.id as OrganizationId, instanceId });
  await house.quiet();
  assert.deepEqual([(await planned())?.state, items()[1]?.fields["Custom.Team"]], ["open", "Red"]);
});

test("a webhook is signed, tried again after a refusal, and logged", async () => {
  const { db } = house.app;
  await askAboutWebhooks(house.app);
  await house.quiet();
  await house.emulator.clock.advance(2 * minute);
  await askAboutWebhooks(house.app);
  await house.quiet();
  assert.equal((await getWebhook(db, everything, webhook))?.failingSince, undefined);
  const { rows } = await listDeliveries(db, webhook, { offset: 0, limit: 100 });
  assert.deepEqual(new Set(rows.map(({ state }) => state)), new Set(["delivered"]));
  const first = rows.at(-1);
  assert.deepEqual([first?.event, first?.tries], ["issue-opened", 2]);
  assert(heard.every(({ isSigned }) => isSigned));
  assert.equal(heard.length, rows.length);
  assert.deepEqual(
    heard.map(({ event, total }) => `${event} ${total}`),
    ["issue-opened 200", "issue-fixed 100", "fix-merged undefined", "issue-fixed 100", "issue-opened 1"],
  );
});

test("a policy notifies of the same issues once, and the week is told on Monday", async () => {
  const { app } = house;
  const open = (await issuesOf(house, repository)).filter(({ state }) => state.is === "open").map(({ id }) => id);
  const branch = "refs/heads/main";
  const asked = { instanceId, repositoryId: idOf(repository), branch, policy: "p", issues: open } as const;
  const notify = (issues: readonly IssueId[]) =>
    inTransaction(app.db, (tx) => webhookByPolicy(app, tx, { ...asked, issues, verdict: randomUUID() as VerdictId }));
  await notify(open.slice(1));
  await notify(open);
  await notify(open.slice(0, -1));
  await house.quiet();
  // The log is kept for 30 days.
  await app.db.deleteFrom("webhookDeliveries").where("event", "=", "policy").execute();
  await notify(open);
  await house.quiet();
  assert.deepEqual(heard.map(({ event, total }) => `${event} ${total}`).slice(5), [
    `policy ${open.length - 1}`,
    "policy 1",
  ]);
  await house.emulator.clock.advance(8 * 24 * 60 * minute);
  await askForDigests(app);
  await askForDigests(app);
  await house.quiet();
  assert.equal(heard.filter(({ event }) => event === "digest").length, 1);
  const { rows } = await listDeliveries(app.db, webhook, { offset: 0, limit: 100 });
  const digest = rows.find(({ event }) => event === "digest");
  const told = JSON.parse(digest?.body ?? "{}") as Record<string, unknown>;
  assert.deepEqual(
    [told.opened, told.fixed, told.reopened, told.fixesMerged, told.open],
    [201, 200, 1, 1, { high: open.length }],
  );
});

test("verdicts, proposed fixes and gates that do not hold are told of as well", async () => {
  const { app } = house;
  const before = heard.length;
  const wish = { instance: instanceId, repositories: [idOf(repository)], wanted: true, by: "anna" };
  assert.equal((await askForGates(app, wish)).is, "asked");
  await house.quiet();
  // What makes a gate useless is somebody else's doing.
  for (const one of house.organization.policies) one.isEnabled = false;
  await askForSync(app, app.db, { id: house.organization.id as OrganizationId, instanceId });
  await house.quiet();
  const plain = `resource "azurerm_storage_account" "a" {\n  name                       = "a"\n  https_traffic_only_enabled = false\n}\n`;
  await push("plain", { "plain.tf": plain });
  const issues = await issuesOf(house, repository);
  const issue = issues.find(({ rule, path }) => rule === "iac/azure-storage-allows-http" && path === "plain.tf");
  assert(issue);
  const fingerprints = [issue.finding.fingerprint];
  const fix = {
    instanceId,
    repositoryId: idOf(repository),
    fingerprints,
    askedBy: { is: "person", name: "anna" },
  } as const;
  await askForFix(app, app.db, fix);
  await house.quiet();
  await house.emulator.clock.advance(2 * minute);
  await askAboutWebhooks(app);
  await house.quiet();
  const news = heard.slice(before).filter(({ event }) => event !== "issue-opened");
  const about = Map.groupBy(news, ({ event }) => event);
  assert.deepEqual([...about.keys()].toSorted(), ["fix-opened", "gate-not-effective", "verdict"]);
  assert(news.every(({ isSigned }) => isSigned));
  const [pullRequest] = house.organization.pullRequests;
  const only = (event: string) => {
    const [one, ...others] = about.get(event) ?? [];
    assert.deepEqual(others, []);
    return one?.told as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  assert.equal(only("fix-opened").fix?.pullRequest, pullRequest?.id);
  const { verdict, pullRequest: judged } = only("verdict");
  assert.deepEqual([verdict?.outcome, judged?.number], ["passed", pullRequest?.id]);
  const gate = only("gate-not-effective");
  assert.deepEqual([gate.branch, JSON.stringify(gate.flaws).includes("disabled")], ["refs/heads/main", true]);
});

test("whoever dismisses what is left confirms what somebody closed in Boards", async () => {
  const { db } = house.app;
  const [row] = (await ours()).filter(({ state, askedBy }) => state === "open" && askedBy.is === "policy");
  assert(row);
  setState("Removed");
  await sync();
  const now = async () => (await ours()).find(({ id }) => id === row.id);
  assert.equal((await now())?.state, "closed-by-people");
  const told = comments().length;
  const issue = (await issuesOf(house, repository)).find(
    ({ path, state }) => path === "main.tf" && state.is === "open",
  );
  assert(issue);
  const [done] = await exceptIssues(house.app, {
    ...{ ids: [issue.id], scope: everything, reach: "finding", everywhere: false, reason: "accepted-risk" },
    ...{ comment: "as they said", author: "anna", source: "console" },
  });
  assert.equal(done?.outcome.is, "made");
  await sync();
  assert.deepEqual([(await now())?.state, (await now())?.openIssues], ["closed", 0]);
  assert.deepEqual([stateOf(), comments().length], ["Removed", told], "Boards has said it already");
  house.project.customFields = [];
  // Taken back, it is a problem again, and the item is taken up.
  const exception = await exceptionOf(db, issue.id);
  assert(exception);
  await revokeException(house.app, { id: exception, scope: everything, by: "anna" });
  await sync();
  assert.deepEqual([(await now())?.state, stateOf()], ["open", "Committed"]);
});
