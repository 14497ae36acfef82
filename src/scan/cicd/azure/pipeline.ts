/** A pipeline as it is understood: stages, jobs and steps with every level filled in, and what they use. */
import type { ExpandedPipeline } from "../../formats/azure-pipeline/expand-pipeline.ts";
import type { RepositoryResource } from "../../formats/azure-pipeline/expansion.ts";
import type { MapNode, PipelineNode, ScalarNode } from "../../formats/azure-pipeline/source-node.ts";

export interface Pipeline {
  readonly path: string;
  readonly expanded: ExpandedPipeline;
  readonly root: MapNode;
  /** The name of runs: what `Build.BuildNumber` holds. */
  readonly runName: PipelineNode | undefined;
  readonly variables: readonly Variable[];
  readonly stages: readonly Stage[];
  readonly jobs: readonly Job[];
  readonly steps: readonly Step[];
  /** Steps or scripts were left out, because there are too many. */
  readonly isCut: boolean;
  readonly repositories: readonly RepositoryResource[];
  readonly containers: readonly Container[];
  readonly upstreams: readonly Upstream[];
}

export interface Variable {
  /** As it is written; names compare without case. */
  readonly name: string;
  readonly value: PipelineNode | undefined;
  readonly isReadonly: boolean;
  /** Set for a group: its name stands in `value`. */
  readonly isGroup: boolean;
  readonly node: PipelineNode;
}

export interface Stage {
  readonly name: string;
  readonly node: MapNode;
  readonly variables: readonly Variable[];
  readonly jobs: readonly Job[];
  readonly condition: ScalarNode | undefined;
  /** Not written down, but there. */
  readonly isImplied: boolean;
}

export interface Job {
  readonly is: "job" | "deployment";
  readonly name: string;
  /** `stage/job`; without stages that are not written down. */
  readonly address: string;
  readonly stage: string;
  readonly node: MapNode;
  readonly pool: Pool | undefined;
  readonly container: Container | undefined;
  readonly services: readonly Container[];
  readonly environment: PipelineNode | undefined;
  /** Of the job itself. */
  readonly variables: readonly Variable[];
  /** All that it sees, its own last. */
  readonly visible: readonly Variable[];
  readonly conditions: readonly ScalarNode[];
  readonly steps: readonly Step[];
}

export interface Pool {
  readonly node: PipelineNode;
  readonly name: ScalarNode | undefined;
  readonly image: ScalarNode | undefined;
  readonly demands: readonly ScalarNode[];
}

export interface Container {
  readonly node: PipelineNode;
  /** Under `resources`, where it has one. */
  readonly alias: string | undefined;
  readonly image: ScalarNode | undefined;
}

/** A run of another pipeline whose artifacts may be taken. */
export interface Upstream {
  readonly alias: string;
  readonly node: PipelineNode;
}

export type Shell = "posix" | "powershell" | "cmd" | "python" | "any";

export interface Script {
  readonly node: ScalarNode;
  readonly shell: Shell;
  /** A whole script, not only arguments of a program. */
  readonly isBody: boolean;
}

export interface Step {
  readonly is: "script" | "task" | "checkout" | "download" | "publish" | "other";
  readonly job: Job;
  readonly node: MapNode;
  /** `stage/job/step`: its name, or what it is and the how-manieth of these. */
  readonly address: string;
  /** Set for a task: its name and what is behind `@`. */
  readonly task: { readonly name: string; readonly version: string; readonly at: PipelineNode } | undefined;
  readonly scripts: readonly Script[];
  readonly env: readonly { readonly name: string; readonly value: ScalarNode }[];
  readonly connections: readonly ScalarNode[];
  readonly secureFiles: readonly ScalarNode[];
}
