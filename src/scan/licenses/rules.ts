/** The rules about licences. What is denied and how severe that is, the policy says: the rules' severities are for lists. */
import type { Rule } from "#model/rule.ts";

export const deniedLicense = "licenses/denied-license";
export const licenseToReview = "licenses/license-to-review";
export const unknownLicense = "licenses/unknown-license";

export const licenseRules: readonly Rule[] = [
  {
    id: deniedLicense,
    aliases: [],
    title: "Package has a licence that the policy denies",
    severity: "high",
    why: "Whoever passes the program on takes over the licence's duties: to publish source code, not to sell, not to use it for some purposes. Breaking them can end the right to use the package, and lead to court.",
    fix: "Replace the package, buy another licence from its authors, or keep it out of what is shipped. If the use is covered, add a rule to the policy that allows the licence for this package, with the reason and an end date.",
    links: ["https://spdx.org/licenses/", "https://opensource.org/licenses"],
  },
  {
    id: licenseToReview,
    aliases: [],
    title: "Package has a licence to review",
    severity: "medium",
    why: "Whether the licence's conditions are met depends on how the package is used, changed and passed on; nobody has said yet that they are.",
    fix: "Read the licence's conditions for the way in which the package is used, then add a rule to the policy that allows or denies it, with the reason.",
    links: ["https://spdx.org/licenses/", "https://opensource.org/licenses"],
  },
  {
    id: unknownLicense,
    aliases: [],
    title: "Package's licence is not known",
    severity: "low",
    why: "Without a licence nobody but the authors may copy or change a package; and conditions that nobody has seen cannot be met.",
    fix: "Look for a licence in the package or its repository. If there is one, add a rule for the package to the policy; if there is none, ask the authors or replace the package.",
    links: ["https://choosealicense.com/no-permission/", "https://spdx.org/licenses/"],
  },
];
