/** `environment.yml` of conda: its own packages, and those that pip is to install. */
import type { Feed, PackageUse } from "#model/package-manifest.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { notLocked, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { membersOf, unquoted, wordIn } from "../../reading/node-fields.ts";
import { packageOf } from "./python-package.ts";
import { isIncomplete, readRequirement } from "./python-requirement.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "environment.yml",
    ecosystem: "Conda",
    matches: (path) => /(?:^|\/)(?:[^/]*[-_.])?(?:environment|conda|conda[-_]env)(?:[-_.][^/]*)?\.ya?ml$/i.test(path),
    alone: "unless-claimed",
    read: (file) => readAsText(file, readCondaEnvironment),
  },
];

export function readCondaEnvironment(file: TextFile): PackagesRead {
  const { documents, problems } = readYaml(file);
  const root = documents.map(({ node }) => node).find((node) => child(node, "dependencies")?.is === "list");
  const dependencies = child(root, "dependencies");
  // Many other files are called so.
  if (dependencies?.is !== "list") return nothingRead;
  const packages = dependencies.items.flatMap((item) =>
    item.is === "block"
      ? membersOf(child(item, "pip") ? item : undefined).flatMap(({ value }) => pipPackages(value))
      : (condaPackage(item) ?? []),
  );
  const feeds = dependencies.items.flatMap((item) => itemsOf(child(item, "pip")).flatMap((one) => pipFeed(one) ?? []));
  const isLocked = packages.length > 0 && packages.every(({ version, source }) => version ?? source);
  const name = wordIn(child(root, "name"));
  return {
    manifests: [
      {
        path: file.path,
        format: "environment.yml",
        ecosystem: "Conda",
        ...(name ? { root: { name } } : {}),
        isLocked,
        packages: merged(packages),
        ...(feeds.length > 0 && { feeds }),
      },
    ],
    problems: [
      ...problems.map(problemOfFormat),
      ...(isLocked || packages.length === 0 ? [] : [notLocked(file, "conda-lock.yml or exact versions")]),
    ],
  };
}

function pipPackages(list: Node): readonly PackageUse[] {
  if (list.is !== "list") return [];
  return list.items.flatMap((item) => {
    const text = wordIn(item);
    const requirement = text === undefined || text.startsWith("-") ? undefined : readRequirement(text);
    if (!requirement || isIncomplete(requirement)) return [];
    const offset = unquoted(item.at).start;
    return [packageOf(requirement, { at: item.at, offset, relation: "direct", isDevelopment: false, groups: ["pip"] })];
  });
}

/** `--extra-index-url https://...` among the packages of pip. */
function pipFeed(item: Node): Feed | undefined {
  const [, option, written] = /^(-i|--(?:extra-)?index-url)(?:\s*=\s*|\s+)(\S+)$/.exec(wordIn(item) ?? "") ?? [];
  if (written === undefined) return undefined;
  const address = written.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
  return { address, ...(option === "--extra-index-url" && { isBesideOthers: true }), at: spanOf(item.at) };
}

/** `channel::name`, then a version: `=1.2` is any 1.2, `==1.2`, ` 1.2` and `=1.2=build` are that one. */
function condaPackage(item: Node): PackageUse | undefined {
  const text = wordIn(item);
  if (text === undefined || text.length > 1000) return undefined;
  const match = /^(?:([^\s:[\]]+)::)?([A-Za-z0-9_][\w.-]*)\s*(.*)$/s.exec(text);
  const [, channel, name, rest = ""] = match ?? [];
  if (name === undefined) return undefined;
  const requirement = rest.replace(/\[.*\]$/s, "").trim();
  const exact = /^(?:==\s*([^\s=,|*<>]+)(?:=\S+)?|=\s*([^\s=,|*<>]+)=[^\s=]+|([\d][^\s=,|*<>]*)(?:\s+\S+)?)$/.exec(
    requirement,
  );
  const version = exact?.[1] ?? exact?.[2] ?? exact?.[3];
  const { file, start, end } = unquoted(item.at);
  const at = version === undefined ? -1 : file.text.indexOf(version, start + text.length - rest.length);
  return {
    ecosystem: "Conda",
    name,
    ...(version === undefined ? {} : { version }),
    ...(requirement === "" ? {} : { requirement }),
    at: spanOf(item.at),
    ...(version !== undefined && at >= 0 && at < end
      ? { versionAt: spanOf({ file, start: at, end: at + version.length }) }
      : {}),
    relation: "direct",
    isDevelopment: false,
    ...(channel === undefined ? {} : { groups: [channel] }),
  };
}
