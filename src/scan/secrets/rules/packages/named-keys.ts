/** Keys of further registries of packages and images, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { type BriefNamed, briefNamed, hex, lower, url } from "../../rule-makers/brief-rule.ts";

const named: readonly BriefNamed[] = [
  ["Anaconda", "docs.anaconda.com/", [lower(2), "-", ...uuidParts]],
  ["Gemfury", "gemfury.com/help/", [url(20, 32)]],
  ["packagecloud", "packagecloud.io/docs/api", [hex(48)]],
];

export const rules: readonly SecretRule[] = briefNamed(named);
