/** Findings about packages of a manifest: one for each rule and package, whichever versions of it are in use. */
import type { Finding } from "#model/finding.ts";
import type { Risk, Upgrade } from "#model/package-finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { RuleId } from "#model/rule.ts";
import { type Severity, severities } from "#model/severity.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { nameWithVersions } from "../packages/name-with-versions.ts";
import { referenceWithWay } from "../packages/package-reference.ts";
import { purlOf } from "../packages/purl.ts";
import type { WayTo } from "../packages/ways-in.ts";
import type { UsedPackage } from "./used-packages.ts";

export interface Found {
  readonly rule: RuleId;
  /** Of a direct dependency that runs in production; others are milder. */
  readonly severity: Severity;
  /** After name and version: "is deprecated". */
  readonly says: string;
  /** The uses that it is about. */
  readonly uses: UsedPackage["uses"];
  readonly signals?: readonly string[];
  readonly risk?: Risk;
  readonly upgrade?: Upgrade;
}

export interface Place {
  readonly manifest: Manifest;
  readonly wayTo: WayTo;
}

export function findingAbout({ ecosystem, key }: UsedPackage, found: Found, place: Place): Finding {
  const [main] = found.uses;
  const signals = [
    ...(main.isGuessed ? [`what ${main.use.requirement} takes; no lock file`] : []),
    ...(found.signals ?? []),
  ];
  return {
    rule: found.rule,
    aliases: [],
    severity: milder(found.severity, (main.use.relation === "direct" ? 0 : 1) + (isDevelopment(found) ? 1 : 0)),
    message: `${namesOf(found.uses)} ${found.says}`,
    at: main.use.at,
    fingerprint: fingerprintOf([found.rule, purlOf({ ecosystem, name: key }), place.manifest.path]),
    ...(signals.length > 0 && { signals }),
    package: referenceWithWay(place, main, isDevelopment(found)),
    ...(found.upgrade && { upgrade: found.upgrade }),
    ...(found.risk && { risk: found.risk }),
  };
}

function milder(severity: Severity, steps: number): Severity {
  return severities[severities.indexOf(severity) + steps] ?? "low";
}

function isDevelopment({ uses }: Found): boolean {
  return uses.every(({ use }) => use.isDevelopment);
}

function namesOf(uses: Found["uses"]): string {
  return nameWithVersions(
    uses[0].use.name,
    uses.map(({ version }) => version),
  );
}
