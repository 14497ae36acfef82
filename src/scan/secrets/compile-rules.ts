import type { AlphabetName } from "./alphabets.ts";
import { type AnchorAutomaton, buildAnchorAutomaton } from "./anchor-automaton.ts";
import { type AnchorProbes, probesOf } from "./anchor-probes.ts";
import { escapeHeads } from "./decoded-text.ts";
import { isRare, type RareAnchors, rareAnchors } from "./find-rare-anchors.ts";
import { isLongReach, type Reach, reachOf } from "./rule-reach.ts";
import type { Anchor, Part, SecretRule } from "./secret-rule.ts";

/** One anchor of one rule; several rules may share the same text. */
export interface CompiledAnchor {
  readonly rule: number;
  readonly anchor: Anchor;
  readonly length: number;
  readonly probes: AnchorProbes;
  /** Only of an anchor whose rule looks further than windows reach. */
  readonly longReach?: Reach;
}

/** How a rule without anchors is found: its first characters are a run of one class. */
export interface CompiledRun {
  readonly rule: SecretRule;
  readonly alphabet: AlphabetName;
  readonly least: number;
  readonly most: number;
  /** Of a token: what the run begins; undefined if the run is all. */
  readonly parts?: readonly Part[];
}

export interface CompiledRules {
  readonly rules: readonly SecretRule[];
  readonly automaton: AnchorAutomaton;
  /** By state of the automaton: the anchors that end there. */
  readonly anchors: readonly (readonly CompiledAnchor[])[];
  /** By state of the automaton: the length of the escape's head that ends there, or 0. */
  readonly escapeHeads: Uint8Array;
  /** Short anchors that are looked for beside long runs only. */
  readonly rare: RareAnchors<CompiledAnchor>;
  /** Rules without anchors, found as runs of an alphabet. */
  readonly runs: readonly CompiledRun[];
}

/** Anchors that only differ in case become one entry of the automaton. */
export function compileRules(rules: readonly SecretRule[]): CompiledRules {
  const byText = new Map<string, CompiledAnchor[]>();
  const rare: CompiledAnchor[] = [];
  rules.forEach((rule, index) => {
    const ownAnchors = rule.anchors.map((anchor) => compileAnchor(rule, index, anchor));
    if (ownAnchors.every(isRare)) {
      rare.push(...ownAnchors);
      return;
    }
    for (const own of ownAnchors) {
      const folded = own.anchor.text.toLowerCase();
      const list = byText.get(folded);
      if (list === undefined) byText.set(folded, [own]);
      else list.push(own);
    }
  });
  for (const head of escapeHeads) if (!byText.has(head)) byText.set(head, []);
  const automaton = buildAnchorAutomaton([...byText.keys()]);
  const anchors = [...byText.values()];
  const heads = Array.from(byText.keys(), (text) => (escapeHeads.includes(text) ? text.length : 0));
  return {
    rules,
    automaton,
    anchors: automaton.outputs.map((outputs) => outputs.flatMap((output) => anchors[output]!)),
    escapeHeads: Uint8Array.from(automaton.outputs, (outputs) =>
      Math.max(0, ...outputs.map((output) => heads[output]!)),
    ),
    rare: rareAnchors(rare),
    runs: rules.flatMap(runOf),
  };
}

function compileAnchor(rule: SecretRule, index: number, anchor: Anchor): CompiledAnchor {
  const reach = reachOf(rule, anchor);
  return {
    rule: index,
    anchor,
    length: anchor.text.length,
    probes: probesOf(rule, anchor),
    ...(isLongReach(reach) && { longReach: reach }),
  };
}

function runOf(rule: SecretRule): readonly CompiledRun[] {
  const { shape, anchors } = rule;
  if (shape.is === "run") return [{ rule, alphabet: shape.alphabet, least: shape.length, most: shape.length }];
  const first = shape.is === "token" && anchors.length === 0 ? shape.parts[0] : undefined;
  if (shape.is !== "token" || first === undefined || !("alphabet" in first)) return [];
  const [least, most] = typeof first.length === "number" ? [first.length, first.length] : first.length;
  return [{ rule, alphabet: first.alphabet, least, most, parts: shape.parts }];
}
