/**
 * What it costs to try a draft of policies on what happened: recorded pull requests with their findings, in an embedded
 * PostgreSQL. `npm run bench -- dry-run [PULL REQUESTS] [FINDINGS OF EACH]`.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import { type DryRun, dryRun as tryPolicies } from "#flows/policies/dry-run.ts";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import type { Db } from "#store/database.ts";
import { insertInstance } from "#store/instances/instances.ts";
import { upsertOrganization } from "#store/instances/organizations.ts";
import { upsertProjects } from "#store/instances/projects.ts";
import { upsertRepositories } from "#store/instances/repositories.ts";
import { openStore } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { printTable } from "./machine.ts";

const log = pino({ level: "silent" });
const repositories = 20;

export async function dryRun(args: readonly string[]): Promise<void> {
  const [pullRequests, findings] = [Number(args[0] ?? 1000), Number(args[1] ?? 25)];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ folder: join(folder, "postgres"), log, temporary: true });
  opened.defer(() => postgres.stop());
  const store = await openStore({ url: postgres.url, log, maxConnections: 4 });
  opened.defer(() => store.close());
  const instanceId = await seed(store.db, { pullRequests, findings });
  const rows: (readonly [string, string, string])[] = [];
  for (const name of ["first", "second"]) {
    const started = performance.now();
    const run: DryRun = await tryPolicies(
      { db: store.db, now: () => new Date() },
      { instanceId, policies: builtInPolicies },
    );
    const milliseconds = performance.now() - started;
    assert.equal(run.pullRequests, pullRequests);
    const remark = `${run.findings} findings, ${run.wouldBlock} blocked, by ${run.policies.length} policies`;
    rows.push([name, `${milliseconds.toFixed(0)} ms`, remark]);
  }
  printTable(`a dry run of ${builtInPolicies.length} policies over ${pullRequests} pull requests`, rows);
}

async function seed(
  db: Db,
  { pullRequests, findings }: { readonly pullRequests: number; readonly findings: number },
): Promise<InstanceId> {
  const organization = randomUUID() as OrganizationId;
  const project = randomUUID() as ProjectId;
  const instanceId = await insertInstance(db, { name: "bench", takes: { is: "existing" }, createdBy: "bench" });
  await upsertOrganization(db, { id: organization, instanceId, name: "bench" });
  await upsertProjects(db, { id: organization, instanceId }, [{ id: project, name: "bench" }], new Date());
  const remote = Array.from({ length: repositories }, (_, at) => ({
    ...{ id: randomUUID() as RepositoryId, projectId: project, name: `service-${at}`, size: 1 },
    ...{ defaultBranch: "refs/heads/main", remoteUrl: "", webUrl: "", isDisabled: false, isFork: false },
  }));
  await upsertRepositories(db, organization, remote, new Date());
  await sql`
    insert into pull_requests (repository_id, number, instance_id, title, author, state, is_draft, source_ref,
      target_ref, web_url, scanned_iteration, updated_at)
    select (${remote.map(({ id }) => id)}::uuid[])[1 + n % ${repositories}::int], n, ${instanceId}, 'Change ' || n, 'author ' || n % 40,
      'completed', false, 'refs/heads/f', 'refs/heads/main', '', 1, now() - (n % 89) * interval '1 day'
    from generate_series(1, ${pullRequests}::int) n`.execute(db);
  await sql`
    insert into pull_request_findings (repository_id, number, fingerprint, instance_id, finding, state, first_seen, last_seen)
    select pr.repository_id, pr.number, 'f' || n, pr.instance_id, jsonb_build_object('rule', rule, 'aliases', '[]'::jsonb,
        'severity', (array['critical', 'high', 'medium', 'low', 'low', 'low'])[1 + (n + pr.number) % 6],
        'message', repeat('what was found there ', 8), 'fingerprint', 'f' || n, 'at', jsonb_build_object('path',
        'src/' || n || '/file.ts', 'startLine', n, 'startColumn', 1, 'endLine', n, 'endColumn', 20)),
      (array['open', 'fixed'])[1 + n % 2], pr.updated_at, pr.updated_at
    from pull_requests pr, generate_series(1, ${findings}::int) n, lateral (select (array['iac/open-door',
      'vulnerabilities/known', 'licenses/denied', 'operational-risk/abandoned'])[1 + n % 4] as rule) r
    where pr.instance_id = ${instanceId}`.execute(db);
  await sql`analyze`.execute(db);
  return instanceId;
}
