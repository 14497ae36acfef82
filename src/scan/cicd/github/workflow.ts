/** Workflows and actions of GitHub as the rules see them: jobs and steps with their places. Nothing is looked up elsewhere. */
import type { Block, Node, Scalar } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";

export type GithubFile = Workflow | Action;

export interface Workflow {
  readonly is: "workflow";
  readonly path: string;
  readonly body: Block;
  /** What starts it, by event, with the filters of each. */
  readonly events: ReadonlyMap<string, Node | undefined>;
  /** Of the key `on`. */
  readonly onAt: Place;
  readonly jobs: readonly Job[];
  /** Of `workflow_dispatch` and `workflow_call`. */
  readonly inputs: ReadonlyMap<string, Input>;
  /** Jobs or steps that were left out, because there are too many. */
  readonly leftOut: number;
}

export interface Action {
  readonly is: "action";
  readonly path: string;
  readonly body: Block;
  readonly steps: readonly Step[];
  readonly inputs: ReadonlyMap<string, Input>;
  readonly leftOut: number;
}

export interface Input {
  /** `string`, `boolean`, `number`, `choice`, `environment`. */
  readonly type: string;
}

export interface Job {
  readonly id: string;
  /** Of its name. */
  readonly at: Place;
  readonly body: Block;
  readonly steps: readonly Step[];
  readonly workflow: Workflow;
}

export interface Step {
  /** By its id or name, not by its number: `build/compile`. */
  readonly address: string;
  readonly at: Place;
  readonly body: Block;
  /** The action without what follows `@`, in lower case and without idle path parts: `actions/checkout`. */
  readonly action: string | undefined;
  readonly run: Scalar | undefined;
  readonly job: Job | undefined;
  readonly file: GithubFile;
}

export function stepsOf(file: GithubFile): readonly Step[] {
  return file.is === "action" ? file.steps : file.jobs.flatMap((job) => job.steps);
}

export function jobsOf(file: GithubFile): readonly Job[] {
  return file.is === "workflow" ? file.jobs : [];
}
