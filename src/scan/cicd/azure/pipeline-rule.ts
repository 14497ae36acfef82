import type { CicdRule } from "../cicd-rule.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PipelineFacts } from "./pipeline-facts.ts";
import type { TaintMap } from "./taint.ts";

export interface PipelineSubject {
  readonly pipeline: Pipeline;
  readonly taint: TaintMap;
  /** Nothing starts the file by itself: what its parameters hold, callers decide that are not known. */
  readonly isTemplate: boolean;
}

/** A rule on Azure pipelines. */
export type PipelineRule = CicdRule<PipelineSubject, PipelineFacts>;
