/** Packages as Stack writes them: `name-1.0@sha256:hash,size`, or where they come from. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { child, type Node } from "../../../formats/node.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import { unquoted, wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";

const written = /^(.+)-(\d+(?:\.\d+)*)(?:@(?:(sha256:[0-9a-f]+)(?:,\d+)?|rev:\d+))?$/;

/** Undefined if the entry names no package: a folder, or an archive that says nothing of its content. */
export function stackPackage(node: Node, at: Place): PackageUse | undefined {
  const hackage = node.is === "scalar" ? node : child(node, "hackage");
  const text = wordIn(hackage) ?? "";
  const [, name, version = "", hash] = written.exec(text) ?? [];
  if (hackage && name !== undefined) {
    const inside = unquoted(hackage.at);
    const start = inside.start + name.length + 1;
    return packageUse({
      ecosystem: "Hackage",
      name,
      version,
      at: spanOf(at),
      versionAt: spanOf({ ...inside, start, end: start + version.length }),
      relation: "direct",
      integrity: hash,
    });
  }
  const [own, ownVersion] = [wordIn(child(node, "name")), wordIn(child(node, "version"))];
  if (own === undefined) return undefined;
  const about = { ecosystem: "Hackage", name: own, version: ownVersion, at: spanOf(at) } as const;
  return packageUse({ ...about, relation: "direct", source: sourceOf(node) });
}

function sourceOf(node: Node): PackageSource | undefined {
  const [git, url, archive, commit] = ["git", "url", "archive", "commit"].map((key) => wordIn(child(node, key)));
  if (git !== undefined) return { is: "git", url: git, ...(commit !== undefined && { commit }) };
  const address = url ?? archive;
  return address === undefined ? undefined : { is: "archive", url: address };
}
