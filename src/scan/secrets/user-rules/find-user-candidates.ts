/** Finds what users' rules describe. The work is counted: a pattern that costs too much on a file is given up there, and said. */
import type { Problem } from "#model/scan-result.ts";
import { type PatternMatch, type SearchBudget, searchAll } from "../../formats/patterns/search-pattern.ts";
import { entropy } from "../scoring/entropy.ts";
import type { RuleCandidate } from "../search/find-hits.ts";
import type { View } from "../text/view.ts";
import { type Allowlist, isAllowed, type Sighting } from "./allowlist.ts";
import { type KeywordFinder, keywordFinder } from "./find-keywords.ts";
import { type TextOfBytes, textOfBytes } from "./text-of-bytes.ts";
import type { UserRule, UserRules } from "./user-rule.ts";

export interface UserCandidates {
  readonly found: readonly RuleCandidate[];
  /** What an allowlist within its rule says is none. */
  readonly allowed: readonly AllowedCandidate[];
  readonly problems: readonly Problem[];
  /** Steps. */
  readonly work: number;
}

export interface AllowedCandidate {
  readonly candidate: RuleCandidate;
  readonly list: Allowlist;
}

export const noCandidates: UserCandidates = { found: [], allowed: [], problems: [], work: 0 };
/** Of each rule in a file; of what is allowed, so many are listed. */
const mostFound = 1000;
/** A unit is about 10 ns: one pattern has a third of a second and the time of the file, all have six seconds at most. */
const ruleBudget = { least: 20_000_000, perLetter: 3 };
const fileBudget = 600_000_000;

export function findUserCandidates(users: UserRules, view: View, path: string): UserCandidates {
  const awake = awakeRules(users, view).filter(({ looksAt }) => looksAt(path));
  if (awake.length === 0) return noCandidates;
  const text = textOfBytes(view.bytes);
  const all: RuleCandidate[] = [];
  const allowed: AllowedCandidate[] = [];
  const problems: Problem[] = [];
  let left = fileBudget;
  for (const one of awake) {
    const budget = { left: Math.min(left, ruleBudget.least + ruleBudget.perLetter * text.text.length) };
    const given = budget.left;
    const found: RuleCandidate[] = [];
    const take = (match: PatternMatch): boolean => {
      const seen = sightingOf(one, match, text.text, path, budget);
      if (seen === undefined) return true;
      const list = one.allow.find((each) => isAllowed(each, seen.sighting, budget));
      if (list === undefined) found.push(candidateOf(one, seen, text));
      else if (allowed.length < mostFound) allowed.push({ candidate: candidateOf(one, seen, text), list });
      return found.length <= mostFound;
    };
    const isSearched = left > 0 && searchAll(one.pattern.ready(), text.text, budget, take);
    all.push(...found.slice(0, mostFound));
    left -= given - budget.left;
    if (!isSearched || budget.left < 0) problems.push(gaveUp(one, path));
    else if (found.length > mostFound) problems.push(tooMany(one, path));
  }
  return { found: all, allowed, problems, work: fileBudget - left };
}

interface Seen {
  readonly start: number;
  readonly end: number;
  readonly sighting: Sighting;
}

/** Undefined for what chance would not have made. */
// oxlint-disable-next-line max-params -- called for every match of a file
function sightingOf(
  { group, entropy: least, allow }: UserRule,
  match: PatternMatch,
  text: string,
  path: string,
  budget: SearchBudget,
): Seen | undefined {
  const [start, end] = secretOf(match, group);
  const secret = text.slice(start, end);
  budget.left -= (end - start) * perLetterOfSecret;
  if (secret.trim() === "" || (least > 0 && entropy(secret) <= least)) return undefined;
  const [from = 0, to = 0] = match;
  const line = allow.some(({ target }) => target === "line") ? lineAround(text, from, to) : "";
  budget.left -= line.length;
  return { start, end, sighting: { path, secret, match: text.slice(from, to), line } };
}

const perLetterOfSecret = 4;

function candidateOf({ rule }: UserRule, { start, end }: Seen, { byteAt }: TextOfBytes): RuleCandidate {
  const signals = [`a rule of your own (${rule.aliases[0] ?? rule.id})`];
  return { rule, start: byteAt(start), end: byteAt(end), signals };
}

/** Of a longer line only so much before and behind the match: a file of one line with many matches costs no more. */
const longestLine = 10_000;

function lineAround(text: string, from: number, to: number): string {
  const before = text.slice(Math.max(0, from - longestLine), from);
  const behind = text.slice(to, to + longestLine);
  const end = behind.indexOf("\n");
  const rest = end < 0 ? behind : behind.slice(0, end);
  return `${before.slice(before.lastIndexOf("\n") + 1)}${text.slice(from, Math.min(to, from + longestLine))}${rest}`;
}

/** The named group; without a name the first that took part and is not empty; else the whole match. */
function secretOf(match: PatternMatch, group: number | undefined): readonly [start: number, end: number] {
  const at = (number: number) => [match[number * 2] ?? -1, match[number * 2 + 1] ?? -1] as const;
  if (group !== undefined) return at(group)[0] < 0 ? at(0) : at(group);
  for (let number = 1; number * 2 < match.length; number++) if (at(number)[1] > at(number)[0]) return at(number);
  return at(0);
}

interface Wakers {
  readonly finder: KeywordFinder;
  /** By keyword: the rules that it wakes. */
  readonly rulesOf: readonly (readonly number[])[];
}

const wakersOf = new WeakMap<UserRules, Wakers>();

function awakeRules(users: UserRules, { bytes }: View): readonly UserRule[] {
  let wakers = wakersOf.get(users);
  if (wakers === undefined) {
    wakers = makeWakers(users);
    wakersOf.set(users, wakers);
  }
  const { finder, rulesOf } = wakers;
  const woken = new Set<number>();
  if (rulesOf.length > 0) for (const word of finder.find(bytes)) for (const index of rulesOf[word]!) woken.add(index);
  return users.rules.filter(({ keywords }, index) => keywords.length === 0 || woken.has(index));
}

function makeWakers({ rules }: UserRules): Wakers {
  const byWord = new Map<string, number[]>();
  rules.forEach(({ keywords }, index) => {
    for (const word of keywords) {
      const list = byWord.get(word);
      if (list === undefined) byWord.set(word, [index]);
      else list.push(index);
    }
  });
  return { finder: keywordFinder([...byWord.keys()]), rulesOf: [...byWord.values()] };
}

function gaveUp({ rule, file }: UserRule, path: string): Problem {
  return {
    scanner: "secrets",
    code: "gave-up",
    message:
      `The pattern of ${rule.aliases[0] ?? rule.id} (${file}) takes too long on this file and was stopped; ` +
      "the other rules ran. Give it keywords, or bounds instead of * and +.",
    path,
  };
}

function tooMany({ rule, file }: UserRule, path: string): Problem {
  return {
    scanner: "secrets",
    code: "too-many-findings",
    message: `The pattern of ${rule.aliases[0] ?? rule.id} (${file}) fits more than ${mostFound} places in this file; those behind were not looked at.`,
    path,
  };
}
