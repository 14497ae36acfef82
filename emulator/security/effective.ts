/** What lists come to for one identity at a token: nearer ones win, a denial wins among those of one place. */
import { containersOf } from "../identity/group-members.ts";
import { descriptorOfGroup, descriptorOfUser } from "../identity/identity-descriptor.ts";
import type { OrganizationState, User, World } from "../world.ts";
import { listAt } from "./access-control-lists.ts";
import type { SecurityNamespace } from "./namespaces.ts";

/** Descriptors of the person and of all groups that hold them, however deep. */
function descriptorsOf(world: World, organization: OrganizationState, user: User): ReadonlySet<string> {
  const held = new Set([user.descriptor]);
  const found = new Set([descriptorOfUser(organization, user)]);
  for (const descriptor of held) {
    for (const group of containersOf(world, organization, descriptor)) {
      held.add(group.descriptor);
      found.add(descriptorOfGroup(group));
    }
  }
  return found;
}

/** The tokens that stand above one, itself first. */
function placesAbove(token: string, separator: string): readonly string[] {
  const places = [token];
  for (let at = token.lastIndexOf(separator); at > 0; at = token.lastIndexOf(separator, at - 1))
    places.push(token.slice(0, at));
  return token === "" ? places : [...places, ""];
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
  const places = placesAbove(wanted, namespace.separator).flatMap(
    (place) => listAt(organization, namespace, place) ?? [],
  );
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
