/**
 * The project's own rules. They are loaded when the first file is read, and at once because the scanner answers at once: a scan
 * for other things than secrets would spend a tenth of its start on them. By name: they may lie in the bundle (scripts/bundle.js).
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { SecretRule } from "./rule/secret-rule.ts";
import { type CompiledRules, compileRules } from "./search/compile-rules.ts";

const load = createRequire(import.meta.url);
let compiled: CompiledRules | undefined;

export function ownRules(): readonly SecretRule[] {
  const path = fileURLToPath(import.meta.resolve("#scan/secrets/rules.generated.ts"));
  return (load(path) as typeof import("./rules.generated.ts")).secretRules;
}

/** Once for a thread. */
export function compiledOwnRules(): CompiledRules {
  compiled ??= compileRules(ownRules(), ownPlan());
  return compiled;
}

function ownPlan() {
  const path = fileURLToPath(import.meta.resolve("#scan/secrets/own-plan.ts"));
  return (load(path) as typeof import("./own-plan.ts")).ownPlan;
}
