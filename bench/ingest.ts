/**
 * Webhooks per second, stored durably before they are answered: one API process and a PostgreSQL (fsync on) on this
 * machine, autocannon beside them. Afterwards every answered delivery must be in the database, with its job.
 * `npm run bench -- ingest [SECONDS] [CONNECTIONS]`.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { pino } from "pino";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { insertSubscription, setSubscriptionRemote } from "#store/hooks/hook-subscriptions.ts";
import { insertInstance } from "#store/instances/instances.ts";
import { upsertOrganization } from "#store/instances/organizations.ts";
import { createKeys } from "#store/keys.ts";
import { openStore, type Store } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { seal } from "#store/sealing.ts";
import { startChild } from "../scripts/demo/child.ts";
import { milliseconds, printTable, processorSeconds } from "./machine.ts";

const log = pino({ level: "silent" });
const subscriptions = 20;
/** What the figure is measured against. */
const goal = 1_500;

interface Target {
  readonly path: string;
  readonly authorization: string;
}

/** A little over 50 lines, half of them the table. */
// oxlint-disable-next-line max-lines-per-function -- one measurement from set-up to its table
export async function ingest(args: readonly string[]): Promise<void> {
  const [seconds, connections] = [Number(args[0] ?? 10), Number(args[1] ?? 64)];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ folder: join(folder, "postgres"), log, temporary: true });
  opened.defer(() => postgres.stop());
  const store = await openStore({ url: postgres.url, log, maxConnections: 4 });
  opened.defer(() => store.close());
  const masterKey = randomBytes(32);
  const targets = await addSubscriptions(store, masterKey);
  const server = startChild({
    name: "server",
    args: [fileURLToPath(new URL("../bin/sallyport.js", import.meta.url)), "serve", "--role", "api"],
    environment: {
      ...process.env,
      DATABASE_URL: postgres.url,
      SALLYPORT_DATA: join(folder, "data"),
      SALLYPORT_KEY: masterKey.toString("base64"),
      SALLYPORT_PUBLIC_URL: "http://127.0.0.1:8760",
      SALLYPORT_PORT: "8760",
      SALLYPORT_LOG: "warn",
    },
    logFile: join(folder, "server.log"),
  });
  opened.defer(() => server.stop());
  await server.line(/^sallyport \S+ serves (\S+)/);
  const before = [server.pid, postgres.pid, process.pid].map(processorSeconds);
  const result = await fire("http://127.0.0.1:8760", targets, seconds, connections);
  const taken = [server.pid, postgres.pid, process.pid].map((pid, n) => processorSeconds(pid) - (before[n] ?? 0));
  const each = (seconds = 0): string => `${((seconds * 1000) / result["2xx"]).toFixed(2)} ms`;
  const stored = await sql<{ events: number; jobs: number }>`select (select count(*) from hook_events) as events,
    (select count(*) from pgboss.job_common where name = 'handle-event') as jobs`.execute(store.db);
  const { events, jobs } = stored.rows[0] ?? { events: 0, jobs: 0 };
  printTable("ingest", [
    [
      "webhooks answered with 200",
      `${Math.round(result["2xx"] / result.duration)} /s`,
      `goal ${goal}; ${connections} connections, ${seconds} s`,
    ],
    ["not answered with 200", String(result.non2xx + result.errors + result.timeouts)],
    ["time of an answer, p50", milliseconds(result.latency.p50)],
    ["time of an answer, p99", milliseconds(result.latency.p99)],
    ["processor time of a webhook, API", each(taken[0])],
    ["processor time of a webhook, PostgreSQL", each(taken[1])],
    [
      "processor time of a webhook, autocannon",
      each((taken[2] ?? 0) - (taken[0] ?? 0) - (taken[1] ?? 0)),
      "takes part of the two cores",
    ],
    ["events stored", String(events), `of ${result["2xx"]} answered; more are those cut off at the end`],
    ["jobs stored", String(jobs)],
  ]);
  if (events < result["2xx"] || jobs !== events) throw new Error("an answered delivery was lost");
}

