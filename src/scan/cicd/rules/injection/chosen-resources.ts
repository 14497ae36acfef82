/** Resources of a pipeline that somebody chooses who may only start it. */
import type { PipelineNode, ScalarNode } from "../../../formats/azure-pipeline/source-node.ts";
import { isFalse, itemsOf, textAt, textOf, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { hitAt } from "../../azure/hits.ts";
import type { Job, Pipeline, Step } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule, PipelineSubject } from "../../azure/pipeline-rule.ts";
import { hasLine } from "../../azure/search-scripts.ts";
import { sayTaint, type TaintMap } from "../../azure/taint.ts";
import type { Edit, Hit } from "../../cicd-rule.ts";
import { addKeys } from "../../edits/azure-edits.ts";

const templates = "https://learn.microsoft.com/azure/devops/pipelines/process/templates";
const security = "https://learn.microsoft.com/azure/devops/pipelines/security/templates";

/** Why somebody may choose the text; undefined if nobody may. */
function chooser(
  node: PipelineNode | undefined,
  taint: TaintMap,
  job: Job,
  step: Step | undefined,
): string | undefined {
  if (node?.is !== "scalar") return undefined;
  const [first] = taint.inText(node, step, job).filter((one) => one.taint.kind !== "choice");
  return first && sayTaint(first);
}

function connectionHits({ pipeline, taint }: PipelineSubject, facts: PipelineFacts): readonly Hit[] {
  const inSteps = pipeline.steps.flatMap((step) =>
    [...step.connections, ...step.secureFiles].flatMap((node) => {
      const why = chooser(node, taint, step.job, step);
      return why === undefined ? [] : [hitAt(node, { address: step.address, why, ...reachOf(step, node, facts) })];
    }),
  );
  const inJobs = pipeline.jobs.flatMap((job) => {
    const environment = job.environment?.is === "map" ? valueAt(job.environment, "name") : job.environment;
    return [environment, ...groupsOf(job)].flatMap((node) => {
      const why = chooser(node, taint, job, undefined);
      return node === undefined || why === undefined ? [] : [hitAt(node, { address: job.address, why })];
    });
  });
  return [...inSteps, ...inJobs];
}

/** A connection can be chosen only among those that the pipeline may use without being asked. */
function reachOf(
  { connections: used }: Step,
  node: ScalarNode,
  { connections = {} }: PipelineFacts,
): { readonly severity?: "low" } {
  const all = Object.keys(connections);
  if (!used.includes(node) || all.length === 0) return {};
  const usable = all.filter((name) => connections[name]?.isUsable !== false);
  return usable.length > 1 ? {} : { severity: "low" };
}

/** Callers that are not known may give nothing but names they wrote down. */
function forCallers({ isTemplate }: PipelineSubject, hits: readonly Hit[]): readonly Hit[] {
  return isTemplate ? hits.map((hit): Hit => ({ ...hit, severity: "low" })) : hits;
}

function groupsOf({ visible }: Job): readonly (ScalarNode | undefined)[] {
  return visible.flatMap(({ isGroup, value }) => (isGroup && value?.is === "scalar" ? [value] : []));
}

function poolHits({ pipeline, taint }: PipelineSubject): readonly Hit[] {
  return pipeline.jobs.flatMap((job) => {
    const { pool } = job;
    if (!pool) return [];
    return [pool.name, ...pool.demands].flatMap((node) => {
      const why = chooser(node, taint, job, undefined);
      return node === undefined || why === undefined ? [] : [hitAt(node, { address: job.address, why })];
    });
  });
}

function templateHits({ pipeline, taint }: PipelineSubject): readonly Hit[] {
  const { expanded, root, path } = pipeline;
  const calls = expanded.called.flatMap((node) => freeHit(node, path, "the called template"));
  const repositories = itemsOf(valueAt(valueAt(root, "resources"), "repositories")).flatMap((item) =>
    ["name", "ref"].flatMap((key) =>
      freeHit(valueAt(item, key), textAt(item, "repository") ?? path, `the repository's ${key}`),
    ),
  );
  const checkouts = pipeline.steps.flatMap((step) => {
    const node = valueAt(step.node, "checkout");
    return textOf(node)?.startsWith("git://") && node?.is === "scalar" && taint.inText(node, step, step.job).length > 0
      ? freeHit(node, step.address, "the repository that is checked out")
      : [];
  });
  return [...calls, ...repositories, ...checkouts];
}

function freeHit(node: PipelineNode | undefined, address: string, what: string): readonly Hit[] {
  if (node?.is !== "scalar") return [];
  const free = node.pieces?.flatMap(({ taints }) => taints).find(({ kind }) => kind !== "choice");
  return free ? [hitAt(node, { address, why: `${what} is chosen: ${sayTaint({ taint: free, via: [] })}` })] : [];
}

