/** `mix.lock` of Elixir with the `mix.exs` beside it, and `mix.exs` alone. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { type DraftPackage, linked, reachedFrom } from "../../reading/linked-packages.ts";
import { notLocked, problemAt, readAsText, readByHand, textByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { itemsIn, type Term, termAt, textIn } from "./beam-terms.ts";
import { innerSum } from "./inner-sum.ts";
import { isDevelopmentOnly, type MixDependency, mixDependencies } from "./mix-exs.ts";

const mixLockReader: PackageReader = {
  format: "mix.lock",
  ecosystem: "Hex",
  matches: (path) => fileNameOf(path) === "mix.lock",
  alone: "always",
  // Applications of an umbrella share its lock file.
  claims: (path, paths) =>
    paths.under(folderOf(path), "mix.exs").filter((one) => paths.nearest(folderOf(one), "mix.lock") === path),
  read: (file, files) => readAsText(file, (text) => readLock(text, files)),
};

const mixExsReader: PackageReader = {
  format: "mix.exs",
  ecosystem: "Hex",
  matches: (path) => fileNameOf(path) === "mix.exs",
  alone: "unless-claimed",
  read: (file) => readByHand(file, readMixExs),
};

export const readers: readonly PackageReader[] = [mixLockReader, mixExsReader];

/** After so many broken entries the rest is given up: it is no lock file. */
const mostBroken = 200;

const entry = /^[ \t]*"([^"\n]+)"[ \t]*(?::|=>)[ \t]*(?=\{)/gm;

function readLock(file: TextFile, files: UnitFiles): PackagesRead {
  const sources = files.paths.flatMap((path) =>
    fileNameOf(path) === "mix.exs" ? (textByHand(files.get(path)) ?? []) : [],
  );
  const asked = sources.flatMap(mixDependencies);
  const byName = Map.groupBy(asked, ({ name }) => name);
  const drafts: DraftPackage[] = [];
  const problems: Problem[] = [];
  let broken = 0;
  for (const { index, 0: whole, 1: key = "" } of file.text.matchAll(entry)) {
    const term = termAt(file.text, index + whole.length, "#");
    const draft = term && draftOf(file, { key, start: index + whole.indexOf('"'), term }, byName);
    const place = { file, start: index, end: index + whole.length };
    if (draft) drafts.push(draft);
    else if (++broken > mostBroken) break;
    else if (problems.length === 0) problems.push(problemAt(place, "syntax", notUnderstood));
  }
  const isLock = /^\s*%\{/.test(file.text);
  if (!isLock && file.text.trim() !== "") {
    const message = 'This is no mix.lock: "%{" was expected at its beginning.';
    problems.push(problemAt({ file, start: 0, end: 0 }, "syntax", message));
  }
  const packages = withDevelopment(linked(drafts), byName);
  const manifest = { path: file.path, format: "mix.lock", ecosystem: "Hex", isLocked: true, packages } as const;
  return { manifests: isLock ? [manifest] : [], problems };
}

const notUnderstood =
  "Here a locked package of Hex or git was expected. This entry was left out, the others were read.";

interface Entry {
  readonly key: string;
  readonly start: number;
  readonly term: Term;
}

type Asked = ReadonlyMap<string, readonly MixDependency[]>;

/** `{:hex, :name, "1.0.0", "inner", [:mix], [dependencies], "hexpm", "outer"}` or `{:git, "url", "commit", []}`. */
function draftOf(file: TextFile, { key, start, term }: Entry, asked: Asked): DraftPackage | undefined {
  const [kind, first, second, inner, , dependencies, , outer] = itemsIn(term);
  const isHex = textIn(kind) === "hex";
  const [one, two] = [textIn(first), textIn(second)];
  if (one === undefined || two === undefined || (!isHex && textIn(kind) !== "git")) return undefined;
  const name = isHex ? one : key;
  const requests = asked.get(name) ?? asked.get(key) ?? [];
  const source: PackageSource | undefined = isHex ? undefined : { is: "git", url: one, commit: two };
  const use = packageUse({
    ecosystem: "Hex",
    name,
    version: isHex ? two : undefined,
    requirement: requests.find(({ requirement }) => requirement !== undefined)?.requirement,
    at: spanOf({ file, start, end: term.end }),
    alsoAt: requests.map(({ at }) => spanOf(at)),
    versionAt: isHex && second ? spanOf({ file, start: second.start, end: second.end }) : undefined,
    relation: asked.size === 0 ? "unknown" : requests.length > 0 ? "direct" : "transitive",
    groups: [...new Set(requests.flatMap(({ environments }) => environments))],
    source,
    integrity: isHex ? (textIn(outer) ?? innerSum(textIn(inner))) : undefined,
  });
  const wants = itemsIn(dependencies).flatMap((dependency) => textIn(itemsIn(dependency)[0]) ?? []);
  return { use, keys: [key, name], wants };
}

function withDevelopment(packages: readonly PackageUse[], asked: Asked): readonly PackageUse[] {
  if (asked.size === 0) return packages;
  const starts = packages.flatMap(({ relation, groups }, at) =>
    relation === "direct" && !isDevelopmentOnly(groups ?? []) ? [at] : [],
  );
  const needed = reachedFrom(packages, starts);
  return packages.map((use, position) => ({ ...use, isDevelopment: !needed.has(position) }));
}

function readMixExs(file: TextFile): PackagesRead {
  const packages = mixDependencies(file).map(({ name, requirement, requirementAt, source, environments, at }) =>
    packageUse({
      ecosystem: "Hex",
      name,
      version: /^(?:==\s*)?(\d+\.\d+\.\d+[\w.+-]*)$/.exec(requirement ?? "")?.[1],
      requirement,
      at: spanOf(at),
      versionAt: requirementAt && spanOf(requirementAt),
      relation: "direct",
      isDevelopment: isDevelopmentOnly(environments),
      groups: environments,
      source,
    }),
  );
  if (packages.length === 0) return { manifests: [], problems: [] };
  const manifest = { path: file.path, format: "mix.exs", ecosystem: "Hex", isLocked: false, packages } as const;
  return { manifests: [manifest], problems: [notLocked(file, "mix.lock")] };
}
