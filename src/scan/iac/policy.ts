/** A policy on infrastructure: words for people, a condition per type of resource, and examples that run as tests. */
import type { Rule } from "#model/rule.ts";
import type { Condition } from "./condition.ts";
import type { ControlFamily } from "./controls.ts";
import type { Dialect } from "./resource.ts";

/** A dialect and a type: `tf:azurerm_storage_account`, `arm:Microsoft.Storage/storageAccounts`, `cfn:AWS::S3::Bucket`, `k8s:workload`. */
export type ResourceKey = `${Dialect}:${string}`;

/** A file that shows the problem or its solution. Its language is that of its name. */
export interface Example {
  readonly path: string;
  readonly text: string;
}

export interface Policy extends Rule {
  readonly id: `iac/${string}`;
  /** What the policy serves; its controls (CIS, NIST 800-53, PCI DSS, MCSB) are those of the family. */
  readonly controls: ControlFamily;
  readonly on: Readonly<Partial<Record<ResourceKey, Condition>>>;
  /** Every bad one fails this policy; every good one passes it and does not fail. */
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

/** Several types under one condition: `...on(["tf:a", "tf:b"], value("x").is(true))`. */
export function on(keys: readonly ResourceKey[], condition: Condition): Policy["on"] {
  return Object.fromEntries(keys.map((key) => [key, condition]));
}

/** Examples by language, named as such files are. */
export const tf = (text: string): Example => ({ path: "main.tf", text });
export const arm = (text: string): Example => ({ path: "azuredeploy.json", text });
export const bicep = (text: string): Example => ({ path: "main.bicep", text });
export const cfn = (text: string): Example => ({ path: "template.yaml", text });
export const k8s = (text: string): Example => ({ path: "manifest.yaml", text });
export const docker = (text: string): Example => ({ path: "Dockerfile", text });
export const compose = (text: string): Example => ({ path: "compose.yaml", text });
export const pipeline = (text: string): Example => ({ path: "azure-pipelines.yml", text });
export const workflow = (text: string): Example => ({ path: ".github/workflows/build.yml", text });
