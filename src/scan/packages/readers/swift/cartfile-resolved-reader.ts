/** `Cartfile.resolved` of Carthage: a repository and its tag in each line. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";
import { repositoryName } from "./repository-name.ts";

const format = "Cartfile.resolved";

export const readers: readonly PackageReader[] = [
  {
    format,
    ecosystem: "SwiftURL",
    matches: (path) => fileNameOf(path) === format,
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

const entry = /^\s*(github|git|binary)\s+"([^"]{1,500})"\s+"([^"]{1,200})"/;

function read(file: TextFile): PackagesRead {
  const lines = linesOf(file.text).filter(({ text }) => !/^\s*(?:#|$)/.test(text));
  const packages = lines.flatMap((line) => {
    const [whole = "", kind, where = "", version = ""] = entry.exec(line.text.slice(0, 1000)) ?? [];
    if (kind === undefined) return [];
    const isCommit = /^[\da-f]{40}$/.test(version);
    // Names on GitHub stand there without the host; other addresses are whole.
    const url = kind === "github" && !where.includes("://") ? `https://github.com/${where}` : where;
    const end = line.start + whole.length - 1;
    return [
      packageUse({
        ecosystem: kind === "binary" ? "Generic" : "SwiftURL",
        name: kind === "binary" ? where : repositoryName(url),
        version: isCommit ? undefined : version.replace(/^v(?=\d)/, ""),
        at: spanOf(placeOfLine(file, line)),
        versionAt: isCommit ? undefined : spanOf({ file, start: end - version.length, end }),
        relation: "unknown",
        source: isCommit ? { is: "git", url, commit: version } : undefined,
      }),
    ];
  });
  const wrong = lines.find(({ text }) => !entry.test(text.slice(0, 1000)));
  const message = 'A line such as github "owner/name" "1.0" was expected here; it is left out, the others are read.';
  return {
    manifests:
      packages.length === 0 ? [] : [{ path: file.path, format, ecosystem: "SwiftURL", isLocked: true, packages }],
    problems: wrong ? [problemAt(placeOfLine(file, wrong), "syntax", message)] : [],
  };
}
