/**
 * Package lists: readers are called by their format, for fixtures often have names that no repository has. A list agrees if
 * names and versions are the same set under the peer's convention, and the lines too where the case has them.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { SourceFile } from "#model/source-file.ts";
import type { PackageReader, PackagesRead } from "#scan/packages/package-reader.ts";
import { packageReaders } from "#scan/packages/readers.generated.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { Listed, PeerConvention } from "./conventions.ts";
import { listedAs } from "./listed-as.ts";
import { readJsonLines } from "./read-lines.ts";
import { judged, type Verdict } from "./verdict.ts";

interface Label {
  readonly id: string;
  readonly ecosystem: string;
  readonly format: string;
  readonly convention: PeerConvention;
  readonly case: string;
  readonly file: string;
  readonly with?: readonly string[];
  readonly nonDefaultOptions?: boolean;
  readonly packages: readonly {
    readonly name: string;
    readonly version: string;
    readonly lines?: readonly (readonly [number, number])[];
  }[];
}

/** Names that the labels give to formats, and the readers that may be meant, where our names differ. */
const readersFor: Readonly<Record<string, readonly string[]>> = {
  "GitHub Actions workflow": ["GitHub Actions workflow", "GitHub Actions"],
  "GitHub action": ["GitHub action", "GitHub Actions"],
  CycloneDX: ["CycloneDX", "CycloneDX JSON", "CycloneDX XML"],
  SPDX: ["SPDX", "SPDX JSON", "SPDX tag-value"],
  "requirements.txt": ["requirements*.txt"],
  "*.csproj": ["*.csproj", "MSBuild project"],
};

/** File names that readers know, for fixtures that are called otherwise. */
function usualName(format: string): string {
  return format.includes("*") ? format.replaceAll("*", "project") : format.replaceAll(" ", "-");
}

export function packageListVerdicts(folder: string): readonly Verdict[] {
  return readJsonLines<Label>(join(folder, "packages/labels.jsonl")).map((label) =>
    judgeList(join(folder, "packages"), label),
  );
}

function judgeList(folder: string, label: Label): Verdict {
  const labelled = label.packages.map(({ name, version, lines }) => ({ name, version, lines: lines ?? [] }));
  const apart = label.nonDefaultOptions ? "an option of the peer is on" : undefined;
  const head = {
    group: `${label.ecosystem} ${label.convention}`,
    id: `${label.format} ${label.case} ${label.file}`,
    ...(apart === undefined ? {} : { apart }),
    expected: shown(labelled, label, labelled).join("; "),
  };
  return judged(head, () => {
    const read = readAs(folder, label);
    if (read === undefined) return { agrees: false, got: `no reader for '${label.format}'` };
    const text = textOf(folder, label);
    const isNothing = isBroken(label.format, text, read.problems) || isReplaced(folder, label);
    const manifests = isNothing ? [] : read.manifests;
    const listed = listedAs(label.convention, label.format, manifests, {
      text,
      name: label.case,
      hasOptions: label.nonDefaultOptions ?? false,
    });
    const expected = shown(labelled, label, listed);
    const got = shown(listed, label, labelled);
    const missing = expected.filter((one) => !got.includes(one));
    // One line is enough for osv-scalibr: further places of a package are not more packages.
    const places = new Set(expected.map(withoutLine));
    const more = got.filter(
      (one) => !expected.includes(one) && !(missing.length === 0 && places.has(withoutLine(one))),
    );
    const problems = read.problems.filter(({ isNotice }) => !isNotice).map(({ message }) => message);
    const unknowable = missing.length > 0 ? (whatIsMissing(folder, label) ?? []) : [];
    const texts = [`missing: ${missing.join("; ")}`, `too many: ${more.join("; ")}`, ...problems].concat(unknowable);
    return { agrees: missing.length + more.length === 0, got: texts.join(" | ") };
  });
}

