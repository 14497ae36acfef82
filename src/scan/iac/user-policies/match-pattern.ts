/**
 * The patterns of users' policies, matched from the beginning of the text on. They run in time of their length and that of
 * the text; what needs look-around or back-references, which that cannot do, must not repeat much.
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
    return repeatsTooMuch(pattern)
      ? { mistake: "it may take for ever: it looks around and repeats too much, or a repeated group repeats in itself" }
      : { native };
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : "it cannot be read" };
  }
}

/** Of a text of 2,000 characters two repetitions are tried in two million ways, three in a billion. */
const mostRepetitions = 2;

interface OpenGroup {
  /** What looks ahead or back is tried again for each way in which what stands before it matches. */
  readonly isLook: boolean;
  readonly before: number;
  repetitions: number;
  hasChoice: boolean;
}

/** A group that is repeated and holds a repetition or a choice can be tried in more ways than anybody can wait for. */
function repeatsTooMuch(pattern: string): boolean {
  const plain = pattern.replaceAll(/\\./gs, "x").replaceAll(/\[\^?\]?[^\]]*\]/g, "x");
  const whole: OpenGroup = { isLook: false, before: 0, repetitions: 0, hasChoice: false };
  const open = [whole];
  for (const [part] of plain.matchAll(/\((?:\?<?[:=!])?|\)(?:[+*]|\{\d+)?|[+*|]|\{\d+,/g)) {
    const group = open.at(-1) ?? whole;
    if (part.startsWith("(")) {
      const before = group.before + group.repetitions;
      open.push({ isLook: /[=!]$/.test(part), before, repetitions: 0, hasChoice: false });
    } else if (part.startsWith(")")) {
      if (open.length > 1) open.pop();
      const around = open.at(-1) ?? whole;
      const isRepeated = part.length > 1;
      if (isRepeated && (group.hasChoice || group.repetitions > 0)) return true;
      if (group.before + group.repetitions > mostRepetitions) return true;
      around.repetitions += (group.isLook ? 0 : group.repetitions) + (isRepeated ? 1 : 0);
      around.hasChoice ||= group.hasChoice;
    } else if (part === "|") group.hasChoice = true;
    else group.repetitions += 1;
  }
  return whole.repetitions > mostRepetitions;
}
