/** Opens everything that flows work with, in order, and closes it in the opposite order. The only wiring of the program. */
import { join } from "node:path";
import type { Logger } from "pino";
import { addressesFrom } from "#azure-devops/addresses.ts";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import type { App } from "#flows/app.ts";
import { queues } from "#flows/jobs/queues.ts";
import { openKnowledgeCopy } from "#flows/knowledge/knowledge-copy.ts";
import { startRefreshing } from "#flows/knowledge/refresh-knowledge.ts";
import { openLiveAsker } from "#flows/live-checks/open-live-asker.ts";
import { startSpendRecorder } from "#flows/record-spend.ts";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { openWebhookSender } from "#flows/webhooks/open-webhook-sender.ts";
import { openMirrors } from "#git/open-mirrors.ts";
import type { FactsConfig } from "#knowledge/package-facts/facts-config.ts";
import { openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import type { Store } from "#store/open-store.ts";
import { type Config, environmentWith } from "../config.ts";
import { openFactsSources } from "../packages/facts-sources.ts";
import { readKnowledgeConfig } from "../packages/knowledge-config.ts";
import { version } from "../version.ts";
import { deliveryMode } from "./delivery-mode.ts";
import { makeFolder, makeWritableFolder } from "./make-folder.ts";
import { readMasterKey } from "./master-key.ts";
import { openDatabase, openTables } from "./open-database.ts";

export interface OpenedApp {
  readonly app: App;
  readonly store: Store;
  close(): Promise<void>;
}

/** Disk that mirrors of repositories may take; those used least recently go first. */
const mirrorBudget = 50 * 1024 ** 3;
/**
 * A small push is scanned before a message to another thread would be there; more would keep requests waiting. Units are
 * programs that others wrote: only a thread can be stopped when one does not end.
 */
const inlineScanBytes = 256 * 1024;

export async function openApp(
  config: Config,
  { log, publicUrl }: { readonly log: Logger; readonly publicUrl: string },
): Promise<OpenedApp> {
  await using opened = new AsyncDisposableStack();
  await makeFolders(config);
  const now = () => new Date();
  const keys = createKeys(await readMasterKey(config));
  const outside = openOutside(config, { log, now });
  const database = await openDatabase(config, log);
  opened.defer(() => database.close());
  const store = await openTables(database, { log });
  opened.defer(() => store.close());
  const mirrors = openMirrors({
    folder: join(config.dataFolder, "mirrors"),
    budgetBytes: mirrorBudget,
    log,
    now,
    surrounding: environmentWith({}),
  });
  opened.defer(() => mirrors.close());
  const scanPool = openScanPool({
    threads: config.threads,
    fingerprintKey: keys.fingerprintKey,
    inlineBytes: inlineScanBytes,
    inlineUnitBytes: 0,
  });
  opened.defer(() => scanPool.close());
  const copy = openCopy(config, log, opened);
  const jobs = await openJobs(store, { log, queues });
  opened.defer(() => jobs.stop());
  const app: App = {
    db: store.db,
    jobs,
    keys,
    ...outside,
    mirrors,
    scanPool,
    ...copy,
    log,
    publicUrl,
    delivery: deliveryMode({ ...config, publicUrl }),
    now,
  };
  const recorder = startSpendRecorder(app);
  opened.defer(() => recorder.stop());
  const rest = opened.move();
  return { app, store, close: () => rest.disposeAsync() };
}

/** What cannot be a folder is told before anything is opened. */
async function makeFolders({ dataFolder, knowledgeFolder, advisories }: Config): Promise<void> {
  await makeWritableFolder({ folder: dataFolder, setting: "SALLYPORT_DATA" });
  if (knowledgeFolder !== undefined && advisories === "on") {
    await makeFolder({ folder: knowledgeFolder, setting: "SALLYPORT_KNOWLEDGE" });
  }
}

/** The local copy of what the world knows, and whom it is kept fresh from. */
function openCopy(
  config: Config,
  log: Logger,
  opened: AsyncDisposableStack,
): Pick<App, "knowledge" | "refreshing" | "factsSources"> {
  const folder = config.knowledgeFolder ?? join(config.dataFolder, "knowledge");
  const knowledge = openKnowledgeCopy(folder);
  opened.defer(() => knowledge.close());
  const { sources, packageFacts } = readKnowledgeConfig(folder);
  const refreshing = startRefreshing({ log }, { folder, sources: config.advisories === "off" ? [] : sources });
  opened.defer(() => refreshing.stop());
  return {
    knowledge,
    refreshing,
    factsSources: config.packageFacts === "off" ? undefined : factsSourcesOf(packageFacts, log),
  };
}

/** Registries are those of the account that the server runs under. */
function factsSourcesOf(config: FactsConfig, log: Logger): App["factsSources"] {
  const { sources, notices } = openFactsSources(config);
  for (const { ecosystem, message } of notices) log.warn({ ecosystem, reason: message }, "registry settings not read");
  return sources;
}

type Outside = Pick<App, "remote" | "entra" | "liveAsker" | "webhookSender">;

/** Azure DevOps, Microsoft Entra ID, providers of secrets and whoever listens to webhooks, wherever they are. */
function openOutside(config: Config, { log, now }: Pick<App, "log" | "now">): Outside {
  const addresses = addressesFrom({
    url: config.azureDevOpsUrl,
    serverUrl: config.azureDevOpsServerUrl,
    serverVersion: config.azureDevOpsServerVersion,
  });
  const { identityEndpoint } = config;
  const options = { addresses, now, log, userAgent: `Sallyport/${version}` };
  return {
    remote: openRemote(options),
    entra: openEntra({ ...options, ...(identityEndpoint && { identityEndpoint }) }),
    liveAsker: openLiveAsker(environmentWith({}), now),
    webhookSender: openWebhookSender({
      allowsPrivate: config.privateWebhooks === "on",
      environment: environmentWith({}),
    }),
  };
}
