/**
 * People, service accounts and groups of an organization, and who is directly in which group. Memberships come in batches of
 * groups where identities may be read, else by one call for each group.
 */
import type { GroupFact, PeopleFacts, UserFact } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path, type RemoteRequest } from "../organization-client.ts";
import { collect, pagesByHeader } from "../pages.ts";
import { optionalText, requiredText, type Wire } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";
import { readMembers } from "./read-members.ts";
import { decodedPart } from "./subjects.ts";

const host = "vssps.dev.azure.com";
const where = "people and groups";

export async function readPeople(
  client: OrganizationClient,
  { projects }: Pick<Collecting, "projects">,
): Promise<PeopleFacts> {
  const [userWires, principals, groupWires] = await Promise.all([
    list(client, { host, path: path`/_apis/graph/users`, apiVersion: "7.1-preview.1" }),
    listPrincipals(client),
    list(client, { host, path: path`/_apis/graph/groups`, apiVersion: "7.1-preview.1" }),
  ]);
  const projectIds = new Set<string>(projects.map(({ id }) => id.toLowerCase()));
  const users = [...userWires, ...principals].map((wire) => readUser(wire, projectIds));
  const groups = groupWires.map((wire) => ({ fact: readGroup(wire), id: identityIdOf(wire) }));
  const members = await readMembers(client, groups, users);
  return { users: distinct(users), groups: distinct(groups.map(({ fact }) => fact)), members };
}

function list(client: OrganizationClient, request: RemoteRequest): Promise<readonly Wire[]> {
  return collect(pagesByHeader(client, request, { top: 500, where }), (wire) => wire);
}

/** An edition without them has none. */
async function listPrincipals(client: OrganizationClient): Promise<readonly Wire[]> {
  try {
    return await list(client, { host, path: path`/_apis/graph/serviceprincipals`, apiVersion: "7.1-preview.1" });
  } catch (error) {
    if (error instanceof RemoteError && (error.code === "not-found" || error.code === "refused")) return [];
    throw error;
  }
}

/** The same may be listed twice, where a page moved meanwhile. */
function distinct<T extends { readonly descriptor: string }>(facts: readonly T[]): readonly T[] {
  return [...new Map(facts.map((fact) => [fact.descriptor, fact])).values()];
}

function readUser(wire: Wire, projectIds: ReadonlySet<string>): UserFact {
  const descriptor = requiredText(wire, "descriptor", where);
  const principalName = optionalText(wire, "principalName");
  const domain = optionalText(wire, "domain");
  const mail = optionalText(wire, "mailAddress");
  const buildsFor = buildScopeOf(descriptor, wire, projectIds);
  return {
    descriptor,
    name: optionalText(wire, "displayName") ?? principalName ?? descriptor,
    ...(mail === undefined ? {} : { mail }),
    kind: buildsFor === undefined ? kindOf(wire, descriptor) : "build-identity",
    isDeletedInOrigin: wire.isDeletedInOrigin === true,
    ...(buildsFor === undefined ? {} : { buildsFor }),
    ...(domain === undefined || principalName === undefined ? {} : { account: `${domain}\\${principalName}` }),
  };
}

function kindOf(wire: Wire, descriptor: string): UserFact["kind"] {
  const metaType = optionalText(wire, "metaType")?.toLowerCase();
  const isPrincipal = optionalText(wire, "subjectKind")?.toLowerCase() === "serviceprincipal";
  if (isPrincipal || metaType === "application" || descriptor.startsWith("aadsp.")) return "service-principal";
  if (metaType === "guest") return "guest";
  return /^(?:aad|msa|win|bnd)\./.test(descriptor) ? "member" : "other";
}

/**
 * `svc.` holds `{organization}:Build:{project}`, and twice the organization where it builds for all projects. Undefined for
 * everybody else.
 */
function buildScopeOf(descriptor: string, wire: Wire, projectIds: ReadonlySet<string>): string | undefined {
  if (!descriptor.startsWith("svc.")) return undefined;
  const [scope, kind, owner = ""] = decodedPart(descriptor).split(":");
  const isBuild = kind === "build" || optionalText(wire, "domain")?.toLowerCase() === "build";
  if (!isBuild) return undefined;
  const id = owner || (optionalText(wire, "principalName")?.toLowerCase() ?? "");
  if (projectIds.has(id)) return id;
  const name = optionalText(wire, "displayName") ?? "";
  return id === "" || id === scope || /^project collection build service\b/i.test(name) ? "organization" : id;
}

function readGroup(wire: Wire): GroupFact {
  const descriptor = requiredText(wire, "descriptor", where);
  const principalName = optionalText(wire, "principalName") ?? optionalText(wire, "displayName") ?? descriptor;
  const projectId = /^vstfs:\/\/\/classification\/teamproject\/([0-9a-f-]{36})$/i.exec(
    optionalText(wire, "domain") ?? "",
  )?.[1];
  const origin = optionalText(wire, "origin")?.toLowerCase();
  return {
    descriptor,
    name: optionalText(wire, "displayName") ?? principalName.slice(principalName.lastIndexOf("\\") + 1),
    principalName,
    ...(projectId === undefined ? {} : { projectId: projectId.toLowerCase() }),
    isFromEntra: origin === "aad" || descriptor.startsWith("aadgp."),
    isDeleted: wire.isDeleted === true || wire.isDeletedInOrigin === true,
  };
}

/** Of groups of Azure DevOps itself the origin is the identity. */
function identityIdOf(wire: Wire): string | undefined {
  const id = optionalText(wire, "originId");
  const isOwn = optionalText(wire, "origin")?.toLowerCase() === "vsts";
  return isOwn && id !== undefined && /^[0-9a-f-]{36}$/i.test(id) ? id.toLowerCase() : undefined;
}
