/** What one person may do on the branches of a repository, through all groups that they are in. */
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { type AccessList, branchTokens, listGitAccess, listGitActions, nameIdentities } from "./access-control.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { isWire, optionalText, type Wire } from "./read-wire.ts";

export interface Person {
  readonly descriptor: string;
  /** Descriptors of all groups that the person is in, directly or not. */
  readonly memberOf: readonly string[];
}

/** Undefined if nobody has this id any more. */
export async function findPerson(client: OrganizationClient, identityId: string): Promise<Person | undefined> {
  const { body } = await client.request({
    host: "vssps.dev.azure.com",
    path: path`/_apis/identities`,
    query: { identityIds: identityId, queryMembership: "expandedUp" },
  });
  // The answer holds null for what nobody has.
  const value: unknown = isWire(body) ? body.value : body;
  const wire: Wire | undefined = Array.isArray(value) ? value.find(isWire) : undefined;
  const descriptor = wire && optionalText(wire, "descriptor");
  if (!wire || descriptor === undefined) return undefined;
  const groups: readonly unknown[] = Array.isArray(wire.memberOf) ? wire.memberOf : [];
  return { descriptor, memberOf: groups.flatMap(descriptorOf) };
}

/** As text, or as an object with its two halves. */
function descriptorOf(wire: unknown): readonly string[] {
  if (typeof wire === "string") return [wire];
  if (!isWire(wire)) return [];
  const type = optionalText(wire, "identityType");
  const identifier = optionalText(wire, "identifier");
  return type === undefined || identifier === undefined ? [] : [`${type};${identifier}`];
}

/** Names of the permissions that the person holds there. */
export async function permissionsOf(
  client: OrganizationClient,
  person: Person,
  branch: { readonly projectId: ProjectId; readonly repositoryId: RepositoryId; readonly ref: string },
): Promise<ReadonlySet<string>> {
  const [actions, lists] = await Promise.all([listGitActions(client), listGitAccess(client, branch.projectId)]);
  const bits = bitsOf(lists, branchTokens(branch), [person.descriptor, ...person.memberOf]);
  return new Set(actions.flatMap(({ bit, name }) => ((bits & bit) === 0 ? [] : [name])));
}

/** What is written nearer to the branch wins over what is written above; in one place a refusal of any group wins. */
export function bitsOf(
  lists: readonly AccessList[],
  tokens: readonly string[],
  descriptors: readonly string[],
): number {
  const wanted = new Set(descriptors.map((one) => one.toLowerCase()));
  const byToken = new Map(lists.map((list) => [list.token.toLowerCase(), list]));
  let decided = 0;
  let allowed = 0;
  for (const token of tokens.toReversed()) {
    const list = byToken.get(token.toLowerCase());
    if (!list) continue;
    const entries = list.entries.filter(({ descriptor }) => wanted.has(descriptor.toLowerCase()));
    const allow = entries.reduce((sum, entry) => sum | entry.allow, 0);
    const deny = entries.reduce((sum, entry) => sum | entry.deny, 0);
    allowed |= allow & ~deny & ~decided;
    decided |= allow | deny;
    if (!list.inherits) break;
  }
  return allowed;
}

/** `[Payments]\Security Reviewers`, in the organization's own words. */
export async function groupNames(client: OrganizationClient, { memberOf }: Person): Promise<readonly string[]> {
  const named = await nameIdentities(client, memberOf);
  return [...named.values()].map(({ name }) => name);
}
