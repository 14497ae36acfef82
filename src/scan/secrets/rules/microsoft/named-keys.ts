/** Keys of Microsoft's smaller services, beside their names, one line each. */
import type { SecretRule } from "../../rule/secret-rule.ts";
import { type BriefNamed, briefNamed, hex, jwt, keyOf, upper } from "../../rule-makers/brief-rule.ts";

const named: readonly BriefNamed[] = [
  ["App Center", "learn.microsoft.com/en-us/appcenter/", [hex(40)], ["appcenter", "app center"]],
  ["Clarity", "learn.microsoft.com/en-us/clarity/", jwt(150, 1200), ["msclarity", ...keyOf("clarity")]],
  ["PlayFab", "learn.microsoft.com/en-us/gaming/playfab/", [upper(50)]],
];

export const rules: readonly SecretRule[] = briefNamed(named);
