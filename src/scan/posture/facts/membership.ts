/** Who belongs to which groups, also by way of others, and how many people a group has in the end. */
import type { GroupFact, PeopleFacts, UserFact } from "#model/posture/access-facts.ts";

export interface Membership {
  /** Itself and every group that it belongs to, directly or by way of others. */
  readonly circlesOf: (subject: string) => ReadonlySet<string>;
  readonly sizeOf: (group: string) => GroupSize;
  readonly membersOf: (group: string) => ReadonlySet<string>;
  readonly groups: ReadonlyMap<string, GroupFact>;
  readonly users: ReadonlyMap<string, UserFact>;
}

export interface GroupSize {
  /** People that are known; service accounts and those who left do not count. */
  readonly atLeast: number;
  /** Groups whose people Azure DevOps does not list: most of those of Microsoft Entra ID. */
  readonly unknownGroups: readonly string[];
}

const memberships = new WeakMap<PeopleFacts, Membership>();

/** Made once for the same facts. */
export function membershipOf(people: PeopleFacts): Membership {
  const kept = memberships.get(people);
  if (kept) return kept;
  const made = makeMembership(people);
  memberships.set(people, made);
  return made;
}

function makeMembership({ users: allUsers, groups: allGroups, members }: PeopleFacts): Membership {
  const users = new Map(allUsers.map((user) => [user.descriptor, user]));
  const groups = new Map(allGroups.map((group) => [group.descriptor, group]));
  const below = new Map(Object.entries(members));
  const above = new Map<string, string[]>();
  for (const [group, list] of below) {
    for (const member of list) {
      const known = above.get(member);
      if (known) known.push(group);
      else above.set(member, [group]);
    }
  }
  const circlesOf = remembered((subject: string) => reachable(subject, above));
  const membersOf = remembered((group: string) => reachable(group, below));
  const sizeOf = remembered((group: string) => {
    const all = [...membersOf(group)];
    const people = all.filter((subject) => isPerson(users.get(subject)));
    const unlisted = all.filter((subject) => isUnlisted(subject));
    return { atLeast: people.length, unknownGroups: unlisted.map((subject) => groups.get(subject)?.name ?? subject) };
  });
  /** A group of Azure DevOps without members is empty; one of Microsoft Entra ID is not listed. */
  function isUnlisted(subject: string): boolean {
    if ((below.get(subject)?.length ?? 0) > 0 || users.has(subject)) return false;
    const group = groups.get(subject);
    return group ? group.isFromEntra && !group.isDeleted : subject.startsWith("aadgp.");
  }
  return { circlesOf, sizeOf, membersOf, groups, users };
}

function isPerson(user: UserFact | undefined): boolean {
  return user !== undefined && !user.isDeletedInOrigin && (user.kind === "member" || user.kind === "guest");
}

function reachable(start: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const subject of seen) for (const other of next.get(subject) ?? []) seen.add(other);
  return seen;
}

function remembered<T>(ask: (key: string) => T): (key: string) => T {
  const answers = new Map<string, T>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(key);
    answers.set(key, answer);
    return answer;
  };
}
