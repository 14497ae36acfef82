/** A pipeline of an organization as it was understood: its code joined with its settings. */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import type { BillItem } from "#model/posture/pipeline-bill.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence, PostureResult } from "#model/posture/posture-result.ts";
import type { ResourceKind } from "#model/posture/resource-facts.ts";

export interface JudgedPipeline {
  readonly projectId: string;
  readonly definition: DefinitionFact;
  /** Where its code was read; absent for classic ones, and where it could not be read: then `gaps` say why. */
  readonly source?: {
    readonly repositoryId: string;
    readonly ref: string;
    readonly commit: string;
    readonly path: string;
  };
  readonly exposure: Exposure;
  readonly uses: readonly ResourceUse[];
  /** Everything it is made of, for its bill. */
  readonly items: readonly BillItem[];
  /** Texts that somebody who queues or pushes chooses and that reach a shell: how a run is taken over without a change of code. */
  readonly injections: readonly Injection[];
  /** What rules that join its code with settings say. */
  readonly results: readonly PostureResult[];
  readonly gaps: readonly string[];
}

/** Who starts it with code of their own. Undefined: it is not known, and `gaps` say why. */
export interface Exposure {
  /** Code of pull requests runs before anybody reviewed it, and by what. */
  readonly pullRequests: Evidence | false | undefined;
  /** Pull requests of forks, with or without secrets. */
  readonly forks: { readonly withSecrets: boolean; readonly evidence: Evidence } | false | undefined;
  /** Pushes to branches that no policy protects; patterns of these branches. */
  readonly openBranches: { readonly patterns: readonly string[]; readonly evidence: Evidence } | false | undefined;
  /** Whoever knows the address of a webhook. */
  readonly webhooks: readonly {
    readonly connection: string;
    readonly hasSecret: boolean | undefined;
    readonly evidence: Evidence;
  }[];
}

/** A resource that some job uses. */
export interface ResourceUse {
  readonly kind: ResourceKind;
  readonly name: string;
  /** The server's; absent if the name says nothing known. */
  readonly id?: string;
  readonly certainty: PathCertainty;
  /** `stage/job`; absent: the pipeline as a whole. */
  readonly job?: string;
  /** `production` of a deployment job, and whether a deployment is done there. */
  readonly isDeployment?: boolean;
  readonly evidence: Evidence;
}

export interface Injection {
  readonly by: "whoever-queues" | "whoever-pushes" | "webhook";
  readonly job?: string;
  readonly evidence: Evidence;
}
