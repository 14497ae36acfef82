/** `cpanfile.snapshot` of Carton with the `cpanfile` beside it, and `cpanfile` alone. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { notLocked, problemAt, readAsText, readByHand, textByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { cpanfileUses } from "./cpanfile.ts";

const snapshotReader: PackageReader = {
  format: "cpanfile.snapshot",
  ecosystem: "CPAN",
  matches: (path) => fileNameOf(path) === "cpanfile.snapshot",
  alone: "always",
  claims: (path) => [cpanfileBeside(path)],
  read: (file, files) => readAsText(file, (text) => readSnapshot(text, files)),
};

const cpanfileReader: PackageReader = {
  format: "cpanfile",
  ecosystem: "CPAN",
  matches: (path) => fileNameOf(path) === "cpanfile",
  alone: "unless-claimed",
  read: (file) => readByHand(file, readCpanfile),
};

export const readers: readonly PackageReader[] = [snapshotReader, cpanfileReader];

function cpanfileBeside(path: string): string {
  const folder = folderOf(path);
  return folder === "" ? "cpanfile" : `${folder}/cpanfile`;
}

function readCpanfile(file: TextFile): PackagesRead {
  const packages = cpanfileUses(file);
  if (packages.length === 0) return { manifests: [], problems: [] };
  return {
    manifests: [{ path: file.path, format: "cpanfile", ecosystem: "CPAN", isLocked: false, packages }],
    problems: [notLocked(file, "cpanfile.snapshot")],
  };
}

interface Distribution {
  readonly name: string;
  readonly version: string;
  readonly start: number;
  readonly versionAt: number;
  end: number;
  /** Modules that it holds, and modules that it needs. */
  readonly provides: string[];
  readonly requirements: string[];
}

/** Blanks say what a line is: a distribution (2), its sections (4), modules in them (6). */
function readSnapshot(file: TextFile, files: UnitFiles): PackagesRead {
  const distributions: Distribution[] = [];
  let section = "";
  let isInside = false;
  for (const { text, start } of linesOf(file.text)) {
    const [, blanks = "", content = ""] = /^( *)(\S.*)$/.exec(text) ?? [];
    const current = distributions.at(-1);
    if (blanks === "" && content !== "") isInside = content.startsWith("DISTRIBUTIONS");
    else if (!isInside || content === "") continue;
    else if (blanks.length === 2) {
      const [, name, version] = /^(\S+)-(v?\d[\w.]*(?:-TRIAL)?)$/.exec(content.slice(0, 500)) ?? [];
      if (name === undefined || version === undefined) continue;
      const end = start + text.trimEnd().length;
      distributions.push({
        name,
        version,
        start: start + 2,
        versionAt: end - version.length,
        end,
        provides: [],
        requirements: [],
      });
      section = "";
    } else if (current) {
      current.end = start + text.trimEnd().length;
      if (blanks.length === 4) section = content;
      else if (section === "provides:") current.provides.push(content.split(/\s/, 1)[0] ?? "");
      else if (section === "requirements:") current.requirements.push(content.split(/\s/, 1)[0] ?? "");
    }
  }
  if (distributions.length === 0 && !/^DISTRIBUTIONS/m.test(file.text) && file.text.trim() !== "") {
    const message = "This is no cpanfile.snapshot: the line DISTRIBUTIONS was expected. Nothing was read from it.";
    return { manifests: [], problems: [problemAt({ file, start: 0, end: 0 }, "syntax", message)] };
  }
  const beside = textByHand(files.get(cpanfileBeside(file.path)));
  const asked = beside ? new Map(cpanfileUses(beside).map((use) => [use.name, use])) : undefined;
  const packages = linked(distributions.map((one) => draftOf(file, one, asked)));
  return {
    manifests: [{ path: file.path, format: "cpanfile.snapshot", ecosystem: "CPAN", isLocked: true, packages }],
    problems: [],
  };
}

function draftOf(
  file: TextFile,
  { name, version, start, end, versionAt, provides, requirements }: Distribution,
  asked: ReadonlyMap<string, PackageUse> | undefined,
): DraftPackage {
  const mention = provides.flatMap((module) => asked?.get(module) ?? [])[0];
  const use = packageUse({
    ecosystem: "CPAN",
    name,
    version,
    requirement: mention?.requirement,
    at: spanOf({ file, start, end }),
    alsoAt: mention && [mention.at],
    versionAt: spanOf({ file, start: versionAt, end: versionAt + version.length }),
    relation: mention ? "direct" : asked ? "transitive" : "unknown",
    isDevelopment: mention?.isDevelopment,
    groups: mention?.groups,
  });
  return { use, keys: provides, wants: requirements };
}
