/** Reads a block again after its text was changed. A change elsewhere in the file, and a file that is JSON, give nothing. */
import { parseHclBlock, reparseHclBlock } from "../../../formats/hcl/parse-hcl.ts";
import type { BlockSyntax } from "../../../formats/hcl/syntax.ts";
import { isFlawless } from "./parsed-file.ts";

/** The text is the same as before up to `changedAt`. */
export function rewrittenBlock(block: BlockSyntax, text: string, changedAt: number): BlockSyntax | undefined {
  const { file, start, end, type, labels } = block;
  const { path } = file;
  const endNow = end + text.length - file.text.length;
  const isWithin = changedAt >= start && endNow >= changedAt && text.slice(endNow) === file.text.slice(end);
  if (path.endsWith(".json") || !isWithin) return undefined;
  const rewritten = { path, text };
  const again = isFlawless(file)
    ? reparseHclBlock(block, rewritten, changedAt, endNow)
    : parseHclBlock(rewritten, start, endNow);
  const isSame =
    again?.type === type &&
    again.labels.length === labels.length &&
    again.labels.every((label, index) => label.text === labels[index]?.text);
  return isSame ? again : undefined;
}
