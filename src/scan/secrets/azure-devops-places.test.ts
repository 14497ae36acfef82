/** Every place where projects on Azure DevOps keep secrets: a literal is found there, and its clean form is quiet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { base64, sample, sampleAdoPat, sampleAnnotatedKey, sampleBytes, sampleJwt } from "./examples/example-values.ts";
import { sampleUuid } from "./examples/example-writings.ts";
import { secretsScanner } from "./secrets-scanner.ts";

interface Place {
  readonly name: string;
  readonly path: string;
  /** `{}` is where the value stands. */
  readonly text: string;
  readonly value: string;
  readonly clean: readonly string[];
}

const password = `Kx7!${sample("base62", 11, "place")}`;
const pat = sampleAnnotatedKey("AZDO", "place");
const oldPat = sampleAdoPat("place");
const macros = [
  "$(fromVault)",
  `\${{ variables.fromVault }}`,
  "$[ variables.fromVault ]",
  "#{FromVault}#",
  "__FromVault__",
];

const places: readonly Place[] = [
  {
    name: "pipeline variable",
    path: "azure-pipelines.yml",
    text: "variables:\n  sqlPassword: {}\n",
    value: password,
    clean: macros,
  },
  {
    name: "pipeline variable in a list",
    path: "azure-pipelines.yml",
    text: "variables:\n- name: sqlPassword\n  value: '{}'\n",
    value: password,
    clean: macros,
  },
  {
    name: "parameter's default",
    path: "azure-pipelines.yml",
    text: "parameters:\n- name: sqlPassword\n  type: string\n  default: '{}'\n",
    value: password,
    clean: ["", ...macros],
  },
  {
    name: "input of a task",
    path: "azure-pipelines.yml",
    text: "- task: Site@1\n  inputs:\n    password: {}\n",
    value: password,
    clean: macros,
  },
  {
    name: "environment of a step",
    path: "azure-pipelines.yml",
    text: "- script: run\n  env:\n    SITE_PASSWORD: {}\n",
    value: password,
    clean: macros,
  },
  {
    name: "argument in a script",
    path: "azure-pipelines.yml",
    text: "- script: site sign-in --password {}\n",
    value: password,
    clean: ["$(fromVault)", "$PASSWORD", "$env:PASSWORD"],
  },
  {
    name: "logging command",
    path: "set.sh",
    text: 'echo "##vso[task.setvariable variable=a;issecret=true]{}"\n',
    value: password,
    clean: ["$value", "$(value)", `\${value}`],
  },
  {
    name: ".npmrc, _password",
    path: ".npmrc",
    text: "//pkgs.dev.azure.com/c/_packaging/f/npm/registry/:_password={}\n",
    value: base64(pat),
    clean: [`\${FEED_PAT}`],
  },
  {
    name: ".npmrc, _auth",
    path: ".npmrc",
    text: "_auth={}\n",
    value: base64(`build:${oldPat}`),
    clean: [`\${FEED_AUTH}`],
  },
  {
    name: ".npmrc, _authToken",
    path: ".npmrc",
    text: "//pkgs.dev.azure.com/c/_packaging/f/npm/:_authToken={}\n",
    value: pat,
    clean: [`\${FEED_PAT}`],
  },
  {
    name: "NuGet.config",
    path: "NuGet.config",
    text: '<add key="ClearTextPassword" value="{}" />',
    value: password,
    clean: ["%FEED_PAT%", ""],
  },
  {
    name: "Maven settings",
    path: "settings.xml",
    text: "<server><id>f</id><username>c</username><password>{}</password></server>",
    value: pat,
    clean: [`\${env.FEED_PAT}`, "{COQLCE6DU6GtcS5P=}"],
  },
  {
    name: "gradle.properties",
    path: "gradle.properties",
    text: "azureArtifactsGradleAccessToken={}\n",
    value: pat,
    clean: [""],
  },
  {
    name: "pip.conf",
    path: "pip.conf",
    text: "[global]\nextra-index-url=https://any:{}@pkgs.dev.azure.com/c/_packaging/f/pypi/simple/\n",
    value: pat,
    clean: [`\${FEED_PAT}`, "$(FEED_PAT)"],
  },
  {
    name: "requirements.txt",
    path: "requirements.txt",
    text: "--index-url https://any:{}@pkgs.dev.azure.com/c/_packaging/f/pypi/simple/\n",
    value: oldPat,
    clean: [`\${FEED_PAT}`],
  },
  {
    name: "clone address",
    path: "clone.sh",
    text: "git clone https://{}@dev.azure.com/c/p/_git/r\n",
    value: pat,
    clean: ["$PAT", "$(System.AccessToken)", "contoso"],
  },
  {
    name: "submodule",
    path: ".gitmodules",
    text: "\turl = https://x:{}@c.visualstudio.com/p/_git/r\n",
    value: oldPat,
    clean: [`\${PAT}`],
  },
  {
    name: ".git-credentials",
    path: ".git-credentials",
    text: "https://x:{}@dev.azure.com\n",
    value: password.replace("!", ""),
    clean: [],
  },
  {
    name: "http.extraheader",
    path: "fetch.sh",
    text: 'git -c http.extraheader="AUTHORIZATION: Basic {}" fetch\n',
    value: base64(`:${oldPat}`),
    clean: ["$(echo -n $PAT | base64)", "$B64_PAT"],
  },
  {
    name: "System.AccessToken in a log",
    path: "run.log",
    text: "AUTHORIZATION: bearer {}\n",
    value: sampleJwt({ iss: "app.vstoken.visualstudio.com", nbf: 1_700_000_000 }),
    clean: ["***"],
  },
  {
    name: "exported definition",
    path: "definition.json",
    text: '{"variables": {"sqlPassword": {"value": "{}", "isSecret": false}}}',
    value: password,
    clean: ["$(fromVault)", ""],
  },
  {
    name: "exported variable group",
    path: "group.json",
    text: '{"variables": {"apiToken": {\n  "isSecret": null,\n  "value": "{}"\n}}}',
    value: sample("base62", 36, "g"),
    clean: ["", "$(fromVault)"],
  },
  {
    name: "service principal",
    path: "sp.json",
    text: `{"clientId": "${sampleUuid("a")}", "clientSecret": "{}", "tenantId": "${sampleUuid("t")}"}`,
    value: `${sample("base62", 20, "s")}~_${sample("base62", 12, "s")}`,
    clean: ["<client-secret>", ""],
  },
  {
    name: "ARM parameters",
    path: "site.parameters.json",
    text: '{"parameters": {"adminPassword": {"value": "{}"}}}',
    value: password,
    clean: ["[parameters('p')]", ""],
  },
  {
    name: "Bicep parameter",
    path: "main.bicep",
    text: "@secure()\nparam adminPassword string = '{}'\n",
    value: password,
    clean: [""],
  },
  {
    name: "Terraform variables",
    path: "site.tfvars",
    text: 'admin_password = "{}"\n',
    value: password,
    clean: [`\${var.password}`, ""],
  },
  {
    name: "appsettings",
    path: "appsettings.json",
    text: '{"ConnectionStrings": {"Site": "Server=sql.contoso.net;User ID=site;Password={};Encrypt=true"}}',
    value: password,
    clean: ["{your_password}", "#{SqlPassword}#", "$(sqlPassword)"],
  },
  {
    name: "local.settings.json",
    path: "local.settings.json",
    text: '{"Values": {"AzureWebJobsStorage": "DefaultEndpointsProtocol=https;AccountName=s;AccountKey={};EndpointSuffix=core.windows.net"}}',
    value: sampleBytes(64, "l").toString("base64"),
    clean: ["", "<key>"],
  },
  {
    name: "machine key",
    path: "web.config",
    text: '<machineKey validationKey="{}" />',
    value: sample("hexLower", 128, "m").toUpperCase(),
    clean: ["AutoGenerate", "AutoGenerate,IsolateApps"],
  },
  {
    name: "publish profile",
    path: "site.PublishSettings",
    text: '<publishProfile userName="$site" userPWD="{}" />',
    value: sample("base62", 60, "p"),
    clean: [""],
  },
  {
    name: "secure string",
    path: "deploy.ps1",
    text: '$p = ConvertTo-SecureString "{}" -AsPlainText -Force\n',
    value: password,
    clean: ["$env:PASSWORD", "$(fromVault)", "$password"],
  },
  {
    name: "answer file",
    path: "unattend.xml",
    text: "<AdministratorPassword><Value>{}</Value><PlainText>false</PlainText></AdministratorPassword>",
    value: Buffer.from(`${password}AdministratorPassword`, "utf16le").toString("base64"),
    clean: ["*SENSITIVE*DATA*DELETED*"],
  },
  {
    name: "wiki page",
    path: "wiki/Setup.md",
    text: "Sign in with `{}` until the new one is there.\n",
    value: pat,
    clean: ["<your-pat>", "$(System.AccessToken)"],
  },
];

function found(path: string, text: string): readonly string[] {
  const file = sourceFileOf(path, "0".repeat(40), Buffer.from(text));
  return secretsScanner.scan(file, { fingerprintKey: new Uint8Array(32) }).findings.map(({ rule }) => rule);
}

for (const { name, path, text, value, clean } of places) {
  test(`${name}: a literal is one finding, its clean forms are none`, () => {
    assert.equal(
      found(
        path,
        text.replace("{}", () => value),
      ).length,
      1,
    );
    for (const form of clean)
      assert.deepEqual(
        found(
          path,
          text.replace("{}", () => form),
        ),
        [],
        form,
      );
  });
}
