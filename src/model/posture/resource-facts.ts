/** What pipelines use, and what guards it. */
import type { SecretLook, VariableFact } from "./pipeline-facts.ts";

export const resourceKinds = [
  "connection",
  "variable-group",
  "secure-file",
  "environment",
  "queue",
  "repository",
] as const;

export type ResourceKind = (typeof resourceKinds)[number];

/** Which pipelines may use a resource without being asked. */
export interface PipelinePermission {
  readonly kind: ResourceKind;
  /** Of a repository: its GUID alone. */
  readonly id: string;
  readonly allPipelines: boolean;
  readonly definitionIds: readonly number[];
}

export interface CheckFact {
  readonly id: number;
  readonly kind: ResourceKind;
  readonly resourceId: string;
  readonly isEnabled: boolean;
  readonly url?: string;
  readonly settings: CheckSettings;
}

export type CheckSettings =
  | {
      readonly is: "approval";
      readonly approvers: readonly {
        readonly id: string;
        readonly name: string;
        readonly descriptor?: string;
        readonly isGroup?: boolean;
      }[];
      /** 0: all of them. */
      readonly minimum: number;
      readonly requesterMayApprove: boolean;
    }
  | {
      readonly is: "branch-control";
      /** Patterns: `refs/heads/main`, `*`. */
      readonly allowedBranches: readonly string[];
      readonly ensuresProtection: boolean;
      readonly allowsUnknownStatus: boolean;
    }
  | {
      readonly is: "required-template";
      readonly templates: readonly {
        readonly repositoryType: string;
        readonly repository: string;
        readonly ref: string;
        readonly path: string;
      }[];
    }
  | { readonly is: "exclusive-lock" | "business-hours" | "other"; readonly name: string };

export interface EnvironmentFact {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  readonly url: string;
}

export interface ConnectionFact {
  readonly id: string;
  readonly name: string;
  /** `azurerm`, `github`, `incomingwebhook`. */
  readonly type: string;
  readonly url: string;
  readonly pageUrl: string;
  /** `WorkloadIdentityFederation`, `ServicePrincipal`, `Token`. */
  readonly scheme: string;
  readonly isReady: boolean;
  readonly isShared: boolean;
  /** Ids of projects that it is shared with, its own too. */
  readonly projectIds: readonly string[];
  /** Facts about the cloud behind it, by Azure DevOps' own names: `scopeLevel`, `subscriptionName`. Never a secret. */
  readonly data: Readonly<Record<string, string>>;
  /** Public parameters of its sign-in: `serviceprincipalid`, `scope`. Never a secret. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Names of parameters that hold a secret on the server. */
  readonly secretParameters: readonly string[];
  readonly createdBy?: string;
}

export interface ConnectionUse {
  readonly connectionId: string;
  /** Newest first, at most 50. */
  readonly uses: readonly {
    readonly definitionName?: string;
    readonly definitionId?: number;
    readonly runId?: number;
    readonly at?: string;
  }[];
}

export interface VariableGroupFact {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  /** Set where the values come from Azure Key Vault. */
  readonly vault?: { readonly name: string; readonly connectionId: string };
  readonly isShared: boolean;
  readonly projectIds: readonly string[];
  readonly variables: readonly VariableFact[];
}

export interface SecureFileFact {
  readonly id: string;
  readonly name: string;
}

export interface QueueFact {
  readonly id: number;
  readonly name: string;
  readonly poolId: number;
  /** Of its pool, as the queue itself says it: pools may not be known. */
  readonly isHosted?: boolean;
}

export interface PoolFact {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly isHosted: boolean;
  /** New projects get a queue of it by themselves. */
  readonly autoProvision: boolean;
  readonly autoUpdate: boolean;
  /** Machines of a scale set. */
  readonly elastic?: { readonly recycleAfterEachUse: boolean };
  readonly agents: readonly AgentFact[];
  /** Why `agents` does not tell all of them; absent: it does, or Microsoft runs them. */
  readonly agentsUnknown?: string;
}

export interface AgentFact {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly os?: string;
  readonly isOnline: boolean;
  readonly isEnabled: boolean;
  readonly changedAt?: string;
  /** Names of capabilities whose values look like secrets. */
  readonly secretCapabilities: readonly { readonly name: string; readonly look: SecretLook }[];
}

/** A role that somebody has on a connection or variable group. */
export interface ResourceRole {
  readonly kind: "connection" | "variable-group" | "environment" | "queue";
  readonly resourceId: string;
  readonly identity: { readonly id: string; readonly name: string; readonly descriptor?: string };
  /** `Administrator`, `User`, `Creator`, `Reader`. */
  readonly role: string;
  readonly isInherited: boolean;
}
