/** What every flow works with. Made in one place (cli/open-app.ts, or a story's set-up); flows never open anything themselves. */
import type { Logger } from "pino";
import type { Remote } from "#azure-devops/open-remote.ts";
import type { Mirrors } from "#git/open-mirrors.ts";
import type { Db } from "#store/database.ts";
import type { Jobs } from "#store/jobs.ts";
import type { Keys } from "#store/keys.ts";
import type { ScanPool } from "./scan-files/scan-pool.ts";

export interface App {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly keys: Keys;
  readonly remote: Remote;
  readonly mirrors: Mirrors;
  readonly scanPool: ScanPool;
  readonly log: Logger;
  /** Where people and Azure DevOps reach this server, without a slash at the end. */
  readonly publicUrl: string;
  now(): Date;
}
