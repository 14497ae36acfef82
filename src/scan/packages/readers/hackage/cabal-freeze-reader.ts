/**
 * `cabal.project.freeze`: one version for each package. What cabal freezes begins with `any.`; other constraints were
 * written by people and are kept as requirements as well.
 */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf } from "../../reading/text-lines.ts";

const format = "cabal.project.freeze";

const freezeReader: PackageReader = {
  format,
  ecosystem: "Hackage",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  read: (file) => readAsText(file, readFreeze),
};

export const readers: readonly PackageReader[] = [freezeReader];

const constraint = /(?:^|[\s,])(any\.|setup\.)?([A-Za-z0-9][\w-]*)\s*==\s*(\d+(?:\.\d+)*)(?=\s*(?:,|$))/g;

function readFreeze(file: TextFile): PackagesRead {
  let isInConstraints = false;
  const packages = linesOf(file.text).flatMap((line) => {
    if (/^\s*--/.test(line.text)) return [];
    const [field] = /^[A-Za-z][\w-]*:/.exec(line.text) ?? [];
    if (field !== undefined) isInConstraints = field === "constraints:";
    if (!isInConstraints) return [];
    return [...line.text.matchAll(constraint)].map(
      ({ 0: whole, 1: scope = "", 2: name = "", 3: version = "", index }) => {
        const start = line.start + index + whole.length - whole.replace(/^[\s,]/, "").length;
        const end = line.start + index + whole.length;
        return packageUse({
          ecosystem: "Hackage",
          name,
          version,
          requirement: scope === "" ? `==${version}` : undefined,
          at: spanOf({ file, start, end }),
          versionAt: spanOf({ file, start: end - version.length, end }),
          relation: "unknown",
          groups: scope === "setup." ? ["setup"] : [],
        });
      },
    );
  });
  const isFreeze = /^(?:constraints|active-repositories|index-state|with-compiler):/m.test(file.text);
  const message = 'This is no cabal.project.freeze: the field "constraints:" was expected. Nothing was read from it.';
  const isBroken = !isFreeze && file.text.trim() !== "";
  return {
    manifests: isFreeze ? [{ path: file.path, format, ecosystem: "Hackage", isLocked: true, packages }] : [],
    problems: isBroken ? [problemAt({ file, start: 0, end: 0 }, "syntax", message)] : [],
  };
}
