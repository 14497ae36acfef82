/** Passing by the policies of branches: nobody may at first, only entries let somebody. */
import { gitPermissionMissing } from "../rights.ts";
import type { Call } from "../route.ts";
import type { OrganizationState, ProjectState, RepositoryState, World } from "../world.ts";
import { setEntry } from "./access-control-lists.ts";
import { holds } from "./evaluate.ts";
import { findNamespace, gitNamespace } from "./namespaces.ts";

const names = { completing: "PullRequestBypassPolicy", pushing: "PolicyExempt" } as const;

function permissionTo(what: keyof typeof names) {
  const namespace = findNamespace(gitNamespace);
  const permission = namespace?.actions.find(({ name }) => name === names[what]);
  if (!namespace || !permission) throw new Error(`there is no permission ${names[what]}`);
  return { namespace, ...permission };
}

/** As somebody allows both ways of it in all repositories of a project; `descriptor` is that of access control lists. */
export function letBypass(organization: OrganizationState, project: ProjectState, descriptor: string): void {
  const [completing, pushing] = [permissionTo("completing"), permissionTo("pushing")];
  const entry = { descriptor, allow: completing.bit | pushing.bit, deny: 0 };
  setEntry(organization, completing.namespace, `repoV2/${project.id}`, entry, true);
}

/** As lists name a branch: each part of its name as hexadecimal digits of UTF-16. */
function branchToken({ projectId, id }: RepositoryState, refName: string): string {
  const parts = refName.replace(/^refs\/heads\//, "").split("/");
  const hex = parts.map((part) => Buffer.from(part, "utf16le").toString("hex"));
  return ["repoV2", projectId, id, "refs", "heads", ...hex].join("/");
}

/** Refuses with 403 unless the caller may complete pull requests into the branch whatever its policies say. */
export function requireBypass(
  call: Pick<Call, "organization" | "user">,
  world: World,
  repository: RepositoryState,
  refName: string,
): void {
  const { namespace, name, bit } = permissionTo("completing");
  const token = branchToken(repository, refName);
  if (holds(world, call.organization, call.user, namespace, token, bit)) return;
  throw gitPermissionMissing(call, repository, name);
}
