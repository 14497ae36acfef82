/** `sallyport replay`: comes to a verdict again from what the server kept with it. Changes nothing. */

import { replayVerdict } from "#flows/policies/replay-verdict.ts";
import type { VerdictId } from "#model/ids.ts";
import { getRepositoryPlace } from "#store/instances/repository-tags.ts";
import { readConfig } from "../config.ts";
import { UsageError } from "../usage-error.ts";
import { createLog } from "./create-log.ts";
import { describeReplay, isSame } from "./describe-replay.ts";
import { openApp } from "./open-app.ts";
import { hasDatabase } from "./open-database.ts";

/** 0 if it comes out the same, 1 if it does not. */
export async function runReplay(id: string): Promise<number> {
  const config = readConfig();
  if (!hasDatabase(config)) throw new UsageError(`there is no database in ${config.dataFolder}: set SALLYPORT_DATA`);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    throw new UsageError(
      `${id} is no id of a verdict: it stands with the verdict of a pull request, in console and API`,
    );
  }
  const log = createLog({ logLevel: "error" });
  const opened = await openApp(config, { log, publicUrl: config.publicUrl ?? "http://localhost" });
  try {
    const replayed = await replayVerdict(opened.app, id.toLowerCase() as VerdictId, new AbortController().signal);
    if (replayed.is === "unknown") throw new UsageError(`there is no verdict ${id}`);
    const place = await getRepositoryPlace(opened.app.db, replayed.verdict.repositoryId);
    console.log(describeReplay(replayed, place ? `${place.project}/${place.name}` : replayed.verdict.repositoryId));
    return isSame(replayed) ? 0 : 1;
  } finally {
    await opened.close();
  }
}
