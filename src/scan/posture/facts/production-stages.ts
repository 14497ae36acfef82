/** Which stages of a classic release are production: by name, or the last one where no name says so. */
import type { ReleaseFact, ReleaseStage } from "#model/posture/pipeline-facts.ts";
import { isProduction } from "./production.ts";

export interface ProductionStage {
  readonly stage: ReleaseStage;
  /** Set where the name does not say it. */
  readonly because?: string;
}

const elsewhere = [
  ...["dev", "development", "test", "tests", "testing", "qa", "uat", "staging", "stage", "sandbox", "demo"],
  ...["preview", "int", "integration", "ci", "nightly", "lab", "preprod", "nonprod", "canary"],
];

export function productionStages(
  { stages }: ReleaseFact,
  productionWords: readonly string[],
): readonly ProductionStage[] {
  const named = stages.filter(({ name }) => isProduction(name, productionWords));
  if (named.length > 0) return named.map((stage) => ({ stage }));
  const last = stages.toSorted((a, b) => a.rank - b.rank).at(-1);
  if (!last || stages.length < 2 || isProduction(last.name, elsewhere)) return [];
  return [{ stage: last, because: "its name does not say production; it is the last stage" }];
}
