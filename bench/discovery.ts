/**
 * What it costs to find out what there is: calls and seconds for an organization of 5,000 repositories in 200 projects, in
 * the wizard, at the first sync (hooks included), after an outage, and when nothing has changed. The emulator runs in this
 * process, so the seconds are its own too; the calls are what counts against Azure DevOps' budget.
 * `npm run bench -- discovery [REPOSITORIES] [PROJECTS]`.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import { addressesFrom } from "#azure-devops/addresses.ts";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import type { App } from "#flows/app.ts";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import { queues } from "#flows/jobs/queues.ts";
import { openKnowledgeCopy } from "#flows/knowledge/knowledge-copy.ts";
import { startRefreshing } from "#flows/knowledge/refresh-knowledge.ts";
import { asksNobody } from "#flows/live-checks/testing/asks-nobody.ts";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { scannersVersion } from "#flows/scan-repository/scanners-version.ts";
import { syncOrganization } from "#flows/sync-organization/sync-organization.ts";
import { openWebhookSender } from "#flows/webhooks/open-webhook-sender.ts";
import { openMirrors } from "#git/open-mirrors.ts";
import type { OrganizationId, UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import { openStore } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { seedMany } from "../emulator/seeds/seed-many.ts";
import { startEmulator } from "../emulator/start-emulator.ts";
import { printTable } from "./machine.ts";

const log = pino({ level: "silent" });
const minute = 60_000;

/** From set-up to table. */
// oxlint-disable-next-line max-lines-per-function -- one measurement, step by step
export async function discovery(args: readonly string[]): Promise<void> {
  const [repositories, projects] = [Number(args[0] ?? 5000), Number(args[1] ?? 200)];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const emulator = await startEmulator({ folder: join(folder, "azure-devops") });
  opened.defer(() => emulator.stop());
  const seed = await seedMany(emulator.world, { repositories, projects });
  let later = 0;
  const app = await openBenchApp(opened, { folder, url: emulator.url, now: () => new Date(Date.now() + later) });

  const rows: (readonly [string, string, string])[] = [];
  async function measured<T>(name: string, remark: string, work: () => Promise<T>): Promise<T> {
    app.remote.takeSpend();
    const started = performance.now();
    const result = await work();
    const seconds = (performance.now() - started) / 1000;
    const calls = app.remote.takeSpend().reduce((sum, one) => sum + one.calls, 0);
    rows.push([name, `${calls} calls`, `${seconds.toFixed(1)} s${remark && `; ${remark}`}`]);
    return result;
  }
  const organization = seed.organization.id as OrganizationId;
  const sync = (lookedSince?: Date) => {
    const job = { organization, ...(lookedSince && { lookedSince: lookedSince.toISOString() }) };
    return syncOrganization(app, job, new AbortController().signal);
  };

  const { draft } = await measured("wizard: the token, and what it may do", "", () =>
    checkConnection(app, {
      method: "pat",
      by: randomUUID() as UserId,
      organizations: [seed.organization.name],
      tokens: [{ value: secretValue(seed.token.value) }],
    }),
  );
  assert(draft);
  const listed = await measured("wizard: all repositories", "", () => listDraftRepositories(app, draft));
  assert.equal(listed?.repositories.length, repositories);
  const takes = { is: "existing-and-future" } as const;
  await createInstance(app, { draft, name: "bench", takes, by: "bench" });
  await measured("first sync, which makes the hooks", "", () => sync());
  rows.push(["hooks made", String(seed.organization.subscriptions.length), `${projects} projects`]);
  await measured("sync after a start", "every head is looked at", () => sync(app.now()));
  await sql`update repositories set scanned_commit = head_commit, scanned_ref = default_branch,
    scanners_version = ${await scannersVersion(app)}`.execute(app.db);
  await measured("quiet sync", "no head is due", () => sync());
  for (let turn = 1; turn <= 3; turn += 1) {
    later += 10 * minute;
    await measured(`quiet sync, ${10 * turn} minutes later`, "", () => sync());
  }
  printTable(`discovery of ${repositories} repositories in ${projects} projects`, rows);
}

async function openBenchApp(
  opened: AsyncDisposableStack,
  about: { readonly folder: string; readonly url: string; readonly now: () => Date },
): Promise<App> {
  const { folder, now } = about;
  const postgres = await startPostgres({ folder: join(folder, "postgres"), log, temporary: true });
  opened.defer(() => postgres.stop());
  const store = await openStore({ url: postgres.url, log, maxConnections: 8 });
  opened.defer(() => store.close());
  const keys = createKeys(Buffer.alloc(32, 7));
  const remote = { addresses: addressesFrom(about.url), now, log, userAgent: "Sallyport bench" };
  const jobs = await openJobs(store, { log, queues });
  opened.defer(() => jobs.stop());
  const mirrors = openMirrors({ folder: join(folder, "mirrors"), budgetBytes: 1024 ** 3, log, now, surrounding: {} });
  opened.defer(() => mirrors.close());
  const scanPool = openScanPool({ threads: 0, fingerprintKey: keys.fingerprintKey });
  opened.defer(() => scanPool.close());
  const knowledge = openKnowledgeCopy(join(folder, "knowledge"));
  const refreshing = startRefreshing({ log }, { folder: knowledge.folder, sources: [] });
  return {
    db: store.db,
    jobs,
    keys,
    remote: openRemote(remote),
    entra: openEntra(remote),
    mirrors,
    scanPool,
    knowledge,
    refreshing,
    factsSources: undefined,
    liveAsker: asksNobody,
    webhookSender: openWebhookSender({ allowsPrivate: false, environment: {} }),
    log,
    publicUrl: "http://127.0.0.1:8760",
    delivery: { is: "hooks" },
    now,
  };
}
