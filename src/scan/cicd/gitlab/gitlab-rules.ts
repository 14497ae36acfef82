import type { GitlabRule } from "./gitlab-rule.ts";
import { scriptInjection } from "./rules/injection.ts";
import { remoteInclude, remoteScript, unpinnedImage } from "./rules/supply-chain.ts";
import { debugTrace } from "./rules/variables.ts";

/** All rules on pipelines of GitLab. */
export const gitlabRules: readonly GitlabRule[] = [
  debugTrace,
  remoteInclude,
  remoteScript,
  scriptInjection,
  unpinnedImage,
];
