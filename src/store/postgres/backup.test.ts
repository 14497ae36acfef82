import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import { usualExceptionSettings } from "#model/exception.ts";
import { defaultFixSettings } from "#model/fix.ts";
import type { SignInId } from "#model/ids.ts";
import { defaultSlaDays } from "#model/sla.ts";
import { defaultWorkItemSettings } from "#model/work-item.ts";
import type { Db } from "../database.ts";
import { dismissIssue } from "../exceptions/dismiss-issue.ts";
import { saveExceptionSettings } from "../exceptions/exception-settings.ts";
import { makeFigures } from "../figures/make-figures.ts";
import { saveFixSettings } from "../fixes/fix-settings.ts";
import { insertFix } from "../fixes/fixes.ts";
import { saveWorkItemSettings } from "../fixes/work-item-settings.ts";
import { insertWorkItem, linkIssues } from "../fixes/work-items.ts";
import { insertBuild } from "../hooks/builds.ts";
import { insertSubscription } from "../hooks/hook-subscriptions.ts";
import { insertValidation } from "../hooks/hook-validations.ts";
import { replaceAllows } from "../instances/branch-allows.ts";
import { insertDraft } from "../instances/connection-drafts.ts";
import { addSpend } from "../instances/remote-spend.ts";
import { saveRepositoryOwners } from "../instances/repository-owners.ts";
import { applyBranchFindings } from "../issues/apply-branch-findings.ts";
import { applyHistoryFindings } from "../issues/apply-history-findings.ts";
import { saveRuleSetting } from "../issues/rule-settings.ts";
import { saveSlaSettings } from "../issues/sla-settings.ts";
import { saveUrgencySettings } from "../issues/urgency-settings.ts";
import { openJobs } from "../jobs/jobs.ts";
import { createKeys } from "../keys.ts";
import { newId } from "../new-id.ts";
import { openStore } from "../open-store.ts";
import { setKnowledgeVersion } from "../packages/knowledge-versions.ts";
import { replaceManifests, type StoredPackage } from "../packages/manifests.ts";
import { savePackageSettings } from "../packages/package-settings.ts";
import { replaceImports } from "../packages/source-imports.ts";
import { insertApiToken } from "../people/api-tokens.ts";
import { insertAuditEvent } from "../people/audit-events.ts";
import { insertCredential } from "../people/credentials.ts";
import { saveEntraApp } from "../people/entra-app.ts";
import { grantAccess } from "../people/instance-access.ts";
import { insertSavedView } from "../people/saved-views.ts";
import { insertSession } from "../people/sessions.ts";
import { insertSignInAttempt } from "../people/sign-in-attempts.ts";
import { insertSignInLink } from "../people/sign-in-links.ts";
import { claimSignIn } from "../people/sign-ins.ts";
import { insertUser } from "../people/users.ts";
import { savePolicy } from "../policies/policies.ts";
import { keepPolicySet } from "../policies/policy-sets.ts";
import { savePolicySource } from "../policies/policy-sources.ts";
import { insertVerdict } from "../policies/verdicts.ts";
import { insertCommentAnswer } from "../pull-requests/comment-answers.ts";
import { wantGates } from "../pull-requests/gates.ts";
import { applyPullRequestFindings } from "../pull-requests/pull-request-findings.ts";
import { upsertPullRequest } from "../pull-requests/pull-requests.ts";
import { insertBlobResults } from "../scans/blob-results.ts";
import { replaceImport } from "../scans/imports.ts";
import { insertScan } from "../scans/scans.ts";
import { insertSurveys } from "../scans/surveys.ts";
import { recordUnreadParts } from "../scans/unread-parts.ts";
import { enableLiveCheck } from "../secrets/live-check-settings.ts";
import { saveSecretCheck } from "../secrets/secret-checks.ts";
import { emptyDatabase, type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { insertHookEvent } from "../testing/insert-hook-event.ts";
import { samplePosture } from "../testing/sample-posture.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { tellIssues } from "../webhooks/told-issues.ts";
import { insertDeliveries } from "../webhooks/webhook-deliveries.ts";
import { insertWebhook } from "../webhooks/webhooks.ts";
import { backup, restore } from "./backup.ts";
import { type BackupPart, readBackupFile, writeBackupFile } from "./backup-file.ts";

const log = pino({ level: "silent" });

describe("backup and restore", () => {
  let database: FreshDatabase;
  let folder: string;
  before(async () => {
    [database, folder] = await Promise.all([freshDatabase(), mkdtemp(join(tmpdir(), "sallyport-backup-"))]);
    await fill(database);
  });
  after(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  test("every row of every table comes back as it was", async () => {
    const file = join(folder, "full");
    const { tables } = await backup(database.url, file, log);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const target = await emptyDatabase();
    try {
      assert.deepEqual(await restore(target.url, file, log), { tables });
      const restored = await openStore({ url: target.url, log });
      try {
        const before = await everything(database.store.db);
        for (const [name, rows] of before) assert(rows.length > 0, `the test puts nothing into ${name}`);
        assert.deepEqual(await everything(restored.db), before);
      } finally {
        await restored.close();
      }
      await assert.rejects(restore(target.url, file, log), /holds users or instances already/);
    } finally {
      await target.drop();
    }
  });

  test("a file that is cut, damaged, newer or something else is refused before anything changes", async () => {
    const file = join(folder, "whole");
    await backup(database.url, file, log);
    const cut = join(folder, "cut");
    await writeFile(cut, await readFile(file));
    await truncate(cut, (await stat(file)).size - 20);
    const damaged = join(folder, "damaged");
    const bytes = await readFile(file);
    bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
    await writeFile(damaged, bytes);
    const other = join(folder, "other");
    await writeFile(other, "hello");
    const incomplete = join(folder, "incomplete");
    await writeBackupFile(
      incomplete,
      changed(file, (part) => (part.is === "end" ? undefined : part)),
    );
    const newer = join(folder, "newer");
    await writeBackupFile(
      newer,
      changed(file, (part) =>
        part.is === "header" ? { ...part, header: { ...part.header, schema: "9999-x" } } : part,
      ),
    );
    const target = await emptyDatabase();
    try {
      for (const [path, message] of [
        [cut, /damaged or incomplete/],
        [damaged, /damaged/],
        [other, /is no backup/],
        [incomplete, /its end is missing/],
        [newer, /newer Sallyport \(schema 9999-x/],
        [join(folder, "absent"), /ENOENT/],
      ] as const) {
        await assert.rejects(restore(target.url, path, log), message, path);
      }
      const store = await openStore({ url: target.url, log });
      const { rows } = await sql`select 1 from pg_namespace where nspname = 'pgboss'`.execute(store.db);
      assert.deepEqual(rows, []);
      await store.close();
    } finally {
      await target.drop();
    }
  });
});

async function* changed(
  file: string,
  change: (part: BackupPart) => BackupPart | undefined,
): AsyncGenerator<BackupPart> {
  for await (const part of readBackupFile(file)) {
    const next = change(part);
    if (next) yield next;
  }
}

/** All rows of all tables, as text, by name of the table. */
async function everything(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'public' and c.relname not like 'schema_migration%'
      or n.nspname = 'pgboss' and c.relname in ('job_common', 'queue'))
    order by 1`.execute(db);
  const result = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(name)} t order by 1`.execute(
      db,
    );
    result.set(
      name,
      rows.map((row) => row.text),
    );
  }
  return result;
}

const samplePackage: StoredPackage = {
  ...{ manifest: "package.json", ecosystem: "npm", key: "lodash", name: "lodash", version: "4.17.15" },
  ...{ purl: "pkg:npm/lodash@4.17.15", relation: "direct", isDevelopment: false, licenses: ["MIT"] },
  ...{ path: "package.json", line: 3 },
};

async function fill({ store }: FreshDatabase): Promise<void> {
  const { db } = store;
  const { instanceId, organizationId, projectId, repositoryId } = await sampleWorld(db, "Zürich \\ \t tab");
  const user = await insertUser(db, { name: "ada", passwordHash: "x", role: "administrator" });
  assert(user);
  await grantAccess(db, user.id, instanceId);
  await insertSession(db, "session", { user: user.id, csrf: "a\nb", begun: 1, seen: 1 }, sampleTime);
  await insertApiToken(db, { userId: user.id, name: "script", hash: randomBytes(32) });
  await insertSignInLink(db, { hash: randomBytes(32), purpose: "sign-in", userId: user.id, expires: sampleTime });
  await insertDraft(db, { id: randomUUID(), sealed: randomBytes(50), summary: [1, "two"], expires: sampleTime });
  const owner = { instanceId, organizationId, accountId: "i", accountName: "n" };
  const token = { method: "pat", sealed: randomBytes(90), valueHash: randomBytes(32), allOrganizations: true } as const;
  await insertCredential(db, { ...owner, ...token }, sampleTime);
  const signInId = newId<SignInId>();
  await claimSignIn(db, { id: signInId, method: "entra", tenantId: "t", objectId: "o", accountName: "n" });
  await insertCredential(db, { ...owner, method: "entra", signInId }, sampleTime);
  const attempt = { id: newId(), stateHash: randomBytes(32), sealed: randomBytes(9), about: {}, userId: user.id };
  await insertSignInAttempt(db, { ...attempt, expires: sampleTime });
  const registration = { clientId: "c", proof: "secret", sealedProof: randomBytes(9) } as const;
  await saveEntraApp(db, { ...registration, updatedBy: "ada", updatedAt: sampleTime });
  const spend = { calls: 3, refused: 1, failed: 0, delayedMilliseconds: 20.4 };
  await addSpend(db, [{ organizationId, purpose: "sync", ...spend }], sampleTime);
  await insertValidation(db, { instanceId, startedBy: "ada", startedAt: sampleTime });
  const subscription = { key: "key", instanceId, organizationId, projectId, eventType: "git.push" };
  await insertSubscription(db, { ...subscription, secretSealed: randomBytes(9) });
  const event = { subscriptionKey: "key", instanceId, eventId: "e", eventType: "git.push", receivedAt: sampleTime };
  await insertHookEvent(db, { ...event, body: { text: "\u0000 \\. end" } });
  const commit = "0".repeat(40);
  const scanId = await insertScan(db, {
    instanceId,
    repositoryId,
    target: { is: "branch", ref: "refs/heads/main" },
    commit,
    because: { is: "schedule" },
    started: sampleTime,
  });
  await insertBlobResults(db, instanceId, [
    { key: randomBytes(32), findings: [], problems: [], silenced: [] },
    { key: randomBytes(32), findings: [sampleFinding("one")], problems: [], silenced: [] },
  ]);
  await insertSurveys(db, instanceId, [{ key: randomBytes(32), survey: { terraform: ["modules/a"] } }]);
  const branch = { instanceId, repositoryId, branch: "refs/heads/main", at: sampleTime };
  const failed = [{ path: "a.ts", content: "1".repeat(40) }];
  await recordUnreadParts(db, branch, { looked: "all", failed, at: sampleTime });
  const { opened } = await applyBranchFindings(db, {
    ...branch,
    scanId,
    replaced: "all",
    findings: [sampleFinding("one")],
  });
  await dismissIssue(db, opened[0]!, { by: "ada", at: sampleTime, reason: "false-positive" });
  const history = { silenced: [], scannerVersion: "1", isWhole: true };
  await applyHistoryFindings(db, { ...branch, ...history, findings: [sampleFinding("three")] });
  await saveSecretCheck(db, { instanceId, fingerprint: "one", verdict: "live", reason: "", at: sampleTime });
  await wantGates(db, [{ repositoryId, ref: "refs/heads/main" }], { by: "ada", at: sampleTime });
  await saveExceptionSettings(db, instanceId, usualExceptionSettings, { changedBy: "ada", changedAt: sampleTime });
  await enableLiveCheck(db, { instanceId, provider: "Sample", enabledBy: "ada", at: sampleTime });
  const decided = { enabled: true, severity: "low", changedBy: "ada", changedAt: sampleTime } as const;
  await saveRuleSetting(db, { instanceId, ruleId: "secrets/sample", ...decided });
  await fillPolicies(db, { instanceId, repositoryId });
  const text = "licenses:\n  otherwise: review\n";
  await savePackageSettings(db, { instanceId, text, changedBy: "ada", changedAt: sampleTime });
  await saveUrgencySettings(db, { instanceId, text: "weights: {age: 1}", changedBy: "ada", changedAt: sampleTime });
  await saveSlaSettings(db, instanceId, { days: defaultSlaDays, changedBy: "ada", changedAt: sampleTime });
  const owners = { path: "CODEOWNERS", text: "* @all", problems: [], readAt: sampleTime };
  await saveRepositoryOwners(db, { id: repositoryId, instanceId }, owners);
  const view = { name: "Mine", query: { state: ["open"] }, shared: false, instanceId, userId: user.id };
  await insertSavedView(db, { ...view, createdAt: sampleTime });
  await setKnowledgeVersion(db, { place: "host:/var/lib/sallyport", version: "1", changedAt: sampleTime });
  const read = [{ unit: "package.json:package.json", manifests: [], packages: [samplePackage], hasGaps: true }];
  await replaceManifests(db, branch, { replaced: "all", read, at: sampleTime });
  await replaceImports(db, branch, { replaced: "all", files: [{ path: "a.ts", names: ["js:lodash"] }] });
  await replaceAllows(db, branch, [{ path: "a/**", reason: "r", line: 2 }]);
  await insertAuditEvent(db, { actor: "ada", action: "instance-connected", subject: "sample" });
  const pullRequest = { repositoryId, number: 7, instanceId, title: "t", author: "a", state: "active" } as const;
  await upsertPullRequest(db, { ...pullRequest, isDraft: false, sourceRef: "s", targetRef: "t", webUrl: "u" });
  await applyPullRequestFindings(db, { repositoryId, number: 7, findings: [sampleFinding("two")], at: sampleTime });
  const comment = { repositoryId, number: 7, threadId: 1, commentId: 2, author: "a", answer: "b", at: sampleTime };
  await insertCommentAnswer(db, { ...comment, instanceId });
  await fillFixes(db, { instanceId, repositoryId });
  await fillWorkItems(db, { instanceId, organizationId, projectId, repositoryId });
  await samplePosture(db, { instanceId, organizationId, projectId });
  await fillFigures(db, { instanceId, repositoryId });
  await insertBuild(db, { organizationId, instanceId, buildId: 1, number: "1", definition: "ci", result: "succeeded" });
  const queue = { name: "work", policy: "stately", retryLimit: 3, retryDelay: 1, heartbeatSeconds: 10 } as const;
  const jobs = await openJobs(store, { log, queues: [queue] });
  await jobs.enqueue(db, "work", { repository: repositoryId }, { key: repositoryId });
  await jobs.stop();
}

async function fillFixes(db: Db, of: Pick<SampleWorld, "instanceId" | "repositoryId">) {
  const names = { key: "k", grouping: "root-cause", title: "t", goal: "1", branch: "b", targetRef: "t" } as const;
  await insertFix(db, { ...of, ...names, fixes: [], askedBy: { is: "person", name: "ada" }, askedAt: sampleTime });
  await saveFixSettings(db, of.instanceId, { settings: defaultFixSettings, by: "ada", at: sampleTime });
}

async function fillFigures(db: Db, { instanceId, repositoryId }: Pick<SampleWorld, "instanceId" | "repositoryId">) {
  const target = { is: "branch", ref: "refs/heads/main" } as const;
  const counts = { results: 1, findings: 1, silenced: 0, skipped: 0, known: 0, opened: 1, fixed: 0 };
  const tool = { key: "k", tool: "Linter", category: "", counts, problems: [] };
  await replaceImport(db, { instanceId, repositoryId, target, ...tool, at: sampleTime, by: "ada" });
  await makeFigures(db, instanceId, new Date(sampleTime.getTime() + 60_000));
}

async function fillWorkItems(
  db: Db,
  of: Pick<SampleWorld, "instanceId" | "organizationId" | "projectId" | "repositoryId">,
) {
  const { instanceId } = of;
  await saveWorkItemSettings(db, { instanceId }, { settings: defaultWorkItemSettings, by: "ada", at: sampleTime });
  const asked = { askedBy: { is: "policy", policy: "p" }, askedAt: sampleTime } as const;
  const id = await insertWorkItem(db, { ...of, ...asked, key: "rule a", title: "t" });
  assert(id);
  const issues = await db.selectFrom("issues").select("id").limit(1).execute();
  await linkIssues(
    db,
    { id, instanceId },
    issues.map((one) => one.id),
  );
  const keys = createKeys(Buffer.alloc(32, 1));
  const changed = { changedBy: "ada", changedAt: sampleTime };
  const wish = { name: "w", address: "https://w.example", events: ["digest"], enabled: true, secret: "s" } as const;
  const webhook = await insertWebhook(db, keys, { instanceId, ...wish, ...changed });
  const delivery = { event: "ping", key: "k", content: {}, at: sampleTime } as const;
  await insertDeliveries(db, { id: webhook, instanceId }, [delivery], sampleTime);
  await tellIssues(
    db,
    { id: webhook, instanceId },
    "p",
    issues.map((one) => one.id),
  );
}

async function fillPolicies(db: Db, { instanceId, repositoryId }: Pick<SampleWorld, "instanceId" | "repositoryId">) {
  const changed = { changedBy: "ada", changedAt: sampleTime };
  await savePolicy(db, { instanceId, id: "new-secrets", enabled: false, ...changed });
  await savePolicySource(db, { instanceId, repositoryId, ref: "refs/heads/main", folder: "policies", ...changed });
  await keepPolicySet(db, { instanceId, version: "1", policies: [], since: sampleTime });
  const place = { repository: "p/r", project: "p", tags: [], branch: "default", trigger: "push" } as const;
  await insertVerdict(db, {
    ...{ instanceId, repositoryId, branch: "refs/heads/main", trigger: "push", commit: "c", scannersVersion: "1" },
    ...{ knowledgeVersion: "1", policiesVersion: "1", outcome: "passed", decidedBy: [], matches: [], at: sampleTime },
    facts: { place, subjects: [], now: sampleTime },
  });
}
