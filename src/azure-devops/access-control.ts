/** Who holds which permission on Git branches: access control lists as Azure DevOps keeps them, with the names behind their descriptors. */
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, wholeList } from "./pages.ts";
import { inner, isWire, optionalNumber, optionalText, requiredText, type Wire } from "./read-wire.ts";

/** The namespace "Git Repositories"; the same everywhere. */
export const gitNamespace = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";

export interface PermissionAction {
  readonly bit: number;
  /** Not translated: `PolicyExempt`. */
  readonly name: string;
  /** As pages show it, in the organization's language. */
  readonly title: string;
}

interface AccessEntry {
  readonly descriptor: string;
  readonly allow: number;
  readonly deny: number;
}

export interface AccessList {
  readonly token: string;
  /** False: what holds above does not hold here. */
  readonly inherits: boolean;
  readonly entries: readonly AccessEntry[];
}

/** The permissions that there are on Git, with their bits. */
export async function listGitActions(client: OrganizationClient): Promise<readonly PermissionAction[]> {
  const request = { path: path`/_apis/securitynamespaces/${gitNamespace}` };
  const namespaces = await collect(wholeList(client, request, "security namespaces"), (wire) => wire);
  return namespaces.flatMap(readActions);
}

/** The permissions of every namespace, by its id in small letters. */
export async function listAllActions(
  client: OrganizationClient,
): Promise<ReadonlyMap<string, readonly PermissionAction[]>> {
  const where = "security namespaces";
  const request = { path: path`/_apis/securitynamespaces` };
  const namespaces = await collect(
    wholeList(client, request, where),
    (wire) => [requiredText(wire, "namespaceId", where).toLowerCase(), readActions(wire)] as const,
  );
  return new Map(namespaces);
}

function readActions({ actions: all }: Wire): readonly PermissionAction[] {
  const actions: readonly unknown[] = Array.isArray(all) ? all : [];
  return actions.filter(isWire).flatMap((wire): readonly PermissionAction[] => {
    const bit = optionalNumber(wire, "bit");
    const name = optionalText(wire, "name");
    if (bit === undefined || name === undefined) return [];
    return [{ bit, name, title: optionalText(wire, "displayName") ?? name }];
  });
}

/** Of everything in the project, down to single branches, and of what stands above all projects. */
export async function listGitAccess(client: OrganizationClient, projectId: ProjectId): Promise<readonly AccessList[]> {
  const [above, below] = await Promise.all([
    listAccess(client, gitNamespace, { token: "repoV2", recurse: "false" }),
    listAccess(client, gitNamespace, { token: `repoV2/${projectId}`, recurse: "true" }),
  ]);
  return [...above, ...below];
}

/** The list of a token, and with `recurse` those of all that is below it. */
export async function listAccess(
  client: OrganizationClient,
  namespace: string,
  query: { readonly token: string; readonly recurse: string },
): Promise<readonly AccessList[]> {
  const where = "access control lists";
  const request = {
    path: path`/_apis/accesscontrollists/${namespace}`,
    query: { ...query, includeExtendedInfo: "true" },
  };
  return collect(wholeList(client, request, where), (wire) => ({
    token: requiredText(wire, "token", where),
    inherits: wire.inheritPermissions !== false,
    entries: Object.values(inner(wire, "acesDictionary")).filter(isWire).flatMap(readEntry),
  }));
}

function readEntry(wire: Wire): readonly AccessEntry[] {
  const descriptor = optionalText(wire, "descriptor");
  if (descriptor === undefined) return [];
  return [{ descriptor, allow: optionalNumber(wire, "allow") ?? 0, deny: optionalNumber(wire, "deny") ?? 0 }];
}

/** The tokens from the whole down to the branch. Each segment of a branch's name is written as the hexadecimal bytes of UTF-16. */
export function branchTokens(branch: {
  readonly projectId: ProjectId;
  readonly repositoryId: RepositoryId;
  readonly ref: string;
}): readonly string[] {
  const segments = branch.ref.replace(/^refs\/heads\//, "").split("/");
  const coded = segments.map((segment) => Buffer.from(segment, "utf16le").toString("hex"));
  const steps = ["repoV2", branch.projectId, branch.repositoryId, "refs", "heads", ...coded];
  return steps.map((_, at) => steps.slice(0, at + 1).join("/"));
}

/**
 * The bits that each descriptor is allowed at the last token. What is written nearer to it wins over what is written
 * above; a refusal wins over an allowance in the same place. Groups are not followed: whoever is refused by one of several
 * groups has less than what is told of another.
 */
export function allowedAt(lists: readonly AccessList[], tokens: readonly string[]): ReadonlyMap<string, number> {
  const byToken = new Map(lists.map((list) => [list.token.toLowerCase(), list]));
  const decided = new Map<string, number>();
  const allowed = new Map<string, number>();
  for (const token of tokens.toReversed()) {
    const list = byToken.get(token.toLowerCase());
    if (!list) continue;
    for (const { descriptor, allow, deny } of list.entries) {
      const known = decided.get(descriptor) ?? 0;
      allowed.set(descriptor, (allowed.get(descriptor) ?? 0) | (allow & ~deny & ~known));
      decided.set(descriptor, known | allow | deny);
    }
    if (!list.inherits) break;
  }
  return allowed;
}

export interface NamedIdentity {
  readonly name: string;
  readonly isGroup: boolean;
  /** Subject of graph: `aad.…`, `vssgp.…`; a server that is old tells none. */
  readonly subject?: string;
}

/** So many descriptors keep an address below what proxies take. */
const mostDescriptors = 15;

/** Whose descriptors they are; those that nobody has any more are missing. */
export async function nameIdentities(
  client: OrganizationClient,
  descriptors: readonly string[],
): Promise<ReadonlyMap<string, NamedIdentity>> {
  const named = new Map<string, NamedIdentity>();
  for (let at = 0; at < descriptors.length; at += mostDescriptors) {
    const asked = descriptors.slice(at, at + mostDescriptors);
    const { body } = await client.request({
      host: "vssps.dev.azure.com",
      path: path`/_apis/identities`,
      query: { descriptors: asked.join(",") },
    });
    // The answer holds null for what nobody has.
    const value: unknown = isWire(body) ? body.value : body;
    for (const wire of Array.isArray(value) ? value.filter(isWire) : []) {
      const descriptor = optionalText(wire, "descriptor")?.toLowerCase();
      const known = asked.find((one) => one.toLowerCase() === descriptor);
      const name = optionalText(wire, "customDisplayName") ?? optionalText(wire, "providerDisplayName");
      if (known === undefined || name === undefined) continue;
      const subject = optionalText(wire, "subjectDescriptor");
      named.set(known, { name, isGroup: wire.isContainer === true, ...(subject === undefined ? {} : { subject }) });
    }
  }
  return named;
}
