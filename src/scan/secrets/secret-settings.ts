import type { MarkerTool } from "./silencing/marker-tools.ts";
import type { RuleFile } from "./user-rules/user-rule.ts";

/** What the owner of the scanned code adds to, and takes from, the search for secrets. */
export interface SecretSettings {
  /** Files with rules and allowlists of their own. */
  readonly ruleFiles: readonly RuleFile[];
  /** Other tools whose marks in comments are honoured; all if absent. Our own always are. */
  readonly markers?: readonly MarkerTool[];
}
