/** `.config/dotnet-tools.json`: programs that people and pipelines run, none of them part of what is built. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { child } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { memberOf, membersOf, unquoted, wordIn } from "../../reading/node-fields.ts";

function read(file: TextFile): PackagesRead {
  const { node, problems } = readJson(file);
  const packages = membersOf(child(node, "tools")).map(({ name, whole, value }): PackageUse => {
    const version = memberOf(value, "version")?.value;
    const word = wordIn(version);
    return {
      ecosystem: "NuGet",
      name,
      ...(word === undefined ? {} : { version: word }),
      at: spanOf(whole),
      ...(word !== undefined && version ? { versionAt: spanOf(unquoted(version.at)) } : {}),
      relation: "direct",
      isDevelopment: true,
      groups: ["tool"],
    };
  });
  const manifest: Manifest = {
    path: file.path,
    format: "dotnet-tools.json",
    ecosystem: "NuGet",
    isLocked: true,
    packages,
  };
  return { manifests: [manifest], problems: problems.map(problemOfFormat) };
}

export const readers: readonly PackageReader[] = [
  {
    format: "dotnet-tools.json",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)dotnet-tools\.json$/i.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];
