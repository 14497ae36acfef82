import type { InstanceId, RepositoryId } from "./ids.ts";
import type { Narrowing } from "./narrowing.ts";
import type { FeatureSwitches, SignInMethod } from "./scopes.ts";

/** Which repositories an instance scans. */
export type Takes =
  | { readonly is: "existing"; readonly narrowing?: Narrowing }
  | { readonly is: "existing-and-future"; readonly narrowing?: Narrowing }
  | { readonly is: "list"; readonly repositories: readonly RepositoryId[] };

/** Whose rights an instance uses. */
export interface SignIn {
  readonly is: SignInMethod;
  readonly account: string;
  /** The Microsoft Entra directory of the sign-in. */
  readonly tenant?: string;
  /** Of a personal access token, where the person said it. */
  readonly expires?: Date;
}

export type InstanceState = "connecting" | "connected" | "warning" | "error" | "disabled";

/** What a person can do about a reason with one click. */
export type RemedyAction = "renew-sign-in" | "edit-choice" | "sync" | "validate" | "resume" | "try-again";

/** Why an instance is not simply connected. `code` is stable. */
export interface StateReason {
  readonly code: string;
  /** An error stops everything it is about, a warning part of it; a notice changes no state. */
  readonly level: "error" | "warning" | "notice";
  /** Name of the organization it is about; absent = the whole instance. */
  readonly organization?: string;
  /** Since when, as ISO text: reasons are kept as JSON. */
  readonly since: string;
  readonly cause: string;
  /** What works no longer, or later. */
  readonly affects: string;
  /** A sentence that says what to do. */
  readonly remedy: string;
  readonly action?: RemedyAction;
}

/** One connection to one vendor: Settings > Data Sources & Integrations shows a row for each. */
export interface Instance {
  readonly id: InstanceId;
  readonly name: string;
  readonly vendor: "azure-devops";
  readonly signIn: SignIn;
  readonly takes: Takes;
  readonly features: FeatureSwitches;
  readonly state: InstanceState;
  readonly reasons: readonly StateReason[];
  readonly createdAt: Date;
}
