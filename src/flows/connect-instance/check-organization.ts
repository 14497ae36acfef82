/** Asks one organization whose a token is and what it may do; a no becomes a text that says what was expected and what to do. */
import { identify } from "#azure-devops/identify.ts";
import { type Capability, probe } from "#azure-devops/probe.ts";
import type { OrganizationId } from "#model/ids.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { getInstance } from "#store/instances.ts";
import { getOrganization } from "#store/organizations.ts";
import type { App } from "../app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { remoteProblem } from "./remote-problem.ts";

export interface OrganizationCheck {
  /** As Azure DevOps writes it; as the person wrote it if there was no answer. */
  readonly name: string;
  readonly id?: OrganizationId;
  /** Whose token it is. */
  readonly account?: { readonly id: string; readonly name: string; readonly mail?: string };
  /** Name of the instance that has this organization already. */
  readonly connectedTo?: string;
  readonly problem?: string;
  readonly capabilities: readonly Capability[];
}

/** Without these nothing can be scanned; what else is missing is told, and the rest works. */
const needed: readonly Capability["name"][] = ["projects", "code"];

export async function checkOrganization(
  app: Pick<App, "db" | "remote">,
  name: string,
  token: SecretValue,
): Promise<OrganizationCheck> {
  const client = app.remote.organization(name, { is: "pat", value: token });
  const identified = await remoteAnswer(() => identify(client));
  if (identified.is === "no") return { name, problem: remoteProblem(name, identified.error), capabilities: [] };
  const { organization, account } = identified.value;
  const found = {
    name: organization.name || name,
    id: organization.id,
    account,
  };
  const owner = await getOrganization(app.db, organization.id);
  if (owner) {
    const connectedTo = (await getInstance(app.db, owner.instanceId))?.name ?? "another instance";
    const problem = `${found.name} is connected already, by the instance "${connectedTo}". Edit that instance, or leave this organization out.`;
    return { ...found, connectedTo, problem, capabilities: [] };
  }
  const probed = await remoteAnswer(() => probe(client));
  if (probed.is === "no") return { ...found, problem: remoteProblem(name, probed.error), capabilities: [] };
  const lacking = probed.value.find(({ name: what, works }) => needed.includes(what) && !works);
  return { ...found, capabilities: probed.value, ...(lacking && { problem: `${found.name}: ${lacking.message}` }) };
}
