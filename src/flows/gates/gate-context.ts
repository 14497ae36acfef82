/** What the steps of keeping gates share: one organization, seen as whoever acts, and what was read of it already. */
import {
  allowedAt,
  branchTokens,
  listGitAccess,
  listGitActions,
  type NamedIdentity,
  nameIdentities,
  type PermissionAction,
} from "#azure-devops/access-control.ts";
import type { Bypasser, GatedBranch } from "#model/gate.ts";
import type { ProjectId } from "#model/ids.ts";
import type { InstanceRow } from "#store/instances/instances.ts";
import type { OrganizationRow } from "#store/instances/organizations.ts";
import type { ActingClient } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";

export interface GateContext {
  readonly client: ActingClient;
  /** Whose statuses count: the account that posts them. */
  readonly authorId: string;
  readonly organization: OrganizationRow;
  readonly instance: InstanceRow;
  readonly signal: AbortSignal;
  /** Who may pass a gate by is read whatever its age. */
  readonly isThorough: boolean;
  readonly readers: BypassReaders;
}

export interface BypassReaders {
  /** Undefined where the account may not read permissions. */
  bypassersOf(branch: GatedBranch & { readonly projectId: ProjectId }): Promise<readonly Bypasser[] | undefined>;
}

/** By name, for their bits are the service's to choose: who passes a gate by, goes around it, or may take it away. */
const dangerous = ["PullRequestBypassPolicy", "PolicyExempt", "EditPolicies", "ManagePermissions", "ForcePush"];

/** Lists of a project are read once, however many of its branches are asked about; names once for the organization. */
export function openBypassReaders(client: ActingClient): BypassReaders {
  const accessOf = new Map<ProjectId, ReturnType<typeof readAccess>>();
  const names = new Map<string, NamedIdentity>();
  let actions: Promise<readonly PermissionAction[]> | undefined;

  async function readAccess(projectId: ProjectId) {
    const answer = await remoteAnswer(async () => {
      actions ??= listGitActions(client);
      return { actions: await actions, lists: await listGitAccess(client, projectId) };
    });
    if (answer.is === "answer") return answer.value;
    if (answer.error.code !== "forbidden" && answer.error.code !== "not-found") throw answer.error;
    return undefined;
  }

  async function learnNames(descriptors: readonly string[]): Promise<void> {
    const unknown = descriptors.filter((descriptor) => !names.has(descriptor));
    if (unknown.length === 0) return;
    const answer = await remoteAnswer(() => nameIdentities(client, unknown));
    if (answer.is === "no" && answer.error.code !== "forbidden") throw answer.error;
    const found = answer.is === "answer" ? answer.value : new Map<string, NamedIdentity>();
    for (const descriptor of unknown) names.set(descriptor, found.get(descriptor) ?? unnamed(descriptor));
  }

  return {
    async bypassersOf(branch) {
      const reading = accessOf.get(branch.projectId) ?? readAccess(branch.projectId);
      accessOf.set(branch.projectId, reading);
      const access = await reading;
      if (!access) return undefined;
      const risky = access.actions.filter(({ name }) => dangerous.includes(name));
      const holders = [...allowedAt(access.lists, branchTokens(branch))].flatMap(([descriptor, allowed]) => {
        const permissions = risky.filter(({ bit }) => (allowed & bit) !== 0).map(({ title }) => title);
        return permissions.length > 0 ? [{ descriptor, permissions }] : [];
      });
      await learnNames(holders.map(({ descriptor }) => descriptor));
      return holders
        .map(({ descriptor, permissions }) => ({ ...(names.get(descriptor) ?? unnamed(descriptor)), permissions }))
        .toSorted(
          (one, other) => other.permissions.length - one.permissions.length || (one.name < other.name ? -1 : 1),
        );
    },
  };
}

/** Without the scope for identities, or of somebody who is gone: what stands behind the kind of a descriptor. */
function unnamed(descriptor: string): NamedIdentity {
  const name = descriptor.split(/[;\\]/).at(-1) ?? descriptor;
  return { name, isGroup: descriptor.startsWith("Microsoft.TeamFoundation.Identity;") };
}
