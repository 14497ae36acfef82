/** SARIF 2.1.0 (OASIS), as code scanning pages and editors read it. */
import type { Finding, Fix } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import type { Problem } from "#model/scan-result.ts";
import type { Severity } from "#model/severity.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan, type Setting, type Span } from "#model/span.ts";
import { datedLiveText } from "./live-text.ts";
import { originText } from "./origin-text.ts";
import type { Report } from "./report.ts";
import { sortFindings } from "./sort-findings.ts";
import { whyUnexamined } from "./unexamined.ts";

const levels = { critical: "error", high: "error", medium: "warning", low: "note" } as const;
/** The scale of code-scanning pages: above 9 critical, above 7 high, above 4 medium. */
const scores = { critical: "9.5", high: "8.0", medium: "5.5", low: "3.0" } as const satisfies Record<Severity, string>;

export function toSarif(report: Report, allRules: readonly Rule[]): string {
  const findings = sortFindings(report.findings);
  const named = new Set([...findings, ...report.silenced.map(({ finding }) => finding)].map(({ rule }) => rule));
  const rules = allRules.filter(({ id }) => named.has(id));
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: rules.map(descriptorOf),
      },
    },
    // Code-scanning pages replace the older run of one category by the newer.
    automationDetails: { id: "sallyport/scan/" },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { ROOT: { description: { text: "The folder that was scanned." } } },
    invocations: [
      {
        executionSuccessful: whyUnexamined(report) === undefined,
        toolExecutionNotifications: report.problems.map(notificationOf),
      },
    ],
    results: [
      ...findings.map((finding) => resultOf(finding, indexes)),
      ...report.silenced.map((one) => ({ ...resultOf(one.finding, indexes), suppressions: [suppressionOf(one)] })),
    ],
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf(rule: Rule) {
  // A rule of somebody's own may name a page in words.
  const link = rule.links.map((one) => URL.parse(one)?.href).find((one) => one?.startsWith("http"));
  return {
    id: rule.id,
    name: rule.id.replace(/(^|[/-])([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: `${rule.why}\n\n${rule.fix}`, markdown: `${rule.why}\n\n**Fix:** ${rule.fix}\n` },
    ...(link !== undefined && { helpUri: link }),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: [...new Set(["security", rule.id.split("/")[0] ?? "", ...rule.aliases])],
      "security-severity": scores[rule.severity],
    },
  };
}

function resultOf(finding: Finding, indexes: ReadonlyMap<string, number>) {
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule) ?? -1,
    level: levels[finding.severity],
    message: { text: messageOf(finding) },
    locations: [locationOf(finding.at)],
    partialFingerprints: { "sallyport/v1": finding.fingerprint },
    ...(finding.fix !== undefined && finding.fix.edits.length > 0 && { fixes: [fixOf(finding.fix)] }),
    properties: {
      severity: finding.severity,
      ...(finding.masked !== undefined && { masked: finding.masked }),
      ...(finding.signals !== undefined && { signals: finding.signals }),
      ...(finding.origin !== undefined && { origin: finding.origin }),
      ...(finding.live !== undefined && { live: finding.live }),
      ...(finding.resource !== undefined && { resource: finding.resource.address }),
      ...(finding.package !== undefined && { purl: finding.package.purl }),
    },
  };
}

function fixOf({ title, edits }: Fix) {
  const paths = [...new Set(edits.map(({ at }) => at.path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifactOf(path),
      replacements: edits
        .filter(({ at }) => at.path === path)
        .map(({ at, text }) => ({ deletedRegion: regionOf(at), insertedContent: { text } })),
    })),
  };
}

function artifactOf(path: string) {
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "ROOT" };
}

function regionOf({ startLine, startColumn, endLine, endColumn }: Span) {
  return { startLine, startColumn, endLine, endColumn };
}

function messageOf({ message, masked, signals = [], origin, live }: Finding): string {
  const details = [...(masked === undefined ? [] : [masked]), ...signals];
  const asked = live === undefined ? "" : ` Live check: ${datedLiveText(live)}.`;
  const decided = details.length === 0 ? "" : ` What decided: ${details.join("; ")}.`;
  return `${message}${decided}${asked}${origin === undefined ? "" : ` In the history ${originText(origin)}.`}`;
}

function locationOf(at: Span | Setting) {
  if (!isSpan(at))
    return { logicalLocations: [{ name: at.setting, fullyQualifiedName: `${at.resource}/${at.setting}` }] };
  return { physicalLocation: { artifactLocation: artifactOf(at.path), region: regionOf(at) } };
}

function suppressionOf({ by, reason }: SilencedFinding) {
  return { kind: by === "inline" ? "inSource" : "external", justification: reason === "" ? "no reason given" : reason };
}

function notificationOf({ scanner, code, message, path, line, isNotice }: Problem) {
  const region = line === undefined ? {} : { region: { startLine: line } };
  return {
    level: code === "unused" || isNotice ? "note" : "warning",
    descriptor: { id: `${scanner}/${code}` },
    message: { text: message },
    ...(path !== undefined && {
      locations: [{ physicalLocation: { artifactLocation: artifactOf(path), ...region } }],
    }),
  };
}
