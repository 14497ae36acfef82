/** The rules for secrets that a repository keeps of its own, as a commit has them. */
import type { Mirror } from "#git/mirror.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { RuleFile } from "#scan/secrets/user-rules/user-rule.ts";
import { isRuleFile, ruleFolder } from "#scan/secrets/user-rules/user-rules.ts";
import { openYamlDoor } from "#scan/secrets/user-rules/yaml-door.ts";
import { isSymbolicLink } from "./is-symbolic-link.ts";

const largestFile = 1_000_000;
const mostFiles = 50;

/** Undefined if there are none, as in nearly every repository. */
export async function readSecretRules(
  mirror: Pick<Mirror, "listTree" | "readBlobs">,
  commit: string,
): Promise<SecretSettings | undefined> {
  const entries = (await mirror.listTree(commit, ruleFolder))
    .filter((entry) => isRuleFile(entry.path) && !isSymbolicLink(entry))
    .slice(0, mostFiles);
  if (entries.length === 0) return undefined;
  const ruleFiles: RuleFile[] = [];
  const ids = entries.map(({ objectId }) => objectId);
  let index = 0;
  for await (const blob of mirror.readBlobs(ids, { maxSize: largestFile })) {
    const path = entries[index++]?.path ?? "";
    if ("bytes" in blob) ruleFiles.push({ path, text: Buffer.from(blob.bytes).toString("utf8") });
  }
  await openYamlDoor({ ruleFiles });
  return { ruleFiles };
}
