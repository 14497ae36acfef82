/** What a person decided about a rule on settings comes to what was found. Answers are settled when they are read; urgency is not. */
import type { InstanceId } from "#model/ids.ts";
import { placesOfPath } from "#model/posture/path-places.ts";
import type { RuleId } from "#model/rule.ts";
import { postureWords } from "#scan/posture/posture-words.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { notifyLive } from "#store/live.ts";
import { scorePathsAgain } from "#store/posture/attack-path-places.ts";
import { openAttackPaths } from "#store/posture/attack-paths.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";

export async function applyPostureRule(app: Pick<App, "db">, instanceId: InstanceId, rule: string): Promise<void> {
  const words = postureWords.get(rule as RuleId);
  if (!words) return;
  for (const organization of await listOrganizations(app.db, instanceId)) {
    await inTransaction(app.db, async (tx) => {
      if (words.category === "path") {
        const paths = (await openAttackPaths(tx, organization.id)).filter(({ path }) => path.rule === rule);
        const places = [...new Set(paths.flatMap(({ path }) => placesOfPath(path)))];
        if (places.length > 0) await scorePathsAgain(tx, organization, places);
      }
      await notifyLive(tx, { is: "posture-changed", instanceId, organizationId: organization.id });
    });
  }
}
