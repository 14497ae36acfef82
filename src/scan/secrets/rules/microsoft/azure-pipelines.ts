/** Azure Pipelines: secrets that pipelines and their scripts hold as literals. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const provider = "Azure DevOps";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/pipeline-secret-variable",
    aliases: [],
    title: "Literal handed to a secret pipeline variable",
    provider,
    severity: "high",
    why: "issecret=true hides the value in later logs only; in the file it stands for everyone who reads the repository.",
    fix: "Take the value from a secret variable or Key Vault and pass it through env, then rotate it.",
    links: ["https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables"],
    anchors: [
      { text: "##vso[task.setvariable", foldCase: true },
      { text: "##vso[task.setsecret", foldCase: true },
      { text: "##vso[task.setendpoint", foldCase: true },
    ],
    shape: { is: "reader", reader: "logging-command" },
    score: 75,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: "azure-pipelines.yml",
          text: `- script: echo "##vso[task.setvariable variable=dbKey;issecret=true]${sample("base62", 18, seed)}"`,
        },
        {
          path: "set.ps1",
          text: `Write-Host "##vso[task.setvariable variable=a;isOutput=true;isSecret=true]k7${sample("base62", 9, seed)}"`,
        },
        { path: "set.sh", text: `echo "##vso[task.setsecret]k7${sample("base62", 9, seed)}"` },
        { path: "set.sh", text: `echo '##vso[task.setvariable variable=sqlPassword]Kx7${sample("base62", 12, seed)}'` },
        {
          path: "src/set.ts",
          text: `console.log("##vso[task.setendpoint id=3;field=authParameter;key=apitoken]Kx7${sample("base62", 20, seed)}");`,
        },
      ],
      good: () => [
        {
          path: "azure-pipelines.yml",
          text: '- script: echo "##vso[task.setvariable variable=dbKey;issecret=true]$(fromVault)"',
        },
        { path: "azure-pipelines.yml", text: '- script: echo "##vso[task.setvariable variable=version]1.2.3"' },
        { path: "set.ps1", text: 'Write-Host "##vso[task.setvariable variable=token;issecret=true]$token"' },
        { path: "src/set.ts", text: `console.log(\`##vso[task.setvariable variable=token;issecret=true]\${token}\`);` },
        { path: "set.py", text: "print(f'##vso[task.setvariable variable=token;issecret=true]{token}')" },
      ],
    },
  },
  {
    id: "secrets/pipeline-literal",
    aliases: ["azure-pipelines-inline-secret"],
    title: "Secret written as a literal in a pipeline",
    provider,
    family: "password",
    severity: "high",
    why: "Everyone who can read the repository, and every pull request build, gets the value.",
    fix: "Change the value, then make it a secret variable, a variable group linked to Key Vault, or a service connection.",
    links: [
      "https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables",
      "https://learn.microsoft.com/en-us/azure/devops/pipelines/library/link-variable-groups-to-key-vaults",
    ],
    anchors: [
      { text: "password", foldCase: true },
      { text: "passwd", foldCase: true },
      { text: "passphrase", foldCase: true },
      { text: "pwd", foldCase: true },
      { text: "secret", foldCase: true },
      { text: "token", foldCase: true },
      { text: "key", foldCase: true },
      { text: "credential", foldCase: true },
      { text: "pat:", foldCase: true },
      { text: "pat\n", foldCase: true },
      { text: "pat\r\n", foldCase: true },
    ],
    shape: { is: "reader", reader: "pipeline-literal" },
    only: ["pipeline"],
    score: 70,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: "azure-pipelines.yml",
          text: `variables:\n- name: sqlPassword\n  value: ${sample("base62", 14, seed)}7b\n`,
        },
        { path: "azure-pipelines.yml", text: `variables:\n  sqlPassword: ${sample("base62", 14, seed)}7b # later\n` },
        {
          path: "azure-pipelines.yml",
          text: `parameters:\n- name: sqlPassword\n  type: string\n  default: ${sample("base62", 14, seed)}7b\n`,
        },
        { path: "pipelines/deploy.yml", text: `  inputs:\n    registryPassword: '${sample("base62", 16, seed)}4z'\n` },
        { path: "pipelines/deploy.yml", text: `  env:\n    STORAGE_ACCESS_KEY: "${sample("base62", 30, seed)}4z"\n` },
        {
          path: "azure-pipelines.yml",
          text: `variables:\n- name: feedPat\n  value: ${sample("base62", 30, seed)}7b\n`,
        },
      ],
      good: () => [
        { path: "azure-pipelines.yml", text: "variables:\n- name: sqlPassword\n  value: $(vaultPassword)\n" },
        { path: "azure-pipelines.yml", text: `    password: \${{ parameters.password }}\n` },
        { path: "azure-pipelines.yml", text: "    password: $[ variables.fromVault ]\n" },
        { path: "azure-pipelines.yml", text: "    secretName: site-tls-2024\n" },
        {
          path: "azure-pipelines.yml",
          text: "    key: 'npm | \"$(Agent.OS)\" | package-lock.json'\n    cacheKey: a4f0c9d2b1e8\n",
        },
        { path: "azure-pipelines.yml", text: "  tokenPattern: doublebraces\n  SecretsFilter: '*'\n" },
      ],
    },
  },
];
