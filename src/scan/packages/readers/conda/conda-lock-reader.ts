/** `conda-lock.yml`: every package for every platform, of conda and of pip, each once with all its places. */
import { packageKey } from "#model/package-key.ts";
import type { Feed, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { problemAt, readAsText, textBeside } from "../../reading/manifest-text.ts";
import { joinedPackage, samePackages } from "../../reading/merged-packages.ts";
import { packageUse } from "../../reading/package-use.ts";
import { readCondaEnvironment } from "../pypi/conda-environment-reader.ts";
import { isDevelopmentName } from "../pypi/python-package.ts";
import { type LockItem, lockItems } from "./lock-items.ts";

const format = "conda-lock.yml";

export const readers: readonly PackageReader[] = [
  {
    format,
    ecosystem: "Conda",
    matches: (path) =>
      /conda-lock\.ya?ml$/.test(path.slice(-20)) && /(?:^|\/)(?:[^/]+\.)?conda-lock\.ya?ml$/.test(path),
    alone: "always",
    claims: environmentsBeside,
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

/** The file that it was made from. */
function environmentsBeside(path: string): readonly string[] {
  const folder = folderOf(path);
  return ["environment.yml", "environment.yaml"].map((name) => (folder === "" ? name : `${folder}/${name}`));
}

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const { items, isThere } = lockItems(file, "package");
  if (!isThere) {
    const message = "This is no conda-lock.yml: a list 'package' was expected. Nothing was read from it.";
    return {
      manifests: [],
      problems: file.text.trim() === "" ? [] : [problemAt({ file, start: 0, end: 0 }, "syntax", message)],
    };
  }
  const beside = environmentsBeside(file.path).flatMap((path) => files.get(path) ?? [])[0];
  const { text: environment, problems: unread } = textBeside(beside);
  const made = environment && readCondaEnvironment(environment);
  const asked = made?.manifests[0];
  const direct = asked && new Map(asked.packages.map((use) => [keyOf(use), use]));
  const feeds: readonly Feed[] = asked?.feeds ?? [];
  const packages = joined(items.flatMap((item) => drafted(file, item, direct) ?? []));
  const root = asked?.root;
  return {
    manifests: [
      {
        path: file.path,
        format,
        ecosystem: "Conda",
        ...(root && { root }),
        isLocked: true,
        packages,
        ...(feeds.length > 0 && { feeds }),
      },
    ],
    problems: [...unread, ...(made?.problems ?? []).filter(({ isNotice }) => !isNotice)],
  };
}

function keyOf({ ecosystem, name }: Pick<PackageUse, "ecosystem" | "name">): string {
  return `${ecosystem} ${packageKey(ecosystem, name)}`;
}

interface Draft {
  readonly use: PackageUse;
  readonly wants: readonly string[];
}

function drafted(
  file: TextFile,
  item: LockItem,
  direct: ReadonlyMap<string, PackageUse> | undefined,
): Draft | undefined {
  const word = (key: string) => item.fields.get(key)?.value;
  const name = word("name");
  if (name === undefined) return undefined;
  const ecosystem = word("manager") === "pip" ? "PyPI" : "Conda";
  const category = word("category") ?? "main";
  const reference = direct?.get(keyOf({ ecosystem, name }));
  const relation = reference ? "direct" : direct ? "transitive" : "unknown";
  const use = packageUse({
    ecosystem,
    name,
    version: word("version"),
    requirement: reference?.requirement,
    at: spanOf({ file, start: item.start, end: item.end }),
    alsoAt: reference && [reference.at],
    relation,
    isDevelopment: category !== "main" && isDevelopmentName(category),
    groups: category === "main" ? [] : [category],
  });
  return { use, wants: (item.below.get("dependencies") ?? []).map((one) => packageKey(ecosystem, one)) };
}

/** No lock file has more platforms. */
const mostPlaces = 200;

/** The same version for several platforms is one package. Who needs whom is told by names, of either manager. */
function joined(drafts: readonly Draft[]): readonly PackageUse[] {
  const groups = samePackages(drafts.map(({ use }) => use));
  const byName = new Map<string, number>();
  for (const [position, members] of groups.entries()) {
    for (const member of members) {
      const use = drafts[member]?.use;
      if (use) byName.set(packageKey(use.ecosystem, use.name), position);
    }
  }
  return groups.flatMap((members): readonly PackageUse[] => {
    const [first, ...others] = members.flatMap((member) => drafts[member]?.use ?? []);
    if (!first) return [];
    const wants = new Set(members.flatMap((member) => drafts[member]?.wants ?? []));
    const dependsOn = [...wants].flatMap((want) => byName.get(want) ?? []);
    const use = joinedPackage([first, ...others]);
    // The place in the environment is one, however many platforms there are.
    const places = new Map(
      (use.alsoAt ?? []).slice(0, mostPlaces).map((at) => [`${at.path}:${at.startLine}:${at.startColumn}`, at]),
    );
    return [{ ...use, ...(places.size > 0 && { alsoAt: [...places.values()] }), dependsOn: [...new Set(dependsOn)] }];
  });
}
