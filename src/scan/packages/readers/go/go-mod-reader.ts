/**
 * `go.mod` with the workspace above it and the `go.sum` and `vendor/modules.txt` beside it. A replaced module is what
 * replaces it; excluded versions are not used; `stdlib` is the toolchain where one is named.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead, type UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { problemAt, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { type GoDirective, type GoWord, goDirectives } from "./go-directives.ts";
import { goSum } from "./go-sum.ts";
import { isToolchainVersion, namesAllModules, versionPlace, withoutV } from "./go-version.ts";
import { vendoredUse } from "./vendor-modules-reader.ts";
import { vendoredModules } from "./vendored-modules.ts";

const format = "go.mod";

const goModReader: PackageReader = {
  format,
  ecosystem: "Go",
  // Others than go.mod are for `go build -modfile`.
  matches: (path) => path.endsWith(".mod"),
  alone: "always",
  claims: (path, paths) => {
    const folder = folderOf(path);
    const workspace = paths.nearest(folder, "go.work");
    return [sumBeside(path), besideOf(path, "vendor/modules.txt"), ...(workspace ? [workspace] : [])].filter((one) =>
      paths.has(one),
    );
  },
  read: (file, files) => {
    const isNamedSo = fileNameOf(file.path) === "go.mod";
    // Sound files and compiled modules of Fortran have that ending too.
    if (!isNamedSo && !/^(?:module|go|require|replace)\b/m.test(file.text() ?? "")) return nothingRead;
    return readAsText(file, (text) => readGoMod(text, files));
  },
};

/** Completes the modules that it names; says nothing without them. */
const goWorkReader: PackageReader = {
  format: "go.work",
  ecosystem: "Go",
  matches: (path) => fileNameOf(path) === "go.work",
  alone: "never",
  read: () => nothingRead,
};

export const readers: readonly PackageReader[] = [goModReader, goWorkReader];

function sumBeside(path: string): string {
  return path.replace(/mod$/, "sum");
}

function besideOf(path: string, name: string): string {
  return joinPath(folderOf(path), name) ?? name;
}

interface Replacement {
  readonly at: GoDirective;
  readonly old: string;
  readonly oldVersion: string | undefined;
  readonly target: GoWord;
  readonly version: GoWord | undefined;
}

function readGoMod(file: TextFile, files: UnitFiles): PackagesRead {
  const { directives, trouble } = goDirectives(file);
  const workspace = workspaceOf(file, files);
  const all = (verb: string) => directives.filter((one) => one.verb === verb);
  const modulePath = all("module")[0];
  const replacements = replacementsOf([...workspace, ...directives]);
  const sum = textFileOf(files.get(sumBeside(file.path)));
  const hashes = new Map(
    (sum ? goSum(sum).entries : []).map(({ name, version, integrity }) => [`${name}@${version}`, integrity]),
  );
  const excluded = new Set(all("exclude").map(({ words }) => `${words[0]?.text} ${words[1]?.text}`));
  const tools = new Set(all("tool").flatMap(({ words }) => pathAndAbove(words[0]?.text ?? "")));
  const required = all("require").filter(
    ({ words }) => words.length >= 2 && !excluded.has(`${words[0]?.text} ${words[1]?.text}`),
  );
  const packages = required.map((one) => withHash(withTools(requiredUse(one, replacements), tools), hashes));
  const goVersion = all("go")[0]?.words[0]?.text;
  const rest = namesAllModules(goVersion) ? [] : unnamedModules(file, files, packages, replacements);
  const rootName = modulePath?.words[0]?.text;
  const manifest: Manifest = {
    path: file.path,
    format,
    ecosystem: "Go",
    ...(rootName !== undefined && { root: { name: rootName } }),
    isLocked: true,
    packages: [
      ...(modulePath && rootName !== undefined ? [rootUse(rootName, modulePath)] : []),
      ...packages,
      ...rest,
      ...stdlib(directives, workspace),
    ],
  };
  const problems: Problem[] = trouble ? [problemAt(trouble, "syntax", notUnderstood)] : [];
  return { manifests: [manifest], problems };
}

const notUnderstood =
  "Here a directive of go.mod was expected: module, go, toolchain, require, replace, exclude, retract or tool. The other lines were read.";

function workspaceOf(file: TextFile, files: UnitFiles): readonly GoDirective[] {
  const path = files.paths.find((one) => fileNameOf(one) === "go.work");
  const text = path === undefined ? undefined : textFileOf(files.get(path));
  if (!text) return [];
  const { directives } = goDirectives(text);
  const used = directives.flatMap(({ verb, words }) =>
    verb === "use" ? words.map((word) => joinPath(folderOf(text.path), word.text)) : [],
  );
  return used.includes(folderOf(file.path)) ? directives : [];
}

type ReplacementsByName = ReadonlyMap<string, readonly Replacement[]>;

function replacementFor(name: string, version: string, replacements: ReplacementsByName): Replacement | undefined {
  const own = replacements.get(name) ?? [];
  return own.find(({ oldVersion }) => oldVersion === version) ?? own.find(({ oldVersion }) => oldVersion === undefined);
}

