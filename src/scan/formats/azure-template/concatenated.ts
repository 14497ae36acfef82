/** Texts made of parts: known, or with `${...}` where a part is not. Too long a text is unknown. */
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { jsonOf, longestText, namelessHole, refsOf, scalarOf, unknownOf, writtenOut } from "./values.ts";

export function concatenated(parts: readonly Node[], at: Place): Node {
  const texts = parts.map((part) => writtenOut(part) ?? namelessHole);
  if (texts.reduce((sum, text) => sum + text.length, 0) > longestText) return tooLong(at);
  const text = texts.join("");
  const open = parts.find((part) => part.is === "unknown" || (part.is !== "scalar" && jsonOf(part) === undefined));
  if (!open) return { ...scalarOf(at, text), from: parts.find((part) => part.from)?.from };
  const reason = open.is === "unknown" ? open.reason : "parts of the text are unknown";
  return unknownOf(at, reason, { refs: refsOf(parts), text });
}

export function tooLong(at: Place): Node {
  return unknownOf(at, `a text of more than ${longestText} characters`);
}
