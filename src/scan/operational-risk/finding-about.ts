/** Findings about packages of a manifest: one for each rule and package, whichever versions of it are in use. */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import type { PackageReference, Risk, Upgrade } from "#model/package-finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { RuleId } from "#model/rule.ts";
import { type Severity, severities } from "#model/severity.ts";
import { purlOf } from "../packages/purl.ts";
import type { WayTo } from "../vulnerabilities/ways-in.ts";
import type { UsedPackage, UsedVersion } from "./used-packages.ts";

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

export function findingAbout({ ecosystem, key }: UsedPackage, found: Found, { manifest, wayTo }: Place): Finding {
  const [main] = found.uses;
  const signals = [
    ...(main.isGuessed ? [`what ${main.use.requirement} takes; no lock file`] : []),
    ...(found.signals ?? []),
  ];
  return {
    rule: found.rule,
    aliases: [],
    severity: milder(found.severity, (main.use.relation === "direct" ? 0 : 1) + (isDevelopment(found) ? 1 : 0)),
    message: `${namesOf(found)} ${found.says}`,
    at: main.use.at,
    fingerprint: riskFingerprint(found.rule, purlOf({ ecosystem, name: key }), manifest.path),
    ...(signals.length > 0 && { signals }),
    package: referenceTo(main, isDevelopment(found), manifest, wayTo),
    ...(found.upgrade && { upgrade: found.upgrade }),
    ...(found.risk && { risk: found.risk }),
  };
}

export function riskFingerprint(rule: RuleId, purl: string, manifest: string): string {
  return createHash("sha256").update([rule, purl, manifest].join("\n")).digest("hex");
}

function milder(severity: Severity, steps: number): Severity {
  return severities[severities.indexOf(severity) + steps] ?? "low";
}

function isDevelopment({ uses }: Found): boolean {
  return uses.every(({ use }) => use.isDevelopment);
}

const mostShown = 5;

function namesOf({ uses }: Found): string {
  const versions = [...new Set(uses.flatMap(({ version }) => version ?? []))];
  const shown = versions.length > mostShown ? [...versions.slice(0, mostShown), "..."] : versions;
  const version = shown.length === 0 ? "" : shown.length === 1 ? ` ${shown[0]}` : ` (${shown.join(", ")})`;
  return `${uses[0].use.name}${version}`;
}

function referenceTo(main: UsedVersion, isDevelopment: boolean, manifest: Manifest, wayTo: WayTo): PackageReference {
  const { use, version, position } = main;
  const { ecosystem, name, relation, frameworks } = use;
  const way = relation === "direct" ? undefined : wayTo(position);
  return {
    ecosystem,
    purl: purlOf({ ecosystem, name, version }),
    name,
    ...(version !== undefined && { version }),
    manifest: manifest.path,
    relation,
    isDevelopment,
    ...(way && { via: way.words }),
    ...(frameworks && { frameworks }),
  };
}
