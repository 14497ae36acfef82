/** The finding about one match: what is known, how the package comes in, what ends it. */
import type { Finding } from "#model/finding.ts";
import type { Upgrade } from "#model/package-finding.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { RuleId } from "#model/rule.ts";
import type { JudgeContext } from "../package-judge.ts";
import { nameWithVersions } from "../packages/name-with-versions.ts";
import { referenceWithWay } from "../packages/package-reference.ts";
import type { WayTo } from "../packages/ways-in.ts";
import { advisoryReference, knownAs, severityOfAdvisory, titleOf } from "./advisory-parts.ts";
import { crossesMajor } from "./choose-upgrade.ts";
import { isMovingTag, type Match, type MatchedUse } from "./find-matches.ts";
import { findingFingerprint, lastingId } from "./finding-fingerprint.ts";
import { lockCommands } from "./fixes/lock-commands.ts";
import { proposeFix, type ToRaise } from "./fixes/propose-fix.ts";
import type { PackageUpgrades } from "./package-upgrades.ts";
import { useOf } from "./part-use.ts";
import { maliciousPackage, vulnerablePackage, vulnerableRuntime } from "./rules.ts";

export interface Judging {
  readonly manifest: Manifest;
  readonly context: JudgeContext;
  readonly upgrades: PackageUpgrades;
  readonly wayTo: WayTo;
  /** All packages of that name in the manifest. */
  readonly namesakes: (name: string) => readonly PackageUse[];
}

export function findingAbout(match: Match, judging: Judging): Finding {
  const { known, advisory, uses } = match;
  const { manifest, context } = judging;
  const rule = ruleOf(match);
  const main = mainUse(uses);
  const { severity, signals } = severityOfAdvisory(advisory);
  const reference = advisoryReference(advisory, known.ecosystem, context.knowledge);
  const upgrade = upgradeOf(match, main, judging);
  const used = useOf(match, main, judging);
  const fix = upgrade && fixOf(match, main, upgrade, judging);
  const id = lastingId(known.ecosystem, advisory);
  return {
    rule,
    aliases: [advisory.id, ...advisory.aliases],
    severity,
    message: messageOf(match, upgrade, reference.fixedIn),
    at: main.use.at,
    fingerprint: findingFingerprint(rule, { ecosystem: known.ecosystem, key: known.key, id, manifest: manifest.path }),
    ...signalsOf([
      ...versionSignals(uses, manifest),
      ...signals,
      ...used.signals,
      ...(upgrade ? [] : elsewhereFixed(reference.fixedIn)),
    ]),
    package: referenceWithWay(
      judging,
      main,
      uses.every((one) => one.use.isDevelopment),
    ),
    advisory: reference,
    ...(upgrade && { upgrade }),
    ...(used.reachability && { reachability: used.reachability }),
    ...(fix && { fix }),
  };
}

function ruleOf({ advisory, known }: Match): RuleId {
  if (advisory.isMalicious) return maliciousPackage;
  return known.ecosystem === ".NET" ? vulnerableRuntime : vulnerablePackage;
}

/** What the project asks for itself is what it can change; what runs in production matters more. */
function mainUse(uses: Match["uses"]): MatchedUse {
  const [first] = uses;
  const isDirect = ({ use }: MatchedUse) => use.relation === "direct";
  return uses.find((one) => isDirect(one) && !one.use.isDevelopment) ?? uses.find(isDirect) ?? first;
}

function messageOf({ known, advisory, uses }: Match, upgrade: Upgrade | undefined, fixed: readonly string[]): string {
  const name = nameWithVersions(
    nameOf(uses[0], known.key),
    uses.map(({ version }) => version),
  );
  if (advisory.isMalicious) return `${name} is malicious${upgrade ? "" : ": remove it"} (${knownAs(advisory)})`;
  const title = titleOf(advisory);
  const end = upgrade || fixed.length > 0 ? "" : "; no fix is published";
  return `${name} is vulnerable${title === "" ? "" : `: ${title}`} (${knownAs(advisory)})${end}`;
}

const mostShown = 5;

/** `stdlib` stands for the toolchain as well. */
function nameOf({ use }: MatchedUse, key: string): string {
  if (use.ecosystem !== "Go") return use.name;
  return key === "toolchain" ? "Go's toolchain" : key === "stdlib" ? "Go's standard library" : use.name;
}

function versionSignals(uses: Match["uses"], { isLocked }: Manifest): readonly string[] {
  const lower = uses.flatMap(({ use, isLowerBound }) => (isLowerBound ? [use.requirement ?? ""] : []));
  const lock = isLocked ? "" : "; no lock file";
  const unknown = uses.some(({ version }) => version === undefined);
  return [
    ...[...new Set(lower)].slice(0, mostShown).map((requirement) => `lower bound of ${requirement}${lock}`),
    ...(uses.some(({ use, version = "" }) => isMovingTag(use.ecosystem, version))
      ? ["the newest of a moving tag"]
      : []),
    ...(unknown ? ["version not known, but all are affected"] : []),
    ...(uses.some(({ use }) => isFork(use)) ? ["not from the registry: it may differ"] : []),
  ];
}

/** Below what is in use, or in a prerelease. */
function elsewhereFixed(versions: readonly string[]): readonly string[] {
  return versions.length === 0 ? [] : [`fixed only in ${versions.slice(0, mostShown).join(", ")}`];
}

/** Some ecosystems have no registry but the repositories. */
function isFork({ ecosystem, source }: MatchedUse["use"]): boolean {
  return source !== undefined && source.is !== "path" && ecosystem !== "SwiftURL" && ecosystem !== "Go";
}

function upgradeOf({ known, advisory }: Match, { use, version }: MatchedUse, judging: Judging): Upgrade | undefined {
  const to = version === undefined ? undefined : judging.upgrades(known)(advisory, version);
  if (version === undefined || to === undefined) return undefined;
  const isOwn = use.relation === "direct" || use.versionAt !== undefined;
  return {
    name: use.name,
    from: version,
    to,
    crossesMajor: crossesMajor(use.ecosystem, version, to),
    isCertain: isOwn || lockCommands(judging.manifest.format).override !== undefined,
    by: isOwn ? "raise" : "override",
  };
}

function fixOf({ known, advisory, uses }: Match, main: MatchedUse, upgrade: Upgrade, judging: Judging) {
  const { manifest, wayTo, upgrades, namesakes } = judging;
  const raising = ({ use, version }: MatchedUse): readonly ToRaise[] => {
    const to = version === undefined ? undefined : upgrades(known)(advisory, version);
    return version === undefined || to === undefined ? [] : [{ use, from: version, to }];
  };
  const [first, ...others] = [main, ...uses.filter((one) => one !== main)].flatMap(raising);
  const origin = main.use.relation === "direct" ? undefined : wayTo(main.position)?.origin;
  const broughtBy = origin === undefined ? undefined : manifest.packages[origin];
  return (
    first &&
    proposeFix({ manifest, upgrade, all: [first, ...others], broughtBy, namesakes: () => namesakes(upgrade.name) })
  );
}

function signalsOf(signals: readonly string[]): Pick<Finding, "signals"> {
  return signals.length === 0 ? {} : { signals };
}
