/** `*.deps.json`, which stands beside a built program and says what it loads. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { type JsonObject, objectOf, wordOf } from "../../reading/json-fields.ts";
import { placeOfSlice } from "../../reading/json-slices.ts";
import { type DraftPackage, linked, reachedFrom } from "../../reading/linked-packages.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { type JsonSections, jsonSections } from "./nuget-json.ts";

/** Packages of which no file is loaded at run time. */
const compileOnly = "compile only";

function read(text: TextFile): PackagesRead {
  const sections = jsonSections(text);
  const target = wordOf(sections.object("runtimeTarget").name);
  const assets = target === undefined ? {} : sections.object("targets", target);
  const drafts = sections.members("libraries").flatMap((slice) => {
    const slash = slice.key.indexOf("/");
    const version = slice.key.slice(slash + 1);
    if (slash <= 0 || version === "") return [];
    const library = objectOf(sections.valueIn(slice)) ?? {};
    const at = spanOf(placeOfSlice(text, slice));
    return [draftOf(slice.key.slice(0, slash), version, library, objectOf(assets[slice.key]), at)];
  });
  const packages = withRelations(linked(drafts), fileNameOf(text.path).replace(/\.deps\.json$/i, ""));
  const root = packages.find(({ relation }) => relation === "root");
  const manifest = {
    path: text.path,
    format: "*.deps.json",
    ecosystem: "NuGet" as const,
    ...(root ? { root: { name: root.name, version: root.version ?? "" } } : {}),
    isLocked: true,
    packages,
  };
  return { manifests: [manifest], problems: [...sections.problems(), ...missingTarget(sections, target, assets)] };
}

function missingTarget(
  { file }: JsonSections,
  target: string | undefined,
  assets: JsonObject,
): PackagesRead["problems"] {
  if (target === undefined || Object.keys(assets).length > 0) return [];
  const message = `The target ${target.slice(0, 100)} is not described, so it is not known which packages are loaded. All were read.`;
  return [{ scanner: "packages", code: "unresolved", message, path: file.path, line: 1, isNotice: true }];
}

function draftOf(
  name: string,
  version: string,
  library: JsonObject,
  assets: JsonObject | undefined,
  at: PackageUse["at"],
): DraftPackage {
  const type = wordOf(library.type)?.toLowerCase();
  const integrity = wordOf(library.sha512);
  const isLoaded =
    !assets || type === "project" || ["runtime", "runtimeTargets", "native", "resources"].some((key) => assets[key]);
  const runtime = /^runtimepack\.(Microsoft\.(?:NETCore|AspNetCore|WindowsDesktop)\.App)\.Runtime\.(.+)$/i.exec(name);
  const use: PackageUse = {
    ecosystem: runtime ? ".NET" : "NuGet",
    name: runtime?.[1] ?? name,
    version,
    at,
    relation: type === "project" ? "workspace" : "unknown",
    isDevelopment: !isLoaded,
    ...(runtime ? { groups: ["self-contained", runtime[2] ?? ""] } : isLoaded ? {} : { groups: [compileOnly] }),
    ...(integrity === undefined ? {} : { integrity }),
  };
  const wants = Object.entries(objectOf(assets?.dependencies) ?? {}).flatMap(([other, wanted]) => [
    `${other}/${wordOf(wanted) ?? ""}`.toLowerCase(),
  ]);
  return { use, keys: [`${name}/${version}`.toLowerCase()], wants };
}

/** The program itself is the project of the file's name, or the only one that no other needs. */
function withRelations(packages: readonly PackageUse[], fileName: string): readonly PackageUse[] {
  const own = packages.flatMap(({ relation }, position) => (relation === "workspace" ? [position] : []));
  const needed = new Set(own.flatMap((position) => packages[position]?.dependsOn ?? []));
  const tops = own.filter((position) => !needed.has(position));
  const named = own.find((position) => packages[position]?.name.toLowerCase() === fileName.toLowerCase());
  const root = named ?? (tops.length === 1 ? tops[0] : own.length === 1 ? own[0] : undefined);
  const direct = new Set(root === undefined ? [] : packages[root]?.dependsOn);
  const reached = reachedFrom(packages, root === undefined ? [] : [root]);
  return packages.map((use, position): PackageUse => {
    if (position === root) return { ...use, relation: "root" };
    if (use.relation === "workspace") return use;
    return { ...use, relation: direct.has(position) ? "direct" : reached.has(position) ? "transitive" : "unknown" };
  });
}

export const readers: readonly PackageReader[] = [
  {
    format: "*.deps.json",
    ecosystem: "NuGet",
    matches: (path) => /[^/]\.deps\.json$/i.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];
