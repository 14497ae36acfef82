/** `Podfile.lock` of CocoaPods. Parts of a pod (`Name/Part`) are packages of their own, as the file writes them. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { type Place, spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { type DraftPackage, linked } from "../../reading/linked-packages.ts";
import { problemAt, problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { membersOf, wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";

const format = "Podfile.lock";

const podfileLockReader: PackageReader = {
  format,
  ecosystem: "CocoaPods",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  read: (file) => readAsText(file, readLock),
};

export const readers: readonly PackageReader[] = [podfileLockReader];

interface Pod {
  readonly name: string;
  readonly inBrackets: string | undefined;
}

/** `Name/Part (1.0.0)`, `Name (~> 1.0)`, ``Name (from `../path`)``. */
function podOf(text: string): Pod {
  const open = text.indexOf(" (");
  if (open < 0 || !text.endsWith(")")) return { name: text, inBrackets: undefined };
  return { name: text.slice(0, open), inBrackets: text.slice(open + 2, -1) };
}

function readLock(file: TextFile): PackagesRead {
  const { documents, problems } = readYaml(file);
  const node = documents[0]?.node;
  const found = problems.map(problemOfFormat);
  const pods = child(node, "PODS");
  if (node && pods === undefined) {
    const message = 'This is no Podfile.lock: "PODS" was expected. Nothing was read from it.';
    return { manifests: [], problems: [...found, problemAt({ file, start: 0, end: 0 }, "syntax", message)] };
  }
  const asked = new Map(itemsOf(child(node, "DEPENDENCIES")).flatMap((item) => askedIn(item)));
  const drafts = itemsOf(pods).flatMap((item) => draftsOf(item, node, asked));
  const manifest = {
    path: file.path,
    format,
    ecosystem: "CocoaPods",
    isLocked: true,
    packages: linked(drafts),
  } as const;
  return { manifests: node ? [manifest] : [], problems: found };
}

function askedIn(item: Node): readonly (readonly [string, string | undefined])[] {
  const text = wordIn(item);
  if (text === undefined) return [];
  const { name, inBrackets } = podOf(text);
  return [[name, inBrackets]];
}

/** An item is a text, or a block of one key with what the pod depends on. */
function draftsOf(
  item: Node,
  node: Node | undefined,
  asked: ReadonlyMap<string, string | undefined>,
): readonly DraftPackage[] {
  const text = wordIn(item);
  if (text !== undefined) return [draftOf(text, item.at, [], { node, asked })];
  return membersOf(item).map(({ name, value, whole }) => {
    const wants = itemsOf(value).flatMap((one) => podOf(wordIn(one) ?? "").name);
    return draftOf(name, whole, wants, { node, asked });
  });
}

interface About {
  readonly node: Node | undefined;
  readonly asked: ReadonlyMap<string, string | undefined>;
}

function draftOf(text: string, place: Place, wants: readonly string[], { node, asked }: About): DraftPackage {
  const { name, inBrackets } = podOf(text);
  const [whole = name] = name.split("/");
  const use: PackageUse = packageUse({
    ecosystem: "CocoaPods",
    name,
    version: inBrackets,
    requirement: asked.get(name),
    at: spanOf(place),
    relation: asked.has(name) ? "direct" : "transitive",
    source: sourceOf(node, whole),
    integrity: wordIn(child(child(node, "SPEC CHECKSUMS"), whole)),
  });
  return { use, keys: [name], wants };
}

function sourceOf(node: Node | undefined, pod: string): PackageSource | undefined {
  const external = child(child(node, "EXTERNAL SOURCES"), pod);
  const checkout = child(child(node, "CHECKOUT OPTIONS"), pod);
  const [path, git, archive] = [":path", ":git", ":http"].map((key) => wordIn(child(external, key)));
  const commit = wordIn(child(checkout, ":commit")) ?? wordIn(child(external, ":commit"));
  if (path !== undefined) return { is: "path", path };
  if (git !== undefined) return { is: "git", url: git, ...(commit !== undefined && { commit }) };
  return archive === undefined ? undefined : { is: "archive", url: archive };
}
