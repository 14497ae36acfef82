import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import type { FileResult } from "./file-scanner.ts";

/** The same result for another path of the same class: stored results carry no path of their own. */
export function withPath(result: FileResult, path: string): FileResult {
  if (result.findings.length + result.problems.length + result.silenced.length === 0) return result;
  return {
    ...result,
    findings: result.findings.map((finding) => findingWithPath(finding, path)),
    problems: result.problems.map((problem) => ({ ...problem, path })),
    silenced: result.silenced.map(({ finding, at, ...one }) => ({
      ...one,
      finding: findingWithPath(finding, path),
      ...(at && { at: { ...at, path } }),
    })),
  };
}

function findingWithPath(finding: Finding, path: string): Finding {
  return isSpan(finding.at) ? { ...finding, at: { ...finding.at, path } } : finding;
}
