/** What a policy sees, whatever the language: a resource with a body that is resolved when it is asked for. */
import type { Problem } from "#model/scan-result.ts";
import type { Block } from "../formats/node.ts";
import type { Place } from "../formats/text-file.ts";

/** The first part of a key in a policy's `on`. Bicep is resolved to the resources of ARM. */
export type Dialect =
  | "tf"
  | "arm"
  | "cfn"
  | "k8s"
  | "docker"
  | "compose"
  | "pipeline" /* Azure Pipelines */
  | "workflow"; /* GitHub Actions */

export interface Resource {
  readonly dialect: Dialect;
  /** For people: `terraform`, `bicep`, `helm`. Several languages share a dialect. */
  readonly language: string;
  /**
   * What policies may call it, the most exact first: `azurerm_storage_account`, `data.aws_iam_policy_document`,
   * `provider.aws`, `Deployment` and `workload`. ARM types are compared without regard to case.
   */
  readonly types: readonly string[];
  /** Unique in its unit: `module.a["x"].azurerm_storage_account.b[0]`. */
  readonly address: string;
  /** The whole resource; its start is where it begins for people, comments before it not counted. */
  readonly at: Place;
  readonly body: Block;
  /** Blocks through which it came to be (module calls), the outermost first: their skips hold for it. */
  readonly calledFrom: readonly Place[];
  /** Its file is a unit of its own, too: here only what is passed in from elsewhere is told. */
  readonly isReadElsewhere?: boolean;
  /** Skips that are written as data (annotations, metadata); comments are read from the text. */
  readonly skips: readonly SkipMark[];
  /**
   * Resources of these types that this one refers to or that refer to it, by reference, id or name. `open` says why there
   * may be others that nobody can see.
   */
  readonly connected: (types: readonly string[]) => Connections;
  /**
   * The same resource if its file had this text, for trying an edit that begins at `changedAt`; undefined if the text cannot
   * be read as before. Absent where only reading the whole unit again can tell.
   */
  readonly rewritten?: (text: string, changedAt: number) => Resource | undefined;
}

export interface Connections {
  readonly resources: readonly Resource[];
  readonly open?: string | undefined;
}

/** Somebody's word that a policy shall not hold here. */
export interface SkipMark {
  /** An id of ours or of another tool. */
  readonly id: string;
  readonly reason?: string | undefined;
  readonly at: Place;
}

/** What the reader of a language makes of one unit: a module tree, a chart, a file. It never throws. */
export interface ReadUnit {
  readonly resources: readonly Resource[];
  readonly problems: readonly Problem[];
}

export const noConnections: Connections = { resources: [] };
