import type { BlobWords } from "./scan-pool.ts";

/** True if no scanner found, missed or silenced anything, and no tree scanner saw anything of its own. */
export function isSilent({ results, surveys }: BlobWords): boolean {
  return (
    results.every(({ result }) => result.findings.length + result.problems.length + result.silenced.length === 0) &&
    surveys.every(({ survey, problem }) => problem === undefined && Object.keys(survey).length === 0)
  );
}
