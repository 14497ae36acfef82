/** A `Project.toml` of Julia without its `Manifest.toml`: what is asked for, with the versions that it says it is made for. */
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, readByHand } from "../../reading/manifest-text.ts";
import { unquoted } from "../../reading/node-fields.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { type JuliaWant, juliaProject } from "./julia-files.ts";

const format = "Project.toml";

const projectReader: PackageReader = {
  format,
  ecosystem: "Julia",
  matches: (path) => /^(?:Julia)?Project\.toml$/.test(fileNameOf(path)),
  alone: "unless-claimed",
  read: (file) =>
    readByHand(file, (text) => {
      const project = juliaProject(text);
      if (!project) return { manifests: [], problems: [] };
      const { name, version, wants } = project;
      const about = { path: file.path, format, ecosystem: "Julia", isLocked: false } as const;
      return {
        manifests: [manifestOf({ ...about, root: { name, version }, packages: wants.map(useOf) })],
        problems: [notLocked(text, "Manifest.toml")],
      };
    }),
};

export const readers: readonly PackageReader[] = [projectReader];

function useOf({ member, requirement, requirementAt, group, targets }: JuliaWant) {
  return packageUse({
    ecosystem: "Julia",
    name: member.name,
    version: /^=\s*(\d+\.\d+\.\d+)$/.exec(requirement ?? "")?.[1],
    requirement,
    at: spanOf(member.whole),
    versionAt: requirementAt && spanOf(unquoted(requirementAt)),
    relation: "direct",
    isDevelopment: group === "extra",
    groups: group === "weak" ? ["optional"] : targets,
  });
}
