/** `paket.lock`: every package by group, with what it depends on; what was asked for stands in `paket.dependencies`. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { problemAt, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { linesOf, placeOfLine, type TextLine } from "../../reading/text-lines.ts";
import { pathIn } from "./msbuild-files.ts";
import { type PaketDependencies, readPaketDependencies } from "./paket-dependencies-reader.ts";
import { sourceOf } from "./paket-lines.ts";
import { asProvided, targetsIn } from "./paket-targets.ts";
import type { TargetFramework } from "./target-framework.ts";

interface Reading {
  readonly file: TextFile;
  readonly asked: ReadonlyMap<string, PackageUse>;
  readonly drafts: DraftPackage[];
  group: string;
  /** NUGET, GITHUB, GIT, GIST or HTTP. */
  section: string;
  remote: string;
  /** What the last package depends on. */
  wants: string[];
  problem: Problem | undefined;
  /** By group. */
  readonly targets: Map<string, readonly TargetFramework[]>;
}

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const beside = textFileOf(files.get(pathIn(folderOf(file.path), "paket.dependencies")));
  const asked = beside ? readPaketDependencies(beside) : undefined;
  const reading: Reading = {
    file,
    asked: askedByKey(asked),
    drafts: [],
    group: "",
    section: "",
    remote: "",
    wants: [],
    problem: undefined,
    targets: new Map(),
  };
  for (const line of linesOf(file.text)) readLine(reading, line, asked !== undefined);
  const manifest: Manifest = {
    path: file.path,
    format: "paket.lock",
    ecosystem: "NuGet",
    isLocked: true,
    packages: linked(reading.drafts).map((use) => asProvided(use, reading.targets.get(groupOf(use)) ?? [])),
    ...(asked && asked.feeds.length > 0 && { feeds: asked.feeds }),
  };
  return {
    manifests: [manifest],
    problems: [...(reading.problem ? [reading.problem] : []), ...(asked?.problems ?? [])],
  };
}

function keyOf(group: string, name: string): string {
  return `${group} ${name}`.toLowerCase();
}

function groupOf({ groups }: PackageUse): string {
  return (groups?.[0] ?? "").toLowerCase();
}

function askedByKey(asked: PaketDependencies | undefined): ReadonlyMap<string, PackageUse> {
  // The groups of a package begin with the one that it stands in, if any.
  return new Map(asked?.packages.map((use) => [keyOf(use.groups?.[0] ?? "", use.name), use]));
}

function readLine(reading: Reading, line: TextLine, isAskedKnown: boolean): void {
  const text = line.text.trimEnd();
  const indent = text.length - text.trimStart().length;
  const content = text.trim();
  if (content === "") return;
  if (indent === 0) readHead(reading, line, content);
  else if (/^(?:remote|specs|build|path|os|restriction|username|content|operators?):/i.test(content)) {
    if (/^remote:/i.test(content)) reading.remote = content.slice("remote:".length).trim();
  } else if (indent >= 6) readWant(reading, content);
  else readPackage(reading, line, content, isAskedKnown);
}

function readHead(reading: Reading, line: TextLine, content: string): void {
  const [, group] = /^GROUP\s+(.+)$/i.exec(content) ?? [];
  if (group !== undefined) {
    reading.group = group.trim();
    reading.section = "";
  } else if (/^(?:NUGET|GITHUB|GIT|GIST|HTTP)$/.test(content)) {
    reading.section = content;
    reading.remote = "";
  } else if (content.startsWith("RESTRICTION:")) {
    reading.targets.set(reading.group.toLowerCase(), targetsIn(content));
  } else if (!/^[A-Z][\w-]*:/.test(content)) {
    const message =
      "A section such as NUGET or GROUP was expected at the beginning of this line; it is left out. Run 'paket install' to write the file anew.";
    reading.problem ??= problemAt(placeOfLine(reading.file, line), "syntax", message);
  }
}

function readWant(reading: Reading, content: string): void {
  const [name = ""] = content.split(/\s/, 1);
  if (name !== "") reading.wants.push(keyOf(reading.group, name));
}

/** `Newtonsoft.Json (13.0.1) - restriction: >= net45`. */
const packageLine = /^(\S+)\s+\(([^()]{1,200})\)(.*)$/;

function readPackage(reading: Reading, line: TextLine, content: string, isAskedKnown: boolean): void {
  const { file, group, section, drafts, asked } = reading;
  reading.wants = [];
  const [, written = "", version = "", options = ""] = packageLine.exec(content) ?? [];
  if (written === "" || section === "") return;
  const isNuGet = section === "NUGET";
  // Of other places, files of one repository are listed; the repository is what is used.
  const name = isNuGet ? written : section === "HTTP" ? written : reading.remote || written;
  const reference = asked.get(keyOf(group, name));
  const relation = reference ? "direct" : isAskedKnown ? "transitive" : "unknown";
  const use: PackageUse = {
    ecosystem: isNuGet ? "NuGet" : "Generic",
    name,
    version,
    ...(reference?.requirement === undefined ? {} : { requirement: reference.requirement }),
    at: spanOf(placeOfLine(file, line)),
    ...(reference ? { alsoAt: [reference.at] } : {}),
    ...(reference?.versionAt ? { versionAt: reference.versionAt } : {}),
    relation: isNuGet ? relation : "direct",
    isDevelopment: /\bclitool:\s*true\b/i.test(options),
    ...(group === "" ? {} : { groups: [group] }),
    ...(isNuGet
      ? {}
      : { source: sourceOf(section.toLowerCase(), section === "HTTP" ? reading.remote : name, version) }),
  };
  const keys = isNuGet ? [keyOf(group, name)] : [];
  drafts.push({ use, keys, wants: reading.wants });
}

export const readers: readonly PackageReader[] = [
  {
    format: "paket.lock",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)paket\.lock$/i.test(path),
    alone: "always",
    claims: (path) => [pathIn(folderOf(path), "paket.dependencies")],
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];
