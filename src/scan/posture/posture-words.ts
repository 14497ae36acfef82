/** The words of every rule that speaks of settings, pipelines or runs, with the facts that it needs. */
import type { FactKey } from "#model/posture/fact-key.ts";
import type { PostureCategory } from "#model/posture/posture-result.ts";
import type { Rule, RuleId } from "#model/rule.ts";
import type { CicdRisk } from "../cicd/cicd-rule.ts";
import { pipelineRules } from "../cicd/rules.generated.ts";
import { postureRules } from "./rules.generated.ts";
import { runRules } from "./runs/rules.generated.ts";

export interface PostureRuleWords extends Rule {
  readonly category: PostureCategory;
  readonly risks: readonly CicdRisk[];
  readonly abuse: string;
  /** Of runs, none: they are read again by themselves. */
  readonly needs: readonly FactKey[];
}

/** Facts without which nothing is said of the code of a pipeline. */
const codeNeeds: readonly FactKey[] = ["definitions", "repositories"];

/** By id. Rules on the code of pipelines are among them: they are asked again with what settings say. */
export const postureWords: ReadonlyMap<RuleId, PostureRuleWords> = new Map(
  [
    ...pipelineRules.map((rule): PostureRuleWords => ({ ...rule, category: "pipeline", needs: codeNeeds })),
    ...runRules.map((rule): PostureRuleWords => ({ ...rule, needs: [] })),
    ...postureRules,
  ].map((rule) => [rule.id, rule]),
);
