/** `stack.yaml.lock`, and `stack.yaml` without it: the packages beside the snapshot. What is in a snapshot only its server tells. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { noticeAt, problemOfFormat, readAsText, readByHand } from "../../reading/manifest-text.ts";
import { wordIn } from "../../reading/node-fields.ts";
import { stackPackage } from "./stack-package.ts";

const lockReader: PackageReader = {
  format: "stack.yaml.lock",
  ecosystem: "Hackage",
  matches: (path) => fileNameOf(path) === "stack.yaml.lock",
  alone: "always",
  claims: (path, paths) => [joinPath(folderOf(path), "stack.yaml") ?? ""].filter((one) => paths.has(one)),
  read: (file) => readAsText(file, (text) => readStack(text, "stack.yaml.lock", lockedIn)),
};

const stackReader: PackageReader = {
  format: "stack.yaml",
  ecosystem: "Hackage",
  matches: (path) => fileNameOf(path) === "stack.yaml",
  alone: "unless-claimed",
  read: (file) => readByHand(file, (text) => readStack(text, "stack.yaml", askedIn)),
};

export const readers: readonly PackageReader[] = [lockReader, stackReader];

interface Entry {
  readonly node: Node;
  readonly at: Place;
}

function lockedIn(node: Node | undefined): readonly Entry[] {
  return itemsOf(child(node, "packages")).flatMap((item) => {
    const completed = child(item, "completed");
    return completed ? [{ node: completed, at: item.at }] : [];
  });
}

function askedIn(node: Node | undefined): readonly Entry[] {
  return itemsOf(child(node, "extra-deps")).map((item) => ({ node: item, at: item.at }));
}

function readStack(
  file: TextFile,
  format: string,
  entriesIn: (node: Node | undefined) => readonly Entry[],
): PackagesRead {
  const { documents, problems } = readYaml(file);
  const node = documents[0]?.node;
  const packages = entriesIn(node).flatMap((entry) => stackPackage(entry.node, entry.at) ?? []);
  const snapshot =
    child(node, "snapshot") ?? child(node, "resolver") ?? child(itemsOf(child(node, "snapshots"))[0], "original");
  const name = wordIn(snapshot);
  const message = `The packages of the snapshot${name === undefined ? "" : ` ${name}`} are not in this file; only those beside it were read.`;
  const notices = snapshot ? [noticeAt(snapshot.at, "unresolved", message)] : [];
  return {
    manifests: node ? [{ path: file.path, format, ecosystem: "Hackage", isLocked: true, packages }] : [],
    problems: [...problems.map(problemOfFormat), ...notices],
  };
}