async function addSubscriptions(store: Store, masterKey: Buffer): Promise<readonly Target[]> {
  const keys = createKeys(masterKey);
  const organizationId = randomUUID() as OrganizationId;
  const takes = { is: "existing-and-future" } as const;
  const instanceId = await insertInstance(store.db, { name: "bench", takes, createdBy: "bench" });
  await upsertOrganization(store.db, { id: organizationId, instanceId, name: "bench" });
  const targets: Target[] = [];
  for (let n = 0; n < subscriptions; n += 1) {
    const [key, password] = [randomBytes(32).toString("base64url"), randomBytes(32).toString("base64url")];
    const projectId = randomUUID() as ProjectId;
    const secretSealed = seal(keys, password, key);
    await insertSubscription(store.db, {
      key,
      instanceId,
      organizationId,
      projectId,
      eventType: "git.push",
      secretSealed,
    });
    await setSubscriptionRemote(store.db, key, { remoteId: randomUUID(), status: "enabled" });
    const authorization = `Basic ${Buffer.from(`sallyport:${password}`).toString("base64")}`;
    targets.push({ path: `/hooks/${key}`, authorization });
  }
  return targets;
}

/** The fields of autocannon's answer that are read here; it brings no types. */
interface Fired {
  readonly "2xx": number;
  readonly non2xx: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly duration: number;
  readonly latency: { readonly p50: number; readonly p99: number };
}

async function fire(url: string, targets: readonly Target[], duration: number, connections: number): Promise<Fired> {
  const name: string = "autocannon";
  const { default: autocannon } = (await import(name)) as { default: (options: object) => Promise<Fired> };
  let number = 0;
  return autocannon({
    url,
    connections,
    duration,
    requests: targets.map(({ path, authorization }) => ({
      method: "POST",
      path,
      headers: { "content-type": "application/json; charset=utf-8", authorization },
      setupRequest: (request: object) => {
        number += 1;
        return { ...request, body: pushEvent(number) };
      },
    })),
  });
}

/** A push as Azure DevOps tells it, about 2 KB. */
function pushEvent(number: number): string {
  const [project, repository] = [randomUUID(), randomUUID()];
  const objectId = number.toString(16).padStart(40, "0");
  const author = { name: "Ada Example", email: "ada@example.com", date: "2026-03-01T12:00:00Z" };
  const message = {
    text: "Ada Example pushed updates to web:main.",
    html: "<b>Ada</b> pushed.",
    markdown: "Ada pushed.",
  };
  return JSON.stringify({
    subscriptionId: randomUUID(),
    notificationId: number,
    id: randomUUID(),
    eventType: "git.push",
    publisherId: "tfs",
    message,
    detailedMessage: message,
    resource: {
      commits: [1, 2, 3].map((n) => ({
        commitId: objectId,
        author,
        committer: author,
        comment: `Change ${n} of push ${number}`,
        url: `https://dev.azure.com/bench/_apis/git/repositories/${repository}/commits/${objectId}`,
      })),
      refUpdates: [{ name: "refs/heads/main", oldObjectId: "0".repeat(40), newObjectId: objectId }],
      repository: {
        id: repository,
        name: "web",
        url: `https://dev.azure.com/bench/_apis/git/repositories/${repository}`,
        project: { id: project, name: "bench", state: "wellFormed", visibility: "unchanged" },
        defaultBranch: "refs/heads/main",
        remoteUrl: "https://dev.azure.com/bench/bench/_git/web",
      },
      pushedBy: { displayName: "Ada Example", id: randomUUID(), uniqueName: "ada@example.com" },
      pushId: number,
      date: author.date,
    },
    resourceVersion: "1.0",
    resourceContainers: { collection: { id: randomUUID() }, account: { id: randomUUID() }, project: { id: project } },
    createdDate: author.date,
  });
}
