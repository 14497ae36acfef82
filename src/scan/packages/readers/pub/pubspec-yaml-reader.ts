/** A `pubspec.yaml` without its lock file: the package and what it asks for. */
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { type PubspecWant, pubspecOf } from "./pubspec.ts";

const format = "pubspec.yaml";

const pubspecReader: PackageReader = {
  format,
  ecosystem: "Pub",
  matches: (path) => fileNameOf(path) === format,
  alone: "unless-claimed",
  read: (file) =>
    readByHand(file, (text) => {
      const { name, version, nameAt, wants, problems } = pubspecOf(text);
      const at = nameAt && spanOf(nameAt);
      const root =
        name !== undefined && at ? [packageUse({ ecosystem: "Pub", name, version, at, relation: "root" })] : [];
      const packages = [...root, ...wants.map(useOf)];
      const found = problems.map(problemOfFormat);
      if (packages.length === 0) return { manifests: [], problems: found };
      return {
        manifests: [
          manifestOf({ path: file.path, format, ecosystem: "Pub", root: { name, version }, isLocked: false, packages }),
        ],
        problems: wants.length > 0 ? [...found, notLocked(text, "pubspec.lock")] : found,
      };
    }),
};

export const readers: readonly PackageReader[] = [pubspecReader];

function useOf({ name, requirement, requirementAt, source, isDevelopment, isSdk, at }: PubspecWant) {
  return packageUse({
    ecosystem: "Pub",
    name,
    version: /^\d+\.\d+\.\d+[\w.+-]*$/.exec(requirement ?? "")?.[0],
    requirement,
    at: spanOf(at),
    versionAt: requirementAt && spanOf(requirementAt),
    relation: "direct",
    isDevelopment,
    groups: [...(isDevelopment ? ["dev"] : []), ...(isSdk ? ["sdk"] : [])],
    source,
  });
}
