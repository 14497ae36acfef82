/** Whether a branch that matters can be pushed to at all, and what has to be built before a change reaches it. */
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import {
  exampleConnection,
  exampleDefinition,
  examplePipeline,
  examplePolicy,
  exampleRepository,
} from "../../example-facts.ts";
import { builtRepositories, pipelinesOnBranch } from "../../facts/judged-pipeline-of.ts";
import { branchName, isEnforced, isOfPushes } from "../../facts/policies-of-branch.ts";
import { privilegedPipelines, sayPrivileges } from "../../facts/privileged-pipelines.ts";
import { branchRule, type GivenBranch, noPolicyEvidence, policyEvidence } from "../../makers/branch-rule.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, type PostureRule, pass } from "../../posture-rule.ts";

const links = ["https://learn.microsoft.com/azure/devops/repos/git/branch-policies"];
const repositories = [exampleRepository()];

function built(settings: Record<string, unknown>, given: Partial<BranchPolicyFact> = {}) {
  const branchPolicies = [examplePolicy("build", { ...given, settings: { buildDefinitionId: 7, ...settings } })];
  return { project: { repositories, branchPolicies } };
}

export const rules: readonly PostureRule[] = [
  branchRule({
    id: "cicd/branch-unprotected",
    aliases: ["ado-repo-default-branch-unprotected", "ADO-RP-001"],
    title: "No policy keeps people from pushing to a branch that matters",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "One account is enough to change the product, and the pipelines that are defined beside it, without anybody seeing it first.",
    abuse: "Somebody with a stolen token pushes straight to the branch; its pipeline takes the commit from there.",
    fix: "Repository settings > Policies > the branch: switch on at least one required policy, first of all a minimum number of reviewers. A policy of the project for the default branch of each repository does it for all.",
    links,
    checkBranch: checkProtection,
    examples: {
      bad: [
        { project: { repositories, branchPolicies: [] } },
        { project: { repositories, branchPolicies: [examplePolicy("minimumReviewers", { isEnabled: false })] } },
        { project: { repositories, branchPolicies: [examplePolicy("minimumReviewers", { isBlocking: false })] } },
        {
          project: {
            repositories,
            branchPolicies: [examplePolicy("build", { scopes: [{ refName: "refs/heads/release", match: "prefix" }] })],
          },
        },
        // What refuses single pushes keeps nobody from pushing.
        {
          project: {
            repositories,
            branchPolicies: [
              examplePolicy("commitAuthorEmail", {
                scopes: [{ match: "exact" }],
                settings: { authorEmailPatterns: ["*@contoso.example"] },
              }),
            ],
          },
        },
        {
          project: {
            repositories,
            branchPolicies: [],
            definitions: [exampleDefinition()],
            connections: [exampleConnection()],
            pipelinePermissions: [
              { kind: "connection", id: exampleConnection().id, allPipelines: false, definitionIds: [7] },
            ],
          },
          pipelines: [examplePipeline()],
        },
      ],
      good: [
        { project: { repositories, branchPolicies: [examplePolicy("minimumReviewers")] } },
        {
          project: {
            repositories,
            branchPolicies: [examplePolicy("status", { scopes: [{ match: "default-branch" }] })],
          },
        },
        {
          project: {
            repositories: [
              exampleRepository(),
              exampleRepository({ id: "b", name: "old", isDisabled: true }),
              exampleRepository({ id: "d", name: "Payments.wiki" }),
            ],
            branchPolicies: [examplePolicy("build")],
          },
        },
      ],
    },
  }),
  branchRule({
    id: "cicd/branch-merges-without-build",
    aliases: ["ado-repo-no-build-validation", "ADO-RP-013"],
    title: "Changes are merged without a build that has to pass",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "Tests and scans that run in the build stop nothing: what they would have found is merged.",
    abuse: "Somebody completes a pull request whose scan would have failed, before anybody started it.",
    fix: 'Repository settings > Policies > the branch > "Build Validation": add the pipeline with trigger "Automatic", policy requirement "Required" and build expiration "Immediately".',
    links,
    checkBranch: checkBuild,
    examples: {
      bad: [
        { project: { repositories, branchPolicies: [examplePolicy("minimumReviewers")] } },
        built({}, { isEnabled: false }),
        built({}, { isBlocking: false }),
        built({ manualQueueOnly: true }),
        built({ validDuration: 720, queueOnSourceUpdateOnly: false }),
        built({ filenamePatterns: ["/src/*"] }),
      ],
      good: [
        built({}),
        built({ validDuration: 720, queueOnSourceUpdateOnly: true }),
        built({ filenamePatterns: ["!/docs/*"] }),
      ],
    },
  }),
];

