import { openPrefilter, type Prefilter } from "../prefilter/prefilter.ts";
import type { PrefilterImage } from "../prefilter/prefilter-memory.ts";
import type { Part, SecretRule } from "../rule/secret-rule.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { leastOf, mostOf } from "../text/part-lengths.ts";
import { AnchorTable, RuleAnchors } from "./anchor-table.ts";
import { leastLiteral } from "./find-long-runs.ts";
import type { RareAnchors } from "./find-rare-anchors.ts";
import type { RulesPlan } from "./plan-rules.ts";

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

/** What is looked for, see `RulesPlan`. */
export interface CompiledRules {
  readonly rules: readonly SecretRule[];
  readonly prefilter: Prefilter;
  /** From which other threads open theirs. */
  readonly image: PrefilterImage;
  readonly anchors: AnchorTable;
  readonly marks: Uint8Array;
  readonly rare: RareAnchors;
  readonly named: AnchorTable;
  /** Rules without anchors, found as runs of an alphabet. */
  readonly runs: readonly CompiledRun[];
  /** Those of them that may be shorter than base64 that is decoded. */
  readonly shortRuns: readonly CompiledRun[];
}

/** `plan` is that of these rules. */
export function compileRules(rules: readonly SecretRule[], plan: RulesPlan): CompiledRules {
  const { image, marks, rare } = plan;
  const anchors = new RuleAnchors(rules);
  const runs = rules.flatMap(runOf);
  return {
    rules,
    prefilter: openPrefilter(image),
    image,
    anchors: new AnchorTable(anchors, plan.anchors),
    marks,
    rare: { groupOf: rare.groupOf, groups: new AnchorTable(anchors, rare.groups) },
    named: new AnchorTable(anchors, plan.named),
    runs,
    shortRuns: runs.filter(({ least }) => least < leastLiteral),
  };
}

function runOf(rule: SecretRule): readonly CompiledRun[] {
  const { shape, anchors } = rule;
  if (shape.is === "run")
    return [{ rule, table: alphabetTable(shape.alphabet), least: shape.length, most: shape.length }];
  const first = shape.is === "token" && anchors.length === 0 ? shape.parts[0] : undefined;
  if (shape.is !== "token" || first === undefined || !("alphabet" in first)) return [];
  const table = alphabetTable(first.alphabet);
  return [{ rule, table, least: leastOf(first), most: mostOf(first), parts: shape.parts }];
}
