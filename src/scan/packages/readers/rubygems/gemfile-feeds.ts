/** Where a Gemfile lets gems come from. Bundler asks all sources that stand at the top, and a block's source for its gems alone. */
import type { Feed } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";

const source = /^\s*source\b\s*\(?\s*["'](https?:\/\/[^"']{1,1000})["']\s*\)?(.*)$/;
const gem = /^\s*gem\b\s*\(?\s*["']([\w.-]{1,200})["']/;
/** `gem "own", "1.0", source: "https://..."`. */
const ownSource = /\bsource:?\s*(?:=>)?\s*["'](https?:\/\/[^"']{1,1000})["']/;
const opens = /\bdo\b\s*(?:\|[^|]{0,100}\|\s*)?(?:#.*)?$/;
const branches = /^\s*(?:if|unless|case|begin|while|until|for)\b/;
const closes = /^\s*end\b/;

export function gemfileFeeds(file: TextFile): readonly Feed[] {
  const feeds: Feed[] = [];
  /** Of each open block, the names of the gems in it if it has a source of its own. */
  const blocks: (string[] | undefined)[] = [];
  for (const line of linesOf(file.text)) {
    // Longer lines nobody writes by hand.
    const text = line.text.slice(0, 2000);
    const at = spanOf(placeOfLine(file, line));
    const [, address, behind = ""] = source.exec(text) ?? [];
    const [, name] = gem.exec(text) ?? [];
    const [, elsewhere] = name === undefined ? [] : (ownSource.exec(text) ?? []);
    const isBlock = opens.test(text) || branches.test(text);
    const names: string[] | undefined = address !== undefined && isBlock && opens.test(behind) ? [] : undefined;
    if (address !== undefined)
      feeds.push({ address: plain(address), ...(names && { scopes: names, isMapped: true }), at });
    if (name !== undefined && elsewhere !== undefined)
      feeds.push({ address: plain(elsewhere), scopes: [name], isMapped: true, at });
    else if (name !== undefined) blocks.findLast((one) => one !== undefined)?.push(name);
    if (isBlock) blocks.push(names);
    else if (closes.test(text)) blocks.pop();
  }
  return feeds;
}

function plain(address: string): string {
  return address.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
}
