/** Text that somebody outside chooses and that becomes part of a command. */
import { itemsOf, type Taint, textAt, valueAt } from "../../../formats/azure-pipeline/source-node.ts";
import { hitAt, hitIn } from "../../azure/hits.ts";
import type { Pipeline } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule, PipelineSubject } from "../../azure/pipeline-rule.ts";
import { sayTaint, type TaintedStretch } from "../../azure/taint.ts";
import type { Hit } from "../../cicd-rule.ts";
import { toEnvironment } from "../../edits/to-environment.ts";

const inputs = "https://learn.microsoft.com/azure/devops/pipelines/security/inputs";
const variables = "https://learn.microsoft.com/azure/devops/pipelines/build/variables";

function sinks(
  { pipeline, taint, isTemplate }: PipelineSubject,
  isWanted: (one: TaintedStretch) => boolean,
): readonly Hit[] {
  return pipeline.steps.flatMap((step) => {
    const scripts = step.scripts.map((script) => ({
      script,
      found: taint.inText(script.node, step, step.job).filter(isWanted),
    }));
    const edit = () =>
      toEnvironment(
        step,
        scripts.flatMap(({ script, found }) => found.map((one) => ({ script, ...one }))),
      );
    return scripts.flatMap(({ script: { node }, found }) =>
      onePerName(found).map((stretch): Hit => {
        const { kind } = stretch.taint;
        const severity = kind === "requester" ? "medium" : kind === "parameter" && isTemplate ? "low" : undefined;
        const words = { address: step.address, why: sayTaint(stretch), severity } as const;
        return { ...hitIn(node, stretch.start, stretch.end, words), edit };
      }),
    );
  });
}

/** One text that is pasted ten times is cured once. */
function onePerName(found: readonly TaintedStretch[]): readonly TaintedStretch[] {
  const byName = new Map(found.toReversed().map((one) => [`${one.taint.name} ${one.via.join()}`, one]));
  return [...byName.values()].toReversed();
}

const outside: readonly Taint["kind"][] = ["source-control", "requester", "upstream"];

/** Lists of steps and jobs that a parameter brings are made to be put in; texts of other places are not looked at. */
function webhookHits(subject: PipelineSubject, facts: PipelineFacts): readonly Hit[] {
  const isWebhook = ({ taint: { kind } }: TaintedStretch) => kind === "webhook";
  const { pipeline } = subject;
  const inScripts = sinks(subject, isWebhook);
  const elsewhere = pipeline.steps.flatMap((step) =>
    step.connections
      .filter(({ pieces = [] }) => pieces.some(({ taints }) => taints.some(({ kind }) => kind === "webhook")))
      .map((node) => hitAt(node, { address: step.address, why: "the sender of a webhook chooses the connection" })),
  );
  const hits = [...inScripts, ...elsewhere, ...poolHits(pipeline)];
  return hasSecrets(pipeline, facts)
    ? hits.map((hit): Hit => ({ ...hit, severity: "medium", why: `${hit.why}, though its sender must know a secret` }))
    : hits;
}

/** Whether every webhook of the pipeline comes in by a connection with a secret. */
function hasSecrets({ root }: Pipeline, { webhooks }: PipelineFacts): boolean {
  const names = itemsOf(valueAt(valueAt(root, "resources"), "webhooks")).map(
    (item) => textAt(item, "connection") ?? "",
  );
  return names.length > 0 && names.every((name) => webhooks?.[name.toLowerCase()]?.hasSecret === true);
}

function freeParameterHits(subject: PipelineSubject, { isQueuedByOthers }: PipelineFacts): readonly Hit[] {
  const hits = sinks(subject, ({ taint: { kind } }) => kind === "parameter");
  if (!isQueuedByOthers || subject.isTemplate) return hits;
  const who = "people may start it who may change neither it nor its code";
  return hits.map((hit): Hit => ({ ...hit, severity: "high", why: `${hit.why}, and ${who}` }));
}

function poolHits(pipeline: Pipeline): readonly Hit[] {
  return pipeline.jobs.flatMap(({ pool, address }) => {
    const isChosen = pool?.name?.pieces?.some(({ taints }) => taints.some(({ kind }) => kind === "webhook"));
    return pool?.name && isChosen
      ? [hitAt(pool.name, { address, why: "the sender of a webhook chooses the pool" })]
      : [];
  });
}

