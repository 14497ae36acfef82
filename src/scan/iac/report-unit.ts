/** Turns verdicts into findings, silenced findings, evaluations, and notices about skips that do nothing. */
import { hash } from "node:crypto";
import type { Finding, ResourceReference } from "#model/finding.ts";
import type { Evaluation, Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { Span } from "#model/span.ts";
import type { ScanContext } from "../file-scanner.ts";
import { child } from "../formats/node.ts";
import { type Place, placeInArchive, spanOf } from "../formats/text-file.ts";
import { nearestName } from "../nearest-name.ts";
import type { TreeResult } from "../tree-scanner.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Evaluated } from "./evaluate.ts";
import { proposeFixes } from "./fixes/propose-fixes.ts";
import type { Language } from "./language.ts";
import { kindOfFile } from "./languages/terraform/terraform-file.ts";
import { problemAt } from "./problem-at.ts";
import type { Resource, SkipMark } from "./resource.ts";
import { marksFor, marksIn } from "./skip-marks.ts";

export interface JudgedUnit {
  readonly root: string;
  readonly language: Language;
  readonly files: readonly SourceFile[];
  readonly catalogue: Catalogue;
  readonly evaluated: readonly Evaluated[];
}

export function reportUnit(unit: JudgedUnit, context: ScanContext): TreeResult {
  // By what they are known by: a problem that a loop repeats is told, and its fingerprint made, once.
  const findings = new Map<string, Finding>();
  const silenced = new Map<string, SilencedFinding>();
  const evaluations: Evaluation[] = [];
  const skips = skipsOf(unit);
  const failures = new Map<string, Evaluated>();
  const first = firstAddresses(unit.evaluated);
  for (const one of unit.evaluated) {
    if (isToldElsewhere(one)) continue;
    const skip = one.verdict.is === "fail" ? skips.markFor(one) : undefined;
    if (context.includePassed) evaluations.push(evaluationOf(one, skip !== undefined));
    if (one.verdict.is !== "fail") continue;
    const identified = identify(unit, one, first);
    const { identity } = identified;
    if (skip) silenced.set(identity, silencedBy(skip, findingOf(one, identified)));
    else if (!findings.has(identity)) {
      findings.set(identity, findingOf(one, identified));
      failures.set(identity, one);
    }
  }
  // What is skipped for one call of a module and not for another is still wrong.
  for (const identity of findings.keys()) silenced.delete(identity);
  const fixes = unit.language.isOutput ? undefined : proposeFixes(unit, [...failures.values()]);
  for (const [identity, failure] of failures) {
    const fix = fixes?.get(failure);
    const finding = findings.get(identity);
    if (fix && finding) findings.set(identity, { ...finding, fix });
  }
  return {
    findings: [...findings.values()],
    silenced: [...silenced.values()],
    evaluations,
    problems: skips.notices(),
  };
}

function isToldElsewhere({ resource, verdict }: Evaluated): boolean {
  return resource.isReadElsewhere === true && (verdict.is !== "fail" || passedIn(resource, verdict.from) === undefined);
}

function silencedBy({ reason = "", at }: SkipMark, finding: Finding): SilencedFinding {
  return { finding, reason, by: "inline", at: spanOf(at) };
}

interface Identified {
  readonly at: Place;
  /** What the fingerprint is made of. */
  readonly identity: string;
}

function identify(
  { root }: JudgedUnit,
  { policy, resource, verdict }: Evaluated,
  first: ReadonlyMap<string, string>,
): Identified {
  const passed = passedIn(resource, verdict.from);
  const at = passed?.at ?? verdict.at ?? resource.at;
  const identity = passed ? passed.identity.join("\0") : identityOf(root, resource, at, first);
  return { at, identity: `${policy.id}\0${resource.dialect}\0${identity}` };
}

function findingOf({ policy, resource, verdict }: Evaluated, { at, identity }: Identified): Finding {
  const why = verdict.why ?? policy.title;
  const what = why === policy.title ? resource.address : `${resource.address}: ${why}`;
  return {
    rule: policy.id,
    aliases: policy.aliases,
    severity: policy.severity,
    message: `${policy.title}: ${what}${placeInArchive(at)}`,
    at: lineOf(at),
    fingerprint: hash("sha256", identity),
    resource: referenceOf(resource),
  };
}

/**
 * A value that a call of a module passes in is a problem of the caller, also where other calls pass the same: undefined
 * where the text of the module itself decides.
 */
function passedIn(
  { language, address, types, calledFrom, at }: Resource,
  from: Place | undefined,
): { readonly at: Place; readonly identity: readonly string[] } | undefined {
  if (!from || (language !== "terraform" && language !== "bicep" && language !== "cloudformation")) return undefined;
  const homeOf = ({ file: { path } }: Place): string => (language === "terraform" ? folderOf(path) : path);
  const home = homeOf(from);
  const call = home === homeOf(at) ? -1 : calledFrom.findIndex((one) => homeOf(one) === home);
  if (call < 0) return undefined;
  const written = address.replaceAll(/\[[^\]]*\]/g, "");
  const calls =
    language === "terraform"
      ? written.match(/module\.[\w-]+\./g)
      : written.slice(0, written.indexOf(`${types[0]}.`)).match(/[^.]+\./g);
  return { at: from, identity: [home, written.slice((calls ?? []).slice(0, call).join("").length)] };
}