const prints =
  /\bgit\s+(?:log|show|shortlog)\b|(?:^|[;&|]\s*)(?:cat|type|gc|Get-Content)\s+\S*(?:readme|changelog|commit|message|title|body|\.txt|\.md|\.log)/i;

/** A step that prints what outsiders write, in front of steps that believe variables. */
function printingHits({ pipeline, taint }: PipelineSubject): readonly Hit[] {
  return pipeline.jobs.flatMap((job) =>
    job.steps.flatMap((step, index) => {
      const target = valueAt(step.node, "target");
      const isRestricted = valueAt(target, "settableVariables") !== undefined;
      if (isRestricted || !(hasLine(step, prints) || printsTainted(step, taint))) return [];
      const later = job.steps.slice(index + 1).find((one) => usesMacro(one));
      if (!later) return [];
      const why = `what it prints may hold commands for the agent, and ${later.address} uses variables`;
      const hit = hitAt(step.scripts[0]?.node ?? step.node, { address: step.address, why });
      return [{ ...hit, edit: () => restricted(step) }];
    }),
  );
}

/** A step that sets variables or the PATH itself would be kept from it. */
function restricted({ node, scripts }: Step): Edit | undefined {
  if (scripts.some((script) => /##vso\[task\.(?:set|prepend)|##vso\[build\./i.test(script.node.text))) return undefined;
  const words = { title: "Let the step neither command the agent nor set variables", safe: false };
  return addKeys(node, { target: { commands: "restricted", settableVariables: "none" } }, words);
}

function usesMacro({ scripts }: Step): boolean {
  return scripts.some(({ node }) => /\$\((?!(?:build|system|agent|pipeline)\.)[\w.-]+\)/i.test(node.text));
}

function printsTainted(step: Step, taint: TaintMap): boolean {
  return step.env.some(
    ({ name, value }) =>
      taint
        .inText(value, step, step.job)
        .some((one) => one.taint.kind === "source-control" && one.taint.name.endsWith("Message")) &&
      hasLine(
        step,
        new RegExp(
          String.raw`\b(?:echo|printf|write-host|write-output)\b.*\$(?:env:)?\{?${name.replace(/\W/g, "")}\b`,
          "i",
        ),
      ),
  );
}

function isGovernedHere(pipeline: Pipeline, facts: PipelineFacts): boolean {
  const pr = valueAt(pipeline.root, "pr");
  return facts.isTemplateRequired === true || (pr !== undefined && !/^none$/i.test(textOf(pr) ?? "") && !isFalse(pr));
}

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-connection-chosen-by-input",
    readsFacts: true,
    aliases: ["ado-yaml-dynamic-service-connection", "trajan:service_connection_hijacking"],
    title: "Whoever starts the run chooses a connection, group, environment or secure file",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "The right to run a pipeline becomes the right to use every connection that the pipeline may use.",
    abuse:
      "Somebody starts a run with the name of another team's production connection; if that connection is open to all pipelines, nothing stops them.",
    fix: "Write the name down in each stage, or list what may be chosen under values:. Put approvals and branch control on the connections themselves.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/library/service-endpoints", security],
    check: (subject, facts) => forCallers(subject, connectionHits(subject, facts)),
    examples: {
      bad: [
        `parameters:\n- name: sub\n  type: string\nsteps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: \${{ parameters.sub }}\n    scriptType: bash\n    scriptLocation: inlineScript\n    inlineScript: az account show\n`,
        `parameters:\n- name: g\nvariables:\n- group: \${{ parameters.g }}\nsteps:\n- script: make\n`,
        {
          text: "steps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: $(sub)\n    scriptType: bash\n    inlineScript: az account show\n",
          facts: { queueVariables: ["sub"] },
        },
        {
          text: `parameters:\n- name: sub\nsteps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: \${{ parameters.sub }}\n`,
          facts: { connections: { dev: { usesSecret: false, isUsable: true }, prod: { usesSecret: true } } },
        },
      ],
      good: [
        {
          text: "variables:\n  sub: dev-sub\nsteps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: $(sub)\n",
          facts: { queueVariables: ["sub"] },
        },
        `parameters:\n- name: sub\n  type: string\n  values: [dev-sub, test-sub]\nsteps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: \${{ parameters.sub }}\n    inlineScript: az account show\n`,
        "steps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: dev-sub\n    inlineScript: az account show\n",
      ],
    },
  },
  {
    id: "cicd/azure-pool-chosen-by-input",
    aliases: ["ado-yaml-dynamic-pool", "pipeline-check:ADO-030"],
    title: "Whoever starts the run chooses the agent pool",
    severity: "high",
    risks: ["CICD-SEC-7", "CICD-SEC-4"],
    why: "Pools differ in what their machines reach: a signing host, a network of deployment.",
    abuse:
      "Somebody starts a run, or names a branch, so that the job lands on a privileged pool, and looks around there.",
    fix: "Write the pool's name down, or list pools under values:. Limit which pipelines may use the pool, and add checks to it.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/agents/pools-queues", security],
    check: (subject) => forCallers(subject, poolHits(subject)),
    examples: {
      bad: [
        `parameters:\n- name: pool\n  type: string\n  default: ubuntu\npool: \${{ parameters.pool }}\nsteps:\n- script: make\n`,
        'jobs:\n- job: a\n  pool:\n    name: build\n    demands: "$(Build.SourceBranchName)"\n  steps:\n  - script: make\n',
      ],
      good: [
        "pool: build\nsteps:\n- script: make\n",
        `parameters:\n- name: pool\n  values: [a, b]\npool: \${{ parameters.pool }}\nsteps:\n- script: make\n`,
        "variables:\n  p: build\npool: $(p)\nsteps:\n- script: make\n",
      ],
    },
  },
  {
    id: "cicd/azure-template-chosen-by-input",
    aliases: ["ado-yaml-dynamic-template", "trajan:dynamic_template_injection"],
    title: "Whoever starts the run chooses a template or repository",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Which file, branch or repository supplies the code of the pipeline is decided by an input, past every review.",
    abuse: "Somebody starts a run with the name of a branch or file that holds their own steps.",
    fix: `Write paths and refs down, and choose among them by \${{ if eq(parameters.mode, 'x') }} over a parameter with values:.`,
    links: [templates, security],
    check: (subject) => forCallers(subject, templateHits(subject)),
    examples: {
      bad: [
        `parameters:\n- name: t\n  default: a.yml\nsteps:\n- template: \${{ parameters.t }}\n`,
        `parameters:\n- name: ref\n  type: string\n  default: main\nresources:\n  repositories:\n  - repository: shared\n    name: p/shared\n    ref: refs/heads/\${{ parameters.ref }}\nsteps:\n- script: make\n`,
      ],
      good: [
        `parameters:\n- name: t\n  values: [a.yml, b.yml]\n  default: a.yml\nsteps:\n- template: \${{ parameters.t }}\n`,
        { text: "steps:\n- template: a.yml\n", files: { "a.yml": "steps:\n- script: make\n" } },
      ],
    },
  },
  {
    id: "cicd/azure-printed-text-commands-agent",
    aliases: ["ado-yaml-logging-command-injection"],
    title: "A step prints what outsiders write, and may command the agent",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "The agent obeys every printed line that begins with ##vso[...]: it sets variables and the PATH of later steps.",
    abuse:
      "A commit message or file holds ##vso[task.setvariable ...] or task.prependpath; a later step runs what it says.",
    fix: "Add target: with commands: restricted and settableVariables: none to the step; restricted commands alone still set variables. Or do untrusted work in a job of its own.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/target-settable-variables", security],
    check: printingHits,
    examples: {
      bad: ["steps:\n- bash: git log -1\n- script: ./deploy $(target)\n"],
      good: [
        "steps:\n- bash: git log -1\n  target:\n    commands: restricted\n    settableVariables: none\n- script: ./deploy $(target)\n",
        "steps:\n- bash: git log -1\n- script: make\n",
      ],
    },
  },
  {
    id: "cicd/azure-governance-template-in-same-repository",
    readsFacts: true,
    aliases: ["ado-yaml-extends-same-repo", "pipeline-check:ADO-019", "pipeline-check:ADO-011"],
    title: "The template that is to govern a pipeline lies beside it",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "Whoever changes the pipeline can change the template with it, so it enforces nothing.",
    abuse:
      "A branch or pull request edits the extended template together with the pipeline, and runs without its rules.",
    fix: "Keep the template in a repository of its own with policies, and name it by a tag: extends: template: x.yml@templates.",
    links: [security],
    check: ({ pipeline }, facts) => {
      if (!isGovernedHere(pipeline, facts)) return [];
      return pipeline.expanded.extended
        .filter((node) => !/@(?!self$)/i.test(textOf(node) ?? ""))
        .slice(0, 1)
        .map((node) => hitAt(node, { address: pipeline.path, why: "it comes from the same branch as the pipeline" }));
    },
    examples: {
      bad: [
        { text: "pr: [main]\nextends:\n  template: t.yml\n", files: { "t.yml": "steps:\n- script: make\n" } },
        {
          text: "extends:\n  template: t.yml\n",
          files: { "t.yml": "steps:\n- script: make\n" },
          facts: { isTemplateRequired: true },
        },
      ],
      good: [
        "pr: [main]\nresources:\n  repositories:\n  - repository: t\n    name: p/t\n    ref: refs/tags/v1\nextends:\n  template: t.yml@t\n",
        {
          text: "trigger: [main]\npr: none\nextends:\n  template: t.yml\n",
          files: { "t.yml": "steps:\n- script: make\n" },
        },
      ],
    },
  },
];
