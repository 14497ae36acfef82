/** Why somebody would want a resource: production, a cloud, secrets. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { ResourceKind, VariableGroupFact } from "#model/posture/resource-facts.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { isSameId } from "./checks-of.ts";
import { reachOf, reachWords } from "./connection-reach.ts";
import { isProduction } from "./production.ts";

/** As the reason for a severity; undefined: nothing says so. */
export function prizeOf(
  kind: ResourceKind,
  id: string,
  { connections, environments, variableGroups }: ProjectFacts,
  { productionWords }: PostureSettings,
): string | undefined {
  const isIt = (one: { readonly id: string | number }): boolean => isSameId(kind, `${one.id}`, id);
  if (kind === "secure-file") return "secure files hold keys and certificates";
  if (kind === "connection" && connections.is === "known") {
    const found = connections.value.find(isIt);
    if (!found) return undefined;
    const reach = reachOf(found);
    if (reach === "cloud" || reach === "target") return reachWords[reach];
    return isProduction(found.name, productionWords) ? "its name says production" : undefined;
  }
  if (kind === "environment" && environments.is === "known") {
    const found = environments.value.find(isIt);
    return found && isProduction(found.name, productionWords) ? "its name says production" : undefined;
  }
  if (kind === "variable-group" && variableGroups.is === "known") {
    const found = variableGroups.value.find(isIt);
    return found && holdsSecrets(found) ? "the group holds secrets" : undefined;
  }
  return undefined;
}

export function holdsSecrets({ vault, variables }: VariableGroupFact): boolean {
  return vault !== undefined || variables.some(({ isSecret }) => isSecret);
}
