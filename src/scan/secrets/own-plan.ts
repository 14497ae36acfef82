import { secretRules } from "./rules.generated.ts";
import { planRules } from "./search/plan-rules.ts";

/** The plan of the project's own rules: in a bundle a constant (scripts/bundle.js). */
export const ownPlan = planRules(secretRules);