/** A problem is where its text is: what stands in a module's own files is one problem however many call the module. */
function identityOf(root: string, resource: Resource, decided: Place, first: ReadonlyMap<string, string>): string {
  const home = folderOf(resource.at.file.path);
  const own = folderOf(decided.file.path) === home || isReadIn(home, decided.file.path);
  const isModule = resource.dialect === "tf";
  const identity =
    own && isModule
      ? [home, localAddress(resource.address)]
      : [isModule ? root : resource.at.file.path, writtenAddress(resource, first)];
  // Overlays share what their base says; what a patch says is a problem of its own.
  const isPatched = resource.language === "kustomize" && decided.file.path !== resource.at.file.path;
  return [...identity, ...(isPatched ? [decided.file.path] : [])].join("\0");
}

/** A file below a module that is no module itself: what the module reads from it is its own. */
function isReadIn(home: string, path: string): boolean {
  return path.startsWith(home) && kindOfFile(path) === undefined;
}

/** What the text of a resource is called, which is the same however often a loop or a call makes a resource of it. */
function writtenAddress(resource: Resource, first: ReadonlyMap<string, string>): string {
  const { language, types, body, at } = resource;
  const [type = ""] = types;
  const address = language === "bicep" || language === "cloudformation" ? withoutCalls(resource) : resource.address;
  if (language === "bicep") return address.replaceAll(/\[[^\]]*\]/g, "");
  const name = language === "helm" ? child(child(body, "metadata"), "name")?.at : undefined;
  return name ? `${type} ${name.file.text.slice(name.start, name.end)}` : (first.get(textOf(type, at)) ?? address);
}

function withoutCalls({ types: [type = ""], address }: Resource): string {
  return address.slice(Math.max(0, address.indexOf(`${type}.`)));
}

/** Copies of a template are called as the first of them. */
function firstAddresses(evaluated: readonly Evaluated[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const resource of new Set(evaluated.map((one) => one.resource))) {
    const { types, dialect, address, at } = resource;
    if (dialect !== "arm" && dialect !== "cfn") continue;
    const text = textOf(types[0] ?? "", at);
    if (!first.has(text)) first.set(text, dialect === "cfn" ? withoutCalls(resource) : address);
  }
  return first;
}

function textOf(type: string, { file, start }: Place): string {
  return `${type} ${file.path} ${start}`;
}

function localAddress(address: string): string {
  return address.replace(/^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)+/, "").replace(/\[[^\]]*\]$/, "");
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function evaluationOf({ policy, resource, verdict }: Evaluated, skipped: boolean): Evaluation {
  return {
    rule: policy.id,
    aliases: policy.aliases,
    result: skipped ? "skip" : verdict.is === "none" ? "unknown" : verdict.is,
    at: lineOf(verdict.at ?? resource.at),
    resource: referenceOf(resource),
  };
}

function referenceOf({ address, language, at }: Resource): ResourceReference {
  return { address, language, at: spanOf(at) };
}

/** Of a whole block only its first line: nobody wants a page underlined. */
function lineOf(place: Place): Span {
  const end = place.file.text.indexOf("\n", place.start);
  return spanOf(end >= 0 && end < place.end ? { ...place, end: Math.max(place.start, end) } : place);
}

interface Skips {
  readonly markFor: (one: Evaluated) => SkipMark | undefined;
  readonly notices: () => readonly Problem[];
}

function skipsOf({ evaluated, catalogue }: JudgedUnit): Skips {
  const marks = new Map<Resource, readonly SkipMark[]>();
  const used = new Set<string>();
  const marksOf = (resource: Resource): readonly SkipMark[] => {
    const before = marks.get(resource);
    if (before) return before;
    const found = marksFor(resource);
    marks.set(resource, found);
    return found;
  };
  return {
    markFor: ({ policy, resource }) => {
      const found = marksOf(resource).find(({ id }) => id === policy.id || policy.aliases.includes(id));
      if (found) used.add(nameOf(found));
      return found;
    },
    notices: () => {
      const resources = new Set(evaluated.flatMap(({ resource }) => (resource.isReadElsewhere ? [] : [resource])));
      const written = [
        ...[...new Set([...resources].map(({ at }) => at.file))].flatMap(marksIn),
        ...[...resources].flatMap(({ skips }) => skips),
      ].filter(({ id }) => catalogue.knows(id) || id.startsWith("iac/"));
      const nearest = nearestIn(catalogue);
      return written.flatMap((mark) => noticesOn(mark, used.has(nameOf(mark)), nearest));
    },
  };
}

function nameOf({ id, at }: SkipMark): string {
  return `${id} ${at.file.path} ${at.start}`;
}

const mostLookedFor = 20;

/** What is like the id of no rule, "" for nothing; undefined if a rule has it. Of more ids than people write, nothing is like any. */
function nearestIn(catalogue: Catalogue): (id: string) => string | undefined {
  const found = new Map<string, string>();
  return (id) => {
    if (catalogue.knows(id)) return undefined;
    const before = found.get(id);
    if (before !== undefined || found.size >= mostLookedFor) return before ?? "";
    const nearest = nearestName(id, catalogue.names()) ?? "";
    found.set(id, nearest);
    return nearest;
  };
}

function noticesOn(
  { id, reason, at }: SkipMark,
  isUsed: boolean,
  nearest: (id: string) => string | undefined,
): readonly Problem[] {
  const noticeAt = (code: string, message: string): readonly Problem[] => [
    { ...problemAt(at, code, message), isNotice: true },
  ];
  const instead = isUsed ? undefined : nearest(id);
  if (instead !== undefined) {
    const hint = instead === "" ? "" : `; the nearest is ${instead}`;
    return noticeAt("unknown-rule", `No rule has the id ${id}${hint}. This skip silences nothing.`);
  }
  if (!isUsed) return noticeAt("unused-skip", `This skip of ${id} silences nothing (any more).`);
  if (reason !== undefined) return [];
  return noticeAt(
    "skip-without-reason",
    `This skip of ${id} gives no reason. Write after the id why it is right here.`,
  );
}
