/** The resources of a project that pipelines are let to and checks hang on, as far as they are known, in the server's words. */
import type { ResourceKind } from "#model/posture/resource-facts.ts";
import type { CollectingProject } from "./collector.ts";

export interface GuardedResource {
  readonly kind: ResourceKind;
  /** As facts have it: of a repository its GUID alone. */
  readonly id: string;
  readonly type: string;
  readonly wireId: string;
  /** Whether it is asked, each alone, which pipelines may use it. */
  readonly isWorthACall: boolean;
}

const wireTypes: Readonly<Record<ResourceKind, string>> = {
  connection: "endpoint",
  environment: "environment",
  "variable-group": "variablegroup",
  "secure-file": "securefile",
  queue: "queue",
  repository: "repository",
};

/** Those that matter most first. */
export function resourcesOfProject({ known, project }: CollectingProject): readonly GuardedResource[] {
  return [
    ...(known.connections ?? []).map(({ id }) => resource("connection", id)),
    ...(known.environments ?? []).map(({ id }) => resource("environment", id)),
    ...(known.variableGroups ?? []).map(({ id, vault, variables }) => {
      const holdsSecrets = vault !== undefined || variables.some((one) => one.isSecret || one.looksSecret);
      return { ...resource("variable-group", id), isWorthACall: holdsSecrets };
    }),
    ...(known.secureFiles ?? []).map(({ id }) => resource("secure-file", id)),
    // Machines of Microsoft's are for everybody.
    ...(known.queues ?? []).map(({ id, isHosted }) => ({ ...resource("queue", id), isWorthACall: isHosted !== true })),
    ...(known.repositories ?? [])
      .filter(({ isDisabled }) => !isDisabled)
      .map(({ id }) => ({ ...resource("repository", id), wireId: `${project.id}.${id}` })),
  ];
}

function resource(kind: ResourceKind, id: string | number): GuardedResource {
  return { kind, id: String(id), type: wireTypes[kind], wireId: String(id), isWorthACall: true };
}
