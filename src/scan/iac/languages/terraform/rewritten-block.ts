/** Reads a block again after its text was changed. A change elsewhere in the file, and a file that is JSON, give nothing. */
import { parseHclBlock } from "../../../formats/hcl/parse-hcl.ts";
import type { BlockSyntax } from "../../../formats/hcl/syntax.ts";

export function rewrittenBlock({ file, start, end, type, labels }: BlockSyntax, text: string): BlockSyntax | undefined {
  const { path } = file;
  const endNow = end + text.length - file.text.length;
  const isWithin = text.slice(0, start) === file.text.slice(0, start) && text.slice(endNow) === file.text.slice(end);
  if (path.endsWith(".json") || endNow < start || !isWithin) return undefined;
  const again = parseHclBlock({ path, text }, start, endNow);
  const isSame = again?.type === type && again.labels.map(textOf).join(" ") === labels.map(textOf).join(" ");
  return isSame ? again : undefined;
}

function textOf(label: BlockSyntax["labels"][number]): string {
  return label.text;
}
