/** A package.json without a lock file beside or above it. Manifests of editors and game engines have that name too, and yield nothing. */
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { isInstalled } from "./installed-path.ts";
import { readProjectFile } from "./project-file.ts";
import { manifestOfProject } from "./project-manifest.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "package.json",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "package.json" && !isInstalled(path),
    alone: "unless-claimed",
    read: (file) => readAsText(file, (text) => manifestOfProject(readProjectFile(text))),
  },
];
