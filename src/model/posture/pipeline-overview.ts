/** What is known of a pipeline at a glance: who starts it with what, what it acts as, what it may use. */
import type { PathCertainty } from "./attack-path.ts";
import type { PipelineBill } from "./pipeline-bill.ts";
import type { DefinitionFact } from "./pipeline-facts.ts";
import type { Evidence } from "./posture-result.ts";
import type { ResourceKind } from "./resource-facts.ts";

/** Whether code that nobody reviewed runs this way. */
export type ExposureAnswer =
  | { readonly is: "no" }
  | { readonly is: "unknown" }
  | { readonly is: "yes"; readonly says: string; readonly evidence: Evidence };

export interface PipelineExposure {
  readonly pullRequests: ExposureAnswer;
  readonly forks: ExposureAnswer;
  readonly openBranches: ExposureAnswer;
  /** Whoever knows an address of it starts it. */
  readonly webhooks: ExposureAnswer;
  /** Texts that somebody chooses from outside reach a shell. */
  readonly injections: readonly Evidence[];
}

export interface PipelineOverview {
  readonly name: string;
  /** `\` for the top. */
  readonly folder: string;
  readonly url: string;
  readonly kind: DefinitionFact["kind"];
  readonly isEnabled: boolean;
  readonly revision: number;
  readonly repository: DefinitionFact["repository"];
  /** YAML whose file was read. */
  readonly source?: { readonly ref: string; readonly commit: string; readonly path: string };
  readonly starts: PipelineBill["starts"];
  readonly identity: PipelineBill["identity"];
  readonly exposure: PipelineExposure;
  readonly uses: readonly {
    readonly kind: ResourceKind;
    readonly name: string;
    readonly certainty: PathCertainty;
    readonly isDeployment: boolean;
  }[];
  readonly gaps: readonly string[];
}

/** The last run of a pipeline, whatever it was. */
export interface PipelineRun {
  readonly id: number;
  readonly number: string;
  readonly url: string;
  readonly reason: string;
  readonly result: string;
  readonly branch: string;
  /** ISO 8601. */
  readonly at: string;
  readonly requestedFor?: string;
}
