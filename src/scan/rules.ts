/** Every rule of every scanner, with the words that people read. Loads all catalogues: a scan does not need it. */
import type { Rule } from "#model/rule.ts";
import { cicdLanguages } from "./cicd/cicd-languages.ts";
import { controlFamilies } from "./iac/controls.ts";
import { policies } from "./iac/policies.generated.ts";
import type { Policy } from "./iac/policy.ts";
import type { Dialect } from "./iac/resource.ts";
import { packageRules } from "./package-rules.ts";
import { postureRules } from "./posture/rules.generated.ts";
import { runRules } from "./posture/runs/rules.generated.ts";
import { sayShape } from "./secrets/masking/say-shape.ts";
import type { SecretRule } from "./secrets/rule/secret-rule.ts";
import { secretRules } from "./secrets/rules.generated.ts";

const frameworks: Readonly<Record<Dialect, readonly string[]>> = {
  tf: ["terraform"],
  arm: ["arm", "bicep"],
  cfn: ["cloudformation"],
  k8s: ["kubernetes", "helm", "kustomize"],
  docker: ["dockerfile"],
  compose: ["compose"],
  pipeline: ["azure-pipelines"],
  workflow: ["github-actions"],
};

/** By id. */
export const rules: readonly Rule[] = [
  ...secretRules.map(secretOf),
  ...packageRules,
  ...policies.map(ruleOf),
  ...cicdLanguages.flatMap((language) => language.rules.map((rule) => cicdOf(rule, language.name))),
  ...[...postureRules, ...runRules].map((rule) => cicdOf(rule, "azure-devops")),
].sort((a, b) => (a.id < b.id ? -1 : 1));

const byName = new Map<string, Rule>();
for (const rule of rules) for (const alias of rule.aliases) if (!byName.has(alias)) byName.set(alias, rule);
for (const rule of rules) byName.set(rule.id, rule);

/** A rule by its id, or by an id that another tool gives it; undefined if nobody does. */
export function findRule(id: string): Rule | undefined {
  return byName.get(id);
}

function secretOf(rule: SecretRule): Rule {
  const looksLike = sayShape(rule);
  return looksLike === undefined ? rule : { ...rule, looksLike };
}

/** Without what only its own scanner needs; `on` is a language, or Azure DevOps for its settings and runs. */
function cicdOf({ id, aliases, title, severity, why, fix, links }: Rule, on: string): Rule {
  return { id, aliases, title, severity, why, fix, links, frameworks: [on] };
}

function ruleOf({ id, aliases, title, severity, why, fix, links, controls, on }: Policy): Rule {
  const keys = Object.keys(on);
  const dialects = new Set(keys.map((key) => key.slice(0, key.indexOf(":")) as Dialect));
  const types = new Set(keys.map((key) => key.slice(key.indexOf(":") + 1)));
  return {
    ...{ id, aliases, title, severity, why, fix, links },
    frameworks: [...dialects].flatMap((dialect) => frameworks[dialect]),
    resourceTypes: [...types].filter((type) => type !== "*" && type !== "file"),
    serves: controlFamilies[controls],
  };
}
