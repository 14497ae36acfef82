/** Whether what is deployed passes the gates that people believe in. */
import { isFalse, isTrue, textOf, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { deploysIn } from "../../azure/deployments.ts";
import { hitAt } from "../../azure/hits.ts";
import type { Pipeline, Stage, Step } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { anyOf, hasLine, searchScripts, searchStep } from "../../azure/search-scripts.ts";
import type { Hit } from "../../cicd-rule.ts";

const environments = "https://learn.microsoft.com/azure/devops/pipelines/process/environments";
const conditions = "https://learn.microsoft.com/azure/devops/pipelines/process/conditions";

function deploymentHits({ jobs }: Pipeline): readonly Hit[] {
  return jobs.flatMap((job) => {
    if (job.environment && textOf(job.environment) !== "") return [];
    const deploying = job.steps
      .map((step) => ({ step, found: deploysIn(step) }))
      .find(({ found }) => found !== undefined);
    if (!deploying) return [];
    const { step, found } = deploying;
    return [
      hitAt(step.task?.at ?? step.scripts[0]?.node ?? step.node, {
        address: job.address,
        why: `${found} in a job without an environment`,
      }),
    ];
  });
}

const scanners =
  /\b(?:trivy|grype|snyk|checkov|tfsec|terrascan|semgrep|gitleaks|trufflehog|bandit|safety|npm\s+audit|yarn\s+audit|pip-audit|dotnet\s+list\s+package\s+--vulnerable|dependency-check|sonar-scanner|codeql|hadolint|kics|gosec|brakeman|zap-baseline|sallyport\s+scan|osv-scanner|cosign\s+verify|slsa-verifier)\b/i;
const scanTasks =
  /^(?:microsoftsecuritydevops|codeql|credscan|advancedsecurity|sonar|whitesource|mend|snyk|checkmarx|veracode|fortify|dependency-check|dependencycheck|trivy|aquascanner|binskim|postanalysis|manualvalidation|owaspzap|securityandcompliance|publishsecurityanalysislogs|vstest|gitleaks)/i;
const failsOpen = anyOf([
  [/\|\|\s*(?:true|:|exit\s+0|echo\b)/, "its failure is turned into success"],
  [/(?:;|&&)\s*exit\s+0\s*$/, "its failure is turned into success"],
  [/--exit-code[= ]0\b|--soft-fail\b|--exit-zero\b|--no-fail\b/i, "it is told to succeed whatever it finds"],
]);

function isGate(step: Step): boolean {
  return scanTasks.test(step.task?.name ?? "") || hasLine(step, scanners);
}

function gateHits(pipeline: Pipeline): readonly Hit[] {
  const gates = pipeline.steps.filter(isGate);
  const open = gates.flatMap((step): readonly Hit[] => {
    const goesOn = [valueAt(step.node, "continueOnError"), valueAt(step.job.node, "continueOnError")].find(isTrue);
    if (goesOn) return [hitAt(goesOn, { address: step.address, why: "the run goes on whatever it finds" })];
    return searchStep(step, (line, script, one) => (scanners.test(line) ? failsOpen(line, script, one) : undefined));
  });
  return [...open, ...bypassingStages(pipeline, gates)];
}

const runsAlways = /\b(?:always|succeededOrFailed|failed)\s*\(\s*\)/i;

/** A stage that deploys whatever the gates say. */
function bypassingStages({ stages }: Pipeline, gates: readonly Step[]): readonly Hit[] {
  if (gates.length === 0) return [];
  return stages.flatMap(({ condition, jobs, name }) => {
    const deploys = jobs.some(
      (job) => job.is === "deployment" || job.steps.some((step) => deploysIn(step) !== undefined),
    );
    const isGated = !gates.every(({ job }) => job.stage === name);
    if (!condition || !deploys || !isGated || !runsAlways.test(condition.text)) return [];
    return [hitAt(condition, { address: name, why: "it deploys also when a gate before it fails" })];
  });
}

function skippableHits({ stages }: Pipeline, facts: PipelineFacts): readonly Hit[] {
  if (stages.length < 2 || facts.isQueuedByAdministratorsOnly === true) return [];
  return stages.flatMap((stage) => {
    if (
      stage.isImplied ||
      isFalse(valueAt(stage.node, "isSkippable")) ||
      !stage.jobs.some(({ steps }) => steps.some(isGate))
    )
      return [];
    return [hitAt(valueAt(stage.node, "stage") ?? stage.node, { address: stage.name, why: gateIn(stage) })];
  });
}

function gateIn({ jobs }: Stage): string {
  const gate = jobs.flatMap(({ steps }) => steps).find(isGate);
  return `whoever starts the run may leave out ${gate?.address ?? "its checks"}`;
}

const merges = anyOf([
  [
    /\baz\s+repos\s+pr\s+(?:update|create)\b[^\n]*--auto-complete(?:[= ]\s*(?:true|on|yes))?/i,
    "it lets a pull request complete itself",
  ],
  [/\baz\s+repos\s+pr\s+set-vote\b[^\n]*--vote[= ]\s*["']?approve/i, "it approves a pull request"],
  [
    /\baz\s+repos\s+pr\s+update\b[^\n]*(?:--bypass-policy|--status[= ]\s*["']?completed)/i,
    "it completes a pull request",
  ],
  [
    /pullrequests\/[^\s"'/]{1,100}\/reviewers\b[^\n]*|autoCompleteSetBy\b|["']vote["']\s*:\s*10\b/i,
    "it votes on a pull request by the API",
  ],
  [
    /\bgh\s+pr\s+merge\b[^\n]*(?:--auto|--admin)|\bgh\s+pr\s+review\b[^\n]*--approve/i,
    "it merges or approves a pull request",
  ],
]);

function mergeHits(pipeline: Pipeline, { buildIdentity }: PipelineFacts): readonly Hit[] {
  const hits = searchScripts(pipeline, merges);
  if (!buildIdentity?.bypassesPolicies) return hits;
  return hits.map(
    (hit): Hit => ({ ...hit, severity: "high", why: `${hit.why}, and the build identity may pass policies by` }),
  );
}

function unexpandedHits({ expanded, path, root, isCut }: Pipeline): readonly Hit[] {
  const missing = expanded.unresolved.map(
    ({ at, template, reason }): Hit => ({ at, address: `${path}/${template}`, why: reason }),
  );
  const problems = expanded.problems.map(({ place, message }): Hit => ({ at: place, address: path, why: message }));
  const cut = isCut ? [hitAt(root, { address: path, why: "it has more steps or scripts than are looked at" })] : [];
  return [...missing, ...problems, ...cut];
}

const skippable =
  "stages:\n- stage: Scan\n  jobs:\n  - job: a\n    steps:\n    - script: semgrep ci\n- stage: Ship\n  jobs:\n  - job: b\n    steps:\n    - script: make ship\n";

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-deployment-without-environment",
    aliases: ["ado-yaml-deploy-without-environment", "pipeline-check:ADO-004", "pipeline-check:ADO-029"],
    title: "Something is deployed outside of an environment",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "Approvals, branch control and the history of deployments belong to environments; here none can apply.",
    abuse: "Whoever may start the pipeline, or push to its branch, deploys without anybody being asked.",
    fix: "Make the job a deployment: with an environment:, and put approvals and branch control on that environment.",
    links: [environments],
    check: ({ pipeline }) => deploymentHits(pipeline),
    examples: {
      bad: [
        "jobs:\n- job: a\n  steps:\n  - script: kubectl apply -f k8s/\n",
        "steps:\n- task: AzureWebApp@1\n  inputs:\n    azureSubscription: s\n",
      ],
      good: [
        "jobs:\n- deployment: a\n  environment: prod\n  strategy:\n    runOnce:\n      deploy:\n        steps:\n        - script: kubectl apply -f k8s/\n",
        "steps:\n- script: make test\n- script: terraform plan\n",
      ],
    },
  },
  {
    id: "cicd/azure-gate-cannot-stop",
    aliases: ["ado-yaml-gate-fails-open"],
    title: "A security check cannot stop the pipeline",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "What the check finds is released all the same.",
    abuse: "Nobody needs to get around the check: it may fail as it likes.",
    fix: "Take continueOnError, || true and soft-fail options away, and let later stages depend on success.",
    links: [conditions],
    check: ({ pipeline }) => gateHits(pipeline),
    examples: {
      bad: [
        "steps:\n- script: trivy fs . || true\n",
        "steps:\n- task: MicrosoftSecurityDevOps@1\n  continueOnError: true\n",
        "stages:\n- stage: Scan\n  jobs:\n  - job: a\n    steps:\n    - script: semgrep ci\n- stage: Ship\n  condition: always()\n  jobs:\n  - deployment: d\n    environment: prod\n    strategy:\n      runOnce:\n        deploy:\n          steps:\n          - script: make ship\n",
      ],
      good: ["steps:\n- script: trivy fs --exit-code 1 .\n", "steps:\n- script: make lint || true\n"],
    },
  },
  {
    id: "cicd/azure-check-stage-skippable",
    readsFacts: true,
    aliases: ["ado-yaml-required-stage-skippable"],
    title: "A stage with checks may be left out when a run is started",
    severity: "low",
    risks: ["CICD-SEC-1"],
    why: "Whoever starts a run by hand may clear the stage's box.",
    abuse: "Somebody runs the pipeline without its scan, and deploys.",
    fix: "Set isSkippable: false on the stage.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/stages-stage"],
    check: ({ pipeline }, facts) => skippableHits(pipeline, facts),
    examples: {
      bad: [skippable],
      good: [
        { text: skippable, facts: { isQueuedByAdministratorsOnly: true } },
        "stages:\n- stage: Scan\n  isSkippable: false\n  jobs:\n  - job: a\n    steps:\n    - script: semgrep ci\n- stage: Ship\n  jobs:\n  - job: b\n    steps:\n    - script: make ship\n",
      ],
    },
  },
  {
    id: "cicd/azure-pipeline-merges-itself",
    readsFacts: true,
    aliases: ["ado-yaml-pipeline-merges-itself", "prisma:Auto-merge configured in pipeline"],
    title: "The pipeline approves or completes pull requests",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "A change reaches the branch without a person having looked at it.",
    abuse: "Somebody opens a pull request that the pipeline approves or completes by itself.",
    fix: "Leave votes and completion to people, and deny them to the build identity.",
    links: ["https://learn.microsoft.com/azure/devops/repos/git/branch-policies"],
    check: ({ pipeline }, facts) => mergeHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- bash: az repos pr update --id $ID --auto-complete true\n",
        "steps:\n- bash: az repos pr set-vote --id $ID --vote approve\n",
        {
          text: "steps:\n- bash: az repos pr update --id $ID --auto-complete true\n",
          facts: { buildIdentity: { contributes: true, bypassesPolicies: true } },
        },
      ],
      good: ["steps:\n- bash: az repos pr create --title x\n"],
    },
  },
  {
    id: "cicd/azure-pipeline-not-whole",
    aliases: ["ado-yaml-unexpanded"],
    title: "A pipeline could not be put together whole",
    severity: "low",
    risks: ["CICD-SEC-10"],
    why: "What is missing was not judged, so the other results may be incomplete.",
    abuse: "This is a blind spot, not a weakness: something may hide in what was not read.",
    fix: "Let the scan read the repository of the template, or correct the name. Names that inputs choose cannot be followed.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/templates"],
    check: ({ pipeline }) => unexpandedHits(pipeline),
    examples: {
      bad: ["steps:\n- template: missing.yml\n"],
      good: [{ text: "steps:\n- template: there.yml\n", files: { "there.yml": "steps:\n- script: make\n" } }],
    },
  },
];
