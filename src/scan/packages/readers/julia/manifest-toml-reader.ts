/** `Manifest.toml` of Julia in its two forms, with the `Project.toml` beside it for what is asked for. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { problemOfFormat, readAsText, textByHand } from "../../reading/manifest-text.ts";
import { membersOf, unquoted, wordIn, wordsIn } from "../../reading/node-fields.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { type JuliaWant, juliaProject, placeOfTable } from "./julia-files.ts";

const format = "Manifest.toml";

const manifestReader: PackageReader = {
  format,
  ecosystem: "Julia",
  matches: (path) => /^(?:Julia)?Manifest(?:-v\d+\.\d+)?\.toml$/.test(fileNameOf(path)),
  alone: "always",
  claims: (path, paths) => projectsBeside(path).filter((one) => paths.has(one)),
  read: (file, files) => readAsText(file, (text) => readManifest(text, files)),
};

export const readers: readonly PackageReader[] = [manifestReader];

function projectsBeside(path: string): readonly string[] {
  return ["Project.toml", "JuliaProject.toml"].flatMap((name) => joinPath(folderOf(path), name) ?? []);
}

function readManifest(file: TextFile, files: UnitFiles): PackagesRead {
  const { node, problems } = readToml(file);
  const beside = projectsBeside(file.path).flatMap((path) => textByHand(files.get(path)) ?? [])[0];
  const project = beside && juliaProject(beside);
  const asked = project && new Map(project.wants.map((want) => [want.member.name, want]));
  const julia = wordIn(child(node, "julia_version"));
  // The first form has the packages at the top of the file.
  const tables = child(node, "manifest_format") ? child(node, "deps") : node;
  const drafts = membersOf(tables).flatMap(({ name, value }) =>
    value.is === "list" ? value.items.flatMap((item) => draftOf(name, item, { asked, julia }) ?? []) : [],
  );
  const manifest = manifestOf({
    path: file.path,
    format,
    ecosystem: "Julia",
    root: project && { name: project.name, version: project.version },
    isLocked: true,
    packages: linked(drafts),
  });
  return { manifests: [manifest], problems: problems.map(problemOfFormat) };
}

interface About {
  readonly asked: ReadonlyMap<string, JuliaWant> | undefined;
  readonly julia: string | undefined;
}

function draftOf(name: string, item: Node, { asked, julia }: About): DraftPackage | undefined {
  const uuid = wordIn(child(item, "uuid"));
  if (item.is !== "block" || uuid === undefined) return undefined;
  const version = child(item, "version");
  const want = asked?.get(name);
  const use: PackageUse = packageUse({
    ecosystem: "Julia",
    name,
    version: wordIn(version),
    // What has no version of its own belongs to Julia.
    requirement: version ? want?.requirement : julia,
    at: spanOf(placeOfTable(item)),
    alsoAt: want && [spanOf(want.member.whole)],
    versionAt: version && spanOf(unquoted(version.at)),
    relation: asked ? (want ? "direct" : "transitive") : "unknown",
    groups: version ? [] : ["stdlib"],
    source: sourceOf(item),
    integrity: wordIn(child(item, "git-tree-sha1")),
  });
  return { use, keys: [name, uuid], wants: wantsOf(child(item, "deps")) };
}

/** Names, or names with the UUIDs that tell namesakes apart. */
function wantsOf(node: Node | undefined): readonly string[] {
  if (node?.is === "block") return membersOf(node).flatMap(({ value }) => wordIn(value) ?? []);
  return itemsOf(node).flatMap(wordsIn);
}

function sourceOf(item: Node): PackageSource | undefined {
  const [path, url, commit] = ["path", "repo-url", "repo-rev"].map((key) => wordIn(child(item, key)));
  if (url !== undefined) return { is: "git", url, ...(commit !== undefined && { commit }) };
  return path === undefined ? undefined : { is: "path", path };
}
