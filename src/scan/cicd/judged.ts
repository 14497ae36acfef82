import type { Rule } from "#model/rule.ts";
import type { Answer } from "./cicd-rule.ts";

/** What a rule says about a pipeline. */
export interface Judged {
  readonly rule: Rule;
  readonly answer: Answer;
}
