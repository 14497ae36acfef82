/**
 * Licence files of vendored code: each folder that has some is a package, known by the folder's name and by what its texts
 * are. The repository's own licence is nobody's business here.
 */
import type { PackageUse } from "#model/package-manifest.ts";
import type { SourceFile } from "#model/source-file.ts";
import { identifyLicenses } from "../../../licenses/identify-license.ts";
import { licenseTexts } from "../../../licenses/license-texts.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { isVendoredLicense, vendoredFolder } from "./vendored-folder.ts";

const format = "LICENSE";

export const readers: readonly PackageReader[] = [
  {
    format,
    ecosystem: "Generic",
    matches: isVendoredLicense,
    alone: "unless-claimed",
    // The first one of a folder stands for all of them.
    claims: (path, paths) => {
      const [first, ...others] = paths.in(folderOf(path)).filter(isVendoredLicense);
      return first === path ? others : [];
    },
    read: (file, files) => {
      const others = files.paths.flatMap((path) => (path === file.path ? [] : (files.get(path) ?? [])));
      return readFolder([file, ...others]);
    },
  },
];

function readFolder(files: readonly [SourceFile, ...SourceFile[]]): PackagesRead {
  const isNotice = ({ path }: SourceFile) => /^notice/i.test(fileNameOf(path));
  // A notice tells what else is in a package; it is asked only where nothing else is.
  const own = files.filter((file) => !isNotice(file));
  const [first, ...rest] = own.length > 0 ? own : files;
  const folder = first && vendoredFolder(folderOf(first.path));
  const texts = [first, ...rest].flatMap((file) => file?.text() ?? []);
  const licenses = licensesIn(texts);
  if (first === undefined || folder === undefined || texts.length === 0) return nothingRead;
  if (licenses.length === 0 && own.length === 0) return nothingRead;
  const lines = (first.text() ?? "").split("\n");
  const end = { endLine: lines.length, endColumn: (lines.at(-1)?.length ?? 0) + 1 };
  const use: PackageUse = {
    ecosystem: "Generic",
    name: folder.name,
    ...(folder.version !== undefined && { version: folder.version }),
    at: { path: first.path, startLine: 1, startColumn: 1, ...end },
    relation: "direct",
    isDevelopment: false,
    source: { is: "path", path: folderOf(first.path) },
    ...(licenses.length > 0 && { licenses }),
  };
  const manifest = { path: first.path, format, ecosystem: "Generic", isLocked: true, packages: [use] } as const;
  return { manifests: [manifest], problems: [] };
}

const choice =
  /\b(?:dual(?:ly)?[- ]licen[sc]ed|available under (?:either|two|2) |(?:your|at the) choice of|(?:choose|chose|select) (?:either|one|between)|either of the following licen|alternatively, this)/i;

function licensesIn(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => {
    const { licenses } = identifyLicenses(text, licenseTexts());
    const sure = licenses.filter(({ from }) => from !== "header");
    const ids = (sure.length > 0 ? sure : licenses).map(({ id }) => id);
    return ids.length > 1 && choice.test(text.slice(0, 5000)) ? [ids.join(" OR ")] : ids;
  });
  // The Lesser GPL is written as an addition to the GPL, whose text has to lie beside it.
  const isLesser = found.some((id) => id.startsWith("LGPL-3.0"));
  return [...new Set(found)].filter((id) => !(isLesser && id.startsWith("GPL-3.0")));
}
