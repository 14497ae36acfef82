/** A `composer.json` without its lock file: what is asked for. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { unquoted } from "../../reading/node-fields.ts";
import { type AskedPackage, askedIn } from "./asked-packages.ts";

const format = "composer.json";

const composerJsonReader: PackageReader = {
  format,
  ecosystem: "Packagist",
  matches: (path) => fileNameOf(path) === "composer.json",
  alone: "unless-claimed",
  read: (file) =>
    readByHand(file, (text) => {
      const { root, packages, problems } = askedIn(text);
      const found = problems.map(problemOfFormat);
      if (packages.length === 0) return { manifests: [], problems: found };
      return {
        manifests: [
          {
            path: file.path,
            format,
            ecosystem: "Packagist",
            ...(root && { root }),
            isLocked: false,
            packages: packages.map(useOf),
          },
        ],
        problems: [...found, notLocked(text, "composer.lock")],
      };
    }),
};

export const readers: readonly PackageReader[] = [composerJsonReader];

function useOf({ name, requirement, requirementAt, isDevelopment, at }: AskedPackage): PackageUse {
  const [, version] = /^=?\s*(v?\d+(?:\.\d+){2,3}(?:-[\w.]+)?)$/.exec(requirement) ?? [];
  return {
    ecosystem: "Packagist",
    name,
    ...(version !== undefined && { version }),
    requirement,
    at: spanOf(at),
    versionAt: spanOf(unquoted(requirementAt)),
    relation: "direct",
    isDevelopment,
    ...(isDevelopment && { groups: ["dev"] }),
  };
}