/** Worse where a pipeline with something to lose takes its code from here; milder where nothing is built from it. */
function checkProtection(given: GivenBranch, context: PostureContext): PostureAnswer {
  const { branch, policies, project } = given;
  const written = policies.filter(({ typeId }) => !isOfPushes(typeId));
  if (written.some(isEnforced)) return pass;
  const name = branchName(branch.ref);
  const privileged = privilegedPipelines(project, context);
  const worst = pipelinesOnBranch(branch, project, context).find(
    ({ definition }) => privileged.of(definition.id).length > 0,
  );
  const evidence = written.map((policy) => policyEvidence(given, policy, ""));
  const changed: { readonly severity: Severity; readonly because: string } | undefined = worst
    ? {
        severity: "critical",
        because: `the pipeline ${worst.definition.name} is defined on it and may use ${sayPrivileges(privileged.of(worst.definition.id))}`,
      }
    : hasNoPipeline(given)
      ? { severity: "medium", because: "no pipeline of the project is built from this repository" }
      : undefined;
  return fail(changed?.severity ?? "high", `no policy keeps anybody from pushing to ${name}`, {
    evidence: evidence.length > 0 ? evidence : [noPolicyEvidence(given, "branch")],
    fix: `Add a required policy to ${name}: "Require a minimum number of reviewers" with 2 reviewers.`,
    ...(changed && { severityBecause: changed.because }),
  });
}

/**
 * Nothing is said of a repository that no pipeline builds: there is nothing to require. Builds that are asked for only by hand,
 * only for some paths, or not again for a while still stop most of what they should: they are told, but as small.
 */
function checkBuild(given: GivenBranch): PostureAnswer | undefined {
  const { branch, policies } = given;
  const name = branchName(branch.ref);
  const written = policies.filter(({ typeId }) => typeId === policyTypes.build);
  const inForce = written.filter(isEnforced);
  if (inForce.some((policy) => weaknessOf(policy) === undefined)) return pass;
  if (written.length === 0 && hasNoPipeline(given)) return undefined;
  const weak = inForce.flatMap((policy) => {
    const weakness = weaknessOf(policy);
    return weakness ? [{ policy, ...weakness }] : [];
  });
  const [first] = weak;
  const fix = `Add a build validation policy to ${name}: automatic, required, expiring immediately.`;
  if (first) {
    return fail("low", `the build of ${name} ${first.says}`, {
      evidence: weak.map(({ policy, field }) => policyEvidence(given, policy, field)),
      fix,
      severityBecause: "a build is required, with this gap",
    });
  }
  const status = policies.find((policy) => policy.typeId === policyTypes.status && isEnforced(policy));
  return fail(status ? "low" : "medium", `nothing has to be built before a change reaches ${name}`, {
    evidence:
      written.length > 0
        ? written.map((policy) => policyEvidence(given, policy, ""))
        : [noPolicyEvidence(given, "build")],
    fix,
    ...(status && {
      severityBecause: `policy ${status.id} requires a status, which another system may give after a build`,
    }),
  });
}

function weaknessOf({ settings }: BranchPolicyFact): { readonly says: string; readonly field: string } | undefined {
  const { manualQueueOnly, queueOnSourceUpdateOnly, validDuration, filenamePatterns } = settings;
  if (manualQueueOnly === true) return { says: "starts only by hand", field: "manualQueueOnly = true" };
  if (typeof validDuration === "number" && validDuration > 0 && queueOnSourceUpdateOnly !== true) {
    const field = `validDuration = ${validDuration}, queueOnSourceUpdateOnly = false`;
    return { says: `counts for ${validDuration} minutes whatever changes meanwhile`, field };
  }
  const patterns: readonly unknown[] = Array.isArray(filenamePatterns) ? filenamePatterns : [];
  const wanted = patterns.filter((pattern) => typeof pattern === "string" && !pattern.startsWith("!"));
  if (wanted.length === 0 || wanted.some((pattern) => pattern === "*" || pattern === "/*")) return undefined;
  return { says: "is required for some paths only", field: `filenamePatterns = ${patterns.join(";").slice(0, 200)}` };
}

function hasNoPipeline({ branch, project }: GivenBranch): boolean {
  return builtRepositories(project)?.has(branch.repository.id.toLowerCase()) === false;
}
