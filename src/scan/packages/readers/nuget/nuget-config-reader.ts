/** `nuget.config` names no packages; it completes the projects below it, and its mistakes are theirs. */
import { nothingRead, type PackageReader } from "../../package-reader.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "nuget.config",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)nuget\.config$/i.test(path),
    alone: "never",
    read: () => nothingRead,
  },
];
