/** An organization's settings and the code of its pipelines are looked at; what is changed there changes what is said. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { askForPosture } from "#flows/posture/ask-for-posture.ts";
import { askForWorkItems } from "#flows/work-items/ask-for-work-items.ts";
import type { InstanceId, OrganizationId, RepositoryId, UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { dismissIssue } from "#store/exceptions/dismiss-issue.ts";
import { listLiveWorkItems } from "#store/fixes/work-items.ts";
import { getIssue, type IssueRow } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { listAttackPaths } from "#store/posture/attack-paths.ts";
import { listPosture } from "#store/posture/list-posture.ts";
import { listResults } from "#store/posture/list-posture-results.ts";
import { listBills } from "#store/posture/pipeline-bills.ts";
import { listPipelines } from "#store/posture/pipelines.ts";
import { listDuePosture } from "#store/posture/posture-runs.ts";
import { inTransaction } from "#store/transaction.ts";
import { buildNotes } from "../../emulator/build/build-notes.ts";
import { describeRun } from "../../emulator/build/describe-run.ts";
import { completeBuild, queueBuild } from "../../emulator/build/queue-build.ts";
import { taskChecks } from "../../emulator/inventory/check-types.ts";
import { inventoryOf } from "../../emulator/inventory/inventory.ts";
import { type DemoSeed, seedDemo } from "../../emulator/seeds/seed-demo.ts";
import type { DefinitionState, RepositoryState } from "../../emulator/world.ts";
import { everything } from "../stories/facts.ts";
import { type House, openHouse } from "../stories/house.ts";

let house: House;
let demo: DemoSeed;
let orders: RepositoryState;
let instance: InstanceId;
const page = { offset: 0, limit: 500 };

before(async () => {
  house = await openHouse();
  demo = await seedDemo(house.emulator.world);
  const found = demo.repositories["orders-api"];
  assert(found);
  orders = found;
  const checked = await checkConnection(house.app, {
    ...{ method: "pat", by: randomUUID() as UserId, organizations: [demo.organization.name] },
    tokens: [{ value: secretValue(demo.token.value) }],
  });
  assert(checked.draft);
  const takes = { is: "list", repositories: [orders.id as RepositoryId] } as const;
  const created = await createInstance(house.app, { draft: checked.draft, name: "Brightwater", takes, by: "anna" });
  assert(created.is === "created");
  instance = created.instance;
  await house.quiet();
});
after(() => house.close());

const organization = () => ({ id: demo.organization.id as OrganizationId, instanceId: instance });

async function look() {
  await askForPosture(house.app, organization());
  await house.quiet();
  const [row] = await listPosture(house.app.db, everything, organization().id);
  assert(row?.lastRun, house.logged.join("\n"));
  return row;
}

async function pathToProduction() {
  const { rows } = await listAttackPaths(house.app.db, everything, { ...page, search: "brightwater production" });
  return rows[0]?.path;
}

async function issuesOf(rule: string): Promise<readonly IssueRow[]> {
  return (await listIssues(house.app.db, everything, { ...page, rule })).rows;
}

function deployment(): DefinitionState {
  const definition = demo.organization.definitions.find(({ name }) => name === "orders-api deploy");
  assert(definition);
  return definition;
}

/** As an administrator of the project adds it, by the call that is documented for it. */
async function addBranchControl() {
  const connection = inventoryOf(house.emulator.world, demo.organization).endpoints.find(
    ({ name }) => name === "brightwater-production",
  );
  assert(connection);
  const at = `${house.emulator.url}/${demo.organization.name}/${connection.projectId}/_apis/pipelines/checks/configurations`;
  const answer = await fetch(`${at}?api-version=7.1-preview.1`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Basic ${Buffer.from(`:${demo.token.value}`).toString("base64")}`,
    },
    body: JSON.stringify({
      type: { name: "Task Check" },
      resource: { type: "endpoint", id: connection.id, name: connection.name },
      settings: {
        displayName: "Branch control",
        definitionRef: taskChecks.branchControl,
        inputs: { allowedBranches: "refs/heads/main", ensureProtectionOfBranch: "true" },
      },
    }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

test("a first look finds the way from contributors to production, and says what it could not read", async () => {
  const { lastRun, pipelines, attackPaths } = await look();
  assert(lastRun && lastRun.calls.total > 50 && lastRun.calls.total < 200, JSON.stringify(lastRun?.calls));
  assert(lastRun.counts.fail > 20 && lastRun.counts.pass > 100, JSON.stringify(lastRun.counts));
  assert(pipelines === 6 && attackPaths > 0);
  const path = await pathToProduction();
  assert(path, "no path to production");
  assert.equal(path.severity, "critical");
  assert(path.edges.every(({ evidence, says }) => evidence.length > 0 && says.length > 0));
  const unsaid = { organizationId: organization().id, answer: ["not-evaluated"], ...page } as const;
  const { rows: unevaluated } = await listResults(house.app.db, everything, unsaid);
  assert(unevaluated.length > 0 && unevaluated.every(({ reason }) => reason !== undefined && reason.length > 20));
  const [deploy] = (await listPipelines(house.app.db, everything, { ...page, search: "deploy" })).rows;
  assert.deepEqual(
    [deploy?.about.source?.path, deploy?.about.exposure.openBranches.is],
    ["deploy/production.yml", "yes"],
  );
  assert(deploy && deploy.attackPaths > 0, "the path leads through it");
  const [bill] = await listBills(house.app.db, everything, { ...deploy, organizationId: organization().id });
  assert(bill?.bill.items.some(({ kind, name }) => kind === "connection" && name === "brightwater-production"));
});

test("what fails is an issue of the settings it is about, which people decide about like all others", async () => {
  const [issue] = await issuesOf("cicd/connection-open-to-all-pipelines");
  assert(issue);
  assert.deepEqual(
    [issue.repositoryName, issue.branch, issue.state.is],
    ["Settings of Storefront", "settings", "open"],
  );
  const points = (await getIssue(house.app.db, everything, issue.id))?.urgencyPoints;
  const onPath = points?.find(({ signal }) => signal === "attack-path");
  assert.match(onPath?.because ?? "", /on an attack path to subscription Brightwater Production/);
  const wish = { instanceId: instance, askedBy: { is: "person", name: "anna" } } as const;
  const ask = async ({ id, repositoryId }: IssueRow) =>
    inTransaction(house.app.db, (tx) => askForWorkItems(house.app, tx, { ...wish, repositoryId, issues: [id] }));
  assert.equal((await ask(issue))[0]?.is, "asked");
  const [ofOrganization] = await issuesOf("cicd/pool-shared-across-zones");
  assert.equal(ofOrganization?.repositoryName, "Settings of brightwater");
  assert(ofOrganization);
  assert.equal((await ask(ofOrganization))[0]?.is, "refused", "a work item belongs to a project");
  await house.quiet();
  const [item] = await listLiveWorkItems(house.app.db, issue.repositoryId);
  assert.deepEqual([item?.state, item?.reason], ["open", undefined]);
  const dismissal = { by: "anna", at: house.app.now(), reason: "accepted-risk" } as const;
  assert.equal(await dismissIssue(house.app.db, issue.id, dismissal), true);
  await look();
  assert.equal((await issuesOf("cicd/connection-open-to-all-pipelines"))[0]?.state.is, "dismissed");
});

test("the proposed cut ends the path, and with it its issue", async () => {
  const path = await pathToProduction();
  const [change] = path?.cut.changes ?? [];
  assert.match(change?.what ?? "", /brightwater-production.*add branch control to allow refs\/heads\/main alone/);
  await addBranchControl();
  await look();
  assert.equal(await pathToProduction(), undefined);
  const gone = await listAttackPaths(house.app.db, everything, { ...page, state: "gone" });
  assert.deepEqual(
    gone.rows.map((row) => row.path.id),
    [path?.id],
  );
  const about = (await issuesOf("cicd/path-contributor-reaches-cloud")).filter(({ message }) =>
    /subscription/i.test(message),
  );
  assert.deepEqual(
    about.map(({ state }) => state.is),
    ["fixed"],
  );
});

test("a run of a branch that nobody reviewed is judged when it ends, and its issues stay", async () => {
  const { world } = house.emulator;
  const definition = deployment();
  const by = demo.people.jonas?.id ?? "";
  const commit = orders.pushes.at(-1)?.refUpdates[0]?.newObjectId ?? "";
  const about = { requestedBy: by, sourceBranch: "refs/heads/try", sourceVersion: commit, repository: orders };
  const build = queueBuild(world, demo.organization, definition, about);
  const log = [`2026-03-01T10:00:00.0000000Z export GITHUB_TOKEN=${demo.secrets.githubToken}`];
  const task = { name: "Deploy the orders API", result: "failed", log } as const;
  buildNotes(build).run = describeRun("try", [{ name: "Production", jobs: [{ name: "Deploy", tasks: [task] }] }]);
  definition.revision += 1;
  await completeBuild(world, demo.organization, build, "failed", by);
  await house.quiet();
  const { rows } = await listResults(house.app.db, everything, {
    ...{ organizationId: organization().id, category: ["run"], answer: ["fail"], ...page },
  });
  const found = rows.map(({ rule }) => rule).toSorted();
  assert(found.includes("cicd/run-secret-in-log"), found.join(", "));
  assert(found.includes("cicd/run-unreviewed-code-used-resource"), found.join(", "));
  const open = async () => (await issuesOf("cicd/run-secret-in-log")).map(({ state }) => state.is);
  assert.deepEqual(await open(), ["open"]);
  assert(!house.logged.some((line) => line.includes(demo.secrets.githubToken)));
  const later = new Date(house.app.now().getTime() + 16 * 60_000);
  const due = await listDuePosture(house.app.db, { now: later, newFrom: new Date(0) });
  assert.equal(due.length, 1, "another revision: the next look comes soon");
  await look();
  assert.deepEqual(await open(), ["open"]);
});
