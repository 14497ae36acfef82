import { type AnchorProbes, probesOf } from "../prefilter/anchor-probes.ts";
import type { Anchor, SecretRule } from "../rule/secret-rule.ts";
import { type Reach, reachOf } from "./rule-reach.ts";

/**
 * One anchor of one rule; several rules may share the same text. What follows from its rule is told when it is asked for: there are
 * thousands of anchors, and few stand in a repository.
 */
export class CompiledAnchor {
  readonly rule: number;
  readonly anchor: Anchor;
  readonly length: number;
  private readonly of: SecretRule;
  private knownProbes: AnchorProbes | undefined;
  private knownReach: Reach | undefined;

  /** `rule` is the number of the rule it belongs to. */
  constructor(of: SecretRule, rule: number, anchor: Anchor) {
    this.of = of;
    this.rule = rule;
    this.anchor = anchor;
    this.length = anchor.text.length;
  }

  get probes(): AnchorProbes {
    this.knownProbes ??= probesOf(this.of, this.anchor);
    return this.knownProbes;
  }

  /** How far its rule looks, at most. */
  get reach(): Reach {
    this.knownReach ??= reachOf(this.of, this.anchor);
    return this.knownReach;
  }
}
