/** What every flow works with. Made in one place (cli/open-app.ts, or a story's set-up); flows never open anything themselves. */
import type { Logger } from "pino";
import type { Entra } from "#azure-devops/entra/open-entra.ts";
import type { Remote } from "#azure-devops/open-remote.ts";
import type { Mirrors } from "#git/open-mirrors.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import type { Db } from "#store/database.ts";
import type { Jobs } from "#store/jobs/jobs.ts";
import type { Keys } from "#store/keys.ts";
import type { KnowledgeCopy } from "./knowledge/knowledge-copy.ts";
import type { Refreshing } from "./knowledge/refresh-knowledge.ts";
import type { LiveAsker } from "./live-checks/open-live-asker.ts";
import type { ScanPool } from "./scan-files/scan-pool.ts";
import type { WebhookSender } from "./webhooks/open-webhook-sender.ts";

/** How Sallyport learns of changes: Azure DevOps tells it, or it can only look, and why. */
export type Delivery = { readonly is: "hooks" } | { readonly is: "polling"; readonly because: string };

export interface App {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly keys: Keys;
  readonly remote: Remote;
  readonly entra: Entra;
  readonly mirrors: Mirrors;
  readonly scanPool: ScanPool;
  readonly knowledge: KnowledgeCopy;
  readonly refreshing: Refreshing;
  /** Where registries' facts about packages are asked for; undefined: nowhere. */
  readonly factsSources: FactsSources | undefined;
  /** Asks providers whether they take a secret, where people allowed that. */
  readonly liveAsker: LiveAsker;
  readonly webhookSender: WebhookSender;
  readonly log: Logger;
  /** Where people and Azure DevOps reach this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly delivery: Delivery;
  now(): Date;
}
