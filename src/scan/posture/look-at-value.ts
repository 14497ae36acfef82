/** Asks the scanner for secrets about one named value. The value is kept nowhere; what comes back names the rule and a mask. */
import type { SecretLook } from "#model/posture/pipeline-facts.ts";
import type { ScanContext } from "../file-scanner.ts";
import { secretsScanner } from "../secrets/secrets-scanner.ts";
import { sourceFileOf } from "../source-file-of.ts";

/** Longer values are cut: what a secret is, it is in its first characters. */
const longestValue = 64 * 1024;

/** Undefined if it looks like no secret, or stands for one that is elsewhere: `$(Password)`. */
export function lookAtValue(name: string, value: string, context: ScanContext): SecretLook | undefined {
  if (value.length < 6) return undefined;
  const text = `${plainName(name)}=${value.slice(0, longestValue)}\n`;
  const file = sourceFileOf("variables.env", "", Buffer.from(text));
  const { findings, silenced } = secretsScanner.scan(file, context);
  // A value is no place for marks: whoever writes it would silence it.
  const found = findings[0] ?? silenced[0]?.finding;
  return found && { rule: found.rule, masked: found.masked ?? "" };
}

/** As a file of settings would have it: `Sql.Password` and `Client secret` are no names there. */
function plainName(name: string): string {
  return name.slice(0, 200).replace(/[^A-Za-z0-9_]+/g, "_");
}
