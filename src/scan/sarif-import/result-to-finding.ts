/** One result of another scanner as a finding of ours. Refuses what has no rule, and places that lead out of the repository. */
import type { Finding } from "#model/finding.ts";
import type { RuleId } from "#model/rule.ts";
import type { Severity } from "#model/severity.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { Setting, Span } from "#model/span.ts";
import { identityOf } from "./identity-of.ts";
import { type DescribedRule, describeRule, severityOf, severityOfLevel } from "./imported-rule-of.ts";
import { at, countAt, listAt, oneLine, textAt } from "./loose-value.ts";
import { maskMessage } from "./mask-message.ts";
import { type Resolved, type Roots, resolvePath } from "./resolve-path.ts";

/** What a result refers to, once its run is read whole. */
export interface RunContext extends Roots {
  readonly tool: string;
  readonly version?: string | undefined;
  readonly category: string;
  /** Begins its fingerprints. */
  readonly key: string;
  readonly fingerprintKey: Uint8Array;
  /** Of the driver, by position. */
  readonly rules: readonly (DescribedRule | undefined)[];
  /** By position. */
  readonly extensions: readonly Extension[];
  readonly rulesById: ReadonlyMap<string, DescribedRule>;
  readonly messages: ReadonlyMap<string, string>;
  /** Locations of files, by position. */
  readonly artifacts: readonly unknown[];
}

export interface Extension {
  readonly name?: string;
  readonly guid?: string;
  readonly rules: readonly (DescribedRule | undefined)[];
}

export type ReadResult =
  | { readonly is: "finding"; readonly finding: Finding }
  | { readonly is: "silenced"; readonly silenced: SilencedFinding }
  /** Nothing was found: the rule passed, or the problem is gone. */
  | { readonly is: "nothing" }
  | { readonly is: "refused"; readonly because: string };

const messageLength = 1_000;
const reasonLength = 500;
const foundKinds = new Set([undefined, "fail", "open", "review"]);

export function resultToFinding(result: unknown, run: RunContext): ReadResult {
  if (typeof result !== "object" || result === null || Array.isArray(result)) return refused("a result is an object");
  if (!foundKinds.has(textAt(result, "kind")) || textAt(result, "baselineState") === "absent") return { is: "nothing" };
  const rule = ruleOf(result, run);
  if (!rule) return refused("it names no rule: ruleId or a position among the rules was expected");
  const place = placeOf(result, rule, run);
  if (place.is === "refused") return refused(`its place: ${place.because}`);
  const isSecret = rule.kind === "secrets";
  const path = "path" in place.at ? place.at.path : place.at.resource;
  const known = [path, rule.id, rule.title, run.tool];
  // Cut only then: of half a secret no mask is right.
  const shown = (text: string, longest: number) =>
    isSecret
      ? oneLine(maskMessage(oneLine(text, 4 * longest), snippetsOf(result), known), longest)
      : oneLine(text, longest);
  const said = messageOf(result, rule, run);
  const message = shown(said, messageLength);
  const finding: Finding = {
    rule: ruleIdOf(run.tool, rule.id),
    aliases: [...new Set([rule.id, run.tool, ...rule.tags.flatMap(weaknessOf)])],
    severity: severityFor(result, rule),
    message: message || rule.title,
    at: place.at,
    fingerprint: identityOf(result, run.key, {
      ...{ rule: rule.id, path, message: oneLine(said, messageLength), isSecret, fingerprintKey: run.fingerprintKey },
    }),
    imported: importedFrom(rule, run),
  };
  const suppression = suppressionOf(result);
  if (suppression === undefined) return { is: "finding", finding };
  const reason = shown(suppression.reason, reasonLength);
  return { is: "silenced", silenced: { finding, by: suppression.by, reason } };
}

function refused(because: string): ReadResult {
  return { is: "refused", because };
}

function importedFrom({ kind, title, why, fix, link }: DescribedRule, { tool, version, category }: RunContext) {
  return {
    ...{ tool, category, kind, title },
    ...(version !== undefined && { version }),
    ...(why !== undefined && { why }),
    ...(fix !== undefined && { fix }),
    ...(link !== undefined && { link }),
  };
}

/**
 * By position where one is given and its rule has the id that the result says, else by id; a rule that is nowhere described
 * is what the result says.
 */
function ruleOf(result: object, run: RunContext): DescribedRule | undefined {
  const index = countAt(result, "rule", "index") ?? countAt(result, "ruleIndex");
  const described = index === undefined ? undefined : rulesOfComponent(result, run)[index];
  const id = oneLine(textAt(result, "ruleId") ?? textAt(result, "rule", "id") ?? "", 200);
  if (described && described.id !== "" && (id === "" || `${id}/`.startsWith(`${described.id}/`))) return described;
  if (id === "") return undefined;
  // `CA1000/variant`: a part of the rule before the last slash.
  const parent = id.includes("/") ? run.rulesById.get(id.slice(0, id.lastIndexOf("/"))) : undefined;
  return run.rulesById.get(id) ?? parent ?? describeRule({ id }, run.tool);
}

