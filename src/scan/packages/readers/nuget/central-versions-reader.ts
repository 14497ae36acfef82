/** `Directory.Packages.props` that no project claims; those of projects are read with them. */
import type { PackageReader } from "../../package-reader.ts";
import { problemOfFormat } from "../../reading/manifest-text.ts";
import { evaluate } from "./msbuild-evaluate.ts";
import { msbuildFiles, parsedXml } from "./msbuild-files.ts";
import { importsOf, sharedAbove } from "./project-files.ts";
import { centralPackages } from "./project-packages.ts";

const mostElements = 1_000_000;

export const readers: readonly PackageReader[] = [
  {
    format: "Directory.Packages.props",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)(?:directory\.)?packages\.props$/i.test(path),
    alone: "unless-claimed",
    claims: sharedAbove,
    pullsIn: importsOf,
    read: (file, files) => {
      const { path } = file;
      const evaluated = evaluate(path, msbuildFiles(files), { left: mostElements }, { updateAdds: true });
      const packages = centralPackages(evaluated);
      const problems = (parsedXml(file)?.problems ?? []).map(problemOfFormat);
      const format = "Directory.Packages.props";
      return { manifests: [{ path, format, ecosystem: "NuGet", isLocked: false, packages }], problems };
    },
  },
];
