/** What a history was read with: a scanner, the heads that it was read from, and what settings silence. While all are the same there is nothing new in it. */
import { createHash } from "node:crypto";
import type { Mirror } from "#git/mirror.ts";
import type { Repository } from "#model/repository.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import { secretsScanner } from "#scan/secrets/secrets-scanner.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import type { RepositorySettings } from "../scan-settings/read-scan-settings.ts";
import { allowsInForce } from "../scan-settings/under-settings.ts";

/** Of the scanner with the rules that a repository keeps of its own. */
export function secretsVersion(secrets: SecretSettings | undefined): string {
  return secrets === undefined || secrets.ruleFiles.length === 0
    ? secretsScanner.version
    : `${secretsScanner.version}+${userRulesOf(secrets.ruleFiles).name}`;
}

export async function historyVersion(
  mirror: Pick<Mirror, "listRefs">,
  { secrets, settings }: Pick<RepositorySettings, "secrets" | "settings">,
  now: Date,
): Promise<string> {
  const heads = (await mirror.listRefs("refs/heads/")).map(({ name, objectId }) => `${objectId} ${name}`);
  const allowed = allowsInForce(settings, now);
  const says = allowed.length === 0 ? [] : [JSON.stringify(allowed)];
  const digest = createHash("sha256")
    .update([...heads.toSorted(), ...says].join("\n"))
    .digest("hex")
    .slice(0, 32);
  return `${secretsVersion(secrets)} ${digest}`;
}

/** Whether the same scanner has read it, though perhaps from older heads. */
export function wasReadBy({ historyVersion: read }: Pick<Repository, "historyVersion">, version: string): boolean {
  return read?.split(" ")[0] === version;
}
