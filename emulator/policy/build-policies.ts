/** Setting branch policies in a few lines. */
import {
  nextId,
  type OrganizationState,
  type PolicyState,
  type ProjectState,
  type RepositoryState,
  type User,
  type World,
} from "../world.ts";
import { keepRevision } from "./configuration-shape.ts";
import { type PolicyKind, policyTypes } from "./policy-types.ts";

export interface PolicyMade {
  readonly kind: PolicyKind;
  /** Absent: all repositories of the project. */
  readonly repository?: RepositoryState;
  /** Absent: the default branch of each. */
  readonly refName?: string;
  readonly isBlocking?: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
}

export function addPolicy(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  user: User,
  made: PolicyMade,
): PolicyState {
  const scope =
    made.refName === undefined
      ? { repositoryId: made.repository?.id ?? null, refName: null, matchKind: "DefaultBranch" }
      : { repositoryId: made.repository?.id ?? null, refName: made.refName, matchKind: "Exact" };
  const policy: PolicyState = {
    id: nextId(world, `policy ${organization.id}`),
    projectId: project.id,
    typeId: policyTypes[made.kind],
    revision: 1,
    createdDate: world.clock.now(),
    createdBy: user.id,
    isEnabled: true,
    isBlocking: made.isBlocking ?? true,
    isDeleted: false,
    settings: { ...made.settings, scope: [scope] },
  };
  keepRevision(policy);
  organization.policies.push(policy);
  return policy;
}
