/** The thread that refreshes the local copy of knowledge; see refresh-knowledge.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { KnowledgeSource } from "#knowledge/sources.ts";
import { LockedError } from "#knowledge/update/lock-folder.ts";
import { type UpdateResult, updateKnowledge } from "#knowledge/update/update-knowledge.ts";

export type RefreshAnswer =
  | { readonly is: "done"; readonly result: UpdateResult }
  | { readonly is: "refused"; readonly message: string };

const { folder, sources } = workerData as { readonly folder: string; readonly sources: readonly KnowledgeSource[] };

parentPort?.postMessage(await refresh());

async function refresh(): Promise<RefreshAnswer> {
  try {
    return { is: "done", result: await updateKnowledge({ folder, sources }) };
  } catch (error) {
    // Somebody else does it just now.
    if (error instanceof LockedError) return { is: "refused", message: error.message };
    throw error;
  }
}
