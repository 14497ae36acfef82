/** Somebody may have written a secret into the reason of a skip, or behind it on its line: reasons are kept without them. */
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { allSecretsIn, coverSecrets } from "./cover-secrets.ts";
import type { ScanContext } from "./file-scanner.ts";
import { sourceFileOf } from "./source-file-of.ts";

const longestReason = 500;

export function maskReasons<Result extends { readonly silenced: readonly SilencedFinding[] }>(
  result: Result,
  context: ScanContext,
): Result {
  if (result.silenced.length === 0) return result;
  return {
    ...result,
    silenced: result.silenced.map((one) => ({ ...one, reason: maskReason(one.reason, context) })),
  };
}

function maskReason(text: string, context: ScanContext): string {
  return masked(text.slice(0, longestReason), context);
}

/** What people write into comments, titles and messages, as it may be kept. Only places are asked for, so any key will do. */
export function maskWords(text: string): string {
  return masked(text, { fingerprintKey: new Uint8Array(32) });
}

function masked(text: string, context: ScanContext): string {
  return coverSecrets(text, allSecretsIn(sourceFileOf("reason.txt", "", Buffer.from(text)), context));
}
