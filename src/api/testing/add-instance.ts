/** An instance with one of everything in it, written by the store's own functions. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { App } from "#flows/app.ts";
import type { Finding } from "#model/finding.ts";
import type { HookEventId, InstanceId, IssueId, OrganizationId, ProjectId, RepositoryId, ScanId } from "#model/ids.ts";
import { insertBuild } from "#store/hooks/builds.ts";
import { insertSubscription, setSubscriptionRemote } from "#store/hooks/hook-subscriptions.ts";
import { insertInstance } from "#store/instances/instances.ts";
import { upsertOrganization } from "#store/instances/organizations.ts";
import { upsertProjects } from "#store/instances/projects.ts";
import { setChosen, setScannedCommit, upsertRepositories } from "#store/instances/repositories.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { applyPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { upsertPullRequest } from "#store/pull-requests/pull-requests.ts";
import { finishScan, insertScan } from "#store/scans/scans.ts";
import { seal } from "#store/sealing.ts";
import { insertHookEvent } from "#store/testing/insert-hook-event.ts";

export interface Added {
  readonly instance: InstanceId;
  readonly repository: RepositoryId;
  readonly issue: IssueId;
  readonly scan: ScanId;
  readonly event: HookEventId;
  readonly hook: { readonly key: string; readonly secret: string };
}

export const commit = "a".repeat(40);
const branch = "refs/heads/main";

function findingAt(path: string, line: number): Finding {
  return {
    rule: "secrets/made-up",
    aliases: ["made-up"],
    severity: "high",
    message: `A made-up secret in ${path}`,
    at: { path, startLine: line, startColumn: 1, endLine: line, endColumn: 9 },
    fingerprint: `fingerprint of ${path}`,
    masked: "(8 characters)",
    signals: ["checksum valid"],
  };
}

// oxlint-disable-next-line max-lines-per-function -- a list of rows that belong together
export async function addInstance(app: App, name: string): Promise<Added> {
  const { db } = app;
  const at = app.now();
  const organization = randomUUID() as OrganizationId;
  const project = randomUUID() as ProjectId;
  const repository = randomUUID() as RepositoryId;
  const instance = await insertInstance(db, { name, takes: { is: "existing" }, createdBy: "anna" });
  await upsertOrganization(db, { id: organization, instanceId: instance, name: `${name}-organization` });
  const owner = { id: organization, instanceId: instance };
  await upsertProjects(db, owner, [{ id: project, name: `${name}-project` }], at);
  await upsertRepositories(db, organization, [remoteRepository(repository, project, name)], at);
  await setChosen(db, instance, { is: "existing" }, { choosing: "everywhere" });
  const target = { is: "branch", ref: branch } as const;
  const scan = await insertScan(db, {
    instanceId: instance,
    repositoryId: repository,
    target,
    commit,
    because: { is: "connected" },
    started: at,
  });
  const stats = { files: 3, bytes: 1000, milliseconds: 12, cache: { hits: 1, misses: 2 } };
  const problem = { scanner: "secrets", code: "too-large", message: "A file is too large.", path: "big.bin" } as const;
  await finishScan(db, scan, { outcome: "partial", stats, problems: [problem], at });
  await setScannedCommit(db, repository, { ref: branch, commit, scannersVersion: "test", at });
  const finding = findingAt("src/settings.ts", 7);
  const where = { instanceId: instance, repositoryId: repository, branch };
  const { opened } = await applyBranchFindings(db, {
    ...where,
    scanId: scan,
    at,
    replaced: "all",
    findings: [finding],
  });
  const [issue] = opened;
  assert(issue);
  await addPullRequest(app, { instance, repository, finding });
  const buildId = Math.floor(Math.random() * 1e9);
  await insertBuild(db, {
    organizationId: organization,
    buildId,
    instanceId: instance,
    projectId: project,
    number: "20260131.1",
    definition: "ci",
    result: "succeeded",
    branch,
    repositoryId: repository,
  });
  const { event, hook } = await addHook(app, { instance, organization, project });
  return { instance, repository, issue, scan, event, hook };
}

function remoteRepository(id: RepositoryId, projectId: ProjectId, name: string) {
  const webUrl = `https://dev.azure.com/${name}-organization/${name}-project/_git/${name}-repository`;
  return {
    id,
    projectId,
    name: `${name}-repository`,
    defaultBranch: branch,
    size: 4711,
    remoteUrl: webUrl,
    webUrl,
    isDisabled: false,
    isFork: false,
  };
}

async function addPullRequest(
  app: App,
  {
    instance,
    repository,
    finding,
  }: { readonly instance: InstanceId; readonly repository: RepositoryId; readonly finding: Finding },
): Promise<void> {
  await upsertPullRequest(app.db, {
    repositoryId: repository,
    number: 1,
    instanceId: instance,
    title: "Add settings",
    author: "Dana",
    state: "active",
    isDraft: false,
    sourceRef: "refs/heads/settings",
    targetRef: branch,
    webUrl: "https://dev.azure.com/x/y/_git/z/pullrequest/1",
    iteration: 1,
  });
  await applyPullRequestFindings(app.db, { repositoryId: repository, number: 1, findings: [finding], at: app.now() });
}

async function addHook(
  app: App,
  owner: { readonly instance: InstanceId; readonly organization: OrganizationId; readonly project: ProjectId },
): Promise<Pick<Added, "event" | "hook">> {
  const key = randomUUID();
  const secret = randomUUID();
  await insertSubscription(app.db, {
    key,
    instanceId: owner.instance,
    organizationId: owner.organization,
    projectId: owner.project,
    eventType: "git.push",
    secretSealed: seal(app.keys, secret, key),
  });
  await setSubscriptionRemote(app.db, key, { remoteId: randomUUID(), status: "enabled" });
  const event = await insertHookEvent(app.db, {
    subscriptionKey: key,
    instanceId: owner.instance,
    eventId: randomUUID(),
    eventType: "git.push",
    body: {},
    receivedAt: app.now(),
  });
  return { event, hook: { key, secret } };
}
