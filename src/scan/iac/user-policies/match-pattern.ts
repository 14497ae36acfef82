/**
 * The patterns of users' policies, matched from the beginning of the text on. They run in time of their length and that of
 * the text; what needs look-around or back-references, which that cannot do, must not repeat what repeats already.
 */

import { matchAll } from "../../formats/hcl/functions/regex/match-regex.ts";
import { compileRegex, type RegexProgram } from "../../formats/patterns/compile-regex.ts";

type Compiled = { readonly program: RegexProgram } | { readonly native: RegExp } | { readonly mistake: string };

const longestMatched = 2000;
/** Policies are read anew for every unit, and ask every resource. */
const compiled = new Map<string, Compiled>();
const mostCompiled = 1000;

export function matches(text: string, pattern: string): boolean {
  const matcher = compile(pattern);
  const matched = text.slice(0, longestMatched);
  if ("mistake" in matcher) return false;
  if ("native" in matcher) return matcher.native.test(matched);
  const found = matchAll(matcher.program, matched);
  return Array.isArray(found) && found.length > 0;
}

/** What is wrong with a pattern. */
export function mistakeIn(pattern: string): string | undefined {
  const matcher = compile(pattern);
  return "mistake" in matcher ? matcher.mistake : undefined;
}

function compile(pattern: string): Compiled {
  const before = compiled.get(pattern);
  if (before) return before;
  if (compiled.size >= mostCompiled) compiled.clear();
  const program = compileRegex(`(?s)^(?:${pattern})`);
  const made = "refused" in program ? compileNative(pattern) : { program };
  compiled.set(pattern, made);
  return made;
}

function compileNative(pattern: string): Compiled {
  try {
    const native = new RegExp(`^(?:${pattern})`, "s");
    return repeatsRepeated(pattern)
      ? { mistake: "it may take for ever: a repeated group repeats in itself" }
      : { native };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : "it cannot be read" };
  }
}

/** A group that is repeated and holds a repetition or a choice can be tried in more ways than anybody can wait for. */
function repeatsRepeated(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\./gs, "x").replaceAll(/\[\^?\]?[^\]]*\]/g, "x");
  const open: boolean[] = [false];
  for (const [part] of plain.matchAll(/\((?:\?<?[:=!])?|\)(?:[+*]|\{\d+,)?|[+*|]|\{\d+,/g)) {
    if (part.startsWith("(")) {
      open.push(false);
      continue;
    }
    const inner = part.startsWith(")") ? open.pop() : true;
    if (inner && part.length > 1 && part.startsWith(")")) return true;
    if (inner || part.length > 1) open[open.length - 1] = true;
  }
  return false;
}
