import type { Problem } from "#model/scan-result.ts";
import { largestTreeFile } from "./tree-scanner.ts";

export function tooLargeForTree(
  scanner: Problem["scanner"],
  path: string,
  size: number,
  largest = largestTreeFile,
): Problem {
  const message = `The file has ${size} bytes; of this kind, files up to ${largest} are examined. The others were.`;
  return { scanner, code: "too-large", message, path };
}
