import type { TreeResult } from "../tree-scanner.ts";

/** In characters. Pipelines are written by people; a larger one is data, or an attack: it is told and not read. */
export const largestPipeline = 2_000_000;

export function tooLarge(path: string, text: string): TreeResult {
  const message = `The file has ${text.length} characters; pipelines up to ${largestPipeline} are examined. The others were.`;
  return {
    findings: [],
    problems: [{ scanner: "cicd", code: "too-large", message, path }],
    silenced: [],
    evaluations: [],
  };
}
