/** `pubspec.lock` of Dart and Flutter, with the `pubspec.yaml` beside it for what is asked for. */
import type { PackageSource, PackageUse, Relation } from "#model/package-manifest.ts";
import { child, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { problemOfFormat, readAsText, textBeside } from "../../reading/manifest-text.ts";
import { membersOf, type NamedMember, unquoted, wordIn } from "../../reading/node-fields.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { type PubspecWant, pubspecOf } from "./pubspec.ts";

const format = "pubspec.lock";

const pubspecLockReader: PackageReader = {
  format,
  ecosystem: "Pub",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  claims: (path, paths) => [pubspecBeside(path)].filter((one) => paths.has(one)),
  read: (file, files) => readAsText(file, (text) => readLock(text, files)),
};

export const readers: readonly PackageReader[] = [pubspecLockReader];

function pubspecBeside(path: string): string {
  return joinPath(folderOf(path), "pubspec.yaml") ?? "pubspec.yaml";
}

function readLock(file: TextFile, files: UnitFiles): PackagesRead {
  const { documents, problems } = readYaml(file);
  const node = documents[0]?.node;
  const beside = textBeside(files.get(pubspecBeside(file.path)));
  const pubspec = beside.text && pubspecOf(beside.text);
  const asked = new Map((pubspec?.wants ?? []).map((want) => [want.name, want]));
  const sdks = child(node, "sdks");
  const packages = membersOf(child(node, "packages")).map((member) => useOf(member, asked.get(member.name), sdks));
  const manifest = manifestOf({
    path: file.path,
    format,
    ecosystem: "Pub",
    root: pubspec && { name: pubspec.name, version: pubspec.version },
    isLocked: true,
    packages,
  });
  const broken = [...problems, ...(pubspec?.problems ?? [])].map(problemOfFormat);
  return { manifests: node ? [manifest] : [], problems: [...broken, ...beside.problems] };
}

function useOf(
  { name, value, whole }: NamedMember,
  asked: PubspecWant | undefined,
  sdks: Node | undefined,
): PackageUse {
  const version = child(value, "version");
  const dependency = wordIn(child(value, "dependency")) ?? "";
  const isSdk = wordIn(child(value, "source")) === "sdk";
  const isDevelopment = dependency === "direct dev";
  const sdk = wordIn(child(value, "description")) ?? "";
  return packageUse({
    ecosystem: "Pub",
    name,
    version: wordIn(version),
    // Parts of an SDK are of its version; the file tells only which versions will do.
    requirement: isSdk ? wordIn(child(sdks, sdk)) : asked?.requirement,
    at: spanOf(whole),
    alsoAt: asked && [spanOf(asked.at)],
    versionAt: version && spanOf(unquoted(version.at)),
    relation: relationOf(dependency),
    isDevelopment,
    groups: [...(isDevelopment ? ["dev"] : []), ...(isSdk ? ["sdk"] : [])],
    source: sourceOf(value),
    integrity: wordIn(child(child(value, "description"), "sha256")),
  });
}

function relationOf(dependency: string): Relation {
  if (dependency.startsWith("direct")) return "direct";
  return dependency === "transitive" ? "transitive" : "unknown";
}

function sourceOf(node: Node): PackageSource | undefined {
  const description = child(node, "description");
  const [path, url, commit] = ["path", "url", "resolved-ref"].map((key) => wordIn(child(description, key)));
  const source = wordIn(child(node, "source"));
  if (source === "path") return { is: "path", path: path ?? "" };
  if (source !== "git") return undefined;
  return { is: "git", url: url ?? "", ...(commit !== undefined && { commit }) };
}
