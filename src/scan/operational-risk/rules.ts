/** The rules about packages that are a risk without a known vulnerability. Findings may be milder: each says why. */
import type { Rule } from "#model/rule.ts";

export const highRiskPackage = "operational-risk/high-risk-package";
export const deprecatedPackage = "operational-risk/deprecated-package";
export const withdrawnVersion = "operational-risk/withdrawn-version";
export const archivedProject = "operational-risk/archived-project";
export const unsupportedRuntime = "operational-risk/unsupported-runtime";
export const youngRelease = "operational-risk/young-release";
export const newInstallScript = "operational-risk/new-install-script";
export const typosquat = "operational-risk/typosquat";
export const dependencyConfusion = "operational-risk/dependency-confusion";
export const shadowedName = "operational-risk/shadowed-name";

const choosing = "https://best.openssf.org/Concise-Guide-for-Evaluating-Open-Source-Software";
const inventory = "https://owasp.org/www-project-open-source-software-top-10/";

export const operationalRiskRules: readonly Rule[] = [
  {
    id: highRiskPackage,
    aliases: [],
    title: "Package is poorly maintained or far behind",
    severity: "medium",
    why: "Nobody may be there to fix the next vulnerability of a package that is no longer maintained, and the way to a fix is long for who is many versions behind.",
    fix: "Look at the factors of the finding: they say what each point is for. Raise the version where the project lags behind; where the package itself stands still, plan for another one.",
    links: [inventory, choosing],
  },
  {
    id: deprecatedPackage,
    aliases: [],
    title: "Package is deprecated",
    severity: "medium",
    why: "Its authors have said that it should not be used any more: vulnerabilities that are found from now on stay open.",
    fix: "Take the replacement that the authors name, or a version that is not deprecated. If another package brings it in, raise that one.",
    links: [inventory, "https://learn.microsoft.com/nuget/nuget-org/deprecate-packages"],
  },
  {
    id: withdrawnVersion,
    aliases: [],
    title: "Version was withdrawn from its registry",
    severity: "medium",
    why: "Versions are withdrawn when they are broken, vulnerable or published by mistake, and a build that needs one may fail tomorrow.",
    fix: "Raise the package to the next version that is not withdrawn. Read why it was withdrawn: it may have been an attack.",
    links: ["https://peps.python.org/pep-0592/", "https://go.dev/ref/mod#go-mod-file-retract"],
  },
  {
    id: archivedProject,
    aliases: [],
    title: "Project of the package is archived",
    severity: "medium",
    why: "The repository is closed: no fixes, also not for vulnerabilities, and nobody to report them to.",
    fix: "Look for a fork that is maintained or another package. Until then keep what an attacker can send away from it.",
    links: [inventory, choosing],
  },
  {
    id: unsupportedRuntime,
    aliases: [],
    title: "Runtime is past its end of life",
    severity: "high",
    why: "No more security fixes are published for the runtime: each vulnerability that is found in it from now on stays open in every program that runs on it.",
    fix: "Move the project to a version that is supported, long-term ones first, and with it the images, agents and servers that it is built and runs on.",
    links: ["https://dotnet.microsoft.com/platform/support/policy", "https://learn.microsoft.com/dotnet/core/upgrade"],
  },
  {
    id: youngRelease,
    aliases: [],
    title: "Release is only days old",
    severity: "low",
    why: "Malicious releases are mostly found within days; who waits for two weeks has missed nearly all of them.",
    fix: "Wait before you take a release, unless it fixes a vulnerability that you have: package managers have a setting for the least age of a release.",
    links: [inventory],
  },
  {
    id: newInstallScript,
    aliases: [],
    title: "Release runs a script at installation that earlier ones did not",
    severity: "medium",
    why: "What a package runs when it is installed, it runs on developers' machines and build agents, with their secrets. A script that appears from one release to the next is how stolen packages attack.",
    fix: "Read the script before you install this version. Switch installation scripts off where you can, and allow only those that you need.",
    links: ["https://docs.npmjs.com/cli/using-npm/scripts", inventory],
  },
  {
    id: typosquat,
    aliases: [],
    title: "Package has nearly the name of a famous one",
    severity: "high",
    why: "Attackers publish packages under names that are one slip away from famous ones: who mistypes installs theirs, which runs on developers' machines and build agents.",
    fix: "Look which package is meant. If it is the famous one, correct the name and treat each machine that installed the other as compromised; if not, dismiss the finding.",
    links: ["https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse"],
  },
  {
    id: dependencyConfusion,
    aliases: [],
    title: "Public packages can take the place of private ones",
    severity: "high",
    why: "Where several places are asked for any name, whoever publishes a public package under the name of a private one, with a higher version, has his code run in the build.",
    fix: "Settle which names come from where: package source mapping for NuGet, a scope with a registry of its own for npm, a single index with upstream sources for pip. Feeds of Azure Artifacts with upstream sources keep private names private.",
    links: [
      "https://learn.microsoft.com/nuget/consume-packages/package-source-mapping",
      "https://learn.microsoft.com/azure/devops/artifacts/concepts/upstream-behavior",
      "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse",
    ],
  },
  {
    id: shadowedName,
    aliases: [],
    title: "Package is locked from another registry than the settings name",
    severity: "high",
    why: "The repository's settings give the scope or name to one registry, but the lock file took it from another: where that one is public, whoever holds the name there has his code run in the build, and the checksum in the lock file is his.",
    fix: "Compare the locked version with the one in your own registry. If it is not yours, treat each machine that installed it as compromised. Then put the settings where the package manager reads them, delete the entry, install again and commit the lock file; reserve the name publicly if you can.",
    links: [
      "https://docs.npmjs.com/cli/configuring-npm/npmrc",
      "https://learn.microsoft.com/azure/devops/artifacts/concepts/upstream-behavior",
      "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-03-Dependency-Chain-Abuse",
    ],
  },
];
