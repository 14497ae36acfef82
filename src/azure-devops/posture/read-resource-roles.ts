/** Who has which role on connections, variable groups, environments and queues: one call for each of them. */
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { ResourceRole } from "#model/posture/resource-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import { inner, optionalText, type Wire, wireObject } from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import type { CollectedProject, CollectingProject } from "./collector.ts";

const scopes = {
  connection: "distributedtask.serviceendpointrole",
  "variable-group": "distributedtask.variablegroup",
  environment: "distributedtask.environmentreferencerole",
  queue: "distributedtask.agentqueuerole",
} as const satisfies Readonly<Record<ResourceRole["kind"], string>>;

const where = "roles on a resource";

interface Asked {
  readonly kind: ResourceRole["kind"];
  readonly id: string;
}

/** Of a project, connections first; of the rest there are no roles in the answer, which is told from nobody having any. */
const mostResources = 500;

/** So many environments and queues are worth their calls; their roles only add to what is known of them otherwise. */
const mostOthers = 25;

export async function readResourceRoles(
  client: OrganizationClient,
  { project, known }: Pick<CollectingProject, "known" | "project">,
): Promise<readonly ResourceRole[]> {
  const asked = resourcesOf(known).slice(0, mostResources);
  const subjectOf = subjectsByName(known);
  const roles = await askEach(asked, async (one) => {
    try {
      const found = await rolesOf(client, project, one);
      return found.map((wire) => readRole(wire, one, subjectOf));
    } catch (error) {
      if (error instanceof RemoteError && isPassedOver(error, one)) return [];
      throw error;
    }
  });
  return roles.flat();
}

/** Somebody deleted it meanwhile, or it is none of those that the answer is for. */
function isPassedOver({ code, details }: RemoteError, { kind }: Asked): boolean {
  if (code === "not-found" && typeof details.typeKey === "string") return true;
  return (code === "not-found" || code === "forbidden") && (kind === "environment" || kind === "queue");
}

function rolesOf(client: OrganizationClient, project: CollectedProject, { kind, id }: Asked): Promise<readonly Wire[]> {
  const resource = kind === "variable-group" ? `${project.id}$${id}` : `${project.id}_${id}`;
  const request = {
    path: path`/_apis/securityroles/scopes/${scopes[kind]}/roleassignments/resources/${resource}`,
    apiVersion: "7.1-preview.1",
  };
  return collect(wholeList(client, request, where), (wire) => wire);
}

/** An answer names identities by their names, and leaves out the subject of graph more often than not. */
function subjectsByName({ people }: Partial<FactValues>): (name: string) => string | undefined {
  const groups = (people?.groups ?? []).map((group) => [group.principalName.toLowerCase(), group.descriptor] as const);
  const users = (people?.users ?? []).flatMap(({ mail, descriptor }) =>
    mail === undefined ? [] : [[mail.toLowerCase(), descriptor] as const],
  );
  const all = new Map([...users, ...groups]);
  return (name) => all.get(name.toLowerCase());
}

function resourcesOf(known: Partial<FactValues>): readonly Asked[] {
  const connections = (known.connections ?? []).map(({ id }): Asked => ({ kind: "connection", id }));
  // Of groups that hold no secret it does not matter who uses them.
  const groups = (known.variableGroups ?? [])
    .filter(({ vault, variables }) => vault !== undefined || variables.some((one) => one.isSecret || one.looksSecret))
    .map(({ id }): Asked => ({ kind: "variable-group", id: `${id}` }));
  const environments = (known.environments ?? []).map(({ id }): Asked => ({ kind: "environment", id: `${id}` }));
  const queues = (known.queues ?? []).map(({ id }): Asked => ({ kind: "queue", id: `${id}` }));
  const others = [...environments, ...queues];
  return [...connections, ...groups, ...(others.length <= mostOthers ? others : [])];
}

/** `{identity: {id, displayName}, role: {name, displayName}, access: "assigned" | "inherited"}`. */
function readRole(wire: Wire, { kind, id }: Asked, subjectOf: (name: string) => string | undefined): ResourceRole {
  const identity = wireObject(wire.identity, where);
  const role = inner(wire, "role");
  const identityId = optionalText(identity, "id") ?? optionalText(identity, "descriptor") ?? "";
  const uniqueName = optionalText(identity, "uniqueName");
  const name = optionalText(identity, "displayName") ?? uniqueName ?? identityId;
  const descriptor = optionalText(identity, "descriptor") ?? subjectOf(name) ?? subjectOf(uniqueName ?? "");
  return {
    kind,
    resourceId: id,
    identity: { id: identityId.toLowerCase(), name, ...(descriptor === undefined ? {} : { descriptor }) },
    role: optionalText(role, "name") ?? optionalText(role, "displayName") ?? "",
    isInherited: String(wire.access).toLowerCase() === "inherited" || wire.access === 2,
  };
}
