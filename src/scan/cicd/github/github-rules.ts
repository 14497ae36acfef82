import type { GithubRule } from "./github-rule.ts";
import { cachePoisoning } from "./rules/cache.ts";
import { botCondition, confusedAutoMerge, unsoundCondition } from "./rules/conditions.ts";
import { debugEnabled, insecureCommands } from "./rules/environment.ts";
import { githubEnvironment, templateInjection } from "./rules/injection.ts";
import { excessivePermissions, persistedCredentials } from "./rules/permissions.ts";
import { unpinnedImage, unpinnedUses, unverifiedScript } from "./rules/pinning.ts";
import { allSecrets, hardcodedCredentials, inheritedSecrets, unredactedSecrets } from "./rules/secrets.ts";
import { dangerousTrigger, selfHostedRunner, untrustedCheckout } from "./rules/untrusted-code.ts";

/** All rules on workflows and actions of GitHub. */
export const githubRules: readonly GithubRule[] = [
  allSecrets,
  botCondition,
  cachePoisoning,
  confusedAutoMerge,
  dangerousTrigger,
  debugEnabled,
  excessivePermissions,
  githubEnvironment,
  hardcodedCredentials,
  inheritedSecrets,
  insecureCommands,
  persistedCredentials,
  selfHostedRunner,
  templateInjection,
  unpinnedImage,
  unpinnedUses,
  unredactedSecrets,
  unsoundCondition,
  untrustedCheckout,
  unverifiedScript,
];
