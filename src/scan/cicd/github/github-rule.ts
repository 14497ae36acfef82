import type { CicdRule } from "../cicd-rule.ts";
import type { GithubFile } from "./workflow.ts";

/** A rule on workflows and actions of GitHub; all it needs is in the file. */
export interface GithubRule extends CicdRule<GithubFile> {
  readonly id: `cicd/github-${string}`;
}
