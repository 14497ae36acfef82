/** Where a requirements file lets pip look for packages, with the line that says it. */
import type { Feed } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { pipOptionOf } from "./pip-options.ts";
import { requirementLines } from "./requirement-lines.ts";

export function pipFeeds(file: TextFile): readonly Feed[] {
  if (!/^[ \t]*(?:-i|--(?:extra-)?index-url|--pypi-url)/m.test(file.text)) return [];
  return requirementLines(file.text).flatMap((line) => {
    const option = pipOptionOf(line);
    if (!option || !["index-url", "pypi-url", "extra-index-url"].includes(option.name)) return [];
    const { name, value, at } = option;
    const address = value.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
    const isExtra = name === "extra-index-url";
    return [
      { address, ...(isExtra && { isBesideOthers: true }), at: spanOf({ file, start: at, end: at + value.length }) },
    ];
  });
}
