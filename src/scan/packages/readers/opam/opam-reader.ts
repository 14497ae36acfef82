/**
 * OCaml's opam: package files (`opam`, `*.opam`, and `*.opam.locked`, where each dependency has one version), exported
 * switches (`installed:`), and plain lists of `name.version`.
 */

import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { noticeAt, readByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { type OpamItem, opamField, opamText } from "./opam-fields.ts";

const format = "opam";

const opamReader: PackageReader = {
  format,
  ecosystem: "opam",
  matches: (path) => fileNameOf(path) === "opam" || /\.opam(?:\.locked|\.export)?$/.test(path),
  alone: "always",
  read: (file) => readByHand(file, readOpam),
};

export const readers: readonly PackageReader[] = [opamReader];

function readOpam(file: TextFile): PackagesRead {
  const installed = opamField(file, "installed");
  const about = { path: file.path, format, ecosystem: "opam" } as const;
  if (installed) {
    const roots = new Set(opamField(file, "roots")?.map(({ text }) => text));
    const packages = installed.flatMap((item) => installedUse(file, item, roots));
    return { manifests: [{ ...about, isLocked: true, packages }], problems: [] };
  }
  const depends = [...(opamField(file, "depends") ?? []), ...(opamField(file, "depopts") ?? []).map(asOptional)];
  if (depends.length > 0 || /^opam-version:/m.test(file.text)) return readPackageFile(file, depends);
  const packages = linesOf(file.text).flatMap(({ text, start }) => {
    const [word = ""] = /^\s*[^\s#]+/.exec(text) ?? [];
    const from = start + word.length - word.trimStart().length;
    return installedUse(file, { text: word.trim(), start: from, end: start + word.length, filter: "" }, new Set());
  });
  return { manifests: packages.length > 0 ? [{ ...about, isLocked: true, packages }] : [], problems: [] };
}

function asOptional(item: OpamItem): OpamItem {
  return { ...item, filter: `${item.filter} optional` };
}

/** `name.1.2.3`: a name has no dot. */
function installedUse(file: TextFile, item: OpamItem, roots: ReadonlySet<string>): readonly PackageUse[] {
  const [, name, version = ""] = /^([A-Za-z][\w+-]*)\.([\w~+.:-]+)$/.exec(item.text) ?? [];
  if (name === undefined) return [];
  const versionStart = item.start + item.text.length - version.length;
  return [
    packageUse({
      ecosystem: "opam",
      name,
      version,
      at: spanOf({ file, start: item.start, end: item.end }),
      versionAt: spanOf({ file, start: versionStart, end: versionStart + version.length }),
      relation: roots.size === 0 ? "unknown" : roots.has(item.text) ? "direct" : "transitive",
    }),
  ];
}

function readPackageFile(file: TextFile, depends: readonly OpamItem[]): PackagesRead {
  const isLocked = file.path.endsWith(".locked");
  const name = opamText(file, "name") ?? /([^/]+)\.opam(?:\.locked)?$/.exec(file.path)?.[1];
  const version = opamText(file, "version");
  const license = opamText(file, "license");
  const at = spanOf({ file, start: 0, end: file.text.trimEnd().length });
  const licenses = license === undefined ? [] : [license];
  const root =
    name === undefined ? [] : [packageUse({ ecosystem: "opam", name, version, at, relation: "root", licenses })];
  const packages = [...root, ...depends.map((item) => askedUse(file, item))];
  const isNoticed = !isLocked && depends.length > 0;
  const notice =
    "This file says what is asked for, not what is installed. Commit the file that `opam lock` writes for exact answers.";
  return {
    manifests: packages.length > 0 ? [{ path: file.path, format, ecosystem: "opam", isLocked, packages }] : [],
    problems: isNoticed ? [noticeAt({ file, start: 0, end: 0 }, "not-locked", notice)] : [],
  };
}

const marks = /\b(build|with-test|with-doc|with-dev-setup|dev|optional)\b/g;

function askedUse(file: TextFile, { text, start, end, filter }: OpamItem): PackageUse {
  const groups = [...new Set(filter.match(marks) ?? [])];
  const [, version] = /^\s*(?:[\w-]+\s*&\s*)*=\s*"([^"]+)"/.exec(filter) ?? [];
  const requirement = (filter.match(/(?:[<>]=?|!?=)\s*"[^"]*"/g) ?? []).join(" & ");
  return packageUse({
    ecosystem: "opam",
    name: text,
    version,
    requirement: requirement === "" ? undefined : requirement,
    at: spanOf({ file, start, end }),
    relation: "direct",
    isDevelopment: groups.length > 0 && groups.some((group) => group !== "build" && group !== "optional"),
    groups,
  });
}
