/** `global.json`: the SDK that builds the repository, and the SDK packages that its projects name without a version. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { memberOf, membersOf, unquoted, wordIn } from "../../reading/node-fields.ts";

/** Ways to choose the SDK that take exactly the version, if it is there. */
const exact = /^(?:disable|patch)$/i;

function sdkOf(node: Node | undefined): readonly PackageUse[] {
  const member = memberOf(node, "sdk");
  // Repositories that build .NET itself name it among their tools.
  const version = memberOf(member?.value, "version") ?? memberOf(memberOf(node, "tools")?.value, "dotnet");
  const word = wordIn(version?.value);
  if (!version || word === undefined) return [];
  // What dotnet does when nothing is said.
  const rollForward = wordIn(memberOf(member?.value, "rollForward")?.value) ?? "latestPatch";
  return [
    {
      ecosystem: ".NET",
      name: "Microsoft.NET.Sdk",
      ...(exact.test(rollForward) ? { version: word } : {}),
      requirement: `${word} (rollForward: ${rollForward})`,
      at: spanOf((member ?? version).whole),
      versionAt: spanOf(unquoted(version.value.at)),
      relation: "direct",
      isDevelopment: true,
      groups: ["sdk"],
    },
  ];
}

function msbuildSdks(node: Node | undefined): readonly PackageUse[] {
  return membersOf(child(node, "msbuild-sdks")).flatMap(({ name, whole, value }): readonly PackageUse[] => {
    const version = wordIn(value);
    if (version === undefined) return [];
    return [
      {
        ecosystem: "NuGet",
        name,
        version,
        at: spanOf(whole),
        versionAt: spanOf(unquoted(value.at)),
        relation: "direct",
        isDevelopment: true,
        groups: ["msbuild-sdks"],
      },
    ];
  });
}

function read(file: TextFile): PackagesRead {
  const { node, problems } = readJson(file);
  const packages = [...sdkOf(node), ...msbuildSdks(node)];
  const manifest: Manifest = { path: file.path, format: "global.json", ecosystem: ".NET", isLocked: false, packages };
  return { manifests: packages.length > 0 ? [manifest] : [], problems: problems.map(problemOfFormat) };
}

export const readers: readonly PackageReader[] = [
  {
    format: "global.json",
    ecosystem: ".NET",
    matches: (path) => /(?:^|\/)global\.json$/i.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];
