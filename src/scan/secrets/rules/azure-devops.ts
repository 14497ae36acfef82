/** Azure DevOps: access tokens in all their forms, and secrets that its pipelines hold as literals. */
import { base64, sample, sampleAdoPat, sampleAnnotatedKey } from "../example-values.ts";
import { almost, writtenAnywhere } from "../example-writings.ts";
import type { SecretRule } from "../secret-rule.ts";

const provider = "Azure DevOps";
const why =
  "Whoever has the token acts as its owner in Azure DevOps: reads and changes code, pipelines, feeds and their secrets.";
const fix =
  "Revoke the token in Azure DevOps (User settings > Personal access tokens; administrators: the token lifecycle API), look at the audit log for its use, then use a service connection, a managed identity or System.AccessToken; in a pipeline keep what must stay in a secret variable or Key Vault.";
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
        // The long form has two more, and padding.
        { optional: [{ alphabet: "base62", length: 2 }, { text: "==" }] },
      ],
    },
    checks: [{ is: "annotated-key" }],
    score: 80,
    examples: {
      bad: (seed) => [
        ...writtenAnywhere(sampleAnnotatedKey("AZDO", seed)),
        `git clone https://${sampleAnnotatedKey("AZDO", seed)}@dev.azure.com/contoso/_git/site`,
        {
          path: ".git-credentials",
          text: `https://build:${sampleAnnotatedKey("AZDO", seed)}@contoso.visualstudio.com
`,
        },
        {
          path: "pip.conf",
          text: `[global]\nindex-url=https://any:${sampleAnnotatedKey("AZDO", seed)}@pkgs.dev.azure.com/contoso/_packaging/py/pypi/simple/\n`,
        },
        { path: "NuGet.config", text: `<add key="ClearTextPassword" value="${sampleAnnotatedKey("AZDO", seed)}" />` },
        { path: ".m2/settings.xml", text: `<server><password>${sampleAnnotatedKey("AZDO", seed)}</password></server>` },
      ],
      good: (seed) => [
        `pat: ${sample("base62", 52, seed)}AZDO`,
        ...almost("AZDO", "base62", 80, seed),
        "AZURE_DEVOPS_EXT_PAT=$(System.AccessToken)",
      ],
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
    shape: { is: "run", alphabet: "lowerAlnum", length: 52 },
    checks: [{ is: "ado-pat" }],
    // A value with a wrong checksum is reported, mildly, only where something nearby speaks of a token.
    context: {
      words: [
        "azure",
        "devops",
        "visualstudio",
        "vsts",
        "_pat",
        "pat=",
        "pat =",
        "pat:",
        'pat"',
        "personal",
        "token",
        "vss_",
        "tfs",
      ],
      before: 96,
      after: 48,
      required: false,
    },
    score: 50,
    minimumEntropy: 3.7,
    examples: {
      bad: (seed) => [
        sampleAdoPat(seed),
        `const value = "${sampleAdoPat(seed)}";`,
        `url = https://build:${sampleAdoPat(seed)}@contoso.visualstudio.com/_git/a`,
        { path: ".git-credentials", text: `https://${sampleAdoPat(seed)}@dev.azure.com\n` },
        {
          path: "requirements.txt",
          text: `--index-url https://x:${sampleAdoPat(seed)}@pkgs.dev.azure.com/a/_packaging/b/pypi/simple\n`,
        },
        { path: "azure-pipelines.yml", text: `variables:\n  feed: ${sampleAdoPat(seed)}\n` },
        { path: ".gitmodules", text: `  url = https://${sampleAdoPat(seed)}@dev.azure.com/contoso/a/_git/b\n` },
        // By its form only: the checksum is wrong.
        `AZURE_DEVOPS_EXT_PAT=${sample("base32Lower", 52, seed)}`,
      ],
      good: (seed) => [
        `digest ${sample("base32Lower", 52, seed)}`,
        `pat = ${sample("base32Lower", 52, seed)}${sample("base32Lower", 8, seed)}`,
        `pat: ${"x".repeat(52)}`,
      ],
    },
  },
  {
    id: "secrets/azure-devops-pat-header",
    aliases: [],
    title: "Azure DevOps personal access token, encoded for a header",
    provider,
    family: "azure-devops-pat",
    severity: "critical",
    why,
    fix,
    links,
    anchors: [],
    // A colon and the 52 characters of a token; the padding behind them is not part of the run.
    shape: { is: "run", alphabet: "base64", length: 71 },
    checks: [{ is: "encoded-ado-pat" }],
    score: 20,
    examples: {
      bad: (seed) => [
        `const header = "${base64(`:${sampleAdoPat(seed)}`)}";`,
        { path: "notes.md", text: `Send ${base64(`:${sampleAdoPat(seed)}`)} instead.` },
      ],
      good: (seed) => [
        `const header = "${sample("base64", 71, seed)}=";`,
        `const header = "${base64(`:${sample("base32Lower", 52, seed)}`)}";`,
      ],
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
      { text: "basic:", foldCase: true },
      { text: "_password=", foldCase: true },
      { text: "_auth=" },
      { text: 'auth"' },
      { text: "PAT=", foldCase: true },
      { text: "PAT:", foldCase: true },
      { text: "TOKEN=", foldCase: true },
      { text: "TOKEN:", foldCase: true },
      { text: "SlFRSj" },
      { text: "pRUUo5" },
      { text: "KUVFKO" },
    ],
    shape: { is: "reader", reader: "encoded-pat" },
    score: 95,
    examples: {
      bad: (seed) => [
        `git -c http.extraheader="AUTHORIZATION: Basic ${base64(`:${sampleAdoPat(seed)}`)}" fetch`,
        {
          path: ".npmrc",
          text: `//pkgs.dev.azure.com/contoso/_packaging/npm/registry/:_password=${base64(sampleAnnotatedKey("AZDO", seed))}`,
        },
        {
          path: ".npmrc",
          text: `//pkgs.dev.azure.com/contoso/_packaging/npm/:_password="${base64(sampleAdoPat(seed))}"\n`,
        },
        { path: ".npmrc", text: `_auth=${base64(`build:${sampleAdoPat(seed)}`)}\n` },
        `B64_PAT=${base64(`:${sampleAnnotatedKey("AZDO", seed)}`)}`,
        `value = "${base64(`x:${sampleAnnotatedKey("AZDO", seed)}`)}"`,
        {
          path: ".git/config",
          text: `[http]\n\textraheader = AUTHORIZATION: basic ${base64(`:${sampleAnnotatedKey("AZDO", seed)}`)}\n`,
        },
        { path: "ci.yaml", text: `  B64_TOKEN: ${base64(sampleAdoPat(seed))}\n` },
      ],
      good: (seed) => [
        "AUTHORIZATION: Basic $(encodedToken)",
        `B64=${base64(sample("base64", 60, seed))}`,
        `_password=${base64("%FEED_TOKEN%")}`,
      ],
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
