/** Pipelines as the server has them, classic ones too: definitions, runs, task groups and releases. */

/**
 * A variable of a pipeline, group or release. Its text is not kept: only whether it looks like a secret, and what it says if
 * that is a switch or a number.
 */
export interface VariableFact {
  readonly name: string;
  readonly isSecret: boolean;
  /** Whoever queues a run may give it another value. */
  readonly allowOverride: boolean;
  /** `true`, `false` or a short number. */
  readonly plain?: string;
  readonly looksSecret?: SecretLook;
}

/** What the scanner for secrets says about a text that nobody keeps. */
export interface SecretLook {
  /** Id of its rule. */
  readonly rule: string;
  readonly masked: string;
}

export interface DefinitionTrigger {
  readonly is: "ci" | "pull-request" | "schedule" | "build-completion" | "other";
  /** As Azure DevOps writes filters: `+refs/heads/main`; empty: see the YAML file. */
  readonly branchFilters: readonly string[];
  /** The YAML file says when, not the definition. */
  readonly isFromYaml: boolean;
  /** Pull requests of GitHub: forks. */
  readonly forks?: {
    readonly enabled: boolean;
    readonly allowSecrets: boolean;
    readonly allowFullAccessToken: boolean;
  };
  readonly commentRequired?: "none" | "all" | "non-team" | "other";
}

export interface DefinitionFact {
  readonly id: number;
  readonly name: string;
  /** `\` for the top. */
  readonly folder: string;
  readonly revision: number;
  readonly url: string;
  readonly isEnabled: boolean;
  readonly kind: "yaml" | "classic";
  /** YAML only: where the file is in the repository, without a leading slash. */
  readonly yamlPath?: string;
  readonly repository: {
    readonly kind: "azure-repos" | "github" | "github-enterprise" | "bitbucket" | "other";
    /** Azure Repos: its GUID; GitHub: `owner/name`. */
    readonly id: string;
    readonly name: string;
    readonly defaultBranch?: string;
    /** GitHub and Bitbucket: whether everybody may read it, if that is said. */
    readonly isPublic?: boolean;
  };
  readonly queueId?: number;
  readonly poolName?: string;
  readonly jobScope: "project" | "organization";
  readonly triggers: readonly DefinitionTrigger[];
  readonly variables: readonly VariableFact[];
  readonly variableGroupIds: readonly number[];
  /** Classic only. */
  readonly steps: readonly ClassicStep[];
  readonly createdBy?: string;
  readonly changedAt?: string;
  /** When its last run was queued, however long ago; absent: it never ran, or that is not said. */
  readonly lastRunAt?: string;
}

/** A step of a classic pipeline, task group or release. */
export interface ClassicStep {
  readonly name: string;
  /** GUID of the task, or of the task group. */
  readonly taskId: string;
  readonly version: string;
  readonly isTaskGroup: boolean;
  readonly isEnabled: boolean;
  /** Names only; what looks like a secret is marked. */
  readonly inputs: readonly {
    readonly name: string;
    readonly looksSecret?: SecretLook;
    readonly connectionId?: string;
  }[];
}

export interface RunFact {
  readonly id: number;
  readonly definitionId: number;
  readonly number: string;
  readonly url: string;
  readonly reason: string;
  readonly result: string;
  readonly branch: string;
  readonly commit?: string;
  /** Revision of the definition that it ran with. */
  readonly definitionRevision?: number;
  readonly queuedAt: string;
  readonly finishedAt?: string;
  readonly requestedFor?: PersonReference;
  readonly requestedBy?: PersonReference;
  /** Names of variables and template parameters that were given when it was queued. */
  readonly given: readonly GivenValue[];
  readonly isDeleted?: true;
}

export interface PersonReference {
  readonly id: string;
  readonly name: string;
  /** Subject of graph: `aad.…`, `svc.…`. */
  readonly descriptor?: string;
}

/** A value somebody gave when queueing a run; its text is not kept. */
export interface GivenValue {
  readonly name: string;
  readonly is: "variable" | "parameter";
  /** What it holds that a name or number would not. */
  readonly holds: readonly ("shell-characters" | "address" | "system-name")[];
}

/** What a run really did, from its timeline. */
export interface RunRecord {
  readonly is: "stage" | "job" | "task" | "checkpoint" | "other";
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  /** As it is called in YAML: `Deploy.Production`. */
  readonly identifier?: string;
  readonly result: "succeeded" | "failed" | "skipped" | "canceled" | "other" | "none";
  readonly task?: { readonly id: string; readonly name: string; readonly version: string };
  readonly worker?: string;
  readonly logId?: number;
  readonly startedAt?: string;
}

export interface TaskGroupFact {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly steps: readonly ClassicStep[];
}

export interface ReleaseFact {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly variables: readonly VariableFact[];
  readonly variableGroupIds: readonly number[];
  readonly artifacts: readonly { readonly alias: string; readonly type: string; readonly definitionId?: string }[];
  /** Runs, pushes and pull requests that start a release by themselves; those of images and packages have no branch. */
  readonly triggers: readonly ReleaseTrigger[];
  readonly stages: readonly ReleaseStage[];
}

export interface ReleaseTrigger {
  readonly alias: string;
  /** Of pull requests: the branches that they are for. */
  readonly branchFilters: readonly string[];
  /** It starts releases of what pull requests bring, before anybody reviewed them. */
  readonly isOfPullRequests?: true;
}

export interface ReleaseStage {
  readonly id: number;
  readonly name: string;
  readonly rank: number;
  readonly variables: readonly VariableFact[];
  readonly isApprovalAutomatic: boolean;
  readonly approvers: readonly string[];
  readonly requiredApprovers: number;
  readonly creatorMayApprove: boolean;
  readonly skipsApprovalIfSameApprover: boolean;
  /** Branches that its artifact conditions allow; empty: any. */
  readonly artifactBranches: readonly string[];
  /** It deploys releases that a pull request started. */
  readonly takesPullRequests?: true;
  readonly phases: readonly {
    readonly queueId?: number;
    readonly tokenForScripts: boolean;
    readonly steps: readonly ClassicStep[];
  }[];
}
