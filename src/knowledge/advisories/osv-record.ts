/**
 * Reads one record of the OSV format (https://ossf.github.io/osv-schema/) as far as one ecosystem is concerned. Everything
 * is bounded; a record without an id is refused with undefined.
 */
import type { AffectedVersions } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";
import { type Loose, looseList, looseObject, looseText, looseTexts } from "../loose-json.ts";
import { readAffected } from "./affected-versions.ts";
import { databaseOf } from "./databases.ts";

export interface OsvRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  /** ISO time; empty if it says none. */
  readonly modified: string;
  readonly isWithdrawn: boolean;
  readonly text: RecordText;
  /** By normalised name; none if it does not, or no longer, speak of the ecosystem. */
  readonly packages: ReadonlyMap<string, readonly AffectedVersions[]>;
}

/** What people read of it. */
export interface RecordText {
  readonly title?: string;
  readonly details?: string;
  readonly published?: string;
  readonly modified?: string;
  readonly vectors: readonly string[];
  readonly severityWord?: "critical" | "high" | "medium" | "low";
  readonly weaknesses: readonly string[];
  readonly references: readonly string[];
  readonly source: string;
}

const most = {
  aliases: 200,
  affected: 20_000,
  details: 20_000,
  title: 500,
  references: 20,
  vectors: 8,
  weaknesses: 20,
};

export function readOsvRecord(record: Loose, ecosystem: Ecosystem, sourceLabel: string): OsvRecord | undefined {
  const id = looseText(record.id);
  if (id === undefined || id.length > 100) return undefined;
  const modified = dateOf(record.modified) ?? "";
  const aliases = looseTexts(record.aliases, most.aliases).filter((alias) => alias !== id && alias.length <= 100);
  const isWithdrawn = looseText(record.withdrawn) !== undefined;
  const affected = looseList(record.affected).slice(0, most.affected).map(looseObject);
  const packages = packagesOf(affected, ecosystem);
  return { id, aliases, modified, isWithdrawn, text: textOf(record, affected, databaseOf(id, sourceLabel)), packages };
}

/** `Maven:https://...` and `Debian:12` name a part of an ecosystem behind the colon. */
function packagesOf(affected: readonly Loose[], ecosystem: Ecosystem): ReadonlyMap<string, AffectedVersions[]> {
  const packages = new Map<string, AffectedVersions[]>();
  for (const entry of affected) {
    const { ecosystem: written, name } = looseObject(entry.package);
    if (typeof written !== "string" || typeof name !== "string" || name === "" || name.length > 500) continue;
    if (written !== ecosystem && !written.startsWith(`${ecosystem}:`)) continue;
    const versions = readAffected(entry, ecosystem);
    if (!versions) continue;
    const key = packageKey(ecosystem, name);
    const known = packages.get(key);
    if (known) known.push(versions);
    else packages.set(key, [versions]);
  }
  return packages;
}

function textOf(record: Loose, affected: readonly Loose[], source: string): RecordText {
  const own = looseObject(record.database_specific);
  const details = cut(looseText(record.details)?.trim(), most.details);
  const title = titleOf(looseText(record.summary), details);
  const published = dateOf(record.published);
  const modified = dateOf(record.modified);
  const severityWord = severityWordOf(own, affected);
  return {
    ...(title !== undefined && { title }),
    ...(details !== undefined && { details }),
    ...(published !== undefined && { published }),
    ...(modified !== undefined && { modified }),
    vectors: vectorsOf(record, affected),
    ...(severityWord && { severityWord }),
    weaknesses: weaknessesOf(own, affected),
    references: referencesOf(record),
    source,
  };
}

/** Go and Python often write no summary: the first sentence then, or the first line. */
function titleOf(summary: string | undefined, details: string | undefined): string | undefined {
  const text = summary ?? details?.slice(0, 1000).replace(/^[#\s>*_-]+/, "");
  const line = text?.trim().split("\n", 1)[0]?.trim();
  if (line === undefined || line === "") return undefined;
  const end = summary === undefined ? line.indexOf(". ") : -1;
  return cut(end > 0 ? line.slice(0, end) : line, summary === undefined ? 160 : most.title);
}

function cut(text: string | undefined, length: number): string | undefined {
  if (text === undefined || text === "") return undefined;
  return text.length <= length ? text : `${text.slice(0, length).trimEnd()} …`;
}

/** The Go database once wrote year 1 for "never". */
function dateOf(value: unknown): string | undefined {
  return typeof value === "string" && /^(19|20)\d\d-\d\d-\d\d/.test(value) && value.length <= 40 ? value : undefined;
}

function vectorsOf(record: Loose, affected: readonly Loose[]): readonly string[] {
  const graded = [record, ...affected].filter(({ severity }) => severity !== undefined);
  if (graded.length === 0 && affected.every((one) => looseObject(one.database_specific).cvss === undefined)) return [];
  const written = graded.flatMap((one) => looseList(one.severity).map(looseObject));
  const scores = written.filter(({ type }) => /^CVSS/.test(String(type))).map(({ score }) => score);
  // RustSec keeps its vector here.
  const own = affected.map((one) => looseObject(one.database_specific).cvss);
  const vectors = [...scores, ...own].filter(
    (one): one is string => typeof one === "string" && one.length < 300 && /^(CVSS:|\(?AV:)/.test(one),
  );
  return [...new Set(vectors)].slice(0, most.vectors);
}

const words: Readonly<Record<string, RecordText["severityWord"]>> = {
  CRITICAL: "critical",
  HIGH: "high",
  MODERATE: "medium",
  MEDIUM: "medium",
  LOW: "low",
};

function severityWordOf(own: Loose, affected: readonly Loose[]): RecordText["severityWord"] {
  const said = [own, ...affected.map((one) => looseObject(one.ecosystem_specific))].map((one) => one.severity);
  const word = said.find((one): one is string => typeof one === "string" && words[one.toUpperCase()] !== undefined);
  if (word !== undefined) return words[word.toUpperCase()];
  // RustSec: nobody maintains it, or a remark. Not a flaw by itself.
  const remarks = affected.map((one) => looseObject(one.database_specific).informational);
  return remarks.some((one) => one === "unmaintained" || one === "notice") ? "low" : undefined;
}

function weaknessesOf(own: Loose, affected: readonly Loose[]): readonly string[] {
  const cwes = [own, ...affected.map((one) => looseObject(one.database_specific))].flatMap((one) => [
    ...looseList(one.cwe_ids),
    ...looseList(one.cwes).map((cwe) => (typeof cwe === "string" ? cwe : looseObject(cwe).cweId)),
  ]);
  const ids = cwes.filter((one): one is string => typeof one === "string" && /^CWE-\d{1,5}$/.test(one));
  return [...new Set(ids)].slice(0, most.weaknesses);
}

function referencesOf(record: Loose): readonly string[] {
  const addresses = looseList(record.references)
    .slice(0, 200)
    .map((one) => looseText(looseObject(one).url))
    .filter((one): one is string => one !== undefined && one.length <= 2000 && /^https?:\/\//i.test(one));
  return [...new Set(addresses)].slice(0, most.references);
}
