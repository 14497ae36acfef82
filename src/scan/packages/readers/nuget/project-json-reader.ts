/** `project.json` of early .NET Core and UWP. Other tools have files of that name; without `frameworks` it is one of theirs. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import { child } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { notLocked, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { memberOf, membersOf, type NamedMember, unquoted, wordIn } from "../../reading/node-fields.ts";
import { type FrameworkUse, joinFrameworks } from "./join-frameworks.ts";
import { lowestVersion } from "./nuget-version.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(file: TextFile): PackagesRead {
  const { node, problems } = readJson(file);
  const frameworks = membersOf(child(node, "frameworks"));
  if (frameworks.length === 0) return nothingRead;
  const uses = [
    ...membersOf(child(node, "dependencies")).flatMap((member) => useOf(member, undefined)),
    ...membersOf(child(node, "tools")).flatMap((member) => useOf(member, undefined, true)),
    ...frameworks.flatMap(({ name, value }) =>
      membersOf(child(value, "dependencies")).flatMap((member) => useOf(member, name)),
    ),
  ];
  const all = frameworks.map(({ name }) => targetFrameworkOf(name).name);
  const packages = joinFrameworks(uses, all);
  const manifest: Manifest = { path: file.path, format: "project.json", ecosystem: "NuGet", isLocked: false, packages };
  const notices = packages.length > 0 ? [notLocked(file, "project.lock.json")] : [];
  return { manifests: [manifest], problems: [...problems.map(problemOfFormat), ...notices] };
}

/** A text, or an object with `version`, `type` and `target`. */
function useOf(
  { name, whole, value }: NamedMember,
  framework: string | undefined,
  isTool = false,
): readonly FrameworkUse[] {
  const written = value.is === "block" ? memberOf(value, "version")?.value : value;
  const requirement = wordIn(written);
  const isOwn = wordIn(memberOf(value, "target")?.value) === "project";
  if (name.trim() === "" || isOwn) return [];
  const version = requirement === undefined ? undefined : lowestVersion(requirement);
  const use: PackageUse = {
    ecosystem: "NuGet",
    name,
    ...(version === undefined ? {} : { version }),
    ...(requirement === undefined ? {} : { requirement }),
    at: spanOf(whole),
    ...(version !== undefined && written ? { versionAt: spanOf(unquoted(written.at)) } : {}),
    relation: "direct",
    isDevelopment: isTool || wordIn(memberOf(value, "type")?.value) === "build",
  };
  return [{ use, target: framework === undefined ? undefined : targetFrameworkOf(framework), frameworks: [] }];
}

export const readers: readonly PackageReader[] = [
  {
    format: "project.json",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)project\.json$/i.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];
