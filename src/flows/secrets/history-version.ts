/** What a history was read with: a scanner, and the heads that it was read from. While both are the same there is nothing new in it. */
import { createHash } from "node:crypto";
import type { Mirror } from "#git/mirror.ts";
import type { Repository } from "#model/repository.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import { secretsScanner } from "#scan/secrets/secrets-scanner.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";

/** Of the scanner with the rules that a repository keeps of its own. */
export function secretsVersion(secrets: SecretSettings | undefined): string {
  return secrets === undefined
    ? secretsScanner.version
    : `${secretsScanner.version}+${userRulesOf(secrets.ruleFiles).name}`;
}

export async function historyVersion(
  mirror: Pick<Mirror, "listRefs">,
  secrets: SecretSettings | undefined,
): Promise<string> {
  const heads = (await mirror.listRefs("refs/heads/")).map(({ name, objectId }) => `${objectId} ${name}`);
  const digest = createHash("sha256").update(heads.toSorted().join("\n")).digest("hex").slice(0, 32);
  return `${secretsVersion(secrets)} ${digest}`;
}

/** Whether the same scanner has read it, though perhaps from older heads. */
export function wasReadBy({ historyVersion: read }: Pick<Repository, "historyVersion">, version: string): boolean {
  return read?.split(" ")[0] === version;
}
