/** A pipeline of GitLab as the rules see it. What `extends`, `include` and `!reference` bring in is not looked up. */
import type { Block, Node, Scalar } from "../../formats/node.ts";

export interface GitlabPipeline {
  readonly path: string;
  readonly body: Block;
  /** Jobs, hidden ones too, and at first what all of them share: the top of the file and `default`. */
  readonly parts: readonly GitlabPart[];
  /** Inputs that a component or an included file declares under `spec`. */
  readonly inputs: ReadonlyMap<string, Node>;
  /** Jobs or lines of scripts that were left out, because there are too many. */
  readonly leftOut: number;
}

export interface GitlabPart {
  /** The name of the job; `(all jobs)` for what they share. */
  readonly address: string;
  readonly body: Block;
  readonly scripts: readonly GitlabScript[];
}

/** An item of `script`, `before_script` or `after_script`, or the script of a step under `run`. */
export interface GitlabScript {
  readonly address: string;
  readonly node: Scalar;
  readonly text: string;
}
