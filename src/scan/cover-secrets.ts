/**
 * Texts as they may be shown and kept: without what may be a secret, also where it is too uncertain to be reported. Whoever
 * may see issues need not be allowed to see those.
 */
import type { Finding } from "#model/finding.ts";
import type { SourceFile } from "#model/source-file.ts";
import { isSpan } from "#model/span.ts";
import type { ScanContext } from "./file-scanner.ts";
import { maskText } from "./secrets/masking/masking.ts";
import { secretsScanner } from "./secrets/secrets-scanner.ts";

/** Undefined if not all of the file was searched, as where it holds too many: then any part of it may be one. */
export function allSecretsIn(
  file: SourceFile,
  { fingerprintKey, secrets, minimumScore = 0 }: Pick<ScanContext, "fingerprintKey" | "secrets" | "minimumScore">,
): readonly Finding[] | undefined {
  const context = { fingerprintKey, minimumScore, ...(secrets !== undefined && { secrets }) };
  const { findings, silenced, problems, isBinary } = secretsScanner.scan(file, context);
  const isSearched = problems.every(({ isNotice }) => isNotice === true) && isBinary !== true;
  return isSearched ? [...findings, ...silenced.map(({ finding }) => finding)] : undefined;
}

/** `found` as `allSecretsIn` has it. Places in the text stay right. */
export function coverSecrets(text: string, found: readonly Finding[] | undefined): string {
  if (found === undefined) return text.replaceAll(/\S/g, "•");
  return maskText(text, found.map(({ at }) => at).filter(isSpan));
}
