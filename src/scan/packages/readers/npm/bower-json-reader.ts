/** bower.json: names that no registry of today knows, some with an address of a repository. */
import { valid } from "semver";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, readAsText } from "../../reading/manifest-text.ts";
import { isInstalled } from "./installed-path.ts";
import { npmSpecOf } from "./npm-spec.ts";
import { type Ask, readProjectFile } from "./project-file.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "bower.json",
    ecosystem: "Generic",
    matches: (path) => fileNameOf(path) === "bower.json" && !isInstalled(path),
    alone: "always",
    read: (file) => readAsText(file, readBower),
  },
];

function readBower(file: TextFile): PackagesRead {
  const { name, version, asks, problems } = readProjectFile(file);
  const packages = asks.filter(({ section }) => section === "dependencies" || section === "devDependencies").map(useOf);
  if (packages.length === 0) return { manifests: [], problems };
  const manifest: Manifest = {
    path: file.path,
    format: "bower.json",
    ecosystem: "Generic",
    ...(name === undefined ? {} : { root: { name, ...(version === undefined ? {} : { version }) } }),
    isLocked: false,
    packages,
  };
  return {
    manifests: [manifest],
    problems: [...problems, notLocked(file, "a lock file of npm or Yarn instead: Bower has none")],
  };
}

function useOf({ name, spec, section, whole, specAt }: Ask): PackageUse {
  const hash = spec.indexOf("#");
  const target = hash < 0 ? "" : spec.slice(0, hash);
  const range = spec.slice(hash + 1).trim();
  const asked = npmSpecOf(spec);
  const isDevelopment = section === "devDependencies";
  return {
    ecosystem: "Generic",
    // `jquery#~2.1` under another name.
    name: target !== "" && /^[\w.-]+$/.test(target) ? target : name,
    ...(valid(range) === null || asked.is === "elsewhere" ? {} : { version: range }),
    requirement: spec,
    at: spanOf(whole),
    versionAt: spanOf({ ...specAt, start: Math.min(specAt.end, specAt.start + hash + 1) }),
    relation: "direct",
    isDevelopment,
    ...(isDevelopment ? { groups: ["dev"] } : {}),
    ...(asked.is === "elsewhere" ? { source: asked.source } : {}),
  };
}
