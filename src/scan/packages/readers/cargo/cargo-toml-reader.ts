/** A `Cargo.toml` that no lock file covers: the crate and what it asks for. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { notLocked, problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { isManifest, manifestsAbove, readManifest } from "./cargo-files.ts";
import type { CargoManifest, CargoWant } from "./cargo-manifest.ts";

const format = "Cargo.toml";

const cargoTomlReader: PackageReader = {
  format,
  ecosystem: "crates.io",
  matches: isManifest,
  alone: "always",
  claims: (path, paths) => {
    const lock = paths.nearest(folderOf(path), "Cargo.lock");
    return [...manifestsAbove(path, paths), ...(lock ? [lock] : [])];
  },
  read: (file, files) => readByHand(file, (text) => readCargoToml(text, files)),
};

export const readers: readonly PackageReader[] = [cargoTomlReader];

function readCargoToml(file: TextFile, files: UnitFiles): PackagesRead {
  const manifest = readManifest(file, files);
  const problems = manifest.problems.map(problemOfFormat);
  // A lock file in the folder or above tells all that this one asks for; it says nothing of what cannot be read here.
  if (files.paths.some((path) => fileNameOf(path) === "Cargo.lock")) return { manifests: [], problems };
  const packages = [...rootOf(manifest), ...manifest.wants.map(useOf)];
  if (packages.length === 0) return { manifests: [], problems };
  const { crate, wants } = manifest;
  return {
    manifests: [
      {
        path: file.path,
        format,
        ecosystem: "crates.io",
        ...(crate && { root: { name: crate.name, ...(crate.version !== undefined && { version: crate.version }) } }),
        isLocked: false,
        packages,
      },
    ],
    problems: wants.length > 0 ? [...problems, notLocked(file, "Cargo.lock")] : problems,
  };
}

function rootOf({ crate }: CargoManifest): readonly PackageUse[] {
  if (!crate) return [];
  const { name, version, license, at } = crate;
  return [
    {
      ecosystem: "crates.io",
      name,
      ...(version !== undefined && { version }),
      at: spanOf(at),
      relation: "root",
      isDevelopment: false,
      ...(license !== undefined && { licenses: [license] }),
    },
  ];
}

function useOf({ name, requirement, requirementAt, source, section, isOptional, at }: CargoWant): PackageUse {
  const [, version] = /^=\s*(\d+\.\d+\.\d+[\w.+-]*)$/.exec(requirement ?? "") ?? [];
  const groups = [...(section === "normal" ? [] : [section]), ...(isOptional ? ["optional"] : [])];
  return {
    ecosystem: "crates.io",
    name,
    ...(version !== undefined && { version }),
    ...(requirement !== undefined && { requirement }),
    at: spanOf(at),
    ...(requirementAt && { versionAt: spanOf(requirementAt) }),
    relation: "direct",
    isDevelopment: section === "dev",
    ...(groups.length > 0 && { groups }),
    ...(source && { source }),
  };
}
