/** Takes the gates of an organization away with its instance: left alone, they would wait for ever for a status that nobody posts. */
import { deletePolicy } from "#azure-devops/policy-configurations.ts";
import type { OrganizationRow } from "#store/instances/organizations.ts";
import { type GateRow, listGatesOfOrganization } from "#store/pull-requests/gates.ts";
import type { App } from "../app.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";

export interface GatesCleared {
  /** Counts also what was gone already: it is not there any more. */
  readonly removed: number;
  /** In words for the person who must do it by hand. */
  readonly left: readonly string[];
  readonly actsAs?: ActingClient["actsAs"];
}

/** Patient: an Azure DevOps that does not answer at the moment is thrown, and asked again later. */
export async function removeGates(
  app: App,
  organization: OrganizationRow,
  { isPatient }: { readonly isPatient: boolean },
): Promise<GatesCleared> {
  const gates = (await listGatesOfOrganization(app.db, organization.id)).filter(
    (gate): gate is GateRow & { readonly remoteId: number } => gate.remoteId !== undefined,
  );
  if (gates.length === 0) return { removed: 0, left: [] };
  const opened = await remoteAnswer(() => openOrganization(app, organization.id, "hooks"));
  if (opened.is === "no") {
    if (opened.error.passing && isPatient) throw opened.error;
    return { removed: 0, left: gates.map(wordsOf) };
  }
  const left: string[] = [];
  for (const gate of gates) {
    const deleted = await remoteAnswer(() => deletePolicy(opened.value, gate.projectId, gate.remoteId));
    if (deleted.is === "answer" || deleted.error.code === "not-found") continue;
    if (deleted.error.passing && isPatient) throw deleted.error;
    left.push(wordsOf(gate));
  }
  const removed = gates.length - left.length;
  return { removed, left, ...(removed > 0 && { actsAs: opened.value.actsAs }) };
}

function wordsOf({ organizationName, projectName, repositoryName, ref, remoteId }: GateRow): string {
  const branch = ref.replace(/^refs\/heads\//, "");
  return `${organizationName}: branch policy ${remoteId} of ${branch} in ${projectName}/${repositoryName}`;
}
