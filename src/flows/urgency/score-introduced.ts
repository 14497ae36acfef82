/** The urgency of what a pull request brings in, as it would be once it is on the target branch. */
import type { Finding } from "#model/finding.ts";
import type { InstanceId } from "#model/ids.ts";
import type { PolicyPlace } from "#model/verdict.ts";
import { productionReader } from "#scan/urgency/production-of.ts";
import { readSignals } from "#scan/urgency/read-signals.ts";
import { scoreUrgency } from "#scan/urgency/score-urgency.ts";
import type { Db } from "#store/database.ts";
import { urgencySettingsOf } from "./score-issues.ts";

export interface Introduced {
  readonly place: PolicyPlace;
  readonly targetRef: string;
}

/** Nothing new is old or due; which pipelines build the target says nothing yet about a change of it. */
export async function scorerOfIntroduced(
  db: Db,
  instanceId: InstanceId,
): Promise<(finding: Finding, where: Introduced) => number> {
  const settings = await urgencySettingsOf(db, instanceId);
  const productionAt = productionReader(settings);
  return (finding, { place, targetRef }) => {
    const branch = targetRef.replace(/^refs\/heads\//, "");
    const production = productionAt({ ...place, branch, pipelines: [] });
    const signals = readSignals({ finding, onlyInHistory: false, ageDays: 0, due: "none", production });
    return scoreUrgency(signals, settings).score;
  };
}
