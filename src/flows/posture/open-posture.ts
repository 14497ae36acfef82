/** What every look at an organization's settings begins with: who looks, at which projects, by which measure. */
import { organizationAddress } from "#azure-devops/links.ts";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { listProjects } from "#azure-devops/projects.ts";
import type { OrganizationId } from "#model/ids.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { SecretLook } from "#model/posture/pipeline-facts.ts";
import { lookAtValue } from "#scan/posture/look-at-value.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization, type OrganizationRow } from "#store/instances/organizations.ts";
import { listProjects as listKnownProjects, type ProjectRow } from "#store/instances/projects.ts";
import type { App } from "../app.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";
import { type PostureChoice, readPostureChoice } from "./posture-settings.ts";

export interface OpenPosture {
  readonly client: ActingClient;
  readonly organization: OrganizationRow;
  /** Where its pages begin, without a slash at the end. */
  readonly url: string;
  readonly choice: PostureChoice;
  readonly projects: readonly Pick<ProjectFacts, "id" | "name" | "visibility">[];
  readonly lookAt: (name: string, value: string) => SecretLook | undefined;
}

/**
 * Undefined if nobody is to look: it is not connected any more, paused, or its settings are no matter. Projects are as they are
 * at the moment (`now`), or as they were at the last look.
 */
export async function openPosture(
  app: App,
  id: OrganizationId,
  projectsOf: "now" | "the last look",
): Promise<OpenPosture | undefined> {
  const organization = await getOrganization(app.db, id);
  const instance = organization && (await getInstance(app.db, organization.instanceId));
  if (!instance || instance.state === "disabled") return undefined;
  const choice = await readPostureChoice(app.db, instance.id);
  if (!choice.enabled) return undefined;
  const client = await openOrganization(app, id, "posture");
  const known = await listKnownProjects(app.db, instance.id);
  const ours = known.filter((project) => project.organizationId === id);
  const context = { fingerprintKey: app.keys.fingerprintKey };
  return {
    ...{ client, organization, choice, url: organizationAddress(client) },
    projects: projectsOf === "now" ? await seenNow(client, ours) : ours,
    lookAt: (name, value) => lookAtValue(name, value, context),
  };
}

/** Those that a sync has listed and that are still there. */
async function seenNow(client: OrganizationClient, known: readonly ProjectRow[]): Promise<OpenPosture["projects"]> {
  const ids = new Set<string>(known.map(({ id }) => id));
  return (await listProjects(client)).filter(({ id }) => ids.has(id));
}