/** A component is named by position, by guid or by name; one that is not named is the driver. */
function rulesOfComponent(result: object, run: RunContext): RunContext["rules"] {
  const named = at(result, "rule", "toolComponent");
  const [index, guid, name] = [countAt(named, "index"), textAt(named, "guid"), textAt(named, "name")];
  if (index !== undefined) return run.extensions[index]?.rules ?? [];
  const extension = run.extensions.find(
    (one) => (guid !== undefined && one.guid === guid) || (name !== undefined && one.name === name),
  );
  return extension?.rules ?? run.rules;
}

function severityFor(result: object, rule: DescribedRule): Severity {
  const level = textAt(result, "level") ?? rule.level;
  return severityOf(result) ?? rule.severity ?? severityOfLevel(level);
}

export function ruleIdOf(tool: string, rule: string): RuleId {
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9._/-]+/g, "-")
      .replace(/^[-/]+|[-/]+$/g, "");
  return `imported/${plain(tool).toLowerCase().replaceAll("/", "-") || "tool"}/${plain(rule) || "rule"}`;
}

/** `external/cwe/cwe-079`, `CWE-79: Cross-site scripting`. */
function weaknessOf(tag: string): readonly string[] {
  const [, number] = /\bcwe[-_:/ ]?0*(\d{1,5})\b/i.exec(tag) ?? [];
  return number === undefined ? [] : [`CWE-${number}`];
}

function messageOf(result: object, rule: DescribedRule, run: RunContext): string {
  const id = textAt(result, "message", "id");
  const text =
    textAt(result, "message", "text") ??
    (id === undefined ? undefined : (rule.messages.get(id) ?? run.messages.get(id))) ??
    rule.title;
  const given = listAt(result, "message", "arguments").map((one) => (typeof one === "string" ? one : ""));
  return (
    text
      .slice(0, 20_000)
      .replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (whole, position: string | undefined) =>
        position === undefined ? whole.slice(1) : (given[Number(position)]?.slice(0, messageLength) ?? whole),
      )
      // [text](1) refers to a related location.
      .replace(/\[([^\]\n]{1,200})\]\(\d{1,6}\)/g, "$1")
  );
}

function snippetsOf(result: object): readonly string[] {
  return listAt(result, "locations")
    .slice(0, 10)
    .flatMap((location) =>
      ["region", "contextRegion"].flatMap(
        (name) => textAt(location, "physicalLocation", name, "snippet", "text") ?? [],
      ),
    );
}

type Place =
  | { readonly is: "place"; readonly at: Span | Setting }
  | { readonly is: "refused"; readonly because: string };

function placeOf(result: object, rule: DescribedRule, run: RunContext): Place {
  const [location] = listAt(result, "locations");
  const artifact = at(location, "physicalLocation", "artifactLocation") ?? at(result, "analysisTarget");
  if (artifact === undefined) {
    const name = textAt(listAt(location, "logicalLocations")[0], "fullyQualifiedName");
    return { is: "place", at: { setting: rule.title, resource: oneLine(name ?? run.tool, 500) } };
  }
  const resolved = resolveArtifact(artifact, run);
  if (resolved.is === "refused") return resolved;
  if (resolved.is === "web") {
    const address = oneLine(resolved.url.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//"), 500);
    return { is: "place", at: { setting: rule.title, resource: address, url: address } };
  }
  return { is: "place", at: spanIn(resolved.path, at(location, "physicalLocation", "region")) };
}

function resolveArtifact(artifact: unknown, run: RunContext): Resolved {
  const index = countAt(artifact, "index");
  const known = index === undefined ? undefined : run.artifacts[index];
  const uri = textAt(artifact, "uri") ?? textAt(known, "uri");
  if (uri === undefined) return { is: "refused", because: "a uri was expected" };
  return resolvePath(uri.slice(0, 8_000), textAt(artifact, "uriBaseId") ?? textAt(known, "uriBaseId"), run);
}

/** A region without lines is the file; one that ends before it begins is its beginning. */
function spanIn(path: string, region: unknown): Span {
  const startLine = Math.max(1, countAt(region, "startLine") ?? 1);
  const startColumn = Math.max(1, countAt(region, "startColumn") ?? 1);
  const endLine = Math.max(startLine, countAt(region, "endLine") ?? startLine);
  const least = endLine === startLine ? startColumn : 1;
  return { path, startLine, startColumn, endLine, endColumn: Math.max(least, countAt(region, "endColumn") ?? least) };
}

/** All suppressions must be accepted: one that is under review does not hide anything yet. */
function suppressionOf(result: object): Pick<SilencedFinding, "by" | "reason"> | undefined {
  const suppressions = listAt(result, "suppressions");
  const isAccepted = (one: unknown) => (textAt(one, "status") ?? textAt(one, "state") ?? "accepted") === "accepted";
  if (suppressions.length === 0 || !suppressions.every(isAccepted)) return undefined;
  const reasons = suppressions.flatMap((one) => textAt(one, "justification") ?? []);
  const isInSource = suppressions.some((one) => textAt(one, "kind") === "inSource");
  return { by: isInSource ? "inline" : "configuration", reason: reasons[0] ?? "" };
}
