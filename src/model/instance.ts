import type { InstanceId, RepositoryId } from "./ids.ts";

/** Which repositories an instance scans. */
export type Takes =
  | { readonly is: "existing" }
  | { readonly is: "existing-and-future" }
  | { readonly is: "list"; readonly repositories: readonly RepositoryId[] };

export type SignIn =
  | { readonly is: "entra"; readonly tenant: string; readonly account: string }
  | { readonly is: "pat"; readonly account: string; readonly expires?: Date };

export type InstanceState = "connecting" | "connected" | "warning" | "error" | "disabled";

/** Why an instance is not simply connected; `code` is stable, `message` says what to do. */
export interface StateReason {
  readonly code: string;
  readonly message: string;
}

/** One connection to one vendor: Settings > Data Sources & Integrations shows a row for each. */
export interface Instance {
  readonly id: InstanceId;
  readonly name: string;
  readonly vendor: "azure-devops";
  readonly signIn: SignIn;
  readonly takes: Takes;
  readonly state: InstanceState;
  readonly reasons: readonly StateReason[];
  readonly createdAt: Date;
}
