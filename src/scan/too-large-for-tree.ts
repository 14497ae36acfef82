import type { Problem } from "#model/scan-result.ts";
import { largestTreeFile } from "./tree-scanner.ts";

export function tooLargeForTree(scanner: Problem["scanner"], path: string, size: number): Problem {
  const message = `The file has ${size} bytes; of this kind, files up to ${largestTreeFile} are examined. The others were.`;
  return { scanner, code: "too-large", message, path };
}
