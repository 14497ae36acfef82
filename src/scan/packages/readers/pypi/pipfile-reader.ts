/** `Pipfile` without its lock file: what is asked for. */
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { notLocked, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { readPipfile } from "./pipfile.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "Pipfile",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)Pipfile$/.test(path),
    alone: "unless-claimed",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const { packages, feeds, problems } = readPipfile(file);
  const notices = packages.length > 0 ? [notLocked(file, "Pipfile.lock")] : [];
  return {
    manifests: [
      {
        path: file.path,
        format: "Pipfile",
        ecosystem: "PyPI",
        isLocked: false,
        packages: merged(packages),
        ...(feeds.length > 0 && { feeds }),
      },
    ],
    problems: [...problems.map(problemOfFormat), ...notices],
  };
}
