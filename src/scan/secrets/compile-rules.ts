import { type AnchorAutomaton, buildAnchorAutomaton } from "./anchor-automaton.ts";
import { escapeHeads } from "./decoded-text.ts";
import { isLongReach, type Reach, reachOf } from "./rule-reach.ts";
import type { Anchor, SecretRule } from "./secret-rule.ts";

/** One anchor of one rule; several rules may share the same text. */
export interface CompiledAnchor {
  readonly rule: number;
  readonly anchor: Anchor;
  readonly length: number;
  /** Only of an anchor whose rule looks further than windows reach. */
  readonly longReach?: Reach;
}

export interface CompiledRules {
  readonly rules: readonly SecretRule[];
  readonly automaton: AnchorAutomaton;
  /** By output of the automaton: the anchors that end there. */
  readonly anchors: readonly (readonly CompiledAnchor[])[];
  /** By output of the automaton: the length of the escape's head that ends there, or 0. */
  readonly escapeHeads: Uint8Array;
  /** Rules without anchors, found as runs of an alphabet. */
  readonly runs: readonly number[];
}

/** Anchors that only differ in case become one entry of the automaton. */
export function compileRules(rules: readonly SecretRule[]): CompiledRules {
  const byText = new Map<string, CompiledAnchor[]>();
  rules.forEach((rule, index) => {
    for (const anchor of rule.anchors) {
      const folded = anchor.text.toLowerCase();
      const list = byText.get(folded) ?? [];
      const reach = reachOf(rule, anchor);
      list.push({
        rule: index,
        anchor,
        length: anchor.text.length,
        ...(isLongReach(reach) && { longReach: reach }),
      });
      byText.set(folded, list);
    }
  });
  for (const head of escapeHeads) if (!byText.has(head)) byText.set(head, []);
  return {
    rules,
    automaton: buildAnchorAutomaton([...byText.keys()]),
    anchors: [...byText.values()],
    escapeHeads: Uint8Array.from(byText.keys(), (text) => (escapeHeads.includes(text) ? text.length : 0)),
    runs: rules.flatMap((rule, index) => (rule.shape.is === "run" ? [index] : [])),
  };
}
