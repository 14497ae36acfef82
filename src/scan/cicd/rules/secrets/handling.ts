/** How secrets are handed to steps, and where they end up. Long, because each rule has its words and examples. */
import {
  isTrue,
  type PipelineNode,
  type ScalarNode,
  textAt,
  textOf,
  valueAt,
} from "../../../formats/azure-pipeline/source-node.ts";
import { hitAt, hitIn } from "../../azure/hits.ts";
import { isCalledSecret, secretOf } from "../../azure/job-secrets.ts";
import type { Pipeline, Step } from "../../azure/pipeline.ts";
import type { PipelineFacts } from "../../azure/pipeline-facts.ts";
import type { PipelineRule } from "../../azure/pipeline-rule.ts";
import { openTrigger, runsCodeOfPullRequests } from "../../azure/reach.ts";
import { runsRepositoryCode } from "../../azure/repository-code.ts";
import { searchStep } from "../../azure/search-scripts.ts";
import type { Hit } from "../../cicd-rule.ts";
import { setKey } from "../../edits/azure-edits.ts";
import { type PastedInScript, toEnvironment } from "../../edits/to-environment.ts";

const secretsPage = "https://learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables";
const checkoutPage = "https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps-checkout";

const macro = /\$\(([\w.-]{1,200})\)/g;

function macroHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  return pipeline.steps.flatMap((step) => {
    const pasted: PastedInScript[] = [];
    const edit = () => toEnvironment(step, pasted);
    return step.scripts.flatMap((script) => {
      const { node } = script;
      const told = new Set<string>();
      return [...node.text.matchAll(macro)].flatMap((match): readonly Hit[] => {
        const name = match[1] ?? "";
        const kind = secretOf(name, facts);
        if (!kind || isPlainVariable(step, name)) return [];
        const [start, end] = [match.index, match.index + match[0].length];
        pasted.push({ script, start, end });
        if (told.has(name)) return [];
        told.add(name);
        const why = `${name} becomes part of the command's text`;
        const words = { address: step.address, why, severity: kind === "known" ? undefined : ("low" as const) };
        return [{ ...hitIn(node, start, end, words), edit }];
      });
    });
  });
}

/** Written down in the pipeline, so it is no secret, or a matter of another rule. */
function isPlainVariable({ job }: Step, name: string): boolean {
  const lower = name.toLowerCase();
  return job.visible.some(
    ({ name: own, isGroup, value }) => !isGroup && own.toLowerCase() === lower && !/\$[([]/.test(textOf(value) ?? "$("),
  );
}

const wholeEnvironment =
  /(?:^|[;&|]\s*|\bsudo\s+)(?:printenv|env|export\s+-p|set)\s*(?:$|[;&]|\|\s*(?:sort|cat|tee|less|more|grep)\b)|\b(?:gci|get-childitem|dir|ls)\s+(?:-path\s+)?env:\*?\s*(?:$|[;|])|\bprocess\.env\)|\bos\.environ\)|\bget-variable\s*$/i;
