/** Who may do what: people, groups, permissions, tokens. */

export interface PeopleFacts {
  readonly users: readonly UserFact[];
  readonly groups: readonly GroupFact[];
  /** Direct members by the descriptor of the group. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

export interface UserFact {
  /** Subject of graph: `aad.…`, `msa.…`, `svc.…`. */
  readonly descriptor: string;
  readonly name: string;
  readonly mail?: string;
  readonly kind: "member" | "guest" | "service-principal" | "build-identity" | "other";
  readonly isDeletedInOrigin: boolean;
  /** Of build identities: the project they stand for, or `organization`. */
  readonly buildsFor?: string;
  /** `{tenant}\{name}`: how lists of permissions write people. */
  readonly account?: string;
}

export interface GroupFact {
  readonly descriptor: string;
  /** Without its domain: `Contributors`. */
  readonly name: string;
  /** `[Payments]\Contributors`. */
  readonly principalName: string;
  /** Absent: of the organization, or of Microsoft Entra ID. */
  readonly projectId?: string;
  readonly isFromEntra: boolean;
  readonly isDeleted: boolean;
}

export interface Entitlement {
  readonly descriptor: string;
  readonly name: string;
  readonly mail?: string;
  readonly isGuest: boolean;
  readonly status: "active" | "disabled" | "pending" | "deleted" | "other";
  readonly license: string;
  /** Absent: never. */
  readonly lastAccessAt?: string;
  readonly createdAt?: string;
}

/** Permissions of a project, by what they are on. */
export interface AccessFacts {
  readonly git: AccessSpace;
  readonly build: AccessSpace;
  readonly taskGroups: AccessSpace;
  readonly releases: AccessSpace;
}

export type AccessSpaceName = keyof AccessFacts;

export interface AccessSpace {
  /** Names of Azure DevOps (`GenericContribute`), and the bit of each. */
  readonly actions: Readonly<Record<string, number>>;
  readonly lists: readonly AccessListFact[];
}

export interface AccessListFact {
  /** As Azure DevOps has it: `repoV2/{project}/{repository}/refs/heads/…`. */
  readonly token: string;
  readonly inherits: boolean;
  readonly entries: readonly {
    /** Subject of graph where it is known, else the descriptor of the list. */
    readonly subject: string;
    readonly name: string;
    readonly allow: number;
    readonly deny: number;
  }[];
}

export interface AccessTokenFact {
  readonly id: string;
  readonly name: string;
  readonly ownerDescriptor: string;
  readonly ownerName: string;
  /** As Azure DevOps writes them: `app_token`, `vso.code vso.build_execute`. */
  readonly scope: string;
  readonly isForAllOrganizations: boolean;
  readonly validFrom: string;
  readonly validTo: string;
}

/** Effective Git permissions as Azure DevOps worked them out, one row for each person or group and permission. */
export interface PermissionsReport {
  readonly createdAt: string;
  readonly rows: readonly {
    readonly resource: string;
    readonly subject: string;
    readonly name: string;
    readonly permission: string;
    readonly effective: "allow" | "deny" | "not-set";
    readonly isInherited: boolean;
  }[];
}
