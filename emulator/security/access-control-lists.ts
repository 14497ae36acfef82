/**
 * Access control lists: those that groups make, one for everything and one per project, and what was set by hand. They
 * are shown; what calls may do follows from groups.
 */
import { buildIdentityIn } from "../identity/build-identities.ts";
import { type Group, groupsIn, groupsOf } from "../identity/groups.ts";
import { descriptorOfGroup } from "../identity/identity-descriptor.ts";
import { isTrue } from "../query-values.ts";
import { type Answer, type Call, list } from "../route.ts";
import type { GroupName, OrganizationState, ProjectState } from "../world.ts";
import type { SecurityNamespace } from "./namespaces.ts";

const ladder: readonly GroupName[] = ["readers", "contributors", "project administrators", "collection administrators"];

function allowed(namespace: SecurityNamespace, group: GroupName, everywhere: boolean): number {
  const level = ladder.indexOf(group);
  const bits = namespace.actions.filter(({ from }) => from && ladder.indexOf(from) <= level).map(({ bit }) => bit);
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

/** By namespace, and there by token in lower case. */
const byHand = new WeakMap<OrganizationState, Map<string, Map<string, SetByHand>>>();

function handsOf(organization: OrganizationState, namespaceId: string): Map<string, SetByHand> {
  const all = byHand.get(organization) ?? new Map<string, Map<string, SetByHand>>();
  byHand.set(organization, all);
  const hands = all.get(namespaceId) ?? new Map<string, SetByHand>();
  all.set(namespaceId, hands);
  return hands;
}

function handAt(organization: OrganizationState, namespaceId: string, token: string): SetByHand {
  const hands = handsOf(organization, namespaceId);
  const key = token.toLowerCase();
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
  const before = listAt(organization, namespace, token)?.entries.find(
    ({ descriptor }) => descriptor === wanted.descriptor,
  );
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
  return groupsIn(organization, undefined).flatMap((group) => {
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
  const groups = groupsIn(organization, project).flatMap((group) => {
    if (group.grants) return [entry(group, allowed(namespace, group.grants, false))];
    const administers =
      (group.displayName === "Build Administrators" && namespace.name === "Build") ||
      (group.displayName === "Release Administrators" && namespace.name === "ReleaseManagement");
    return administers ? [entry(group, allowed(namespace, "project administrators", false))] : [];
  });
  const builder = buildIdentityIn(organization, project);
  const held = reading(namespace);
  return builder && held > 0 ? [...groups, { descriptor: builder.identityDescriptor, allow: held, deny: 0 }] : groups;
}

type Lists = ReadonlyMap<string, AccessControlList>;

function bornIn(organization: OrganizationState, namespace: SecurityNamespace): Lists {
  const lists: AccessControlList[] = [
    { token: namespace.rootToken, inherits: true, entries: everywhere(organization, namespace) },
  ];
  for (const project of organization.projects.values()) {
    if (!namespace.projectToken) break;
    const entries = ofProject(organization, namespace, project);
    lists.push({ token: namespace.projectToken(project.id), inherits: true, entries });
  }
  return new Map(lists.map((one) => [one.token.toLowerCase(), one]));
}

/** What groups make, by token in lower case: with other groups there are other lists. */
const born = new WeakMap<readonly Group[], Map<SecurityNamespace, Lists>>();

function bornListsOf(organization: OrganizationState, namespace: SecurityNamespace): Lists {
  const groups = groupsOf(organization);
  const known = born.get(groups) ?? new Map<SecurityNamespace, Lists>();
  born.set(groups, known);
  const lists = known.get(namespace) ?? bornIn(organization, namespace);
  known.set(namespace, lists);
  return lists;
}

/** One whose entries are all gone stays. */
function withHand(made: AccessControlList | undefined, hand: SetByHand | undefined): AccessControlList | undefined {
  if (!hand) return made;
  const entries = new Map((made?.entries ?? []).map((one) => [one.descriptor, one]));
  for (const [descriptor, one] of hand.entries) {
    if (one) entries.set(descriptor, one);
    else entries.delete(descriptor);
  }
  return {
    token: made?.token ?? hand.token,
    inherits: hand.inherits,
    entries: [...entries.values()].filter(({ allow, deny }) => (allow | deny) !== 0),
  };
}

/** The list at one token, with what was set by hand. */
export function listAt(
  organization: OrganizationState,
  namespace: SecurityNamespace,
  token: string,
): AccessControlList | undefined {
  const key = token.toLowerCase();
  return withHand(bornListsOf(organization, namespace).get(key), handsOf(organization, namespace.id).get(key));
}

/** Those whose tokens, in lower case, are wanted: first what groups make, then what was set elsewhere. */
function listsWhere(
  organization: OrganizationState,
  namespace: SecurityNamespace,
  isWanted: (token: string) => boolean,
): readonly AccessControlList[] {
  const [made, hands] = [bornListsOf(organization, namespace), handsOf(organization, namespace.id)];
  const tokens = new Set([...made.keys(), ...hands.keys()]);
  return [...tokens].filter(isWanted).flatMap((token) => withHand(made.get(token), hands.get(token)) ?? []);
}

export function listAccessControl(call: Call, namespace: SecurityNamespace): Answer {
  const token = call.query("token")?.toLowerCase();
  const deep = isTrue(call, "recurse");
  const wanted = call.query("descriptors")?.split(",");
  const extended = isTrue(call, "includeExtendedInfo");
  const below = `${token}${token === "" ? "" : namespace.separator}`;
  const isWanted = (one: string) => token === undefined || one === token || one.startsWith(below);
  const found =
    token === undefined || deep
      ? listsWhere(call.organization, namespace, isWanted)
      : [listAt(call.organization, namespace, token) ?? []].flat();
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
