import type { BlobWords } from "./scan-pool.ts";

/** True if no scanner found, missed or silenced anything or saw imports, and no tree scanner saw anything of its own. */
export function isSilent({ results, surveys }: BlobWords): boolean {
  return (
    results.every(
      ({ result: { findings, problems, silenced, imports = [], isBinary, ownRuleWork = 0 } }) =>
        findings.length + problems.length + silenced.length + imports.length + ownRuleWork === 0 && !isBinary,
    ) && surveys.every(({ survey, problem }) => problem === undefined && Object.keys(survey).length === 0)
  );
}
