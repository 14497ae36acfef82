/** `pip.conf` and `uv.toml`: settings that name no packages; what they say by themselves is where packages come from. */
import type { Feed, Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfSettings, readByHand } from "../../reading/manifest-text.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { uvFeeds } from "./python-feeds.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pip.conf",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)pip\.(?:conf|ini)$/.test(path),
    alone: "always",
    read: (file) => readByHand(file, (text) => feedsRead(text, "pip.conf", pipFeedsIn(text), faultsIn(text))),
  },
  {
    format: "uv.toml",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)uv\.toml$/.test(path),
    alone: "always",
    read: (file) =>
      readByHand(file, (text) => {
        const { node, problems } = readToml(text);
        return feedsRead(text, "uv.toml", uvFeeds(node), problems.map(problemOfSettings));
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

/**
 * The first line for which pip takes none of the file: it is read by Python's configparser, which knows sections, options with
 * `=` or `:`, and indented lines that go on (docs.python.org/3/library/configparser.html).
 */
function faultsIn(file: TextFile): readonly Problem[] {
  let isInSection = false;
  // Indentation of the option that a deeper line goes on with.
  let option: number | undefined;
  for (const { text, start } of linesOf(file.text)) {
    const line = text.replace(/^\ufeff/, "").trim();
    if (line === "" || /^[#;]/.test(line)) continue;
    const indent = text.search(/\S/);
    if (option !== undefined && indent > option) continue;
    option = undefined;
    if (/^\[.+\]/.test(line)) {
      isInSection = true;
      continue;
    }
    if (isInSection && line.search(/[=:]/) > 0) {
      option = indent;
      continue;
    }
    const expected = isInSection ? "a section or an option with its value" : "a section such as [global]";
    const found = isInSection || !/[=:]/.test(line) ? "" : " before the first option";
    const message = `${expected} was expected here${found}; pip takes nothing of such a file`;
    return [problemOfSettings({ code: "syntax", message, place: { file, start, end: start + text.length } })];
  }
  return [];
}
