/** Finds a block again in another text of its file. A text that cannot be read whole, or is JSON, gives nothing. */
import { parseHcl } from "../../../formats/hcl/parse-hcl.ts";
import type { BlockSyntax } from "../../../formats/hcl/syntax.ts";

export function rewrittenBlock({ file: { path }, type, labels }: BlockSyntax, text: string): BlockSyntax | undefined {
  if (path.endsWith(".json")) return undefined;
  const { body, problems } = parseHcl({ path, text });
  if (problems.length > 0) return undefined;
  const name = labels.map((label) => label.text).join(" ");
  const same = body.items.filter(
    (item) => item.is === "block" && item.type === type && item.labels.map((label) => label.text).join(" ") === name,
  );
  const [only] = same;
  return same.length === 1 && only?.is === "block" ? only : undefined;
}
