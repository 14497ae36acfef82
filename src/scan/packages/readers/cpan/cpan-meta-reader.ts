/** `META.json` and `META.yml` of Perl's CPAN: the distribution itself and what it asks for in which phase. */
import type { PackageUse } from "#model/package-manifest.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { noticeAt, problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { memberOf, membersOf, unquoted, wordIn, wordsIn } from "../../reading/node-fields.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";

const format = "META.json";

const metaReader: PackageReader = {
  format,
  ecosystem: "CPAN",
  matches: (path) => /^(?:MY)?META\.(?:json|yml)$/.test(fileNameOf(path)),
  alone: "always",
  read: (file) => readByHand(file, readMeta),
};

export const readers: readonly PackageReader[] = [metaReader];

/** Fields of the older form, and the phases that they became. */
const olderFields = [
  ["requires", "runtime"],
  ["recommends", "recommends"],
  ["build_requires", "build"],
  ["configure_requires", "configure"],
  ["test_requires", "test"],
] as const;

function readMeta(file: TextFile): PackagesRead {
  // JSON is YAML.
  const { documents, problems } = readYaml(file);
  const node = documents[0]?.node;
  const found = problems.map(problemOfFormat);
  const name = wordIn(child(node, "name"));
  const specification = wordIn(child(child(node, "meta-spec"), "url")) ?? "";
  // PostgreSQL's extensions have files of this name too.
  if (name === undefined || !node || specification.includes("pgxn")) return { manifests: [], problems: found };
  const version = child(node, "version");
  const at = spanOf(memberOf(node, "name")?.whole ?? node.at);
  const root = packageUse({
    ecosystem: "CPAN",
    name,
    version: wordIn(version),
    at,
    versionAt: version && spanOf(unquoted(version.at)),
    relation: "root",
    licenses: wordsIn(child(node, "license")),
  });
  const asked = [...phasesOf(node), ...olderFields.flatMap(([key, phase]) => usesIn(child(node, key), phase))];
  const about = { path: file.path, format, ecosystem: "CPAN", isLocked: false } as const;
  const notice = "META files say which modules are asked for, not which are installed.";
  return {
    manifests: [manifestOf({ ...about, root: { name, version: wordIn(version) }, packages: [root, ...asked] })],
    problems: asked.length > 0 ? [...found, noticeAt({ file, start: 0, end: 0 }, "not-locked", notice)] : found,
  };
}

function phasesOf(node: Node): readonly PackageUse[] {
  return membersOf(child(node, "prereqs")).flatMap(({ name: phase, value }) =>
    membersOf(value).flatMap(({ name: relationship, value: modules }) => {
      if (relationship === "conflicts") return [];
      return usesIn(modules, relationship === "requires" ? phase : `${phase} ${relationship}`);
    }),
  );
}

function usesIn(modules: Node | undefined, phase: string): readonly PackageUse[] {
  return membersOf(modules).flatMap(({ name, value, whole }) => {
    if (name === "perl") return [];
    const requirement = wordIn(value);
    return [
      packageUse({
        ecosystem: "CPAN",
        name,
        requirement: requirement === "0" ? undefined : requirement,
        at: spanOf(whole),
        relation: "direct",
        isDevelopment: !/^(?:runtime|recommends)/.test(phase),
        groups: phase === "runtime" ? [] : [phase],
      }),
    ];
  });
}
