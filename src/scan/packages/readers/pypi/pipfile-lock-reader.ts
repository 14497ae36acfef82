/** `Pipfile.lock`: categories of packages with their versions; the `Pipfile` beside it says what was asked for. */
import { packageKey } from "#model/package-key.ts";
import type { PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { type JsonObject, listOf, objectOf, wordOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { brokenAt, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { type AskedFor, askedFor } from "./asked-for.ts";
import { readPipfile } from "./pipfile.ts";
import { beside, brokenProjects } from "./project-beside.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "Pipfile.lock",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)Pipfile\.lock$/.test(path),
    alone: "always",
    claims: (path) => [beside(path, "Pipfile")],
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const pipfile = textFileOf(files.get(beside(file.path, "Pipfile")));
  const project = pipfile && readPipfile(pipfile);
  const asked = project && askedFor(project.packages);
  const problems: Problem[] = [];
  const note = (trouble: { readonly at: number; readonly expected: string } | undefined): void => {
    if (trouble && problems.length === 0) problems.push(brokenAt(file, "Pipfile.lock", trouble));
  };
  const { slices, trouble } = slicesOf(file.text, file.text.charCodeAt(0) === 0xfeff ? 1 : 0);
  if (slices.length === 0 && !trouble && !/^\s*\{\s*\}\s*$/.test(file.text.slice(0, 1000)) && file.text.trim() !== "")
    note({ at: 0, expected: "an object" });
  const indexes = indexesIn(file, slices);
  const packages = slices.flatMap((category) => {
    if (category.key === "_meta") return [];
    const inner = slicesOf(file.text, category.start, category.end);
    note(inner.trouble ?? brokenAmong(file.text, inner.slices));
    return inner.slices.flatMap((slice) => packageIn(file, slice, category.key, indexes) ?? []);
  });
  note(trouble);
  const known = merged(packages).map((use) => withProject(use, asked));
  return {
    manifests: [
      {
        path: file.path,
        format: "Pipfile.lock",
        ecosystem: "PyPI",
        isLocked: true,
        packages: known,
        ...(project && project.feeds.length > 0 && { feeds: project.feeds }),
      },
    ],
    problems: [...problems, ...brokenProjects(files)],
  };
}

type Indexes = ReadonlyMap<string, string>;

/** The addresses of the indexes, by their names. */
function indexesIn(file: TextFile, slices: readonly JsonSlice[]): Indexes {
  const meta = slices.find(({ key }) => key === "_meta");
  const { sources } = objectOf(meta && jsonValue(file.text.slice(meta.start, meta.end))) ?? {};
  return new Map(
    listOf(sources).flatMap((source) => {
      const [name, url] = [wordOf(objectOf(source)?.name), wordOf(objectOf(source)?.url)];
      return name === undefined || url === undefined ? [] : [[name, url.replace(/^(https?:\/\/)[^/@]*@/i, "$1")]];
    }),
  );
}

function packageIn(file: TextFile, slice: JsonSlice, category: string, indexes: Indexes): PackageUse | undefined {
  const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
  if (!entry || slice.key === "") return undefined;
  const written = wordOf(entry.version);
  const version = written === undefined ? undefined : /^===?\s*([^\s,;*]+)$/.exec(written)?.[1];
  const source = sourceIn(entry);
  const registry = source ? undefined : indexes.get(wordOf(entry.index) ?? "");
  const at = placeOfSlice(file, slice);
  const hashes = listOf(entry.hashes).flatMap((hash) => wordOf(hash) ?? []);
  const [onlyHash] = hashes.length === 1 ? hashes : [];
  const versionStart =
    version === undefined || written === undefined ? -1 : file.text.indexOf(`"${written}"`, slice.start);
  const start = versionStart + 1 + (written?.length ?? 0) - (version?.length ?? 0);
  return {
    ecosystem: "PyPI",
    name: slice.key,
    ...(version === undefined ? {} : { version }),
    ...(written === undefined || version !== undefined ? {} : { requirement: written }),
    at: spanOf(at),
    ...(version !== undefined && versionStart >= 0 && versionStart < slice.end
      ? { versionAt: spanOf({ file, start, end: start + version.length }) }
      : {}),
    relation: "unknown",
    isDevelopment: category !== "default",
    groups: [category],
    ...(source ? { source } : {}),
    ...(registry === undefined ? {} : { registry }),
    ...(onlyHash === undefined ? {} : { integrity: onlyHash }),
  };
}

function sourceIn(entry: JsonObject): PackageSource | undefined {
  const word = (key: string) => wordOf(entry[key]);
  const git = word("git") ?? word("hg") ?? word("svn") ?? word("bzr");
  const commit = word("ref");
  if (git !== undefined) return { is: "git", url: git, ...(commit === undefined ? {} : { commit }) };
  const path = word("path");
  if (path !== undefined) return { is: "path", path };
  const file = word("file");
  if (file === undefined) return undefined;
  return file.includes("://") ? { is: "archive", url: file } : { is: "path", path: file };
}

function withProject(use: PackageUse, asked: AskedFor | undefined): PackageUse {
  if (!asked) return use;
  const mentions = asked.byName.get(packageKey("PyPI", use.name)) ?? [];
  const relation: Relation = mentions.length > 0 ? "direct" : "transitive";
  const alsoAt = [...(use.alsoAt ?? []), ...mentions.slice(0, 20).flatMap(({ at }) => at ?? [])];
  return { ...use, relation, ...(alsoAt.length > 0 ? { alsoAt } : {}) };
}
