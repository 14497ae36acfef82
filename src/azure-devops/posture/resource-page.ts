/** Where people set who may use a resource of a project, and what guards it. */
import type { ResourceKind } from "#model/posture/resource-facts.ts";
import type { CollectingProject } from "./collector.ts";
import { pageOf } from "./web-address.ts";

const pages: Readonly<Record<ResourceKind, string>> = {
  connection: "_settings/adminservices?resourceId=",
  "variable-group": "_library?itemType=VariableGroups&view=VariableGroupView&variableGroupId=",
  "secure-file": "_library?itemType=SecureFiles&view=SecureFileView&secureFileId=",
  environment: "_environments/",
  queue: "_settings/agentqueues?queueId=",
  repository: "_settings/repositories?repo=",
};

export function resourcePage(
  { organization, project }: Pick<CollectingProject, "organization" | "project">,
  kind: ResourceKind,
  id: string | number,
): string {
  return pageOf(organization, project, `${pages[kind]}${encodeURIComponent(id)}`);
}
