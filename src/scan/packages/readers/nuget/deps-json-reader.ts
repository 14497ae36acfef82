/** `*.deps.json`, which stands beside a built program and says what it loads. */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Place, spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { eachMember, isObject, type JsonCursor, jsonCursor, readText, readTexts } from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { type DraftPackage, linked, reachedFrom } from "../../reading/linked-packages.ts";
import { noticeAt, readAsText } from "../../reading/manifest-text.ts";

/** Packages of which no file is loaded at run time. */
const compileOnly = "compile only";

interface Library {
  readonly at: Place;
  type: string;
  integrity: string | undefined;
}

interface Asset {
  /** `name/version`, lower case. */
  readonly wants: string[];
  isLoaded: boolean;
}

interface DepsFile {
  readonly cursor: JsonCursor;
  readonly libraries: Map<string, Library>;
  readonly targets: Map<string, Map<string, Asset>>;
  target: string | undefined;
}

function readDeps(file: TextFile): DepsFile {
  const cursor = jsonCursor(file);
  const deps: DepsFile = { cursor, libraries: new Map(), targets: new Map(), target: undefined };
  eachMember(cursor, (key) => {
    if (key === "runtimeTarget") {
      if (!isObject(cursor)) deps.target = readText(cursor);
      else
        eachMember(cursor, (field) => {
          if (field === "name") deps.target = readText(cursor);
        });
    } else if (key === "targets") eachMember(cursor, (target) => deps.targets.set(target, readAssets(cursor)));
    else if (key === "libraries")
      eachMember(cursor, (name, start) => deps.libraries.set(name, readLibrary(cursor, start)));
  });
  return deps;
}

const loaded = new Set(["runtime", "runtimeTargets", "native", "resources"]);

function readAssets(cursor: JsonCursor): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  eachMember(cursor, (library) => {
    const asset: Asset = { wants: [], isLoaded: false };
    eachMember(cursor, (field) => {
      asset.isLoaded ||= loaded.has(field);
      if (field !== "dependencies") return;
      const texts = readTexts(cursor);
      for (let at = 0; at + 1 < texts.length; at += 2) asset.wants.push(`${texts[at]}/${texts[at + 1]}`.toLowerCase());
    });
    assets.set(library, asset);
  });
  return assets;
}

function readLibrary(cursor: JsonCursor, start: number): Library {
  let type = "";
  let integrity: string | undefined;
  eachMember(cursor, (field) => {
    if (field === "type") type = readText(cursor)?.toLowerCase() ?? "";
    else if (field === "sha512") integrity = readText(cursor) || undefined;
  });
  return { at: { file: cursor.file, start, end: cursor.at }, type, integrity };
}

function read(text: TextFile): PackagesRead {
  const deps = readDeps(text);
  const assets = deps.target === undefined ? undefined : deps.targets.get(deps.target);
  const drafts = [...deps.libraries].flatMap(([key, library]) => draftOf(key, library, assets?.get(key)));
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
  const isUndescribed = packages.length > 0 && assets === undefined;
  const message =
    "The target that this program runs on is not described, so which packages are loaded is not known. All were read.";
  const notices = isUndescribed ? [noticeAt({ file: text, start: 0, end: 0 }, "unresolved", message)] : [];
  return { manifests: [manifest], problems: [...endOfJson(deps.cursor), ...notices] };
}

/** Nothing if the key has no name or no version. */
function draftOf(key: string, { at, type, integrity }: Library, asset: Asset | undefined): readonly DraftPackage[] {
  const slash = key.indexOf("/");
  const name = key.slice(0, slash);
  const version = key.slice(slash + 1);
  if (slash <= 0 || version === "") return [];
  const isLoaded = !asset || asset.isLoaded || type === "project";
  const runtime = /^runtimepack\.(Microsoft\.(?:NETCore|AspNetCore|WindowsDesktop)\.App)\.Runtime\.(.+)$/i.exec(name);
  const use: PackageUse = {
    ecosystem: runtime ? ".NET" : "NuGet",
    name: runtime?.[1] ?? name,
    version,
    at: spanOf(at),
    relation: type === "project" ? "workspace" : "unknown",
    isDevelopment: !isLoaded,
    ...(runtime ? { groups: ["self-contained", runtime[2] ?? ""] } : isLoaded ? {} : { groups: [compileOnly] }),
    ...(integrity === undefined ? {} : { integrity }),
  };
  return [{ use, keys: [key.toLowerCase()], wants: asset?.wants ?? [] }];
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
