/** What lists come to for one identity at a token: nearer ones win, a denial wins among those of one place. */
import { groupsOf, membersOfGroup } from "../identity/groups.ts";
import { descriptorOfGroup, descriptorOfUser } from "../identity/identity-descriptor.ts";
import type { OrganizationState, User, World } from "../world.ts";
import { listsOf } from "./access-control-lists.ts";
import type { SecurityNamespace } from "./namespaces.ts";

/** Descriptors of the person and of all groups that hold them, however deep. */
function descriptorsOf(world: World, organization: OrganizationState, user: User): ReadonlySet<string> {
  const groups = groupsOf(organization);
  const held = new Set([user.descriptor]);
  const found = new Set([descriptorOfUser(organization, user)]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const group of groups) {
      if (held.has(group.descriptor)) continue;
      if (!membersOfGroup(world, organization, group).some((member) => held.has(member))) continue;
      held.add(group.descriptor);
      found.add(descriptorOfGroup(group));
      grew = true;
    }
  }
  return found;
}

export interface EffectiveAccess {
  readonly allow: number;
  readonly deny: number;
  /** Bits that were decided at the token itself. */
  readonly own: number;
}

export function effectiveAt(
  world: World,
  organization: OrganizationState,
  user: User,
  namespace: SecurityNamespace,
  token: string,
): EffectiveAccess {
  const mine = descriptorsOf(world, organization, user);
  const wanted = token.toLowerCase();
  const above = (place: string) =>
    place === wanted || place === "" || wanted.startsWith(`${place}${namespace.separator}`);
  const places = listsOf(organization, namespace)
    .filter((one) => above(one.token.toLowerCase()))
    .sort((left, right) => right.token.length - left.token.length);
  let [allow, deny, own] = [0, 0, 0];
  for (const place of places) {
    let [allows, denies] = [0, 0];
    for (const entry of place.entries) {
      if (!mine.has(entry.descriptor)) continue;
      allows |= entry.allow;
      denies |= entry.deny;
    }
    const decided = allow | deny;
    deny |= denies & ~decided;
    allow |= allows & ~denies & ~decided;
    if (place.token.toLowerCase() === wanted) own = allow | deny;
    if (!place.inherits) break;
  }
  return { allow, deny, own };
}
