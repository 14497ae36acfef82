/** `pip.conf` and `uv.toml`: settings that name no packages; what they say by themselves is where packages come from. */
import type { Feed, Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { uvFeeds } from "./python-feeds.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pip.conf",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)pip\.(?:conf|ini)$/.test(path),
    alone: "always",
    read: (file) => readByHand(file, (text) => feedsRead(text, "pip.conf", pipFeedsIn(text), [])),
  },
  {
    format: "uv.toml",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)uv\.toml$/.test(path),
    alone: "always",
    read: (file) =>
      readByHand(file, (text) => {
        const { node, problems } = readToml(text);
        return feedsRead(text, "uv.toml", uvFeeds(node), problems.map(problemOfFormat));
      }),
  },
];

function feedsRead(
  { path }: TextFile,
  format: string,
  feeds: readonly Feed[],
  problems: readonly Problem[],
): PackagesRead {
  const manifest: Manifest = { path, format, ecosystem: "PyPI", isLocked: false, packages: [], feeds };
  return { manifests: feeds.length === 0 ? [] : [manifest], problems };
}

/** `index-url = ...` and `extra-index-url = ...`, which may go on in indented lines; the section does not matter here. */
function pipFeedsIn(file: TextFile): readonly Feed[] {
  const feeds: Feed[] = [];
  let option = "";
  for (const { text, start } of linesOf(file.text)) {
    // Longer lines are no addresses.
    if (text.length > 5000 || /^\s*(?:[#;]|$)/.test(text)) continue;
    const [, name, behind = ""] = /^([\w-]+)\s*[=:](.*)$/.exec(text) ?? [];
    if (name !== undefined) option = name.toLowerCase().replaceAll("_", "-");
    else if (!/^\s/.test(text)) option = "";
    if (option !== "index-url" && option !== "extra-index-url") continue;
    const from = name === undefined ? 0 : text.length - behind.length;
    for (const { 0: written, index } of text.slice(from).matchAll(/\S+/g)) {
      if (!/^(?:https?:|\$)/i.test(written)) continue;
      const address = written.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
      const at = start + from + index;
      const isExtra = option === "extra-index-url";
      const place = spanOf({ file, start: at, end: at + written.length });
      feeds.push({ address, ...(isExtra && { isBesideOthers: true }), at: place });
    }
  }
  return feeds;
}
