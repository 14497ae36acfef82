/** `*.gemspec`: the gem itself and what it asks for, where nothing says what is installed. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { noticeAt, readByHand, textByHand } from "../../reading/manifest-text.ts";
import { exactVersion } from "./exact-version.ts";
import { constantIn, type Gemspec, gemspecOf, requiredFiles } from "./gemspec.ts";

const format = "*.gemspec";

const gemspecReader: PackageReader = {
  format,
  ecosystem: "RubyGems",
  matches: (path) => path.endsWith(".gemspec"),
  alone: "unless-claimed",
  pullsIn: (file) => {
    const text = textByHand(file);
    return text ? requiredFiles(text) : [];
  },
  read: (file, files) => readByHand(file, (text) => readGemspec(text, files)),
};

/** Holds the version that a gemspec names by a constant. */
const versionFileReader: PackageReader = {
  format: "version.rb",
  ecosystem: "RubyGems",
  matches: (path) => /version[^/]*\.rb$/i.test(path),
  alone: "never",
  read: () => ({ manifests: [], problems: [] }),
};

export const readers: readonly PackageReader[] = [gemspecReader, versionFileReader];

function readGemspec(file: TextFile, files: UnitFiles): PackagesRead {
  const spec = gemspecOf(file);
  const { name, dependencies } = spec;
  if (!name && dependencies.length === 0) return { manifests: [], problems: [] };
  const version = versionOf(file, spec, files);
  const root = rootOf(spec, version);
  const packages = dependencies.map(
    ({ name: wanted, requirement, isDevelopment, at }): PackageUse => ({
      ecosystem: "RubyGems",
      name: wanted,
      ...(exactVersion(requirement) !== undefined && { version: exactVersion(requirement) ?? "" }),
      ...(requirement !== undefined && { requirement }),
      at: spanOf(at),
      relation: "direct",
      isDevelopment,
      ...(isDevelopment && { groups: ["development"] }),
    }),
  );
  const notice =
    "A gemspec says what a gem asks for, not which versions are installed. Commit Gemfile.lock for exact answers.";
  return {
    manifests: [
      {
        path: file.path,
        format,
        ecosystem: "RubyGems",
        ...(name && { root: { name: name.text, ...(version && { version: version.text }) } }),
        isLocked: false,
        packages: [...root, ...packages],
      },
    ],
    problems: packages.length > 0 ? [noticeAt({ file, start: 0, end: 0 }, "not-locked", notice)] : [],
  };
}

function versionOf(file: TextFile, spec: Gemspec, files: UnitFiles): Gemspec["version"] {
  const { version, versionConstant } = spec;
  if (version || versionConstant === undefined) return version;
  for (const path of [file.path, ...requiredFiles(file)]) {
    const text = path === file.path ? file : textByHand(files.get(path));
    const found = text && constantIn(text, versionConstant);
    if (found) return found;
  }
  return undefined;
}

function rootOf({ name, versionConstant, licenses }: Gemspec, version: Gemspec["version"]): readonly PackageUse[] {
  if (!name) return [];
  return [
    {
      ecosystem: "RubyGems",
      name: name.text,
      ...(version ? { version: version.text } : versionConstant !== undefined && { requirement: versionConstant }),
      at: spanOf(name.at),
      ...(version && { versionAt: spanOf(version.at) }),
      relation: "root",
      isDevelopment: false,
      ...(licenses.length > 0 && { licenses }),
    },
  ];
}
