import { base64, sample, sampleAdoPat, sampleAnnotatedKey } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

const provider = "Azure DevOps";
const why =
  "Whoever has the token acts as its owner in Azure DevOps: reads and changes code, pipelines, feeds and their secrets.";
const fix =
  "Revoke the token in Azure DevOps (User settings > Personal access tokens), then use a service connection, a managed identity or System.AccessToken; in a pipeline keep what must stay in a secret variable or Key Vault.";
const links = [
  "https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
  "https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/admin-revoke-user-pats",
];

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/azure-devops-pat",
    aliases: ["azure-devops-pat"],
    title: "Azure DevOps personal access token",
    provider,
    family: "azure-devops-pat",
    severity: "critical",
    why,
    fix,
    links,
    anchors: [{ text: "AZDO", at: 76 }],
    shape: {
      is: "token",
      parts: [
        { alphabet: "base62", length: 52 },
        { text: "JQQJ99" },
        { alphabet: "base62", length: 18 },
        { text: "AZDO" },
        { alphabet: "base62", length: 4 },
      ],
    },
    checks: [{ is: "annotated-key" }],
    score: 80,
    examples: {
      bad: () => [
        `AZURE_DEVOPS_EXT_PAT=${sampleAnnotatedKey("AZDO")}`,
        `git clone https://${sampleAnnotatedKey("AZDO", "url")}@dev.azure.com/contoso/_git/site`,
      ],
      good: () => [`pat: ${sample("base62", 52)}AZDO`, "AZURE_DEVOPS_EXT_PAT=$(System.AccessToken)"],
    },
  },
  {
    id: "secrets/azure-devops-pat-legacy",
    aliases: ["azure-devops-personal-access-token"],
    title: "Azure DevOps personal access token (format before 2024)",
    provider,
    family: "azure-devops-pat",
    severity: "critical",
    why,
    fix,
    links,
    anchors: [],
    shape: { is: "run", alphabet: "base32Lower", length: 52 },
    checks: [{ is: "ado-pat" }],
    // A value with a wrong checksum is reported, mildly, only where something nearby speaks of a token.
    context: {
      words: ["azure", "devops", "visualstudio", "vsts", "_pat", "pat=", "pat =", "pat:", 'pat"', "personal", "token"],
      before: 96,
      after: 48,
      required: false,
    },
    score: 50,
    examples: {
      bad: () => [
        `const pat = "${sampleAdoPat()}";`,
        `url = https://build:${sampleAdoPat("clone")}@contoso.visualstudio.com/_git/a`,
      ],
      good: () => [`digest ${sample("base32Lower", 52)}`, `${sample("base32Lower", 52)}${sample("base32Lower", 8)}`],
    },
  },
  {
    id: "secrets/azure-devops-pat-encoded",
    aliases: [],
    title: "Azure DevOps personal access token in base64",
    provider,
    family: "azure-devops-pat",
    severity: "critical",
    why,
    fix,
    links,
    anchors: [
      { text: "basic ", foldCase: true },
      { text: "_password=" },
      { text: "SlFRSj" },
      { text: "pRUUo5" },
      { text: "KUVFKO" },
    ],
    shape: { is: "reader", reader: "encoded-pat" },
    score: 95,
    examples: {
      bad: () => [
        `git -c http.extraheader="AUTHORIZATION: Basic ${base64(`:${sampleAdoPat("header")}`)}" fetch`,
        {
          path: ".npmrc",
          text: `//pkgs.dev.azure.com/contoso/_packaging/npm/registry/:_password=${base64(sampleAnnotatedKey("AZDO", "npm"))}`,
        },
        `B64_PAT=${base64(`:${sampleAnnotatedKey("AZDO", "env")}`)}`,
      ],
      good: () => ["AUTHORIZATION: Basic $(encodedToken)", `B64=${base64(sample("base64", 60))}`],
    },
  },
  {
    id: "secrets/pipeline-secret-variable",
    aliases: [],
    title: "Literal handed to a secret pipeline variable",
    provider,
    severity: "high",
    why: "issecret=true hides the value in later logs only; in the file it stands for everyone who reads the repository.",
    fix: "Take the value from a secret variable or Key Vault and pass it through env, then rotate it.",
    links: ["https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables"],
    anchors: [{ text: "##vso[task.setvariable", foldCase: true }],
    shape: { is: "reader", reader: "set-variable" },
    score: 75,
    loose: true,
    examples: {
      bad: () => [
        {
          path: "azure-pipelines.yml",
          text: `- script: echo "##vso[task.setvariable variable=dbKey;issecret=true]${sample("base62", 18)}"`,
        },
      ],
      good: () => [
        {
          path: "azure-pipelines.yml",
          text: '- script: echo "##vso[task.setvariable variable=dbKey;issecret=true]$(fromVault)"',
        },
        { path: "azure-pipelines.yml", text: '- script: echo "##vso[task.setvariable variable=version]1.2.3"' },
      ],
    },
  },
  {
    id: "secrets/pipeline-literal",
    aliases: [],
    title: "Secret written as a literal in a pipeline",
    provider,
    family: "password",
    severity: "high",
    why: "Everyone who can read the repository, and every pull request build, gets the value.",
    fix: "Make it a secret variable, a variable group linked to Key Vault, or a service connection; rotate the value.",
    links: ["https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables"],
    anchors: [
      { text: "password", foldCase: true },
      { text: "passwd", foldCase: true },
      { text: "pwd", foldCase: true },
      { text: "secret", foldCase: true },
      { text: "token", foldCase: true },
      { text: "apikey", foldCase: true },
      { text: "api_key", foldCase: true },
      { text: "accesskey", foldCase: true },
      { text: "access_key", foldCase: true },
    ],
    shape: { is: "reader", reader: "pipeline-literal" },
    only: ["pipeline"],
    score: 70,
    loose: true,
    examples: {
      bad: () => [
        { path: "azure-pipelines.yml", text: `variables:\n- name: sqlPassword\n  value: ${sample("base62", 14)}7b\n` },
        {
          path: "azure-pipelines.yml",
          text: `parameters:\n- name: sqlPassword\n  type: string\n  default: ${sample("base62", 14)}7b\n`,
        },
        { path: "pipelines/deploy.yml", text: `  inputs:\n    registryPassword: '${sample("base62", 16)}4z'\n` },
      ],
      good: () => [
        { path: "azure-pipelines.yml", text: "variables:\n- name: sqlPassword\n  value: $(vaultPassword)\n" },
        { path: "azure-pipelines.yml", text: `    password: \${{ parameters.password }}\n` },
        { path: "azure-pipelines.yml", text: "    secretName: site-tls-2024\n" },
      ],
    },
  },
];
