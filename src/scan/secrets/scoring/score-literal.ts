/** Scores a named literal by the trained model, and says which of its features decided. */

import type { NameKind } from "../assignments/name-words.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { type PathFacts, surely } from "../paths/path-facts.ts";
import { isDrawnUuid } from "../text/value-forms.ts";
import { features, featuresOf, type LiteralFacts, withFile } from "./features.ts";
import { type Forest, logOdds } from "./forest.ts";
import model from "./model.json" with { type: "json" };
import { reportedScore } from "./score.ts";

interface Model extends Forest {
  /** Odds (as logarithms) from which a literal is reported, and from which it is shown on request. */
  readonly reported: number;
  readonly shown: number;
  /** What features are among literals that are no secrets: an explanation compares with them. */
  readonly usual: readonly number[];
}

export interface LiteralScore {
  readonly score: number;
  readonly signals: readonly string[];
}

const { reported, shown, usual, ...forest }: Model = model;
/** Of odds from which a literal is shown on request. */
const shownScore = 40;
/** The model alone is never surer: a checksum or a syntax is. */
const bestScore = 90;
/** Odds between a literal just reported and one beyond doubt. */
const sureOdds = 5;

/**
 * In logarithms of odds: in the samples every name holds a secret equally often, but in real code some are mostly other
 * things, whose values must look the part the more.
 */
const doubts: Readonly<Partial<Record<NameKind, number>>> = {
  /** A "key" is nearly always one of a table, a cache or the keyboard. */
  "bare-key": 2.5,
  /** What is called so is a scheme, a mode or a name as often. */
  auth: 1,
  /** Many are constants that everybody may know. */
  salt: 1,
};
/** What documents show is mostly made up. */
const doubtOfText = 0.7;
/** In logarithms of odds: what adds less to a literal is not worth telling. */
const leastTold = 0.5;

export function factsOf({ assignment, words, kind, value }: NamedLiteral, file: string): LiteralFacts {
  const { quoted, lexical, syntax } = assignment;
  return { value, kind, words, quoted, lexical, syntax, file };
}

/** `odds`: what stands around the literal and the model does not see adds so much to them, in logarithms. */
export function scoreLiteral(literal: NamedLiteral, facts: PathFacts, odds = 0): LiteralScore {
  // A path that is not known yet: the best of what it may turn out to be.
  const files = facts.kind === "any" ? ["config", "code", "text"] : [facts.kind];
  const [file, ...others] = files;
  const row = featuresOf(factsOf(asUsual(literal), file!));
  const rows = [row, ...others.map((other) => withFile(row, other))];
  const doubt = (doubts[literal.kind] ?? 0) + (surely(facts, "text") ? doubtOfText : 0) - odds;
  const judged = rows.map((row) => ({ row, odds: logOdds(forest, row) - doubt })).toSorted((a, b) => b.odds - a.odds);
  const best = judged[0]!;
  const score = scoreOf(best.odds);
  return { score, signals: score < shownScore ? [] : reasons(literal, best.row) };
}

/** None of them is drawn more than another: by their digits alone a fifth would be missed. */
const usualUuid = "7119c19e-4955-48b4-82da-6f724e972620";

function asUsual(literal: NamedLiteral): NamedLiteral {
  return isDrawnUuid(literal.value) ? { ...literal, value: usualUuid } : literal;
}

/**
 * Scores a value whose place alone says what it is: a password in an address, an argument that takes a token. The place adds
 * `odds` to what the model says.
 */
export function scoreValue(
  value: string,
  kind: "password" | "token",
  { quoted = true, odds = 0 }: { readonly quoted?: boolean; readonly odds?: number } = {},
): number {
  const row = featuresOf({ value, kind, words: [kind], quoted, lexical: "plain", syntax: "assignment", file: "code" });
  return scoreOf(logOdds(forest, row) + odds);
}

function scoreOf(odds: number): number {
  if (odds >= reported) {
    return Math.round(reportedScore + (bestScore - reportedScore) * Math.min(1, (odds - reported) / sureOdds));
  }
  if (odds < shown) return 0;
  return Math.floor(shownScore + (reportedScore - shownScore) * ((odds - shown) / (reported - shown)));
}

/** The groups of features without which the odds would fall, the most important first. */
function reasons({ assignment, value }: NamedLiteral, row: Float64Array): readonly string[] {
  const whole = logOdds(forest, row);
  const texts = {
    rarity: `characters follow each other as they do by chance (${(row[0] ?? 0).toFixed(1)} bits each)`,
    characters: `${value.length} characters of ${row[9] ?? 0} ${row[9] === 1 ? "kind" : "kinds"}`,
    words: "no word, label or name of something in it",
    name: "such names hold secrets",
    place: "written where values stand",
  };
  const groups = (Object.keys(texts) as (keyof typeof texts)[]).map((group) => {
    const without = row.map((number, index) => (features[index]!.group === group ? (usual[index] ?? 0) : number));
    return { group, weight: whole - logOdds(forest, without) };
  });
  return [
    `the name is "${assignment.name.slice(0, 40)}"`,
    ...groups
      .filter(({ weight }) => weight > leastTold)
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, 3)
      .map(({ group }) => texts[group]),
  ];
}
