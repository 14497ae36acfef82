import type { CicdRule } from "../cicd-rule.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PipelineFacts } from "./pipeline-facts.ts";
import type { TaintMap } from "./taint.ts";

export interface PipelineSubject {
  readonly pipeline: Pipeline;
  readonly taint: TaintMap;
}

/** A rule on Azure pipelines. */
export type PipelineRule = CicdRule<PipelineSubject, PipelineFacts>;
