/** `conaninfo.txt`: what a built package was built from. In Conan's cache the folders above it name the package itself. */
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { conanReference } from "./conan-reference.ts";
import { type ConanEntry, conanEntries } from "./conan-sections.ts";

const format = "conaninfo.txt";

const conaninfoReader: PackageReader = {
  format,
  ecosystem: "ConanCenter",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  read: (file) => readAsText(file, readInfo),
};

export const readers: readonly PackageReader[] = [conaninfoReader];

const inCache = /(?:^|\/)([^/]+)\/([^/]+)\/[^/]+\/[^/]+\/package\/[0-9a-f]+\/conaninfo\.txt$/;

function readInfo(file: TextFile): PackagesRead {
  const entries = conanEntries(file);
  const direct = new Set(
    entries.flatMap(({ section, text }) => (section === "requires" ? (conanReference(text)?.name ?? []) : [])),
  );
  const packages = entries.flatMap((entry) => (entry.section === "full_requires" ? useOf(entry, direct) : []));
  const [, name, version] = inCache.exec(file.path) ?? [];
  const at = spanOf({ file, start: 0, end: file.text.trimEnd().length });
  const root =
    name === undefined ? [] : [packageUse({ ecosystem: "ConanCenter", name, version, at, relation: "root" })];
  if (packages.length === 0 && root.length === 0) return { manifests: [], problems: [] };
  const about = { path: file.path, format, ecosystem: "ConanCenter", isLocked: true } as const;
  return {
    manifests: [manifestOf({ ...about, root: { name, version }, packages: [...root, ...packages] })],
    problems: [],
  };
}

function useOf({ text, at }: ConanEntry, direct: ReadonlySet<string>) {
  const reference = conanReference(text);
  if (!reference) return [];
  const { name, version, revision } = reference;
  const relation = direct.has(name) ? "direct" : "transitive";
  return [packageUse({ ecosystem: "ConanCenter", name, version, at: spanOf(at), relation, integrity: revision })];
}
