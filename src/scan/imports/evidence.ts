/**
 * What imports tell about the use of packages: each manifest is for the source files below its folder, down to the next
 * manifest of its kind. That nothing imports a package proves nothing: frameworks load by name, and generated code is not here.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { FileImports } from "#model/file-imports.ts";
import type { Reachability } from "#model/package-finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { UseEvidence } from "../package-judge.ts";
import { folderOf } from "../packages/paths.ts";
import type { ImportLanguage } from "./import-language.ts";
import { importedNames } from "./imported-names.ts";
import { importLanguages } from "./languages.generated.ts";
import { isTestPath } from "./test-path.ts";

/** Where a name is imported: one place of several, of production code if there is any. */
interface Imported {
  readonly path: string;
  readonly isTest: boolean;
}

/** By name, and by each of its beginnings. */
type Names = Map<string, Imported>;

const deepestName = 12;

export function evidenceOf(files: readonly FileImports[], manifests: readonly Manifest[]): UseEvidence {
  const scopes = new Map<ImportLanguage, ReadonlyMap<string, Names>>();
  const directUse = new WeakMap<Manifest, ReadonlyMap<number, string>>();
  const namesFor = (manifest: Manifest): Names | undefined => {
    const language = importLanguages.find(({ ecosystems }) => ecosystems.includes(manifest.ecosystem));
    if (!language || !isImported(manifest)) return undefined;
    if (!scopes.has(language)) scopes.set(language, scopesOf(language, files, manifests));
    return scopes.get(language)?.get(folderOfCode(manifest));
  };
  return {
    reachabilityOf(manifest, position) {
      const names = namesFor(manifest);
      const one = manifest.packages[position];
      if (!names || !one) return { is: "unknown" };
      const own = useOf(names, one.ecosystem, one.name);
      if (own.is === "imported" || one.relation !== "transitive") return own;
      const through = directUse.get(manifest) ?? leadingOf(manifest, names);
      directUse.set(manifest, through);
      const direct = through.get(position);
      if (direct === undefined) return own;
      const { is, example } = useOf(names, one.ecosystem, direct);
      return { is, through: direct, ...(example !== undefined && { example }) };
    },
    importsPart: (manifest, part) => namesFor(manifest)?.has(part),
  };
}

function useOf(names: Names, ecosystem: Ecosystem, name: string): Reachability {
  const found = importedNames(ecosystem, name).flatMap((one) => names.get(caseOf(ecosystem, one)) ?? []);
  const best = found.find(({ isTest }) => !isTest) ?? found[0];
  if (!best) return { is: "not-imported" };
  return { is: best.isTest ? "imported-by-tests" : "imported", example: best.path };
}

function caseOf(ecosystem: Ecosystem, name: string): string {
  return ecosystem === "NuGet" ? name.toLowerCase() : name;
}

/** What LibMan brings pages load by a tag: that no script imports it says nothing. */
function isImported({ format }: Manifest): boolean {
  return format !== "libman.json";
}

/** Rush keeps the lock file of all projects apart from them. */
function folderOfCode({ path }: Manifest): string {
  return folderOf(path).replace(/(?:^|\/)common\/config\/rush$/, "");
}

/** Names by the folder of the manifest that the file is for. */
function scopesOf(
  language: ImportLanguage,
  files: readonly FileImports[],
  manifests: readonly Manifest[],
): ReadonlyMap<string, Names> {
  const scopes = new Map<string, Names>();
  const governing = new Map<string, string | undefined>();
  // Settings of a package manager name no packages, and a project of Paket only its runtime: code below is for the manifest above.
  const folders = new Set(
    manifests
      .filter((manifest) => isImported(manifest) && language.ecosystems.includes(manifest.ecosystem))
      .filter(({ packages }) => packages.some(({ ecosystem }) => language.ecosystems.includes(ecosystem)))
      .map(folderOfCode),
  );
  const prefix = `${language.name}:`;
  for (const { path, names } of files) {
    if (!names[0]?.startsWith(prefix)) continue;
    const folder = governingFolder(folderOf(path), folders, governing);
    if (folder === undefined) continue;
    const known = scopes.get(folder) ?? new Map<string, Imported>();
    scopes.set(folder, known);
    const isTest = isTestPath(path);
    for (const name of names)
      addName(known, caseOf(language.ecosystems[0] ?? "npm", name.slice(prefix.length)), language, { path, isTest });
  }
  return scopes;
}

function governingFolder(
  folder: string,
  folders: ReadonlySet<string>,
  known: Map<string, string | undefined>,
): string | undefined {
  const asked: string[] = [];
  let at = folder;
  let answer: string | undefined;
  for (;;) {
    if (known.has(at)) answer = known.get(at);
    else if (folders.has(at)) answer = at;
    else if (at !== "") {
      asked.push(at);
      at = folderOf(at);
      continue;
    }
    break;
  }
  for (const one of asked) known.set(one, answer);
  return answer;
}

function addName(names: Names, name: string, { separator }: ImportLanguage, place: Imported): void {
  let end = name.length;
  for (let depth = 0; end > 0 && depth < deepestName; depth += 1) {
    const part = name.slice(0, end);
    const before = names.get(part);
    if (!before || (before.isTest && !place.isTest)) names.set(part, place);
    end = name.lastIndexOf(separator, end - 1);
  }
}

/** For each position that an imported direct dependency leads to, the name of that dependency; each is visited once. */
function leadingOf({ packages }: Manifest, names: Names): ReadonlyMap<number, string> {
  const leading = new Map<number, string>();
  const direct = packages.flatMap(({ relation, ecosystem, name }, position) => {
    const use = relation === "direct" ? useOf(names, ecosystem, name).is : "unknown";
    return use === "imported" || use === "imported-by-tests" ? [{ position, name, isTest: use !== "imported" }] : [];
  });
  // Production code first: what it leads to is not only used by tests.
  for (const { position, name } of direct.sort((a, b) => Number(a.isTest) - Number(b.isTest))) {
    const waiting = [position];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const next of packages[at]?.dependsOn ?? []) {
        if (leading.has(next) || !packages[next]) continue;
        leading.set(next, name);
        waiting.push(next);
      }
    }
  }
  return leading;
}
