import { alphabetTable } from "../alphabets.ts";
import type { Around } from "../prefilter/anchor-groups.ts";
import { openPrefilter, type Prefilter } from "../prefilter/prefilter.ts";
import { prefilterImage } from "../prefilter/prefilter-image.ts";
import type { PrefilterImage } from "../prefilter/prefilter-memory.ts";
import type { ReaderName } from "../readers/readers.ts";
import type { Part, SecretRule, Shape } from "../secret-rule.ts";
import { ownMarker } from "../silencing/allow-markers.ts";
import { inSmallLetters } from "../small-letters.ts";
import { isIn } from "../view.ts";
import { CompiledAnchor } from "./compiled-anchor.ts";
import { leastLiteral } from "./find-long-runs.ts";
import { namedReach } from "./find-named.ts";
import { beginsWithRun } from "./find-named-anchors.ts";
import { isRare, type RareAnchors, rareAnchors } from "./find-rare-anchors.ts";

/** How a rule without anchors is found: its first characters are a run of one class. */
export interface CompiledRun {
  readonly rule: SecretRule;
  /** Of its alphabet. */
  readonly table: Uint8Array;
  readonly least: number;
  readonly most: number;
  /** Of a token: what the run begins; undefined if the run is all. */
  readonly parts?: readonly Part[];
}

/** By the number of a text in the prefilter's table: the anchors that are written so, in either case. */
export type AnchorTable = readonly (readonly CompiledAnchor[])[];

export interface CompiledRules {
  readonly rules: readonly SecretRule[];
  readonly prefilter: Prefilter;
  /** From which other threads open theirs. */
  readonly image: PrefilterImage;
  readonly anchors: AnchorTable;
  /** The number of the own marker's text among those of the anchors. */
  readonly marker: number;
  /** Short anchors that are looked for beside long runs only. */
  readonly rare: RareAnchors<CompiledAnchor>;
  /** Words of providers that are looked for before long runs only. */
  readonly named: AnchorTable;
  /** Rules without anchors, found as runs of an alphabet. */
  readonly runs: readonly CompiledRun[];
  /** Those of them that may be shorter than base64 that is decoded. */
  readonly shortRuns: readonly CompiledRun[];
}

export function compileRules(rules: readonly SecretRule[]): CompiledRules {
  const everywhere: CompiledAnchor[] = [];
  const rare: CompiledAnchor[] = [];
  const named: CompiledAnchor[] = [];
  rules.forEach((rule, index) => {
    const own = rule.anchors.map((anchor) => new CompiledAnchor(rule, index, anchor));
    // No other shape has a run beside its anchors; to ask each of them takes 10 ms of a scan's start.
    const isBesideRuns = rule.shape.is === "token" && own.every(isRare);
    const place = isBesideRuns ? rare : beginsWithRun(rule.shape) ? named : everywhere;
    place.push(...own);
  });
  const { texts, anchors } = tableOf(everywhere, ownMarker);
  const ofNamed = tableOf(named);
  const ofRare = rareAnchors(rare);
  const around = texts.map((text, index) => aroundText(rules, text, anchors[index]!));
  const runs = rules.flatMap(runOf);
  const image = prefilterImage({
    ...{ anchors: texts, around, rare: ofRare },
    ...{ named: ofNamed.texts, namedReach: namedReach + 1 },
  });
  return {
    rules,
    prefilter: openPrefilter(image),
    image,
    anchors,
    marker: texts.indexOf(ownMarker),
    rare: ofRare,
    named: ofNamed.anchors,
    runs,
    shortRuns: runs.filter(({ least }) => least < leastLiteral),
  };
}

/** Anchors that only differ in case have one text. */
function tableOf(anchors: readonly CompiledAnchor[], ...further: readonly string[]) {
  const byText = Map.groupBy(anchors, ({ anchor }) => inSmallLetters(anchor.text));
  const texts = [...new Set([...byText.keys(), ...further])].sort((a, b) => b.length - a.length);
  return { texts, anchors: texts.map((text) => byText.get(text) ?? []) };
}

/** Readers that look first whether something is assigned to the name around the anchor. */
const ofNames: readonly ReaderName[] = ["password", "secret", "pipeline-literal", "placed"];

/** What must stand around a text for any of its rules to read something there. */
function aroundText(rules: readonly SecretRule[], text: string, anchors: readonly CompiledAnchor[]): Around {
  const [first, ...others] = anchors;
  if (first === undefined) return 0;
  const found = aroundAnchor(rules[first.rule]!.shape, text);
  if (found === 0) return 0;
  return others.every(({ rule }) => aroundAnchor(rules[rule]!.shape, text) === found) ? found : 0;
}

function aroundAnchor(shape: Shape, text: string): Around {
  if (shape.is !== "reader") return shape.is === "assigned" && endsInName(text) ? 1 : 0;
  // `thin:user/password@host` is read otherwise.
  if (shape.reader === "user-info") return text === "://" ? 2 : 0;
  return ofNames.includes(shape.reader) && endsInName(text) ? 1 : 0;
}

/** Anchors that end with a separator are read without it, or not as names. */
function endsInName(text: string): boolean {
  return isIn(alphabetTable("word"), text.charCodeAt(text.length - 1));
}

function runOf(rule: SecretRule): readonly CompiledRun[] {
  const { shape, anchors } = rule;
  if (shape.is === "run")
    return [{ rule, table: alphabetTable(shape.alphabet), least: shape.length, most: shape.length }];
  const first = shape.is === "token" && anchors.length === 0 ? shape.parts[0] : undefined;
  if (shape.is !== "token" || first === undefined || !("alphabet" in first)) return [];
  const [least, most] = typeof first.length === "number" ? [first.length, first.length] : first.length;
  return [{ rule, table: alphabetTable(first.alphabet), least, most, parts: shape.parts }];
}
