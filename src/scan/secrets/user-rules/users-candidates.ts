import type { SecretSettings } from "../secret-settings.ts";
import type { View } from "../text/view.ts";
import { findUserCandidates, noCandidates, type UserCandidates } from "./find-user-candidates.ts";
import { userRulesOf } from "./user-rules.ts";

/** What the rules of the scanned code's owner propose, if there are any. */
export function usersCandidates(view: View, path: string, settings: SecretSettings | undefined): UserCandidates {
  if (settings === undefined || settings.ruleFiles.length === 0) return noCandidates;
  return findUserCandidates(userRulesOf(settings.ruleFiles), view, path);
}
