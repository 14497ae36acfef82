/** What an unreviewed change reaches: rules that need to know who may start the pipeline, and what guards its resources. */
import { textAt, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { deploysIn } from "../../azure/deployments.ts";
import { hitAt } from "../../azure/hits.ts";
import { holdsSecrets } from "../../azure/job-secrets.ts";
import type { Job, Pipeline } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { poolOf } from "../../azure/pool-of-job.ts";
import { isNone, openTrigger, runsCodeOfPullRequests, unguardedUses } from "../../azure/reach.ts";
import { runsRepositoryCode } from "../../azure/repository-code.ts";
import { type Answer, type Hit, notEvaluated } from "../../cicd-rule.ts";

const risk = "https://owasp.org/www-project-top-10-ci-cd-security-risks/CICD-SEC-04-Poisoned-Pipeline-Execution";
const policies = "https://learn.microsoft.com/azure/devops/repos/git/branch-policies#build-validation";

/** For the rule on deployments `pr:` must be said: without it GitHub builds every pull request, which few people know. */
function isSaid(pipeline: Pipeline, facts: PipelineFacts): boolean | undefined {
  if (facts.repositoryKind === "azure-repos") return facts.hasBuildPolicy;
  if (facts.repositoryKind === undefined) return undefined;
  if (facts.pullRequestTrigger) return facts.pullRequestTrigger === "on";
  const pr = valueAt(pipeline.root, "pr");
  return pr !== undefined && !isNone(pr);
}

function unknownStart({ reasons }: PipelineFacts): Answer {
  return notEvaluated(
    reasons?.hasBuildPolicy ??
      "Whether pull requests start this pipeline is decided by branch policies or the kind of repository, which are not known here.",
  );
}

function checksOutSelf({ is, steps }: Job): boolean {
  const written = steps.flatMap(({ node }) => textAt(node, "checkout") ?? []);
  return written.length === 0 ? is === "job" : written.some((name) => name.toLowerCase() === "self");
}

function untrustedHits(pipeline: Pipeline, facts: PipelineFacts): Answer {
  const jobs = pipeline.jobs.filter((job) => checksOutSelf(job) && holdsSecrets(job, facts) && !isKeptOut(job));
  const found = jobs.flatMap((job) => job.steps.find(runsRepositoryCode) ?? []);
  if (found.length === 0) return [];
  const isReached = runsCodeOfPullRequests(pipeline, facts);
  if (isReached === undefined) return unknownStart(facts);
  if (!isReached) return [];
  const isForStrangers = facts.forks === "with-secrets";
  const why = `it runs what the pull request brings, in a job that holds secrets${isForStrangers ? ", also for forks" : ""}`;
  const severity = isForStrangers ? ("critical" as const) : undefined;
  return found.map((step) => hitAt(step.node, { address: step.address, why, severity }));
}

const notForPullRequests =
  /\bne\s*\(\s*variables(?:\.|\[')build\.reason(?:'\])?\s*,\s*'PullRequest'\s*\)|\beq\s*\(\s*variables(?:\.|\[')build\.sourcebranch(?:name)?(?:'\])?\s*,\s*'(?:refs\/heads\/)?(?:main|master|release[^']*)'\s*\)|\beq\s*\(\s*variables(?:\.|\[')build\.reason(?:'\])?\s*,\s*'(?!PullRequest)/i;

/** A condition keeps pull requests out; whoever edits the pipeline can take it away, so it lowers nothing but noise. */
function isKeptOut({ conditions, steps, node }: Job): boolean {
  const said = [
    ...conditions.map(({ text }) => text),
    node.when ?? "",
    ...steps.slice(0, 1).map((step) => step.node.when ?? ""),
  ];
  return said.some((text) => notForPullRequests.test(text));
}

function deployHits(pipeline: Pipeline, facts: PipelineFacts): Answer {
  const hits = pipeline.jobs.flatMap((job): readonly Hit[] => {
    if (isKeptOut(job) || isGuarded(job, facts)) return [];
    const step = job.steps.find((one) => isRealDeployment(one));
    if (!step && job.is === "job") return [];
    const why = `${(step && deploysIn(step)) ?? "it deploys"}, and a pull request starts it${sayUnguarded(job, facts)}`;
    return [hitAt(step?.node ?? job.node, { address: step?.address ?? job.address, why })];
  });
  if (hits.length === 0) return [];
  const isReached = isSaid(pipeline, facts);
  if (isReached === undefined) return unknownStart(facts);
  if (!isReached) return [];
  return facts.reasons?.guards === undefined ? hits : notEvaluated(facts.reasons.guards);
}

function sayUnguarded(job: Job, facts: PipelineFacts): string {
  const open = facts.guards && unguardedUses(job, facts)[0];
  return open === undefined ? "" : `; the ${open} has no check that would stop it`;
}

/** Azure CLI alone may only look. */
function isRealDeployment(step: Job["steps"][number]): boolean {
  const found = deploysIn(step);
  return found !== undefined && !/^(?:azurecli|azurepowershell|awscli|awsshellscript)$/i.test(step.task?.name ?? "");
}

/** Without anything to stand before, nothing guards it. */
function isGuarded(job: Job, facts: PipelineFacts): boolean {
  const usesAny = job.environment !== undefined || job.steps.some(({ connections }) => connections.length > 0);
  return facts.guards !== undefined && usesAny && unguardedUses(job, facts).length === 0;
}

function anyBranchHits(pipeline: Pipeline, facts: PipelineFacts): Answer {
  const why = openTrigger(pipeline, facts);
  if (why === undefined || facts.canCreateBranches === false) return [];
  const privileged = pipeline.jobs.find((job) => isPrivileged(job, facts) && !isGuarded(job, facts));
  if (!privileged) return [];
  if (facts.guards === undefined) {
    const missing = `${why}; what guards the connections and environments of ${privileged.address} is not known here.`;
    return notEvaluated(facts.reasons?.guards ?? missing);
  }
  const at = valueAt(pipeline.root, "trigger") ?? privileged.node;
  const [open] = unguardedUses(privileged, facts);
  const what = open === undefined ? "" : `, and the ${open} has no check of its own`;
  return [hitAt(at, { address: privileged.address, why: why + what })];
}

function isPrivileged({ environment, steps, visible }: Job, { groups }: PipelineFacts): boolean {
  return (
    environment !== undefined ||
    steps.some(({ connections }) => connections.length > 0) ||
    visible.some(({ isGroup, name }) => isGroup && groups?.[name.toLowerCase()]?.hasSecrets === true)
  );
}

function selfHostedHits(pipeline: Pipeline, facts: PipelineFacts): Answer {
  const isReached = runsCodeOfPullRequests(pipeline, facts);
  if (isReached === false) return [];
  const pools = pipeline.jobs.flatMap((job) => {
    const pool = poolOf(job, facts);
    return pool.is === "hosted" ? [] : [{ job, pool }];
  });
  const unclear = pools.find(({ pool }) => pool.is === "unknown")?.pool;
  if (pools.length === 0) return [];
  if (isReached === undefined) return unknownStart(facts);
  const hits = pools.flatMap(({ job, pool }): readonly Hit[] => {
    if (pool.is !== "own") return [];
    const isForStrangers = facts.forks === "with-secrets" || facts.forks === "without-secrets";
    const who = isForStrangers ? "pull requests, also those of forks," : "pull requests";
    const why = pool.isEphemeral
      ? `${who} run on machines of ${pool.name}, though each is thrown away after its job`
      : `${who} run on machines of ${pool.name}, which stay`;
    const severity = pool.isEphemeral ? ("low" as const) : undefined;
    return [hitAt(job.pool?.node ?? job.node, { address: job.address, why, severity })];
  });
  if (hits.length > 0 || !unclear) return hits;
  const missing = `Whether ${unclear.name} has machines of one's own is known only from the organization's pools.`;
  return notEvaluated(facts.reasons?.pools ?? missing);
}

const useOfProduction =
  "steps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: prod\n    inlineScript: az group list\n";
const secretJob = "steps:\n- checkout: self\n- script: npm test\n  env:\n    KEY: $(ApiToken)\n";
const deployed =
  "jobs:\n- deployment: d\n  environment: prod\n  strategy:\n    runOnce:\n      deploy:\n        steps:\n        - task: AzureWebApp@1\n          inputs: { azureSubscription: prod-sub, appName: a }\n";
const apply = "steps:\n- script: terraform apply -auto-approve\n";

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-pull-request-code-with-secrets",
    readsFacts: true,
    aliases: [
      "ado-yaml-pr-untrusted-build-with-secrets",
      "poutine:untrusted_checkout_exec",
      "prisma:Direct Poisoned Pipeline Execution",
    ],
    title: "Code of a pull request runs in a job that holds secrets",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Whoever opens a pull request runs code beside the secrets, before anybody has looked at it.",
    abuse: "Somebody changes a test or package.json in a pull request, and reads the job's secrets or token.",
    fix: "Check pull requests in a pipeline without secrets; keep them in stages that an environment's checks guard.",
    links: [risk, policies],
    check: ({ pipeline }, facts) => untrustedHits(pipeline, facts),
    examples: {
      bad: [
        { text: secretJob, facts: { repositoryKind: "github" } },
        { text: secretJob, facts: { repositoryKind: "azure-repos", hasBuildPolicy: true } },
        { text: `pr: none\n${secretJob}`, facts: { repositoryKind: "github", pullRequestTrigger: "on" } },
      ],
      good: [
        { text: secretJob, facts: { repositoryKind: "github", pullRequestTrigger: "off" } },
        {
          text: "variables:\n- group: plain\nsteps:\n- script: npm test\n",
          facts: { repositoryKind: "azure-repos", hasBuildPolicy: true, groups: { plain: { hasSecrets: false } } },
        },
        { text: `pr: none\n${secretJob}`, facts: { repositoryKind: "github" } },
        { text: secretJob, facts: { repositoryKind: "azure-repos", hasBuildPolicy: false } },
        { text: "steps:\n- script: npm test\n", facts: { repositoryKind: "github" } },
      ],
    },
  },
  {
    id: "cicd/azure-pull-request-deploys",
    readsFacts: true,
    aliases: ["ado-yaml-pr-deploys", "pipeline-check:ADO-033"],
    title: "A pull request can deploy",
    severity: "critical",
    risks: ["CICD-SEC-4", "CICD-SEC-1"],
    why: "Changes reach a live target before anybody has reviewed them.",
    abuse: "Somebody opens a pull request with their own infrastructure code, and the run applies it.",
    fix: "Deploy only from the default branch, and enforce that by branch control on the environment and the connection: a condition in the file can be edited in the pull request.",
    links: [risk, "https://learn.microsoft.com/azure/devops/pipelines/process/approvals"],
    check: ({ pipeline }, facts) => deployHits(pipeline, facts),
    examples: {
      bad: [
        { text: `pr: [main]\n${apply}`, facts: { repositoryKind: "github" } },
        { text: apply, facts: { repositoryKind: "azure-repos", hasBuildPolicy: true } },
        {
          text: deployed,
          facts: { repositoryKind: "azure-repos", hasBuildPolicy: true, guards: { "environment prod": true } },
        },
      ],
      good: [
        {
          text: deployed,
          facts: { repositoryKind: "azure-repos", hasBuildPolicy: true, guards: { "connection prod-sub": true } },
        },
        { text: "pr: [main]\nsteps:\n- script: terraform plan\n", facts: { repositoryKind: "github" } },
        { text: `trigger: [main]\n${apply}`, facts: { repositoryKind: "azure-repos", hasBuildPolicy: false } },
        {
          text: `pr: [main]\njobs:\n- job: a\n  condition: eq(variables['Build.SourceBranch'], 'refs/heads/main')\n  steps:\n  - script: terraform apply\n`,
          facts: { repositoryKind: "github" },
        },
      ],
    },
  },
  {
    id: "cicd/azure-any-branch-starts-privileged",
    readsFacts: true,
    aliases: [
      "ado-yaml-trigger-any-branch-privileged",
      "trajan:CI Trigger Hijack",
      "ADOScanner:ADO_Build_DP_Configure_YAML_CI_Triggers",
    ],
    title: "Any pushed branch starts a pipeline with privileges",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "The pushed branch's own version of the pipeline runs, with the resources that the pipeline may use.",
    abuse: "Somebody pushes a branch in which the pipeline uses its connection for something else.",
    fix: "List branches under trigger:, and put branch control on the connections and environments.",
    links: [risk],
    check: ({ pipeline }, facts) => anyBranchHits(pipeline, facts),
    examples: {
      bad: [
        { text: useOfProduction, facts: { guards: {} } },
        { text: `trigger: [main]\n${useOfProduction}`, facts: { guards: {}, branchTriggers: ["refs/heads/*"] } },
      ],
      good: [
        {
          text: `trigger: [main]\n${useOfProduction}`,
          facts: { guards: {} },
        },
        {
          text: useOfProduction,
          facts: { guards: { "connection prod": true } },
        },
        { text: useOfProduction, facts: { guards: {}, hasImpliedTrigger: false } },
        { text: useOfProduction, facts: { guards: {}, branchTriggers: ["refs/heads/main"] } },
        { text: useOfProduction, facts: { guards: {}, reviewedBranches: ["*"] } },
        { text: useOfProduction, facts: { guards: {}, canCreateBranches: false } },
        "steps:\n- script: make\n",
      ],
    },
  },
  {
    id: "cicd/azure-pull-request-on-own-machine",
    readsFacts: true,
    aliases: [
      "ado-yaml-selfhosted-pr",
      "poutine:pr_runs_on_self_hosted",
      "trajan:agent-security",
      "ADOScanner:ADO_Build_DP_Do_Not_Use_Forked_Repo_With_Self_Hosted_Agent",
    ],
    title: "Pull requests run on machines of one's own",
    severity: "high",
    risks: ["CICD-SEC-7"],
    why: "Code that nobody has reviewed stays on a machine inside the network.",
    abuse: "A pull request installs something that waits for the next job, and takes its credentials.",
    fix: "Check pull requests on Microsoft-hosted agents, or on machines that are thrown away after each job.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/agents/scale-set-agents"],
    check: ({ pipeline }, facts) => selfHostedHits(pipeline, facts),
    examples: {
      bad: [
        {
          text: "pool: own\nsteps:\n- script: make\n",
          facts: { repositoryKind: "github", pools: { own: { isHosted: false, isEphemeral: false } } },
        },
        {
          text: "steps:\n- script: make\n",
          facts: {
            ...{ repositoryKind: "azure-repos", hasBuildPolicy: true, defaultPool: "own" },
            pools: { own: { isHosted: false, isEphemeral: false } },
          },
        },
      ],
      good: [
        "pool:\n  vmImage: ubuntu-latest\nsteps:\n- script: make\n",
        { text: "pr: none\npool: own\nsteps:\n- script: make\n", facts: { repositoryKind: "github" } },
      ],
    },
  },
];
