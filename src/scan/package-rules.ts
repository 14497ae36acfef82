/** The rules of all judges of packages. */
import type { Rule } from "#model/rule.ts";
import { licenseRules } from "./licenses/rules.ts";
import { operationalRiskRules } from "./operational-risk/rules.ts";
import { vulnerabilityRules } from "./vulnerabilities/rules.ts";

export const packageRules: readonly Rule[] = [...vulnerabilityRules, ...licenseRules, ...operationalRiskRules];
