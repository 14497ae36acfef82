/** Where the files of a Cargo workspace lie. */
import type { TextFile } from "../../../formats/text-file.ts";
import type { RepositoryPaths, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { textByHand } from "../../reading/manifest-text.ts";
import { type CargoManifest, cargoManifest } from "./cargo-manifest.ts";

export function manifestBeside(path: string): string {
  return joinPath(folderOf(path), "Cargo.toml") ?? "Cargo.toml";
}

/** The `Cargo.toml` files in the folders above, the nearest first. */
export function manifestsAbove(path: string, paths: RepositoryPaths): readonly string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder !== ""; ) {
    const above = paths.nearest(folderOf(folder), "Cargo.toml");
    if (above === undefined) break;
    found.push(above);
    folder = folderOf(above);
  }
  return found;
}

/** Reads a manifest together with the workspace above it that it takes things from. */
export function readManifest(file: TextFile, files: UnitFiles): CargoManifest {
  const own = cargoManifest(file, undefined);
  if (own.isWorkspace) return own;
  for (let folder = folderOf(file.path); folder !== ""; ) {
    folder = folderOf(folder);
    const above = textByHand(files.get(joinPath(folder, "Cargo.toml") ?? ""));
    if (above && cargoManifest(above, undefined).isWorkspace) return cargoManifest(file, above);
  }
  return own;
}

export function isManifest(path: string): boolean {
  return fileNameOf(path) === "Cargo.toml";
}
