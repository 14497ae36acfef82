/**
 * Reads what another tool was told to leave out: `.gitleaksignore`, a report of gitleaks used as its baseline, and
 * `.secrets.baseline` of detect-secrets. Each entry names a place; a scan turns it into a fingerprint.
 */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";

export interface ForeignEntry {
  readonly path: string;
  readonly line?: number;
  /** The commit that the line is of; absent: the files as they are. */
  readonly commit?: string;
  /** The tool's own name for what is there. */
  readonly rule?: string;
  /** SHA-1 of the value, in hex. */
  readonly valueHash?: string;
  /** As it is written in the file, for telling what could not be resolved. Holds no value. */
  readonly text: string;
  /** What the new entry says. */
  readonly reason: string;
}

export type ForeignBaseline =
  | { readonly is: "entries"; readonly entries: readonly ForeignEntry[] }
  | { readonly is: "mistake"; readonly message: string };

const mostEntries = 100_000;

export function parseForeignBaseline(text: string): ForeignBaseline {
  if (!/^\s*[[{]/.test(text)) return { is: "entries", entries: ignoredLines(text) };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { is: "mistake", message: "looks like JSON and is none" };
  }
  if (Array.isArray(value)) return { is: "entries", entries: value.slice(0, mostEntries).flatMap(reported) };
  const { results, findings, entries: ours } = value as Fields;
  if (Array.isArray(findings) || Array.isArray(ours)) {
    return { is: "mistake", message: "is a report or a baseline of Sallyport already: --baseline takes it as it is" };
  }
  if (!isObject(results)) return { is: "mistake", message: 'has no "results" and is no list of findings' };
  const entries = Object.entries(results).flatMap(([path, list]) =>
    Array.isArray(list) ? list.flatMap((one) => detected(path, one)) : [],
  );
  return { is: "entries", entries: entries.slice(0, mostEntries) };
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `path:rule:line`, before it a commit if it is one of a history. Paths may hold colons. */
function ignoredLines(text: string): readonly ForeignEntry[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .slice(0, mostEntries)
    .flatMap((line) => entryOfLine(line) ?? []);
}

function entryOfLine(text: string): ForeignEntry | undefined {
  const parts = text.split(":");
  const commit = /^[0-9a-f]{7,64}$/.test(parts[0] ?? "") && parts.length > 3 ? parts.shift() : undefined;
  const line = Number(parts.pop());
  const rule = parts.pop() ?? "";
  const path = parts.join(":");
  if (path === "" || !Number.isInteger(line)) return { path: text, text, reason: ignored };
  return { path, line, rule, text, reason: ignored, ...(commit !== undefined && { commit }) };
}

const ignored = "left out by .gitleaksignore";

function reported(value: unknown): readonly ForeignEntry[] {
  if (!isObject(value)) return [];
  const { File: path, StartLine: line, RuleID: rule, Commit: commit } = value;
  if (typeof path !== "string" || typeof line !== "number") return [];
  const id = typeof rule === "string" ? rule : "";
  const of = typeof commit === "string" && commit !== "" ? commit : undefined;
  const text = `${of === undefined ? "" : `${of}:`}${path}:${id}:${line}`;
  return [{ path, line, rule: id, text, reason: "in a report of gitleaks", ...(of !== undefined && { commit: of }) }];
}

function detected(path: string, value: unknown): readonly ForeignEntry[] {
  if (!isObject(value)) return [];
  const { type, hashed_secret: hash, line_number: line, is_secret: audited } = value;
  const rule = typeof type === "string" ? type : "";
  const reason = `known to detect-secrets${audited === false ? ", audited as no secret" : ""}`;
  return [
    {
      path: path.replaceAll("\\", "/"),
      rule,
      text: `${path}:${rule}:${typeof line === "number" ? line : "?"}`,
      reason,
      ...(typeof line === "number" && { line }),
      ...(typeof hash === "string" && { valueHash: hash }),
    },
  ];
}

/** A finding of the scan that the entry may mean. */
export interface Resolvable {
  readonly finding: Finding;
  /** The value, which is compared and goes nowhere. */
  readonly value: string;
  /** The line where it begins. */
  readonly line: string;
}

/** Findings that an entry speaks about: by the hash of the value where there is one, else by its line, the named rule first. */
export function resolveEntry(entry: ForeignEntry, inItsFile: readonly Resolvable[]): readonly Finding[] {
  const { valueHash, line, rule = "" } = entry;
  const isHashed = (text: string) => createHash("sha1").update(text).digest("hex") === valueHash;
  const same = inItsFile.filter(({ value }) => isHashed(value));
  if (same.length > 0) return same.map(({ finding }) => finding);
  if (line === undefined) return [];
  const onLine = inItsFile
    .filter(({ finding: { at } }) => isSpan(at) && at.startLine <= line && at.endLine >= line)
    // Another secret may have taken the place of the one that was accepted.
    .filter((one) => valueHash === undefined || otherReadings(one).some(isHashed))
    .map(({ finding }) => finding);
  const named = onLine.filter(({ aliases }) => aliases.includes(rule));
  return named.length > 0 ? named : onLine;
}

const mostBefore = 40;

/** What detect-secrets takes for the value: with what stands before it (`AccountKey=`), or of a private key its heading. */
function otherReadings({ value, line }: Resolvable): readonly string[] {
  const at = line.indexOf(value);
  const before = Array.from({ length: Math.min(mostBefore, Math.max(0, at)) }, (_, index) => at - index - 1);
  return [
    ...before.map((from) => line.slice(from, at + value.length)),
    ...(line.match(/BEGIN [A-Z0-9 ]{1,60}[A-Z0-9]/g) ?? []),
  ];
}