/** One text for each package, each once; with lines where both sides have them, as far as the convention counts them. */
function shown(packages: readonly Listed[], { convention }: Label, others: readonly Listed[]): readonly string[] {
  const lined = new Set(
    others.filter(({ lines }) => lines.length > 0).map(({ name, version }) => `${name}@${version}`),
  );
  const texts = packages.flatMap(({ name, version, lines }) => {
    const text = `${name}@${version}`;
    if (lines.length === 0 || !lined.has(text)) return [text];
    if (convention === "osv-scalibr") return lines.map(([first]) => `${text} :${first}`);
    return [`${text} :${lines.map(([from, to]) => `${from}-${to}`).join(",")}`];
  });
  return [...new Set(texts)].sort();
}

function withoutLine(text: string): string {
  return text.replace(/ :[\d,-]+$/, "");
}

function textOf(folder: string, { file }: Label): string {
  return readFileSync(join(folder, file), "utf8").replace(/^\uFEFF/, "");
}

/** Formats that begin like JSON and are not, or are JSON with comments. */
const looksLikeJson: ReadonlySet<string> = new Set(["bun.lock", "deno.json", "deno source", "rebar.lock", "OTP .app"]);

/** Peers read no part of a document that is malformed as a whole; ours read what stands before the mistake. */
function isBroken(format: string, text: string, problems: PackagesRead["problems"]): boolean {
  if (/^\s*(?:\{|\[\s*\{)/.test(text) && !looksLikeJson.has(format)) {
    try {
      JSON.parse(text);
    } catch {
      return true;
    }
  }
  return problems.some(({ message }) => /^This is no valid JSON|before this place/.test(message));
}

/** npm reads no package-lock.json beside an npm-shrinkwrap.json; nor does our scan, which asks for the folder's files first. */
function isReplaced(folder: string, { file }: Label): boolean {
  return basename(file) === "package-lock.json" && existsSync(join(folder, dirname(file), "npm-shrinkwrap.json"));
}

/**
 * Some fixtures name a file that was not taken over with them (a gemspec whose version stands in `lib/x/version.rb`). Such a
 * case stands apart if an expected version is in none of the files that are there: no reader can know it.
 */
function whatIsMissing(folder: string, label: Label): string | undefined {
  const reader = readersOf(label.format).find((one) => one.pullsIn !== undefined);
  const file = reader && sourceFile(join(folder, label.file), label.file);
  const named = (file && reader?.pullsIn?.(file)) ?? [];
  if (named.length === 0 || named.some((path) => existsSync(join(folder, path)))) return undefined;
  const texts = [label.file, ...(label.with ?? [])].map((path) => readFileSync(join(folder, path), "utf8"));
  const isKnown = ({ version }: { readonly version: string }) => texts.some((text) => text.includes(version));
  return label.packages.every(isKnown) ? undefined : "a file that it names is not there";
}

function readersOf(format: string): readonly PackageReader[] {
  const names = [format, ...(readersFor[format] ?? [])];
  return packageReaders.filter((one) => names.includes(one.format));
}

function readAs(folder: string, label: Label): PackagesRead | undefined {
  const readers = readersOf(label.format);
  if (readers.length === 0) return undefined;
  const reader = readers.find((one) => one.matches(label.file));
  if (reader) return readWith(reader, folder, label, label.file);
  const path = `${dirname(label.file)}/${usualName(label.format)}`;
  const reads = readers.map((one) => readWith(one, folder, label, path));
  return reads.toSorted((a, b) => countOf(b) - countOf(a))[0];
}

function countOf({ manifests }: PackagesRead): number {
  return manifests.reduce((sum, { packages }) => sum + packages.length, 0);
}

function readWith(reader: PackageReader, folder: string, label: Label, path: string): PackagesRead {
  const file = sourceFile(join(folder, label.file), path);
  if (file === undefined) throw new Error(`the case has no file '${label.file}'`);
  const files = new Map([[path, file]]);
  for (const other of [...(label.with ?? []), ...(reader.pullsIn?.(file) ?? [])]) {
    const found = files.has(other) ? undefined : sourceFile(join(folder, other), other);
    if (found) files.set(other, found);
  }
  return reader.read(file, { get: (one) => files.get(one), paths: [...files.keys()] });
}

function sourceFile(onDisk: string, path: string): SourceFile | undefined {
  if (!existsSync(onDisk)) return undefined;
  const bytes = readFileSync(onDisk);
  return sourceFileOf(path, createHash("sha1").update(bytes).digest("hex"), bytes);
}
