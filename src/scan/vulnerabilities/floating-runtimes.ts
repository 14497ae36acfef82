/**
 * Runtimes whose patch the files leave open (`net8.0`, `aspnet:8.0`): what runs there cannot be told, but the least patch that
 * must be there can. One finding for the newest such patch, not one for each that came before.
 */
import type { Advisory } from "#model/advisory.ts";
import type { Finding } from "#model/finding.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { compareSeverity } from "#model/severity.ts";
import type { JudgeContext } from "../package-judge.ts";
import { packageReference } from "../packages/package-reference.ts";
import { compareVersions, isPrerelease } from "../packages/versions.ts";
import { advisoryReference, knownAs, severityOfAdvisory } from "./advisory-parts.ts";
import { fixedIn } from "./choose-upgrade.ts";
import { findingFingerprint } from "./finding-fingerprint.ts";
import type { AdvisoryLookUp } from "./package-advisories.ts";
import { vulnerableRuntime } from "./rules.ts";
import { netSdk } from "./runtime-advisories.ts";

export function floatingRuntimes(
  manifest: Manifest,
  lookUp: AdvisoryLookUp,
  context: JudgeContext,
): readonly Finding[] {
  const asked = new Map<string, PackageUse>();
  for (const use of manifest.packages) {
    if (use.ecosystem !== ".NET" || use.version !== undefined || asked.size >= mostAsked) continue;
    const key = `${use.name}\n${use.requirement}`;
    if (!asked.has(key)) asked.set(key, use);
  }
  const found = new Map<string, Finding>();
  for (const use of asked.values()) {
    const needed = neededBy(use, lookUp);
    const key = `${use.name}\n${needed?.version}`;
    if (needed && !found.has(key)) found.set(key, findingOf(use, needed, manifest, context));
  }
  return [...found.values()];
}

const mostAsked = 200;

interface Needed {
  readonly version: string;
  /** What it fixes, the worst first. */
  readonly advisories: readonly [Advisory, ...Advisory[]];
}

/** The newest patch that fixes something, of those that the requirement allows. */
function neededBy({ name, requirement = "" }: PackageUse, lookUp: AdvisoryLookUp): Needed | undefined {
  const allows = lineOf(name, requirement);
  if (!allows) return undefined;
  const fixes = lookUp(".NET", name).flatMap(({ advisories }) =>
    advisories.flatMap((advisory) =>
      fixedIn(".NET", advisory)
        .filter((version) => !isPrerelease(".NET", version) && allows(version))
        .map((version) => ({ version, advisory })),
    ),
  );
  const [newest] = fixes.map(({ version }) => version).sort((a, b) => compareVersions(".NET", b, a));
  const [worst, ...others] = fixes
    .filter(({ version }) => version === newest)
    .map(({ advisory }) => advisory)
    .sort((a, b) => compareSeverity(severityOfAdvisory(a).severity, severityOfAdvisory(b).severity));
  return newest !== undefined && worst ? { version: newest, advisories: [worst, ...others] } : undefined;
}

/** `8`, `8.0`, `8.0.x`, `8.0.1xx`, `8.0.100 (rollForward: latestPatch)`: an SDK stays within its hundred. */
function lineOf(name: string, requirement: string): ((version: string) => boolean) | undefined {
  const [whole, major, minor, patch] =
    /^(\d{1,4})(?:\.(?:(\d{1,4})|[x*])(?:\.(\d{1,5}(?:xx)?|[x*]))?)?(?![\d.])/.exec(requirement.trim()) ?? [];
  if (whole === undefined || major === undefined) return undefined;
  const band = name === netSdk && patch !== undefined && patch.length > 2 ? patch.slice(0, -2) : undefined;
  const start = minor === undefined ? `${major}.` : `${major}.${minor}.`;
  const least = patch !== undefined && /^\d+$/.test(patch) ? `${major}.${minor ?? "0"}.${patch}` : undefined;
  return (version) => {
    if (!version.startsWith(start)) return false;
    if (band !== undefined && /^\d+\.\d+\.(\d+)\d\d(?!\d)/.exec(version)?.[1] !== band) return false;
    return least === undefined || compareVersions(".NET", version, least) > 0;
  };
}

const mostNamed = 5;

function findingOf(use: PackageUse, needed: Needed, manifest: Manifest, { knowledge }: JudgeContext): Finding {
  const { ecosystem, name, requirement = "", at } = use;
  const { version, advisories } = needed;
  const ids = advisories.map(knownAs);
  const more = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : "";
  return {
    rule: vulnerableRuntime,
    aliases: advisories.flatMap(({ id, aliases }) => [id, ...aliases]),
    // What runs is mostly newer than the least that may run.
    severity: "low",
    message: `${name} ${requirement} leaves the patch open: at least ${version} must be installed, which fixes ${ids.slice(0, mostNamed).join(", ")}${more}`,
    at,
    // One for each month's patch: the next one is news again.
    fingerprint: findingFingerprint(vulnerableRuntime, { ecosystem, key: name, id: version, manifest: manifest.path }),
    signals: ["floating", ...severityOfAdvisory(advisories[0]).signals],
    package: packageReference(manifest, use, { version: undefined, isDevelopment: use.isDevelopment }),
    advisory: advisoryReference(advisories[0], ecosystem, knowledge),
    upgrade: { name, to: version, crossesMajor: false, isCertain: true, by: "raise" },
  };
}
