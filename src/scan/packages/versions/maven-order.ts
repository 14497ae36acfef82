/**
 * Maven: parts divided by dots, hyphens and changes between digits and letters. Known words have their places around the
 * release, other words come after it, numbers after all words; parts that say nothing are dropped.
 */
import { compareParts, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface Token {
  readonly prefix: "." | "-";
  readonly value: Whole | string;
  /** Words in their order, then numbers after a hyphen, then numbers after a dot. */
  readonly rank: number;
}

const order: readonly string[] = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
const release = order.indexOf("");
const otherWords: Readonly<Record<string, string>> = { cr: "rc", final: "", ga: "", release: "" };
const shortWords: Readonly<Record<string, string>> = { a: "alpha", b: "beta", m: "milestone" };

export const mavenOrder: VersionOrder<readonly Token[]> = {
  parse: (text) => trimmed(tokensOf(text.trim().toLowerCase())),
  compare: (a, b) => {
    const length = Math.max(a.length, b.length);
    for (let at = 0; at < length; at += 1) {
      const [one, other] = [a[at], b[at]];
      const found = one
        ? compareTokens(one, other ?? nothingBeside(one))
        : -compareTokens(other!, nothingBeside(other!));
      if (found !== 0) return found;
    }
    return 0;
  },
  isPrerelease: (tokens) =>
    tokens.some(({ value }) => typeof value === "string" && order.includes(value) && order.indexOf(value) < release),
  isVersion: ([first]) => typeof first?.value !== "string",
};

function tokenOf(prefix: Token["prefix"], value: Whole | string): Token {
  if (typeof value !== "string") return { prefix, value, rank: prefix === "-" ? 100 : 101 };
  const at = order.indexOf(value);
  // Of words that nobody knows, those after a dot come before those after a hyphen.
  return { prefix, value, rank: at >= 0 ? at : order.length + (prefix === "." ? 0 : 1) };
}

const noWord = tokenOf("-", "");
const noNumber = tokenOf(".", 0);

/** What a shorter version has where the longer has the token. */
function nothingBeside({ prefix, value }: Token): Token {
  return typeof value === "string" || prefix === "-" ? noWord : noNumber;
}

function compareTokens(a: Token, b: Token): number {
  return a.rank - b.rank || compareParts(a.value, b.value);
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let prefix: Token["prefix"] = ".";
  for (const part of text.split(/([.-])/)) {
    if (part === "." || part === "-") {
      prefix = part;
      continue;
    }
    const runs = part.match(/\d+|\D+/g) ?? ["0"];
    for (const [at, run] of runs.entries()) {
      tokens.push(tokenOf(at === 0 ? prefix : "-", readRun(run, at + 1 < runs.length)));
    }
  }
  return tokens;
}

function readRun(run: string, isBeforeDigits: boolean): Whole | string {
  if (/^\d/.test(run)) return wholeOf(run);
  const word = isBeforeDigits && Object.hasOwn(shortWords, run) ? shortWords[run]! : run;
  return Object.hasOwn(otherWords, word) ? otherWords[word]! : word;
}

/** Parts that say nothing are dropped at the end, and before each hyphen. */
function trimmed(tokens: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  let isEnd = true;
  for (const token of tokens.toReversed()) {
    const saysNothing = token.value === 0 || token.value === "";
    if (isEnd && saysNothing && kept.length < tokens.length) continue;
    isEnd = token.prefix === "-";
    kept.push(token);
  }
  return kept.length === 0 ? tokens.slice(0, 1) : kept.reverse();
}
