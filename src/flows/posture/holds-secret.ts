import { allSecretsIn } from "#scan/cover-secrets.ts";
import { reportedScore } from "#scan/secrets/scoring/score.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";

/** Whether a scan would report a secret in it, or could not search all of it: such a text is not kept, but read again each time. */
export function holdsSecret(path: string, text: string): boolean {
  const file = sourceFileOf(path, "", Buffer.from(text));
  const found = allSecretsIn(file, { fingerprintKey: new Uint8Array(32), minimumScore: reportedScore });
  return found === undefined || found.length > 0;
}
