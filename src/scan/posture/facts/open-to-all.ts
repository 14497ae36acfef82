/** The answer for a resource that every pipeline of its project may use: how bad it is, and what it would be to close it. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import type { PipelinePermission, ResourceKind } from "#model/posture/resource-facts.ts";
import type { Severity } from "#model/severity.ts";
import type { PostureContext } from "../posture-context.ts";
import { fail, notEvaluated, pass } from "../posture-rule.ts";
import { gatesOf, holds, sayCheck } from "./checks-of.ts";
import { broadPipelineMakers } from "./pipeline-makers.ts";
import { permissionOf } from "./resources-of.ts";
import { milder, worse } from "./severity-steps.ts";

interface Asked {
  readonly permissions: readonly PipelinePermission[];
  readonly kind: ResourceKind;
  readonly resource: PostureResource;
  readonly project: ProjectFacts;
  readonly organization: OrganizationFacts;
  readonly severity: Severity;
  readonly severityBecause?: string;
  /** It is worth adding a pipeline for: that everybody may do so makes it worse. */
  readonly isPrize: boolean;
  readonly fix: string;
}

export function answerOnOpen(asked: Asked, context: PostureContext): PostureAnswer {
  const { permissions, kind, resource, project, fix } = asked;
  const permission = permissionOf(permissions, kind, resource.id);
  if (!permission) return notEvaluated("Azure DevOps did not tell which pipelines may use it.");
  if (!permission.allPipelines) return pass;
  const url = resource.url;
  const evidence: Evidence[] = [
    {
      what: `pipelinepermissions/${wireNames[kind]}/${resource.id}: allPipelines.authorized = true`,
      ...(url !== undefined && { url }),
    },
  ];
  const { severity, severityBecause, proof } = weighed(asked, context);
  if (proof !== undefined) evidence.push({ what: proof });
  const why =
    project.visibility === "public"
      ? "every pipeline of this public project may use it without being asked"
      : "every pipeline of the project may use it without being asked, also one that is added today";
  return fail(severity, why, { evidence, fix, ...(severityBecause !== undefined && { severityBecause }) });
}

interface Weight {
  readonly severity: Severity;
  readonly severityBecause?: string;
  readonly proof?: string;
}

function weighed(asked: Asked, { settings }: PostureContext): Weight {
  const { kind, resource, project, organization, severity, severityBecause, isPrize } = asked;
  const own = { severity, ...(severityBecause !== undefined && { severityBecause }) };
  const gate = project.checks.is === "known" ? gatesOf(project.checks.value, kind, resource.id).find(holds) : undefined;
  if (gate) {
    return { severity: milder(severity), severityBecause: `${sayCheck(gate)} still stops runs`, proof: sayCheck(gate) };
  }
  if (project.visibility === "public") {
    return {
      severity: worse(severity),
      severityBecause: "the project is public",
      proof: "project.visibility = public",
    };
  }
  if (!isPrize) return own;
  const makers = broadPipelineMakers(organization, project, settings);
  if (makers === undefined || makers === false) return own;
  return { severity: worse(severity), severityBecause: "many people may add a pipeline to the project", proof: makers };
}

/** As the address of the call has them. */
const wireNames: Readonly<Record<ResourceKind, string>> = {
  connection: "endpoint",
  "variable-group": "variablegroup",
  "secure-file": "securefile",
  environment: "environment",
  queue: "queue",
  repository: "repository",
};
