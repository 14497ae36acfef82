/** `pyproject.toml` without a lock file beside it: what the project asks for, in every table that says so. */
import type { Manifest } from "#model/package-manifest.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { shownText } from "../../../formats/without-access.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { notLocked, problemAt, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { readPyproject } from "./pyproject.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pyproject.toml",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)pyproject\.toml$/.test(path),
    alone: "unless-claimed",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const { root, packages, feeds, notUnderstood, problems } = readPyproject(file);
  const manifest: Manifest = {
    path: file.path,
    format: "pyproject.toml",
    ecosystem: "PyPI",
    ...(root ? { root } : {}),
    isLocked: false,
    packages: merged(packages),
    ...(feeds.length > 0 && { feeds }),
  };
  const wrong = notUnderstood.map(({ at }) => {
    const shown = shownText(at.file.text.slice(at.start, at.end));
    return problemAt(
      at,
      "syntax",
      `A requirement such as "name>=1.0" was expected, but found ${shown}. It is left out, the others are read.`,
    );
  });
  const notices = packages.length > 0 ? [notLocked(file, "poetry.lock, uv.lock, pdm.lock or pylock.toml")] : [];
  return { manifests: [manifest], problems: [...problems.map(problemOfFormat), ...wrong, ...notices] };
}
