/**
 * Access control lists: those that groups make, one for everything and one per project, and what was set by hand. They
 * are shown; what calls may do follows from groups.
 */
import { buildIdentitiesOf } from "../identity/build-identities.ts";
import { type Group, groupsOf } from "../identity/groups.ts";
import { descriptorOfGroup } from "../identity/identity-descriptor.ts";
import { isTrue } from "../query-values.ts";
import { type Answer, type Call, list } from "../route.ts";
import type { GroupName, OrganizationState, ProjectState } from "../world.ts";
import type { SecurityNamespace } from "./namespaces.ts";

const ladder: readonly GroupName[] = ["readers", "contributors", "project administrators", "collection administrators"];

function allowed(namespace: SecurityNamespace, group: GroupName, everywhere: boolean): number {
  const level = ladder.indexOf(group);
  const bits = namespace.actions.filter(({ from }) => ladder.indexOf(from) <= level).map(({ bit }) => bit);
  const readable = namespace.actions.filter(({ from }) => from === "readers").map(({ bit }) => bit);
  const held = everywhere && group !== "collection administrators" ? readable : bits;
  return held.reduce((sum, bit) => sum | bit, 0);
}

export interface AccessControlEntry {
  readonly descriptor: string;
  readonly allow: number;
  readonly deny: number;
}

export interface AccessControlList {
  readonly token: string;
  readonly inherits: boolean;
  readonly entries: readonly AccessControlEntry[];
}

/** What was set by hand at one token: an entry replaces the one that groups make, null takes it away. */
interface SetByHand {
  token: string;
  inherits: boolean;
  readonly entries: Map<string, AccessControlEntry | null>;
}

const byHand = new WeakMap<OrganizationState, Map<string, SetByHand>>();

function handsOf(organization: OrganizationState): Map<string, SetByHand> {
  const all = byHand.get(organization) ?? new Map<string, SetByHand>();
  byHand.set(organization, all);
  return all;
}

function handAt(organization: OrganizationState, namespaceId: string, token: string): SetByHand {
  const hands = handsOf(organization);
  const key = `${namespaceId} ${token.toLowerCase()}`;
  const hand = hands.get(key) ?? { token, inherits: true, entries: new Map() };
  hands.set(key, hand);
  return hand;
}

/** As somebody sets permissions on a page of a repository or a branch: the whole list of a token. */
export function setAccess(
  organization: OrganizationState,
  wanted: AccessControlList & { readonly namespaceId: string },
): void {
  const hand = handAt(organization, wanted.namespaceId, wanted.token);
  hand.inherits = wanted.inherits;
  hand.entries.clear();
  for (const entry of wanted.entries) hand.entries.set(entry.descriptor, entry);
}

/** Adds to what one identity holds at a token (`merge`), or replaces it; answers what it holds now. */
export function setEntry(
  organization: OrganizationState,
  namespace: SecurityNamespace,
  token: string,
  wanted: AccessControlEntry,
  merge: boolean,
): AccessControlEntry {
  const before = listsOf(organization, namespace)
    .find((one) => one.token.toLowerCase() === token.toLowerCase())
    ?.entries.find(({ descriptor }) => descriptor === wanted.descriptor);
  const { allow, deny } = merge && before ? before : { allow: 0, deny: 0 };
  const entry: AccessControlEntry = {
    descriptor: wanted.descriptor,
    allow: (allow & ~wanted.deny) | wanted.allow,
    deny: (deny & ~wanted.allow) | wanted.deny,
  };
  handAt(organization, namespace.id, token).entries.set(entry.descriptor, entry);
  return entry;
}

export function setInheritance(
  organization: OrganizationState,
  namespace: SecurityNamespace,
  token: string,
  inherits: boolean,
): void {
  handAt(organization, namespace.id, token).inherits = inherits;
}

export function removeEntry(
  organization: OrganizationState,
  namespace: SecurityNamespace,
  token: string,
  descriptor: string,
): void {
  handAt(organization, namespace.id, token).entries.set(descriptor, null);
}

function entry(group: Group, allow: number): AccessControlEntry {
  return { descriptor: descriptorOfGroup(group), allow, deny: 0 };
}

function reading(namespace: SecurityNamespace): number {
  return allowed(namespace, "readers", true);
}

function everywhere(organization: OrganizationState, namespace: SecurityNamespace): AccessControlEntry[] {
  return groupsOf(organization).flatMap((group) => {
    if (group.project) return [];
    if (group.contains === "everybody" || group.contains === "builders") return [entry(group, reading(namespace))];
    return group.grants ? [entry(group, allowed(namespace, group.grants, true))] : [];
  });
}

/** What the groups of a project hold in it, and the identity that its runs act as. */
function ofProject(
  organization: OrganizationState,
  namespace: SecurityNamespace,
  project: ProjectState,
): AccessControlEntry[] {
  const groups = groupsOf(organization).flatMap((group) => {
    if (group.project !== project) return [];
    if (group.grants) return [entry(group, allowed(namespace, group.grants, false))];
    const administers =
      (group.displayName === "Build Administrators" && namespace.name === "Build") ||
      (group.displayName === "Release Administrators" && namespace.name === "ReleaseManagement");
    return administers ? [entry(group, allowed(namespace, "project administrators", false))] : [];
  });
  const builder = buildIdentitiesOf(organization).find((one) => one.project === project);
  const held = reading(namespace);
  return builder && held > 0 ? [...groups, { descriptor: builder.identityDescriptor, allow: held, deny: 0 }] : groups;
}

/** Lists with what was set by hand; one whose entries are all gone stays. */
export function listsOf(organization: OrganizationState, namespace: SecurityNamespace): AccessControlList[] {
  const lists: AccessControlList[] = [
    { token: namespace.rootToken, inherits: true, entries: everywhere(organization, namespace) },
  ];
  for (const project of organization.projects.values()) {
    if (!namespace.projectToken) break;
    const entries = ofProject(organization, namespace, project);
    lists.push({ token: namespace.projectToken(project.id), inherits: true, entries });
  }
  const merged = new Map(lists.map((one) => [one.token.toLowerCase(), one]));
  for (const [key, hand] of handsOf(organization)) {
    if (!key.startsWith(`${namespace.id} `)) continue;
    const place = hand.token.toLowerCase();
    const made = merged.get(place);
    const entries = new Map((made?.entries ?? []).map((one) => [one.descriptor, one]));
    for (const [descriptor, one] of hand.entries) {
      if (one) entries.set(descriptor, one);
      else entries.delete(descriptor);
    }
    merged.set(place, {
      token: made?.token ?? hand.token,
      inherits: hand.inherits,
      entries: [...entries.values()].filter(({ allow, deny }) => (allow | deny) !== 0),
    });
  }
  return [...merged.values()];
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