const print =
  /(?:^|[;&|{(]\s*|\s)(?:echo|printf|write-host|write-output|write-information|out-host|tee|print|console\.log|cat)\b/i;

function printedHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  return pipeline.steps.flatMap((step) => {
    const mapped = step.env.filter(
      ({ name, value }) =>
        secretOf(name, facts) ?? [...value.text.matchAll(macro)].some(([, one = ""]) => secretOf(one, facts)),
    );
    return searchStep(step, (line) => {
      const all = mapped.length > 0 ? wholeEnvironment.exec(line) : undefined;
      if (all)
        return {
          start: all.index,
          end: line.trimEnd().length,
          why: "the whole environment is printed, with secrets in it",
        };
      if (
        !print.test(line) ||
        /##vso\[task\.setvariable|>\s*[^&\s]|\|(?!\s*(?:base64|rev|tee|cut|sed|tr\b|xxd|od\b))/.test(line)
      )
        return undefined;
      const direct = [...line.matchAll(macro)].find(
        ([, name = ""]) => secretOf(name, facts) && !isPlainVariable(step, name),
      );
      if (direct) return { start: direct.index, end: direct.index + direct[0].length, why: `${direct[1]} is printed` };
      for (const { name } of mapped) {
        const at = line.search(
          new RegExp(String.raw`\$(?:env:)?\{?${name.replaceAll(/\W/g, "")}\b|%${name.replaceAll(/\W/g, "")}%`, "i"),
        );
        if (at >= 0) return { start: at, end: at + name.length + 1, why: `${name} is printed` };
      }
      return undefined;
    });
  });
}

const setsSecret = /##vso\[task\.setvariable\b([^\]\n]{0,500})\]([^\n]{0,2000})/gi;

function literalHits(pipeline: Pipeline): readonly Hit[] {
  return pipeline.steps.flatMap((step) =>
    step.scripts.flatMap(({ node }) =>
      [...node.text.matchAll(setsSecret)].flatMap((match): readonly Hit[] => {
        const [whole, properties = "", value = ""] = match;
        const written = value.replace(/["'`;)\s]+$/, "");
        if (
          !/\bissecret\s*=\s*true\b/i.test(properties) ||
          written === "" ||
          /[$`]|%\w+%|\{\d*\}|^["']\s*[+,]/.test(written)
        )
          return [];
        const words = { address: step.address, why: "its value stands in the script" };
        return [hitIn(node, match.index, match.index + whole.length - value.length, words)];
      }),
    ),
  );
}

function credentialHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  return pipeline.steps.flatMap((step) => {
    const value = textAt(step.node, "checkout") === undefined ? undefined : valueAt(step.node, "persistCredentials");
    if (!value || !isTrue(value)) return [];
    const sources =
      /\$\((?:build\.sourcesdirectory|system\.defaultworkingdirectory|pipeline\.workspace|build\.repository\.localpath)\)["'\s]*$|^\.?\/?$/i;
    const isPublished = step.job.steps.some(
      ({ node }) =>
        sources.test(textAt(node, "publish") ?? "x") ||
        sources.test(
          textAt(valueAt(node, "inputs"), "pathToPublish") ?? textAt(valueAt(node, "inputs"), "targetPath") ?? "x",
        ),
    );
    const worse = isPublished
      ? "the folder with the token is published as an artifact"
      : step.job.steps.some(runsRepositoryCode)
        ? whyTokenMatters(pipeline, facts)
        : writes(facts);
    const why = worse === undefined || isPublished ? worse : `${staying}, and ${worse}`;
    const hit = hitAt(value, { address: step.address, why: why ?? staying, severity: worse ? "high" : undefined });
    const words = { title: "Set persistCredentials to false", safe: false };
    return [{ ...hit, edit: () => setKey(step.node, "persistCredentials", "false", words) }];
  });
}

const staying = "the token stays in .git/config for all later steps";

/** Why it is more than a nuisance that code of the repository has the token. */
function whyTokenMatters(pipeline: Pipeline, facts: PipelineFacts): string | undefined {
  if (runsCodeOfPullRequests(pipeline, facts) === true) return "pull requests bring code that runs there";
  const open = facts.reviewedBranches && openTrigger(pipeline, facts);
  return open === undefined ? writes(facts) : `code that nobody reviewed runs there: ${open}`;
}

function writes({ buildIdentity }: PipelineFacts): string | undefined {
  return buildIdentity?.contributes ? "the build identity may push to the repository" : undefined;
}

function tokenHits(pipeline: Pipeline, facts: PipelineFacts): readonly Hit[] {
  return pipeline.steps.flatMap((step) => {
    const given = tokenGivenTo(step);
    if (!given || !runsRepositoryCode(step)) return [];
    const worse = whyTokenMatters(pipeline, facts);
    const why = `the step runs code of the repository, which gets the job's token${worse ? `, and ${worse}` : ""}`;
    return [hitAt(given, { address: step.address, why, severity: worse ? "high" : undefined })];
  });
}

/** By its environment, or by an input of a task that is no script. */
function tokenGivenTo({ node, env, scripts }: Step): ScalarNode | undefined {
  const inputs = valueAt(node, "inputs");
  const written = inputs?.is === "map" ? inputs.entries.map(({ value }) => value) : [];
  const isScript = new Set<PipelineNode>(scripts.map((script) => script.node));
  const values = [...env.map(({ value }) => value), ...written.filter((value) => !isScript.has(value))];
  return values.find(
    (value): value is ScalarNode => value.is === "scalar" && /\$\(system\.accesstoken\)/i.test(value.text),
  );
}

function vaultHits({ steps }: Pipeline): readonly Hit[] {
  return steps.flatMap((step) => {
    if (!/^azurekeyvault$/i.test(step.task?.name ?? "")) return [];
    const filter = valueAt(valueAt(step.node, "inputs"), "SecretsFilter");
    const text = textOf(filter)?.trim() ?? "";
    if (text !== "" && text !== "*") return [];
    return [
      hitAt(filter && text !== "" ? filter : (step.task?.at ?? step.node), {
        address: step.address,
        why: "all secrets of the vault are loaded",
      }),
    ];
  });
}

function principalHits({ steps }: Pipeline, { connections = {} }: PipelineFacts): readonly Hit[] {
  return steps.flatMap((step) => {
    const value = valueAt(valueAt(step.node, "inputs"), "addSpnToEnvironment");
    if (!value || !isTrue(value)) return [];
    const connection = connections[step.connections[0]?.text.toLowerCase() ?? ""];
    const isFederated = connection?.usesSecret === false;
    const severity = isFederated ? ("medium" as const) : undefined;
    const what = isFederated
      ? "a token that can be exchanged while it is valid"
      : "the service principal's own credential";
    return [hitAt(value, { address: step.address, why: `the script gets ${what}`, severity })];
  });
}

const providerKeys =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{40,}|\bglpat-[\w-]{20}\b|\bxox[abpr]-[\w-]{20,}|\bAccountKey=[\w+/]{60,}|\bSharedAccessKey=[\w+/]{30,}|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bAIza[\w-]{35}\b|\bsk_live_\w{20,}|\bnpm_[A-Za-z0-9]{36}\b|\bdop_v1_[\da-f]{64}\b|\bSG\.[\w-]{20,}\.[\w-]{30,}/;
const placeholder =
  /^(?:x+|\*+|changeme|placeholder|example|dummy|none|null|todo|tbd|fixme|redacted|true|false|test|yes|no|default|empty|your[\w-]*|<.*>)$|^\W*$/i;

function hardcodedHits(pipeline: Pipeline): readonly Hit[] {
  const values = everyValue(pipeline);
  const seen = new Set<PipelineNode>();
  return values.flatMap(({ node, name, address }): readonly Hit[] => {
    const source = node.source ?? node;
    if (seen.has(source)) return [];
    seen.add(source);
    const match = providerKeys.exec(node.text.slice(0, 200_000));
    if (match)
      return [
        hitIn(node, match.index, match.index + match[0].length, {
          address,
          why: "the form is that of a provider's key",
        }),
      ];
    const text = node.text.trim();
    const isNamed = name !== undefined && isCalledSecret(name);
    if (
      !isNamed ||
      text.length < 8 ||
      placeholder.test(text) ||
      /\$[([{]|^https?:|\s/.test(text) ||
      !/\d|[^\w]/.test(text)
    )
      return [];
    return [hitAt(node, { address, why: `a value is written down for ${name}`, severity: "high" })];
  });
}

interface Value {
  readonly node: ScalarNode;
  readonly name: string | undefined;
  readonly address: string;
}

function everyValue({ jobs, variables, stages, steps, containers, expanded, path }: Pipeline): readonly Value[] {
  const out: Value[] = [];
  const add = (node: PipelineNode | undefined, name: string | undefined, address: string): void => {
    if (node?.is === "scalar" && node.value !== null) out.push({ node, name, address });
  };
  for (const { name, value, isGroup } of [
    ...variables,
    ...stages.flatMap((stage) => stage.variables),
    ...jobs.flatMap((job) => job.variables),
  ]) {
    if (!isGroup) add(value, name, `${path}/${name}`);
  }
  for (const { name, value } of expanded.declared.parameters) add(value, name, `${path}/${name}`);
  for (const { node, alias } of containers) {
    const env = valueAt(node, "env");
    if (env?.is === "map") for (const { key, value } of env.entries) add(value, key.text, `${path}/${alias}`);
  }
  for (const step of steps) {
    for (const { name, value } of step.env) add(value, name, step.address);
    for (const { node } of step.scripts) add(node, undefined, step.address);
    const inputs = valueAt(step.node, "inputs");
    if (inputs?.is === "map") for (const { key, value } of inputs.entries) add(value, key.text, step.address);
  }
  return out;
}

const exported =
  "steps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: s\n    addSpnToEnvironment: true\n    scriptType: bash\n    inlineScript: terraform plan\n";

export const rules: readonly PipelineRule[] = [
  {
    id: "cicd/azure-checkout-keeps-token",
    readsFacts: true,
    aliases: ["ado-yaml-persist-credentials", "pipeline-check:ADO-032"],
    title: "A checkout leaves the job's token in .git/config",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "Every later step can read the token, whether it is meant for it or not.",
    abuse: "A dependency or test reads .git/config and pushes to repositories with the token.",
    fix: "Remove persistCredentials, and give the token under env: to the one step that pushes.",
    links: [checkoutPage],
    check: ({ pipeline }, facts) => credentialHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- checkout: self\n  persistCredentials: true\n",
        'jobs:\n- job: a\n  steps:\n  - checkout: self\n    persistCredentials: "True"\n',
        {
          text: "steps:\n- checkout: self\n  persistCredentials: true\n- script: npm test\n",
          facts: { repositoryKind: "azure-repos", hasBuildPolicy: true },
        },
      ],
      good: ["steps:\n- checkout: self\n  persistCredentials: false\n", "steps:\n- checkout: self\n"],
    },
  },
  {
    id: "cicd/azure-token-for-repository-code",
    readsFacts: true,
    aliases: [
      "ado-yaml-access-token-exposed",
      "ADOScanner:ADO_Build_AuthZ_Restrict_Access_To_OAuth_Token_For_Agent_Jobs",
    ],
    title: "The job's token is given to code of the repository",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "Whoever may change that code uses the build identity against Git, Artifacts and the API.",
    abuse: "Somebody changes a test or a build script so that it reads SYSTEM_ACCESSTOKEN.",
    fix: "Use the token in a step of its own that runs nothing of the repository, and take rights from the build identity.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens"],
    check: ({ pipeline }, facts) => tokenHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- script: npm test\n  env:\n    SYSTEM_ACCESSTOKEN: $(System.AccessToken)\n",
        {
          text: "trigger: [main]\nsteps:\n- script: npm test\n  env:\n    SYSTEM_ACCESSTOKEN: $(System.AccessToken)\n",
          facts: { buildIdentity: { contributes: true, bypassesPolicies: false } },
        },
      ],
      good: [
        "steps:\n- script: az boards work-item show --id 1\n  env:\n    AZURE_DEVOPS_EXT_PAT: $(System.AccessToken)\n",
      ],
    },
  },
  {
    id: "cicd/azure-secret-in-command",
    readsFacts: true,
    aliases: ["ado-yaml-secret-macro-in-script", "trajan:secrets-exposure"],
    title: "A secret becomes part of a command's text",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "The value lands in lists of processes, in script files on disk and in messages of errors.",
    abuse: "Another process of the machine reads the command line, or an error prints it in a form that is not masked.",
    fix: "Map the secret under env: and use the shell's variable.",
    links: [secretsPage],
    check: ({ pipeline }, facts) => macroHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- script: ./login -p $(DeployPassword)\n",
        { text: "steps:\n- script: ./login -p $(x)\n", facts: { secretVariables: { x: true } } },
      ],
      good: [
        'steps:\n- script: ./login -p "$P"\n  env:\n    P: $(DeployPassword)\n',
        "steps:\n- script: echo $(keyVaultSecretName)\n",
      ],
    },
  },
  {
    id: "cicd/azure-secret-printed",
    readsFacts: true,
    aliases: [
      "ado-yaml-secret-printed",
      "pipeline-check:ADO-031",
      "prisma:Environment variables exposed when printed to log",
    ],
    title: "A secret or the whole environment is printed",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "Everybody who may read logs may read it; what is encoded or cut passes the mask by.",
    abuse: "Somebody opens the log of any run and copies the value.",
    fix: "Take the line out, and replace the secret.",
    links: [secretsPage],
    check: ({ pipeline }, facts) => printedHits(pipeline, facts),
    examples: {
      bad: [
        "steps:\n- bash: printenv\n  env:\n    TOKEN: $(ApiToken)\n",
        'steps:\n- bash: echo "$TOKEN" | base64\n  env:\n    TOKEN: $(ApiToken)\n',
        "steps:\n- script: echo $(dbPassword)\n",
        { text: "steps:\n- script: echo $(x)\n", facts: { secretVariables: { x: true } } },
      ],
      good: ["steps:\n- bash: make deploy\n  env:\n    TOKEN: $(ApiToken)\n", "steps:\n- bash: env\n"],
    },
  },
  {
    id: "cicd/azure-secret-from-literal",
    aliases: [
      "ado-yaml-secret-set-from-literal",
      "checkov:CKV_AZUREPIPELINES_3",
      "prisma:Insecure definition of secret variable",
    ],
    title: "A secret variable is made from a value in the file",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "issecret hides the value in logs only; everybody who reads the repository reads it.",
    abuse: "Somebody with read access to the repository takes the value out of its history.",
    fix: "Replace the secret, and keep the new one in a variable group or a key vault.",
    links: [secretsPage],
    check: ({ pipeline }) => literalHits(pipeline),
    examples: {
      bad: ['steps:\n- bash: echo "##vso[task.setvariable variable=t;issecret=true]swordfish"\n'],
      good: [
        'steps:\n- bash: echo "##vso[task.setvariable variable=t;issecret=true]$(make-token)"\n',
        'steps:\n- bash: echo "##vso[task.setvariable variable=t;issecret=true]$TOKEN"\n',
      ],
    },
  },
  {
    id: "cicd/azure-credential-written-down",
    aliases: ["ado-yaml-hardcoded-credential", "pipeline-check:ADO-003", "pipeline-check:ADO-008", "PSRule:ADO-PL-003"],
    title: "A credential is written down in the pipeline",
    severity: "critical",
    risks: ["CICD-SEC-6"],
    why: "Everybody who can read the repository, now or later, owns the credential.",
    abuse: "Somebody copies it from the file or its history and signs in.",
    fix: "Replace the credential where it is valid, then use a connection with federation, a key vault or a secret variable.",
    links: [secretsPage],
    check: ({ pipeline }) => hardcodedHits(pipeline),
    examples: {
      bad: [
        `variables:\n  key: ${["AK", "IA"].join("")}${"Z3MH".repeat(4)}\nsteps:\n- script: make\n`,
        "variables:\n- name: dbPassword\n  value: Tr0ub4dor-and-3\nsteps:\n- script: make\n",
      ],
      good: [
        "variables:\n- group: prod\n- name: tokenUrl\n  value: https://example.test/token\n- name: dbPassword\n  value: $(vaultPassword)\nsteps:\n- script: make\n",
      ],
    },
  },
  {
    id: "cicd/azure-key-vault-all-secrets",
    aliases: ["ado-yaml-keyvault-wildcard"],
    title: "A key vault's secrets are all loaded at once",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "Every later step can read every secret of the vault, needed or not.",
    abuse: "A compromised dependency of one step collects secrets of other systems.",
    fix: "List the names that are needed in SecretsFilter.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/azure-key-vault-v2"],
    check: ({ pipeline }) => vaultHits(pipeline),
    examples: {
      bad: [
        "steps:\n- task: AzureKeyVault@2\n  inputs:\n    azureSubscription: s\n    KeyVaultName: v\n    SecretsFilter: '*'\n",
      ],
      good: [
        "steps:\n- task: AzureKeyVault@2\n  inputs:\n    azureSubscription: s\n    KeyVaultName: v\n    SecretsFilter: a,b\n",
      ],
    },
  },
  {
    id: "cicd/azure-principal-in-environment",
    readsFacts: true,
    aliases: ["ado-yaml-spn-to-environment"],
    title: "A script gets the credential of a connection itself",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "The script, and all that it starts, can keep the credential and use it elsewhere.",
    abuse: "A tool that the script calls sends servicePrincipalKey or idToken away.",
    fix: "Remove addSpnToEnvironment; where a tool needs it, use federation and a role with little reach.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/azure-cli-v2"],
    check: ({ pipeline }, facts) => principalHits(pipeline, facts),
    examples: {
      bad: [exported, { text: exported, facts: { connections: { s: { usesSecret: false } } } }],
      good: [
        "steps:\n- task: AzureCLI@2\n  inputs:\n    azureSubscription: s\n    scriptType: bash\n    inlineScript: az account show\n",
      ],
    },
  },
];
