/** Collectors of code, pipelines, and what stands around them. */
import type { FactKey } from "#model/posture/fact-key.ts";
import type { Collector } from "./collector.ts";
import { readBranchPolicies } from "./read-branch-policies.ts";
import { readChecks } from "./read-checks.ts";
import { readDefinitions } from "./read-definitions.ts";
import { readEnvironments } from "./read-environments.ts";
import { readGeneralSettings } from "./read-general-settings.ts";
import { readPipelinePermissions } from "./read-pipeline-permissions.ts";
import { readPools } from "./read-pools.ts";
import { readQueues } from "./read-queues.ts";
import { readRepositories } from "./read-repositories.ts";
import { readRuns } from "./read-runs.ts";

/** What the server cannot list has to be known before it is asked who may use it, and what guards it. */
const resources: readonly FactKey[] = [
  "connections",
  "environments",
  "variableGroups",
  "secureFiles",
  "queues",
  "repositories",
];

export const collectorsOfPipelines: readonly Collector[] = [
  { of: "organization", key: "pools", read: readPools },
  { of: "project", key: "branchPolicies", read: readBranchPolicies },
  { of: "project", key: "definitions", read: readDefinitions },
  // By the pipelines that are known: of what they are built from, release branches are listed.
  { of: "project", key: "repositories", read: readRepositories },
  { of: "project", key: "generalSettings", read: readGeneralSettings },
  { of: "project", key: "runs", read: readRuns },
  { of: "project", key: "environments", read: readEnvironments },
  { of: "project", key: "queues", read: readQueues },
  { of: "project", key: "pipelinePermissions", alsoAfter: resources, read: readPipelinePermissions },
  { of: "project", key: "checks", alsoAfter: resources, read: readChecks },
];
