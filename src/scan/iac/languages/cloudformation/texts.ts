/** Texts put together from pieces of which some may not be known. */
import type { Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { plainText, refsOf, scalar, unknown } from "./scope.ts";

export type Piece = string | Node;

const longestText = 200_000;

/** One text if all pieces are known; else an unknown that keeps what is known of it. */
export function concatenate(pieces: readonly Piece[], at: Place): Node {
  const nodes = pieces.filter((piece) => typeof piece !== "string");
  const parts = pieces.map((piece) => (typeof piece === "string" ? piece : pieceText(piece)));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > longestText) return unknown(at, "a text is too long", nodes);
  const text = parts.join("");
  const missing = nodes.find((node) => plainText(node) === undefined);
  if (!missing) return scalar(at, text, nodes.find(({ from }) => from !== undefined)?.from);
  const reason = missing.is === "unknown" ? missing.reason : "a text is made of something that is no text";
  return { is: "unknown", at, reason, refs: refsOf(nodes), text };
}

function pieceText(node: Node): string {
  const known = plainText(node);
  if (known !== undefined) return known;
  if (node.is === "unknown" && node.text !== undefined) return node.text;
  return `\${${refsOf([node])[0] ?? "..."}}`;
}

/** Replaces `${Name}`; `${!Name}` stands for `${Name}` itself. */
export function substitute(text: string, at: Place, lookUp: (name: string) => Node | undefined): Node {
  const pieces: Piece[] = [];
  let copied = 0;
  for (const { 0: all, 1: name = "", index } of text.matchAll(/\$\{([^}]*)\}/g)) {
    pieces.push(text.slice(copied, index));
    copied = index + all.length;
    if (name.startsWith("!")) pieces.push(`\${${name.slice(1)}}`);
    else pieces.push(named(lookUp(name.trim()), name.trim(), at));
  }
  return concatenate([...pieces, text.slice(copied)], at);
}

/** What is not known is shown under the name it has in the text. */
function named(node: Node | undefined, name: string, at: Place): Node {
  if (!node) return scalar(at, "");
  return node.is === "unknown" && node.text === undefined ? { ...node, text: `\${${name}}` } : node;
}

/** The text before it was encoded is kept as `content`: scripts are read by policies. */
export function baseSixtyFour(value: Node, at: Place): Node {
  const text = plainText(value);
  if (text === undefined) return { ...unknown(at, "a text is not known", [value]), content: value };
  const bytes = new TextEncoder().encode(text);
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { ...scalar(at, btoa(binary), value.from), content: value };
}
