/** `libs.versions.toml` (and other catalogues beside it): all that build files can take from it. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { notLocked, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { exactMavenVersion } from "./maven-version.ts";
import { type CatalogEntry, readVersionCatalog } from "./version-catalog.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "libs.versions.toml",
    ecosystem: "Maven",
    matches: (path) => path.endsWith(".versions.toml"),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
  {
    format: "named version catalogue",
    ecosystem: "Maven",
    matches: (path) => path.endsWith(".toml") && namedCatalog.test(path),
    alone: "never",
    read: () => nothingRead,
  },
];

/** Names under which settings look for a catalogue elsewhere; only who names the file knows what it is. */
const namedCatalog =
  /(?:^|\/)(?:gradle\/[^/]+|[^/]*(?:catalog|versions|libs|libraries|deps|dependencies|dependency|plugins|tools)[^/]*)\.toml$/i;

function read(file: TextFile): PackagesRead {
  const { libraries, plugins, problems } = readVersionCatalog(file);
  const packages = [
    ...[...libraries.values()].map((entry) => catalogPackage(entry)),
    ...[...plugins.values()].map((entry) => ({ ...catalogPackage(entry), isDevelopment: true, groups: ["plugin"] })),
  ];
  return {
    manifests: [
      {
        path: file.path,
        format: "libs.versions.toml",
        ecosystem: "Maven",
        isLocked: false,
        packages: merged(packages),
      },
    ],
    problems: [...problems.map(problemOfFormat), ...(packages.length > 0 ? [notLocked(file, "gradle.lockfile")] : [])],
  };
}

function catalogPackage({ name, version, versionAt, at }: CatalogEntry): PackageUse {
  const exact = version === undefined ? undefined : exactMavenVersion(version);
  return {
    ecosystem: "Maven",
    name,
    ...(exact === undefined ? {} : { version: exact }),
    ...(version === undefined || exact === version ? {} : { requirement: version }),
    at: spanOf(at),
    ...(versionAt && exact === version && exact !== undefined ? { versionAt: spanOf(versionAt) } : {}),
    relation: "direct",
    isDevelopment: false,
  };
}
