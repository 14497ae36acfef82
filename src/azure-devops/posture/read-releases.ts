/**
 * Classic release definitions of a project. A list leaves out what runs in their stages, so each is asked for; texts of
 * variables and inputs are dropped.
 */
import type { ReleaseFact, ReleaseStage } from "#model/posture/pipeline-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByHeader } from "../pages.ts";
import {
  inner,
  isWire,
  optionalNumber,
  optionalText,
  requiredNumber,
  requiredText,
  type Wire,
  wireObject,
} from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import type { CollectingProject } from "./collector.ts";
import { readClassicSteps } from "./read-classic-steps.ts";
import { readVariables } from "./read-variables.ts";
import { pageOf } from "./web-address.ts";

type Given = Pick<CollectingProject, "organization" | "project" | "lookAt">;

const where = "release definitions";
const host = "vsrm.dev.azure.com";

/** Some of them would be worse than none: nobody would know which are missing. */
const mostDefinitions = 1000;

export async function readReleases(client: OrganizationClient, given: Given): Promise<readonly ReleaseFact[]> {
  const list = path`/${given.project.id}/_apis/release/definitions`;
  const listed = await collect(pagesByHeader(client, { host, path: list }, { top: 1000, where }), (wire) => wire);
  const ids = listed.filter((wire) => wire.isDeleted !== true).map((wire) => requiredNumber(wire, "id", where));
  if (ids.length > mostDefinitions) {
    const message = `The project ${given.project.name} has more than ${mostDefinitions} classic release definitions; they are not read.`;
    throw new RemoteError("unexpected", message, { details: { where, count: ids.length } });
  }
  const definitions = await askEach(ids, async (id) => {
    try {
      const one = path`/${given.project.id}/_apis/release/definitions/${id}`;
      return [wireObject((await client.request({ host, path: one })).body, where)];
    } catch (error) {
      // Somebody deleted it meanwhile.
      if (error instanceof RemoteError && error.code === "not-found") return [];
      throw error;
    }
  });
  return definitions.flat().map((wire) => readRelease(wire, given));
}

function readRelease(wire: Wire, given: Given): ReleaseFact {
  const { organization, project } = given;
  const id = requiredNumber(wire, "id", where);
  const stages = objects(wire.environments);
  const groups = [wire, ...stages].flatMap(({ variableGroups }) => numbers(variableGroups));
  return {
    id,
    name: requiredText(wire, "name", where),
    url: pageOf(organization, project, `_release?definitionId=${id}&_a=releases`),
    variables: readVariables(inner(wire, "variables"), given),
    variableGroupIds: [...new Set(groups)],
    artifacts: objects(wire.artifacts).map(readArtifact),
    triggers: objects(wire.triggers).flatMap(readTrigger),
    stages: stages.map((stage) => readStage(stage, given)),
  };
}

function readArtifact(wire: Wire): ReleaseFact["artifacts"][number] {
  const definitionId = optionalText(inner(inner(wire, "definitionReference"), "definition"), "id");
  return {
    alias: optionalText(wire, "alias") ?? "",
    type: optionalText(wire, "type") ?? "",
    ...(definitionId === undefined ? {} : { definitionId }),
  };
}

/** Of artifacts, repositories and pull requests. Schedules, images and packages have no branches. */
function readTrigger(wire: Wire): ReleaseFact["triggers"] {
  const kind = String(wire.triggerType).toLowerCase();
  const isOfPullRequests = kind === "pullrequest" || kind === "6";
  if (!isOfPullRequests && !["artifactsource", "sourcerepo", "1", "3"].includes(kind)) return [];
  const alias = optionalText(wire, "artifactAlias") ?? optionalText(wire, "alias") ?? "";
  const conditions = objects(wire.triggerConditions).flatMap(isOfPullRequests ? targetOf : branchOf);
  const branchFilters = [...conditions, ...texts(wire.branchFilters)];
  return [{ alias, branchFilters, ...(isOfPullRequests && { isOfPullRequests }) }];
}

function targetOf(condition: Wire): readonly string[] {
  return texts([condition.targetBranch]);
}

/** One branch, or the one that the pipeline of the artifact has for its default. */
function branchOf(condition: Wire): readonly string[] {
  const branch = optionalText(condition, "sourceBranch");
  if (branch !== undefined) return [branch];
  return condition.useBuildDefinitionBranch === true ? ["the default branch of the pipeline"] : [];
}

function readStage(wire: Wire, given: Given): ReleaseStage {
  const { approvals, approvalOptions } = inner(wire, "preDeployApprovals");
  const asked = objects(approvals).filter(({ isAutomated }) => isAutomated !== true);
  // Without options there is no restriction.
  const options: Wire = isWire(approvalOptions) ? approvalOptions : { releaseCreatorCanBeApprover: true };
  const stageOptions = inner(wire, "environmentOptions");
  const tokenEverywhere = stageOptions.enableAccessToken === true;
  return {
    id: requiredNumber(wire, "id", "stages of a release definition"),
    name: optionalText(wire, "name") ?? "",
    rank: optionalNumber(wire, "rank") ?? 0,
    variables: readVariables(inner(wire, "variables"), given),
    isApprovalAutomatic: asked.length === 0,
    approvers: asked.flatMap((step) => optionalText(inner(step, "approver"), "displayName") ?? []),
    requiredApprovers: optionalNumber(options, "requiredApproverCount") ?? 0,
    creatorMayApprove: options.releaseCreatorCanBeApprover === true,
    skipsApprovalIfSameApprover: options.autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped === true,
    artifactBranches: objects(wire.conditions).flatMap(artifactBranchOf),
    ...(stageOptions.pullRequestDeploymentEnabled === true && { takesPullRequests: true }),
    phases: objects(wire.deployPhases).map((phase) => {
      const input = inner(phase, "deploymentInput");
      const queueId = optionalNumber(input, "queueId") ?? 0;
      return {
        ...(queueId > 0 && { queueId }),
        tokenForScripts: tokenEverywhere || input.enableAccessToken === true,
        steps: readClassicSteps(phase.workflowTasks, given),
      };
    }),
  };
}

/** `{conditionType: "artifact", value: "{\"sourceBranch\":\"main\"}"}`. */
function artifactBranchOf(condition: Wire): readonly string[] {
  const kind = String(condition.conditionType).toLowerCase();
  if (kind !== "artifact" && kind !== "4") return [];
  try {
    const value: unknown = JSON.parse(optionalText(condition, "value") ?? "null");
    return isWire(value) ? branchOf(value) : [];
  } catch {
    return [];
  }
}

function objects(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.filter(isWire) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string" && one !== "") : [];
}

function numbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((one): one is number => Number.isInteger(one)) : [];
}
