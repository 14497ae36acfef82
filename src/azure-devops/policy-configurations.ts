/** Branch policies of a project. What is false comes back as absent, and `exact` as `Exact`; both are read as what they mean. */
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { type EncodedPath, type OrganizationClient, path } from "./organization-client.ts";
import { collect, pagesByHeader, pagesBySkip } from "./pages.ts";
import { inner, isWire, optionalText, requiredNumber, requiredText, type Wire, wireObject } from "./read-wire.ts";

/** The type of policy that asks for a status; the same everywhere. */
export const statusPolicyType = "cbdc66da-9728-4af8-aada-9a5a32e4a226";

export interface PolicyScope {
  /** Absent: all repositories of the project. */
  readonly repositoryId?: RepositoryId;
  /** Absent: the repository as a whole, whatever the branch. */
  readonly refName?: string;
  readonly match: "exact" | "prefix" | "default-branch";
}

/** What a status policy asks for. */
export interface StatusPolicySettings {
  readonly statusName: string;
  readonly statusGenre: string;
  /** Whose status counts; absent: everybody's. */
  readonly authorId?: string;
  readonly invalidateOnSourceUpdate: boolean;
  /** Holds only once such a status was posted. */
  readonly isConditional: boolean;
  readonly filenamePatterns: readonly string[];
  readonly displayName?: string;
}

export interface BranchPolicy {
  readonly id: number;
  readonly typeId: string;
  readonly revision: number;
  readonly isEnabled: boolean;
  readonly isBlocking: boolean;
  readonly scopes: readonly PolicyScope[];
  /** Of status policies. */
  readonly status?: StatusPolicySettings;
}

export interface NewStatusPolicy {
  readonly scope: PolicyScope;
  readonly status: Omit<StatusPolicySettings, "isConditional" | "filenamePatterns">;
}

/** All policies that the project's settings hold, of every type, of all its repositories and branches. */
export async function listPolicies(client: OrganizationClient, projectId: ProjectId): Promise<readonly BranchPolicy[]> {
  const request = { path: configurationsPath(projectId) };
  return collect(pagesByHeader(client, request, { top: 1000, where: "policies" }), readPolicy);
}

/** Those that apply to the branch, as Azure DevOps itself sees it. */
export async function listPoliciesOfBranch(
  client: OrganizationClient,
  branch: { readonly projectId: ProjectId; readonly repositoryId: RepositoryId; readonly refName: string },
): Promise<readonly BranchPolicy[]> {
  const { projectId, repositoryId, refName } = branch;
  const request = {
    path: path`/${projectId}/_apis/git/policy/configurations`,
    query: { repositoryId, refName },
  };
  return collect(pagesByHeader(client, request, { top: 1000, where: "policies of a branch" }), readPolicy);
}

/** Enabled and blocking. Throws `forbidden` without the right "Edit policies". */
export async function createStatusPolicy(
  client: OrganizationClient,
  projectId: ProjectId,
  policy: NewStatusPolicy,
): Promise<BranchPolicy> {
  const { body } = await client.request({
    method: "POST",
    path: configurationsPath(projectId),
    body: policyBody(policy),
  });
  return readPolicy(wireObject(body, "a new policy"));
}

/** Makes it say exactly this, enabled and blocking, whatever it said before. */
export async function updateStatusPolicy(
  client: OrganizationClient,
  projectId: ProjectId,
  id: number,
  policy: NewStatusPolicy,
): Promise<BranchPolicy> {
  const { body } = await client.request({
    method: "PUT",
    path: path`/${projectId}/_apis/policy/configurations/${id}`,
    body: policyBody(policy),
  });
  return readPolicy(wireObject(body, "a changed policy"));
}

/** Throws `not-found` if it is gone already. */
export async function deletePolicy(client: OrganizationClient, projectId: ProjectId, id: number): Promise<void> {
  await client.request({ method: "DELETE", path: path`/${projectId}/_apis/policy/configurations/${id}` });
}

const evaluationStatuses = ["queued", "running", "approved", "rejected", "notApplicable", "broken"] as const;

