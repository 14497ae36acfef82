/** Policies on one setting that a type has in Terraform and its twin in CloudFormation, with their examples. */
import type { Condition } from "../condition.ts";
import type { Example, Policy, ResourceKey } from "../policy.ts";
import { cfnResource, cfnSetting } from "./aws-examples.ts";
import { tfResource, tfSetting } from "./examples.ts";

interface Setting {
  /** By type, the path of the setting: `Properties.` begins those of CloudFormation. */
  readonly at: Readonly<Partial<Record<ResourceKey, string>>>;
  readonly demand: (path: string) => Condition;
  /** As both languages write it: `true`, `7`, `"TLS"`. Left out: the setting is not there. */
  readonly bad?: string;
  readonly good?: string;
  /** What the examples of Terraform need beside it. */
  readonly lines?: readonly string[];
}

/** The conditions and examples of a policy on one setting. */
export function setting({ at, demand, bad, good, lines = [] }: Setting): Pick<Policy, "on" | "examples"> {
  const pairs = Object.entries(at) as [ResourceKey, string][];
  return {
    on: Object.fromEntries(pairs.map(([key, path]) => [key, demand(path)])),
    examples: {
      bad: pairs.map(([key, path]) => example(key, path, bad, lines)),
      good: pairs.map(([key, path]) => example(key, path, good, lines)),
    },
  };
}

function example(key: ResourceKey, path: string, written: string | undefined, lines: readonly string[]): Example {
  const type = key.replace(/^\w+:/, "");
  if (!key.startsWith("cfn:"))
    return tfResource(type, ...lines, ...(written === undefined ? [] : [tfSetting(path, written)]));
  return cfnResource(type, ...(written === undefined ? [] : [cfnSetting(path.replace(/^Properties\./, ""), written)]));
}