/** Those of the workspace come first and win. */
function replacementsOf(directives: readonly GoDirective[]): ReplacementsByName {
  const found = new Map<string, Replacement[]>();
  for (const at of directives) {
    if (at.verb !== "replace") continue;
    const arrow = at.words.findIndex(({ text }) => text === "=>");
    const [old, oldVersion] = at.words;
    const target = at.words[arrow + 1];
    if (arrow < 1 || !old || !target) continue;
    const replacement: Replacement = {
      at,
      old: old.text,
      oldVersion: arrow > 1 ? oldVersion?.text : undefined,
      target,
      version: at.words[arrow + 2],
    };
    const known = found.get(old.text);
    if (known) known.push(replacement);
    else found.set(old.text, [replacement]);
  }
  return found;
}

function requiredUse(one: GoDirective, replacements: ReplacementsByName): PackageUse {
  const [name, version] = one.words as readonly [GoWord, GoWord];
  const replacement = replacementFor(name.text, version.text, replacements);
  const plain: PackageUse = {
    ecosystem: "Go",
    name: name.text,
    version: withoutV(version.text),
    at: spanOf(one.at),
    versionAt: spanOf(versionPlace(version)),
    relation: /^indirect\b/.test(one.comment) ? "transitive" : "direct",
    isDevelopment: false,
  };
  return replacement ? replacedUse(plain, replacement) : plain;
}

function replacedUse(plain: PackageUse, { at, target, version }: Replacement): PackageUse {
  const { version: asked, versionAt: _, ...rest } = plain;
  const where = { at: spanOf(at.at), alsoAt: [plain.at], ...(asked !== undefined && { requirement: asked }) };
  if (!version) return { ...rest, ...where, source: { is: "path", path: target.text } };
  return {
    ...rest,
    ...where,
    name: target.text,
    version: withoutV(version.text),
    versionAt: spanOf(versionPlace(version)),
  };
}

function withHash(use: PackageUse, hashes: ReadonlyMap<string, string | undefined>): PackageUse {
  const integrity = hashes.get(`${use.name}@${use.version}`);
  return integrity === undefined ? use : { ...use, integrity };
}

/** A tool is a package in a module: the module's path is where its own begins. */
function pathAndAbove(path: string): readonly string[] {
  const parts = path.slice(0, 1000).split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** A tool is asked for by the project, also where no code imports it. */
function withTools(use: PackageUse, tools: ReadonlySet<string>): PackageUse {
  return tools.has(use.name) ? { ...use, relation: "direct", groups: ["tool"] } : use;
}

/** Before Go 1.17 `go.mod` names only part of the build: the rest stands in the vendor folder's list, or in `go.sum`. */
function unnamedModules(
  file: TextFile,
  files: UnitFiles,
  named: readonly PackageUse[],
  replacements: ReplacementsByName,
): readonly PackageUse[] {
  const names = new Set(named.map(({ name }) => name));
  const vendored = textFileOf(files.get(besideOf(file.path, "vendor/modules.txt")));
  if (vendored)
    return vendoredModules(vendored)
      .filter(({ name }) => !names.has(name))
      .map(vendoredUse);
  const sum = textFileOf(files.get(sumBeside(file.path)));
  if (!sum) return [];
  return goSum(sum).entries.flatMap(({ name, version, integrity, at }): PackageUse[] => {
    // What is replaced was looked at, and is in no build.
    if (integrity === undefined || names.has(name) || replacementFor(name, `v${version}`, replacements)) return [];
    const use = { ecosystem: "Go", name, version, at: spanOf(at), integrity } as const;
    return [{ ...use, relation: "transitive", isDevelopment: false }];
  });
}

function rootUse(name: string, { at }: GoDirective): PackageUse {
  return { ecosystem: "Go", name, at: spanOf(at), relation: "root", isDevelopment: false };
}

/** The workspace's toolchain builds all of its modules. */
function stdlib(directives: readonly GoDirective[], workspace: readonly GoDirective[]): readonly PackageUse[] {
  const toolchainOf = (some: readonly GoDirective[]) =>
    some.find(({ verb, words }) => verb === "toolchain" && /^go\d/.test(words[0]?.text ?? ""));
  const goOf = (some: readonly GoDirective[]) => some.find(({ verb }) => verb === "go");
  const decides = toolchainOf(workspace) ?? goOf(workspace) ?? toolchainOf(directives) ?? goOf(directives);
  const [word] = decides?.words ?? [];
  if (!decides || !word) return [];
  const text = word.text.replace(/^go/, "");
  // A name of its own may follow: go1.22.3-custom.
  const [version = ""] = text.split(/[-+]/);
  const place = { ...word.place, start: word.place.end - text.length };
  return [
    {
      ecosystem: "Go",
      name: "stdlib",
      ...(isToolchainVersion(version) ? { version } : { requirement: version }),
      at: spanOf(decides.at),
      versionAt: spanOf({ ...place, end: place.start + version.length }),
      relation: "direct",
      isDevelopment: false,
    },
  ];
}
