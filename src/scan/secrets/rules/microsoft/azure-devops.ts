/** Azure DevOps: access tokens in all their forms. */
import { base64, sample, sampleAdoPat, sampleAnnotatedKey } from "../../examples/example-values.ts";
import { almost, writtenAnywhere } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

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
        // Hashes have the form, too, and stand beside names of tokens.
        `vstsTokenHash = "${sample("base32Lower", 52, seed)}"`,
        `see token https://site.contoso.net/${sample("base32Lower", 52, seed)}`,
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
];
