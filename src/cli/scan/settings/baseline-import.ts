/**
 * `sallyport baseline import`: scans once, and writes the fingerprints of what another tool was told to leave out. The
 * values are compared here and written nowhere.
 */
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import { decodeText } from "#scan/decode-text.ts";
import { maskWords } from "#scan/mask-reasons.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import type { Allowlist } from "#scan/secrets/user-rules/allowlist.ts";
import { isAllowed } from "#scan/secrets/user-rules/allowlist.ts";
import { userRulesOf } from "#scan/secrets/user-rules/user-rules.ts";
import { openYamlDoor } from "#scan/secrets/user-rules/yaml-door.ts";
import {
  type ForeignEntry,
  parseForeignBaseline,
  type Resolvable,
  resolveEntry,
} from "#scan/settings/parse-foreign-baseline.ts";
import { UsageError } from "../../usage-error.ts";
import { openRepository } from "../open-repository.ts";
import { type OpenSource, scanPath } from "../scan.ts";
import type { ScanOptions } from "../scan-options.ts";
import { writeToFile, writeToStdout } from "../scan-output.ts";
import { largestBlob } from "../sources/scan-source.ts";
import { keyName, readFingerprintKey } from "./scan-fingerprint-key.ts";

interface Entry {
  readonly fingerprint: string;
  readonly reason: string;
  readonly rule: string;
  readonly path: string;
  /** Of what stands in a history: a scan of the files does not need it. */
  readonly commit?: string;
}

const options: ScanOptions = { scanners: ["secrets"], format: "table", failOn: "never", quiet: true };

