/** People of an organization as entitlements and the graph see them: who is a guest, who left, and who did not come for long. */
import type { Entitlement, UserFact } from "#model/posture/access-facts.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import { isAdministrative } from "./broad-groups.ts";
import type { Membership } from "./membership.ts";

const day = 24 * 60 * 60 * 1000;

export function isOlder(at: string, days: number, now: Date): boolean {
  return now.getTime() - Date.parse(at) > days * day;
}

/**
 * Why somebody counts as stale, as the end of a sentence. Who never came is given as long as those who stopped coming;
 * undefined: they came, or nobody knows since when they are there.
 */
export function staleness(
  { lastAccessAt, createdAt }: Entitlement,
  days: number,
  now: Date,
): { readonly says: string; readonly proof: string } | undefined {
  if (lastAccessAt !== undefined) {
    if (!isOlder(lastAccessAt, days, now)) return undefined;
    return { says: `came last on ${lastAccessAt.slice(0, 10)}`, proof: `lastAccessedDate = ${lastAccessAt}` };
  }
  if (createdAt !== undefined && !isOlder(createdAt, days, now)) return undefined;
  const since = createdAt === undefined ? "" : ` since ${createdAt.slice(0, 10)}`;
  return { says: `never came${since}`, proof: `lastAccessedDate is empty, dateCreated = ${createdAt ?? "(none)"}` };
}

/** Groups of administrators that they belong to, by their full names. */
export function administersIn(descriptor: string, membership: Membership): readonly string[] {
  return [...membership.circlesOf(descriptor)].flatMap((circle) => {
    const group = membership.groups.get(circle);
    return group && !group.isDeleted && isAdministrative(group.name) ? [group.principalName] : [];
  });
}

/** Entitlements know guests that the graph calls members. */
export function guestsAmong(users: readonly UserFact[], { entitlements }: OrganizationFacts): readonly UserFact[] {
  const guests = new Set(
    entitlements.is === "known"
      ? entitlements.value.filter(({ isGuest }) => isGuest).map(({ descriptor }) => descriptor)
      : [],
  );
  return users.filter(({ kind, descriptor }) => kind === "guest" || guests.has(descriptor));
}

/** `Ada (ada@example.com)`. */
export function nameOf({ name, mail }: { readonly name: string; readonly mail?: string }): string {
  return mail === undefined || mail === name ? name : `${name} (${mail})`;
}
