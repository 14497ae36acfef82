/** Keys of further places where code is kept, shown and worked on, one line each. */
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  of,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Gitalk", "gitalk.github.io/", [hex(40)]],
  ["Pastebin", "pastebin.com/doc_api", [url(32)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["CodeSandbox", "codesandbox.io/docs", ["csb_v1_", url(40, 60)]],
  ["Daytona", "www.daytona.io/docs/", ["dtn_", hex(64)]],
  ["Gitpod", "www.gitpod.io/docs", ["gitpod_pat_", of("dotted", 40, 120)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
