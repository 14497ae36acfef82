/** Access control lists as the groups of the organization and its projects make them, one for everything and one per project, and what was set by hand. */
import { type Group, groupsOf } from "../identity/groups.ts";
import { isTrue } from "../query-values.ts";
import { type Answer, type Call, list } from "../route.ts";
import type { GroupName, OrganizationState } from "../world.ts";
import type { SecurityNamespace } from "./namespaces.ts";

const ladder: readonly GroupName[] = ["readers", "contributors", "project administrators", "collection administrators"];

function allowed(namespace: SecurityNamespace, group: GroupName, everywhere: boolean): number {
  const level = ladder.indexOf(group);
  const bits = namespace.actions.filter(({ from }) => ladder.indexOf(from) <= level).map(({ bit }) => bit);
  const readable = namespace.actions.filter(({ from }) => from === "readers").map(({ bit }) => bit);
  const held = everywhere && group !== "collection administrators" ? readable : bits;
  return held.reduce((sum, bit) => sum | bit, 0);
}

interface AccessControlEntry {
  readonly descriptor: string;
  readonly allow: number;
  readonly deny: number;
}

interface AccessControlList {
  readonly token: string;
  readonly inherits: boolean;
  readonly entries: readonly AccessControlEntry[];
}

interface SetByHand extends AccessControlList {
  readonly namespaceId: string;
}

const byHand = new WeakMap<OrganizationState, SetByHand[]>();

/** As somebody sets permissions on a page of a repository or a branch. They are shown; what calls may do follows from groups. */
export function setAccess(organization: OrganizationState, list: SetByHand): void {
  const others = (byHand.get(organization) ?? []).filter(
    (one) => one.namespaceId !== list.namespaceId || one.token !== list.token,
  );
  byHand.set(organization, [...others, list]);
}

function entry(group: Group, allow: number): AccessControlEntry {
  return { descriptor: `Microsoft.TeamFoundation.Identity;${group.sid}`, allow, deny: 0 };
}

function listsOf(organization: OrganizationState, namespace: SecurityNamespace): AccessControlList[] {
  const groups = groupsOf(organization);
  const everywhere = groups.flatMap((group) => {
    if (group.project) return [];
    if (group.contains === "everybody") return [entry(group, allowed(namespace, "readers", true))];
    return group.grants ? [entry(group, allowed(namespace, group.grants, true))] : [];
  });
  const lists: AccessControlList[] = [{ token: namespace.rootToken, inherits: true, entries: everywhere }];
  for (const project of organization.projects.values()) {
    if (!namespace.projectToken) break;
    const own = groups.flatMap((group) =>
      group.project === project && group.grants ? [entry(group, allowed(namespace, group.grants, false))] : [],
    );
    lists.push({ token: namespace.projectToken(project.id), inherits: true, entries: own });
  }
  return [...lists, ...(byHand.get(organization) ?? []).filter((one) => one.namespaceId === namespace.id)];
}

export function listAccessControl(call: Call, namespace: SecurityNamespace): Answer {
  const token = call.query("token")?.toLowerCase();
  const deep = isTrue(call, "recurse");
  const wanted = call.query("descriptors")?.split(",");
  const extended = isTrue(call, "includeExtendedInfo");
  const found = listsOf(call.organization, namespace).filter(
    (one) =>
      token === undefined ||
      one.token.toLowerCase() === token ||
      (deep && one.token.toLowerCase().startsWith(`${token}${token === "" ? "" : namespace.separator}`)),
  );
  return list(
    found.map((one) => ({
      inheritPermissions: one.inherits,
      token: one.token,
      acesDictionary: Object.fromEntries(
        one.entries
          .filter(({ descriptor }) => wanted === undefined || wanted.includes(descriptor))
          .map(({ descriptor, allow, deny }) => [
            descriptor,
            { descriptor, allow, deny, ...(extended ? { extendedInfo: { effectiveAllow: allow } } : {}) },
          ]),
      ),
      ...(extended ? { includeExtendedInfo: true } : {}),
    })),
  );
}