export interface PolicyEvaluation {
  readonly policyId: number;
  readonly status: (typeof evaluationStatuses)[number];
}

/** What each policy says about a pull request now, those that do not apply to it too. */
export async function listEvaluations(
  client: OrganizationClient,
  { projectId, number }: { readonly projectId: ProjectId; readonly number: number },
): Promise<readonly PolicyEvaluation[]> {
  const where = "policy evaluations";
  const request = {
    path: path`/${projectId}/_apis/policy/evaluations`,
    apiVersion: "7.1-preview.1",
    query: {
      artifactId: `vstfs:///CodeReview/CodeReviewId/${projectId}/${number}`,
      includeNotApplicable: "true",
    },
  };
  return collect(pagesBySkip(client, request, { top: 200, prefix: "$", where }), (wire) => ({
    policyId: requiredNumber(inner(wire, "configuration"), "id", where),
    status: evaluationStatuses.find((status) => status === wire.status) ?? "broken",
  }));
}

function configurationsPath(projectId: ProjectId): EncodedPath {
  return path`/${projectId}/_apis/policy/configurations`;
}

function policyBody({ scope, status }: NewStatusPolicy) {
  const { statusName, statusGenre, authorId, invalidateOnSourceUpdate, displayName } = status;
  return {
    isEnabled: true,
    isBlocking: true,
    type: { id: statusPolicyType },
    settings: {
      statusName,
      statusGenre,
      authorId: authorId ?? null,
      invalidateOnSourceUpdate,
      defaultDisplayName: displayName ?? null,
      policyApplicability: null,
      filenamePatterns: [],
      scope: [
        {
          repositoryId: scope.repositoryId ?? null,
          refName: scope.refName ?? null,
          matchKind: wireMatch[scope.match],
        },
      ],
    },
  };
}

const wireMatch = { exact: "exact", prefix: "prefix", "default-branch": "DefaultBranch" } as const;

function readPolicy(wire: Wire): BranchPolicy {
  const where = "policy";
  const settings = inner(wire, "settings");
  const typeId = requiredText(inner(wire, "type"), "id", where).toLowerCase();
  const scopes = Array.isArray(settings.scope) ? settings.scope.filter(isWire) : [];
  return {
    id: requiredNumber(wire, "id", where),
    typeId,
    revision: typeof wire.revision === "number" ? wire.revision : 1,
    isEnabled: wire.isEnabled === true && wire.isDeleted !== true,
    isBlocking: wire.isBlocking === true,
    scopes: scopes.map(readScope),
    ...(typeId === statusPolicyType && { status: readStatus(settings) }),
  };
}

export function readScope(wire: Wire): PolicyScope {
  const repositoryId = optionalText(wire, "repositoryId");
  const refName = optionalText(wire, "refName");
  const kind = optionalText(wire, "matchKind")?.toLowerCase();
  return {
    ...(repositoryId === undefined ? {} : { repositoryId: repositoryId.toLowerCase() as RepositoryId }),
    ...(refName === undefined ? {} : { refName }),
    match: kind === "prefix" ? "prefix" : kind === "defaultbranch" ? "default-branch" : "exact",
  };
}

function readStatus(settings: Wire): StatusPolicySettings {
  const authorId = optionalText(settings, "authorId");
  const patterns: readonly unknown[] = Array.isArray(settings.filenamePatterns) ? settings.filenamePatterns : [];
  const displayName = optionalText(settings, "defaultDisplayName");
  const { policyApplicability } = settings;
  return {
    statusName: optionalText(settings, "statusName") ?? "",
    statusGenre: optionalText(settings, "statusGenre") ?? "",
    ...(authorId === undefined || /^[0-]+$/.test(authorId) ? {} : { authorId: authorId.toLowerCase() }),
    invalidateOnSourceUpdate: settings.invalidateOnSourceUpdate === true,
    // A number or a word; what applies by default is written as nothing.
    isConditional: policyApplicability === 1 || String(policyApplicability).toLowerCase() === "conditional",
    filenamePatterns: patterns.filter((pattern) => typeof pattern === "string"),
    ...(displayName === undefined ? {} : { displayName }),
  };
}
