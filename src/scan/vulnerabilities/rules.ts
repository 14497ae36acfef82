/** The rules about what is known against packages. How severe a finding is, its advisory says: the rules' severities are for lists. */
import type { Rule } from "#model/rule.ts";

export const vulnerablePackage = "vulnerabilities/vulnerable-package";
export const maliciousPackage = "vulnerabilities/malicious-package";
export const vulnerableRuntime = "vulnerabilities/vulnerable-runtime";

export const vulnerabilityRules: readonly Rule[] = [
  {
    id: maliciousPackage,
    aliases: [],
    title: "Package is malicious",
    severity: "critical",
    why: "The package itself is the attack: it steals secrets or opens a door when it is installed, built or run, on developers' machines and build agents as well as in production.",
    fix: "Remove the package and every lock file entry that leads to it. Treat each machine and agent that installed it as compromised: replace the secrets that it could read, and look at what was built since.",
    links: ["https://github.com/ossf/malicious-packages", "https://owasp.org/www-project-open-source-software-top-10/"],
  },
  {
    id: vulnerablePackage,
    aliases: [],
    title: "Package has a known vulnerability",
    severity: "high",
    why: "The weakness is public, and often so is code that exploits it: whoever can reach the code that uses the package can try.",
    fix: "Raise the package to the version that the finding names. If another package brings it in, raise that one, or override the version. If no fix is published, replace the package, or keep away from it what an attacker can send, and say so where the finding is dismissed.",
    links: [
      "https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Vulnerable_Dependency_Management_Cheat_Sheet.html",
    ],
  },
  {
    id: vulnerableRuntime,
    aliases: [],
    title: "Runtime has a known vulnerability",
    severity: "high",
    why: "A runtime's weakness is one of every program that runs on it, whatever the program's own packages are.",
    fix: "Install the patch that the finding names where the program runs, and rebuild images and self-contained programs: they carry the runtime with them. Where a version is pinned (global.json, RuntimeFrameworkVersion, an image's tag), raise it.",
    links: ["https://learn.microsoft.com/dotnet/core/releases-and-support", "https://github.com/dotnet/announcements"],
  },
];
