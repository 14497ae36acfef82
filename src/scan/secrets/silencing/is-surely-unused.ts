/**
 * Tells whether a mark that silences nothing of ours is meant, and of no use to anybody. Other tools find what we do not report:
 * their marks are told only where no tool could find a secret.
 */
import { surely } from "../paths/path-facts.ts";
import { latinText, lineEnd, lineStart, type View } from "../text/view.ts";
import type { AllowMarker } from "./allow-markers.ts";
import { isInComment } from "./in-comment.ts";

export function isSurelyUnused(marker: AllowMarker, view: View): boolean {
  const { mark, tool } = marker;
  if (!isInComment(view, mark) || isInLiteral(view, mark)) return false;
  // Documentation writes about markers, and shows them.
  if (surely(view.facts, "text") && !(surely(view.facts, "markup") && isInMarkup(view, mark))) return false;
  return tool === "sallyport" || (isOfSecrets(marker) && holdsNothing(marker, view));
}

/** A quote that begins before the mark and ends behind it. */
function isInLiteral(view: View, { start }: AllowMarker["mark"]): boolean {
  const before = latinText(view.bytes, lineStart(view, start, 400), start);
  const behind = latinText(view.bytes, start, lineEnd(view, start, 400));
  return ["'", '"', "`"].some((quote) => before.split(quote).length % 2 === 0 && behind.includes(quote));
}

function isInMarkup(view: View, { start }: AllowMarker["mark"]): boolean {
  return /<!--\s*$/.test(latinText(view.bytes, lineStart(view, start, 400), start));
}

/** Those of semgrep are about code of any kind, and rules of its own may look for anything. */
function isOfSecrets({ tool, rules }: AllowMarker): boolean {
  return tool !== "semgrep" || (rules.length > 0 && rules.every((rule) => /(?:^|[./-])secrets?(?:[./-]|$)/.test(rule)));
}

/** A range that is longer holds too much to be sure. */
const longest = 4000;

function holdsNothing({ tool, from, to, mark }: AllowMarker, view: View): boolean {
  if (to - from > longest) return false;
  const { bytes } = view;
  const before = latinText(bytes, from, Math.max(from, mark.start)).replace(/[\s#/*;<!%-]+$/, "");
  // Of a mark that stands alone its tool reads more than the next line.
  if (tool === "checkov" && before === "") return false;
  const ownEnd = Math.max(mark.end, lineEnd(view, mark.end, longest));
  const reason = /(?:\*\/|-->)(.*)$/s.exec(latinText(bytes, mark.end, ownEnd));
  return ![before, reason?.[1] ?? "", latinText(bytes, Math.max(from, ownEnd), to)].some(mayHoldSecret);
}

/** What is read from the surroundings: `["DB_PASSWORD"]`, `("DB_PASSWORD")`. */
const ofVariable = /[[(]\s{0,9}(["'])[A-Z][A-Z_]{0,80}\1\s{0,9}[\])]/g;
/** A literal, an address, a part of a key, a text that begins or ends in another line. */
const partOfValue = /["'`@]|-----|[:=|>,([{\\]\s*$|^\s*[)\]}]/;
/** Behind a name and its sign, and no expression. */
const bareValue = /[:=]\s{0,9}[^\s.()[\]{}$:=,;]{6,}(?=[\s,;]|$)/;

/** False only where no tool could see a secret in a line of code. */
function mayHoldSecret(line: string): boolean {
  const text = line.replaceAll(ofVariable, "()");
  return (
    partOfValue.test(text) ||
    bareValue.test(text) ||
    text.split(/[^\w+/=-]/).some((run) => run.length >= 20) ||
    text.split(/\s/).some((word) => word.length >= 8 && /\d/.test(word))
  );
}
