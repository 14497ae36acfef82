/**
 * Where the anchors of rules are looked for, and what the prefilter looks for: all that follows from the rules alone. To work it
 * out takes a fifth of a small scan, so a bundle holds it ready (own-plan.ts).
 */

import type { Around } from "../prefilter/anchor-groups.ts";
import type { PrefilterImage } from "../prefilter/prefilter-memory.ts";
import type { ReaderName } from "../readers/readers.ts";
import type { SecretRule, Shape } from "../rule/secret-rule.ts";
import { markTexts } from "../silencing/may-be-marked.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { inSmallLetters } from "../text/small-letters.ts";
import { isIn } from "../text/view.ts";
import { type NumberLists, numberLists, RuleAnchors } from "./anchor-table.ts";
import { namedReach } from "./find-named.ts";
import { beginsWithRun } from "./find-named-anchors.ts";
import { isRare, planRareAnchors } from "./plan-rare-anchors.ts";
import { prefilterImage } from "./prefilter-image.ts";

/** Anchors are told by their numbers (anchor-table.ts). */
export interface RulesPlan {
  readonly image: PrefilterImage;
  /** By the number of a text in the prefilter's table: the anchors that are written so, in either case. */
  readonly anchors: NumberLists;
  /** By the number of a text: 1 where a mark that may silence something is written so. */
  readonly marks: Uint8Array;
  /** Words of providers that are looked for before long runs only. */
  readonly named: NumberLists;
  /** Short anchors that are looked for beside long runs only: in groups, by their first two bytes. */
  readonly rare: { readonly groupOf: Uint8Array; readonly groups: NumberLists };
}

export function planRules(rules: readonly SecretRule[]): RulesPlan {
  const all = new RuleAnchors(rules);
  const everywhere: number[] = [];
  const rare: number[] = [];
  const named: number[] = [];
  let first = 0;
  for (const { anchors, shape } of rules) {
    const own = anchors.map((_, index) => first + index);
    first += own.length;
    // No other shape has a run beside its anchors.
    const isBesideRuns = shape.is === "token" && own.every((number) => isRare(all.at(number)));
    const place = isBesideRuns ? rare : beginsWithRun(shape) ? named : everywhere;
    place.push(...own);
  }
  const { texts, lists } = byText(all, everywhere, ...markTexts);
  const ofNamed = byText(all, named);
  const ofRare = planRareAnchors(all, rare);
  const shapesOf = (numbers: readonly number[]) => numbers.map((number) => rules[all.at(number).rule]!.shape);
  const image = prefilterImage({
    anchors: texts,
    around: texts.map((text, index) => aroundText(shapesOf(lists[index]!), text)),
    rare: ofRare,
    named: ofNamed.texts,
    namedReach: namedReach + 1,
  });
  return {
    image,
    anchors: numberLists(lists),
    marks: Uint8Array.from(texts, (text) => (markTexts.includes(text) ? 1 : 0)),
    named: numberLists(ofNamed.lists),
    rare: { groupOf: ofRare.groupOf, groups: numberLists(ofRare.groups) },
  };
}

/** Anchors that only differ in case have one text. */
function byText(all: RuleAnchors, numbers: readonly number[], ...further: readonly string[]) {
  const ofText = Map.groupBy(numbers, (number) => inSmallLetters(all.at(number).anchor.text));
  const texts = [...new Set([...ofText.keys(), ...further])].sort((a, b) => b.length - a.length);
  return { texts, lists: texts.map((text) => ofText.get(text) ?? []) };
}

/** Readers that look first whether something is assigned to the name around the anchor, */
const ofNames: readonly ReaderName[] = ["password", "secret", "pipeline-literal", "placed"];
/** and then what kind of secret the name says. */
const ofKinds: readonly ReaderName[] = ["password", "secret", "pipeline-literal"];

/** What must stand around a text for any of the rules that it belongs to to read something there. */
function aroundText(shapes: readonly Shape[], text: string): Around {
  const asked = [...new Set(shapes.map((shape) => aroundAnchor(shape, text)))];
  if (asked.length <= 1) return asked[0] ?? 0;
  return asked.every((around) => around === 1 || around === 3) ? 1 : 0;
}

function aroundAnchor(shape: Shape, text: string): Around {
  if (shape.is !== "reader") return shape.is === "assigned" && endsInName(text) ? 1 : 0;
  // `thin:user/password@host` is read otherwise.
  if (shape.reader === "user-info") return text === "://" ? 2 : 0;
  if (!ofNames.includes(shape.reader) || !endsInName(text)) return 0;
  return ofKinds.includes(shape.reader) ? 3 : 1;
}

/** Anchors that end with a separator are read without it, or not as names. */
function endsInName(text: string): boolean {
  return isIn(alphabetTable("word"), text.charCodeAt(text.length - 1));
}