const pasted = `resources:\n  webhooks:\n  - webhook: hook\n    connection: c\nsteps:\n- script: echo \${{ parameters.hook.ref }}\n`;
const free = `parameters:\n- name: target\n  type: string\n  default: dev\nsteps:\n- script: ./deploy.sh \${{ parameters.target }}\n`;

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-script-source-control-injection",
    aliases: ["ado-yaml-scm-var-injection", "poutine:injection", "pipeline-check:ADO-002", "trajan:pipeline-injection"],
    title: "A name from source control becomes part of a command",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "The agent pastes the value before any shell reads the script, so quotes in the script protect nothing. Whoever chooses the name chooses commands.",
    abuse:
      "Somebody pushes a branch whose name holds quotes, ; or $(...), or writes them into a commit message. The run executes them with the job's token, secrets and connections.",
    fix: 'Give the value to the step under env: and use the shell\'s own variable in quotes: BRANCH: $(Build.SourceBranchName), then "$BRANCH" or $env:BRANCH.',
    links: [inputs, variables],
    check: (subject) => sinks(subject, ({ taint: { kind }, via }) => outside.includes(kind) && via.length === 0),
    examples: {
      bad: [
        "steps:\n- script: echo Building $(Build.SourceBranchName)\n",
        'jobs:\n- deployment: d\n  environment: e\n  strategy:\n    runOnce:\n      deploy:\n        steps:\n        - pwsh: Write-Host "$(build.sourceversionmessage)"\n',
        "steps:\n- task: Bash@3\n  inputs:\n    targetType: inline\n    script: |\n      make\n      ./tag.sh '$(System.PullRequest.SourceBranch)'\n",
        `steps:\n- bash: echo \${{ variables['Build.SourceBranch'] }}\n`,
      ],
      good: [
        'steps:\n- script: echo "$BRANCH"\n  env:\n    BRANCH: $(Build.SourceBranchName)\n',
        "steps:\n- bash: echo $BUILD_SOURCEBRANCHNAME\n",
        "steps:\n- script: echo $(Build.BuildId)\n",
      ],
    },
  },
  {
    id: "cicd/azure-script-laundered-injection",
    aliases: ["ado-yaml-tainted-variable-chain", "pipeline-check:ADO-002 (env chain)"],
    title: "A name from source control reaches a command by way of variables",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Another name for the same text makes it no safer: every macro on the way is pasted as text, also the name of the run.",
    abuse:
      "A branch name goes into a variable, an output or the run's name; where that is used in a script, the commands in it run.",
    fix: "Hand the variable over under env: where it is used, or let a first step keep only letters, digits and dashes and publish the result.",
    links: [inputs, variables],
    check: (subject) => sinks(subject, ({ taint: { kind }, via }) => outside.includes(kind) && via.length > 0),
    examples: {
      bad: [
        "variables:\n  version: 1.0-$(Build.SourceBranchName)\nsteps:\n- script: ./pack $(version)\n",
        "name: $(Build.SourceBranchName)-$(Rev:r)\nsteps:\n- script: echo $(Build.BuildNumber)\n",
        "jobs:\n- job: a\n  steps:\n  - bash: echo \"##vso[task.setvariable variable=v;isOutput=true]$(Build.SourceBranchName)\"\n    name: s\n- job: b\n  dependsOn: a\n  variables:\n    v: $[ dependencies.a.outputs['s.v'] ]\n  steps:\n  - script: ./deploy $(v)\n",
      ],
      good: [
        "variables:\n  version: 1.0-$(Build.BuildId)\nsteps:\n- script: ./pack $(version)\n",
        "name: $(Date:yyyyMMdd)$(Rev:.r)\nsteps:\n- script: echo $(Build.BuildNumber)\n",
      ],
    },
  },
  {
    id: "cicd/azure-free-parameter-in-script",
    readsFacts: true,
    aliases: ["ado-yaml-free-parameter-injection"],
    title: "A parameter that takes any text becomes part of a command",
    severity: "medium",
    risks: ["CICD-SEC-4"],
    why: "The parameter is put in before the pipeline exists, so nothing quotes it. The right to run the pipeline becomes the right to run anything as the pipeline.",
    abuse: "Somebody who may only start runs types commands into the parameter's field.",
    fix: "List what may be chosen under values:, give the parameter the type boolean or number, or hand it over under env: and quote it.",
    links: [inputs, "https://learn.microsoft.com/azure/devops/pipelines/security/templates"],
    check: freeParameterHits,
    examples: {
      bad: [
        free,
        { text: free, facts: { isQueuedByOthers: true } },
        {
          text: `parameters:\n- name: flags\nsteps:\n- template: t.yml\n  parameters:\n    args: \${{ parameters.flags }}\n`,
          files: {
            "t.yml": `parameters:\n- name: args\n  type: string\nsteps:\n- bash: make \${{ parameters.args }}\n`,
          },
        },
      ],
      good: [
        `parameters:\n- name: target\n  type: string\n  values: [dev, prod]\nsteps:\n- script: ./deploy.sh \${{ parameters.target }}\n`,
        `parameters:\n- name: count\n  type: number\n  default: 1\nsteps:\n- script: ./run \${{ parameters.count }}\n`,
        `parameters:\n- name: target\n  type: string\nsteps:\n- script: ./deploy.sh "$TARGET"\n  env:\n    TARGET: \${{ parameters.target }}\n`,
      ],
    },
  },
  {
    id: "cicd/azure-webhook-payload-in-pipeline",
    readsFacts: true,
    aliases: ["ado-yaml-webhook-payload-injection"],
    title: "The content of a webhook becomes part of the pipeline",
    severity: "critical",
    risks: ["CICD-SEC-4"],
    why: "An incoming webhook takes requests from anybody unless its connection has a secret, and its content is put into the pipeline before anything can quote it.",
    abuse:
      "A stranger who knows the organization and the webhook's name posts JSON with commands in the field that a script uses.",
    fix: "Set a secret on the Incoming WebHook connection, hand fields over under env:, and check them before use.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/resources-webhooks-webhook"],
    check: webhookHits,
    examples: {
      bad: [pasted, { text: pasted, facts: { webhooks: { c: { hasSecret: true } } } }],
      good: [
        `resources:\n  webhooks:\n  - webhook: hook\n    connection: c\nsteps:\n- script: echo "$REF"\n  env:\n    REF: \${{ parameters.hook.ref }}\n`,
      ],
    },
  },
];
