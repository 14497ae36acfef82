/** People write how an instance judges packages; everything that is stored is judged again by it. */
import type { InstanceId } from "#model/ids.ts";
import { parsePackageSettings } from "#scan/settings/parse-package-settings.ts";
import { branchesWithManifests } from "#store/packages/manifests.ts";
import { savePackageSettings } from "#store/packages/package-settings.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToJudge } from "../jobs/ask.ts";

export type ChangedSettings =
  | { readonly is: "saved" }
  | { readonly is: "mistakes"; readonly mistakes: readonly { readonly line: number; readonly message: string }[] };

export async function changePackageSettings(
  app: Pick<App, "db" | "jobs" | "now">,
  { instanceId, text, by }: { readonly instanceId: InstanceId; readonly text: string; readonly by: string },
): Promise<ChangedSettings> {
  const parsed = parsePackageSettings(text);
  if (parsed.is === "mistakes") return parsed;
  await inTransaction(app.db, async (tx) => {
    await savePackageSettings(tx, { instanceId, text, changedBy: by, changedAt: app.now() });
    const branches = await branchesWithManifests(tx);
    for (const branch of branches) if (branch.instanceId === instanceId) await askToJudge(app, tx, branch);
  });
  return { is: "saved" };
}