export async function runBaselineImport(
  file: string,
  path: string,
  { output }: { readonly output?: string },
): Promise<number> {
  const text = await readFile(file).then(decodeText, (error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  const found = basename(file).endsWith(".toml") ? await byLists(file, text, path) : await byPlaces(file, text, path);
  const entries = [...new Map(found.entries.map((entry) => [entry.fingerprint, entry])).values()];
  const fingerprintKey = keyName((await readFingerprintKey()).key);
  const printed = `${JSON.stringify({ fingerprintKey, entries }, null, 2)}\n`;
  await (output === undefined ? writeToStdout(printed) : writeToFile(output, printed));
  for (const line of found.unresolved) console.error(`sallyport: nothing is found any more for ${shown(line)}`);
  console.error(
    `sallyport: ${entries.length} ${entries.length === 1 ? "entry" : "entries"}; ${found.unresolved.length} could not be resolved`,
  );
  return 0;
}

/** It may be a line of any file that was taken for a baseline. */
function shown(line: string): string {
  return plainText(maskWords(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
}

const longestLine = 200;

interface Imported {
  readonly entries: readonly Entry[];
  readonly unresolved: readonly string[];
}

async function byPlaces(file: string, text: string, path: string): Promise<Imported> {
  const parsed = parseForeignBaseline(text);
  if (parsed.is === "mistake") throw new UsageError(`${file} ${parsed.message}`);
  const ofFiles = parsed.entries.filter(({ commit }) => commit === undefined);
  const ofCommits = parsed.entries.filter(({ commit }) => commit !== undefined);
  const inFiles = ofFiles.length === 0 ? [] : await findingsOf(path);
  const inCommits = ofCommits.length === 0 ? [] : await findingsOfCommits(path, ofCommits);
  const byFile = Map.groupBy([...inFiles, ...inCommits], ({ name }) => name);
  const entries: Entry[] = [];
  const unresolved: string[] = [];
  for (const entry of parsed.entries) {
    const findings = resolveEntry(entry, byFile.get(nameOf(entry)) ?? []);
    if (findings.length === 0) unresolved.push(entry.text);
    for (const finding of findings) entries.push(entryFor(finding, entry.reason, entry.commit));
  }
  return { entries, unresolved };
}

/** What the allowlists of a configuration of gitleaks would leave out of today's findings. */
async function byLists(file: string, text: string, path: string): Promise<Imported> {
  const ruleFiles = [{ path: basename(file), text }];
  await openYamlDoor({ ruleFiles });
  const { rules, allow, problems } = userRulesOf(ruleFiles);
  const lists = [...allow, ...rules.flatMap((rule) => rule.allow)];
  const entries: Entry[] = [];
  const used = new Set<Allowlist>();
  for (const { finding, value, line } of await findingsOf(path)) {
    if (!isSpan(finding.at)) continue;
    const sighting = { path: finding.at.path, secret: value, match: value, line };
    const list = lists.find((one) => isAllowed(one, sighting, { left: 20_000_000 }));
    if (list === undefined) continue;
    used.add(list);
    entries.push(entryFor(finding, list.reason === "" ? `left out by ${basename(file)}` : list.reason));
  }
  const unused = lists.filter((list) => !used.has(list)).map(({ reason }) => `the allowlist "${reason}"`);
  return { entries, unresolved: [...problems.map(({ message, line }) => `line ${line ?? 1}: ${message}`), ...unused] };
}

function entryFor(finding: Finding, reason: string, commit?: string): Entry {
  const { fingerprint, rule, at } = finding;
  const path = isSpan(at) ? at.path : at.resource;
  return { fingerprint, reason, rule, path, ...(commit !== undefined && { commit }) };
}

interface Found extends Resolvable {
  /** Its file, of a commit if it is of one. */
  readonly name: string;
}

function nameOf({ path, commit }: Pick<ForeignEntry, "path" | "commit">): string {
  return commit === undefined ? path : `${commit}:${path}`;
}

/** Findings of the files as they are, also those that something silences already. */
async function findingsOf(path: string): Promise<readonly Found[]> {
  const { report } = await scanPath(path, options);
  const findings = [...report.findings, ...report.silenced.map(({ finding }) => finding)];
  const texts = new Map<string, string>();
  const found: Found[] = [];
  for (const finding of findings) {
    if (!isSpan(finding.at)) continue;
    const name = finding.at.path;
    const text = texts.get(name) ?? (await readFile(join(resolve(path), name), "utf8").catch(() => ""));
    texts.set(name, text);
    found.push({ finding, name, ...partOf(text, finding.at) });
  }
  return found;
}

/** Files as they were in the commits that entries name. */
async function findingsOfCommits(path: string, entries: readonly ForeignEntry[]): Promise<readonly Found[]> {
  const { repository } = await openRepository(resolve(path));
  const texts = new Map<string, string>();
  try {
    const ids = new Map<string, string>();
    for (const [commit, ofCommit] of Map.groupBy(entries, (entry) => entry.commit ?? "")) {
      const known = await repository.resolve(commit);
      const tree = known === undefined ? [] : await repository.listTree(known);
      for (const entry of ofCommit) {
        const id = tree.find(({ path: one }) => one === entry.path)?.objectId;
        if (id !== undefined) ids.set(nameOf(entry), id);
      }
    }
    const blobs: { readonly path: string; readonly objectId: string; readonly bytes: Uint8Array }[] = [];
    const names = [...ids.keys()];
    let index = 0;
    for await (const read of repository.readBlobs(ids.values(), { maxSize: largestBlob })) {
      const name = names[index++] ?? "";
      if (!("bytes" in read)) continue;
      texts.set(name, Buffer.from(read.bytes).toString("utf8"));
      blobs.push({ path: name, objectId: read.objectId, bytes: read.bytes });
    }
    const open: OpenSource = async () => ({
      total: blobs.length,
      problems: [],
      blobs: () => blobs,
      trees: { after: [] },
      read: () => [],
      close: () => {},
    });
    const { report } = await scanPath(path, options, open);
    const findings = [...report.findings, ...report.silenced.map(({ finding }) => finding)];
    return findings.flatMap((finding) => {
      if (!isSpan(finding.at)) return [];
      const name = finding.at.path;
      return [{ finding, name, ...partOf(texts.get(name) ?? "", finding.at) }];
    });
  } finally {
    repository.release();
  }
}

type Part = Extract<Finding["at"], { readonly startLine: number }>;

/** The characters that a finding covers, and the line where it begins. */
function partOf(text: string, { startLine, startColumn, endLine, endColumn }: Part): Pick<Found, "value" | "line"> {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .slice(startLine - 1, endLine);
  const line = lines[0] ?? "";
  const last = lines.length - 1;
  const value = lines.map((one, index) =>
    one.slice(index === 0 ? startColumn - 1 : 0, index === last ? endColumn - 1 : undefined),
  );
  return { value: value.join("\n"), line };
}
