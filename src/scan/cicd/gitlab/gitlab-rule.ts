import type { CicdRule } from "../cicd-rule.ts";
import type { GitlabPipeline } from "./gitlab-pipeline.ts";

/** A rule on GitLab's pipelines; all it needs is in the file. */
export interface GitlabRule extends CicdRule<GitlabPipeline> {
  readonly id: `cicd/gitlab-${string}`;
}
