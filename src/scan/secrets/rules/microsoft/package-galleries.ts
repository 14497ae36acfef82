/** Keys of the package galleries of NuGet, Visual Studio and Open VSX. */
import { sample, sampleAdoPat, sampleAnnotatedKey } from "../../examples/example-values.ts";
import { almost, sampleUuid, writtenAnywhere } from "../../examples/example-writings.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed } from "../../rule-makers/brief-rule.ts";

const publishes = "Whoever has it publishes packages that others install: a way into every build that uses them.";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/nuget-api-key",
    aliases: ["nuget-api-key"],
    title: "NuGet API key",
    provider: "NuGet",
    severity: "critical",
    why: publishes,
    fix: "Delete the key on nuget.org under API Keys, look for versions that you did not publish, and use trusted publishing, which needs no key.",
    links: [
      "https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package",
      "https://www.nuget.org/account/apikeys",
    ],
    anchors: [{ text: "oy2" }],
    shape: { is: "token", parts: [{ text: "oy2" }, { alphabet: "lowerAlnum", length: 43 }] },
    context: { words: ["nuget", "apikey", "api-key", "api_key"], before: 96, after: 48, required: false },
    score: 80,
    minimumEntropy: 3.5,
    examples: {
      bad: (seed) => [
        ...writtenAnywhere(`oy2${sample("base32Lower", 43, seed)}`),
        {
          path: "publish.ps1",
          text: `dotnet nuget push a.nupkg --api-key oy2${sample("base32Lower", 43, seed)} --source x`,
        },
      ],
      good: (seed) => [
        ...almost("oy2", "base32Lower", 43, seed),
        `x oy2${sample("base32Lower", 44, seed)}`,
        "dotnet nuget push --api-key $(nugetKey)",
      ],
    },
  },
  {
    id: "secrets/nuget-config-password",
    aliases: ["nuget-config-password"],
    title: "Feed password in clear text in NuGet.config",
    provider: "NuGet",
    family: "password",
    severity: "high",
    why: "Whoever reads the file signs in at the package feed, and with a token of Azure DevOps at everything it may.",
    fix: "Revoke the token or change the password, and use the Azure Artifacts credential provider, NuGetAuthenticate@1 in pipelines, or `%NAME%` from the environment.",
    links: [
      "https://learn.microsoft.com/en-us/nuget/reference/nuget-config-file",
      "https://learn.microsoft.com/en-us/azure/devops/artifacts/nuget/nuget-exe",
    ],
    anchors: [{ text: "ClearTextPassword", foldCase: true }],
    shape: { is: "reader", reader: "feed-password" },
    score: 78,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: "NuGet.config", text: `<add key="ClearTextPassword" value="${sample("base62", 20, seed)}" />` },
        {
          path: "src/nuget.config",
          text: `<packageSourceCredentials>\n  <contoso>\n    <add key='Username' value='any' />\n    <add key='ClearTextPassword' value='Pa${sample("base62", 9, seed)}!7' />\n  </contoso>\n</packageSourceCredentials>`,
        },
        { path: "setup.md", text: `    <add key="ClearTextPassword" value="${sample("base62", 24, seed)}"/>` },
      ],
      good: (seed) => [
        { path: "NuGet.config", text: '<add key="ClearTextPassword" value="%FEED_PAT%" />' },
        { path: "NuGet.config", text: '<add key="ClearTextPassword" value="$(FEED_PAT)" />' },
        { path: "src/protocol.ts", text: "authenticationClearTextPassword: buildMessage," },
        { path: "NuGet.config", text: '<add key="ClearTextPassword" value="your-personal-access-token" />' },
        {
          path: "NuGet.config",
          text: `<add key="Password" value="AQAAANCMnd8BFdERjHoAwE${sample("base64", 80, seed)}=" />`,
        },
      ],
    },
  },
  {
    id: "secrets/vsce-marketplace-pat",
    aliases: [],
    title: "Token that publishes to the Visual Studio Marketplace",
    provider: "Visual Studio Marketplace",
    family: "azure-devops-pat",
    severity: "critical",
    why: "Whoever has it publishes extensions that run on every user's machine, and may do more in Azure DevOps.",
    fix: "Revoke it in Azure DevOps (User settings > Personal access tokens), check the published versions, and publish with `vsce publish --azure-credential`.",
    links: [
      "https://code.visualstudio.com/api/working-with-extensions/publishing-extension",
      "https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/admin-revoke-user-pats",
    ],
    anchors: [
      { text: "VSCE_PAT", foldCase: true },
      { text: "VS_MARKETPLACE_TOKEN", foldCase: true },
      { text: "vsce publish" },
    ],
    shape: { is: "reader", reader: "gallery-token" },
    score: 97,
    examples: {
      bad: (seed) => [
        { path: ".env", text: `VSCE_PAT=${sampleAdoPat(seed)}\n` },
        { path: "release.sh", text: `vsce publish -p ${sampleAnnotatedKey("AZDO", seed)}\n` },
        { path: "package.json", text: `{"scripts": {"release": "vsce publish --pat ${sampleAdoPat(seed)}"}}` },
        { path: "ci.yaml", text: `env:\n  VS_MARKETPLACE_TOKEN: "${sampleAnnotatedKey("AZDO", seed)}"\n` },
      ],
      good: () => [
        { path: "release.sh", text: "vsce publish -p $VSCE_PAT\n" },
        { path: "ci.yaml", text: "env:\n  VSCE_PAT: $(marketplaceToken)\n" },
      ],
    },
  },
  {
    id: "secrets/open-vsx-token",
    aliases: [],
    title: "Open VSX access token",
    provider: "Open VSX",
    severity: "high",
    why: "Whoever has it publishes extensions that run in editors built on Open VSX.",
    fix: "Delete the token in the settings of open-vsx.org, and check the published versions.",
    links: [
      "https://github.com/eclipse/openvsx/wiki/Publishing-Extensions",
      "https://open-vsx.org/user-settings/tokens",
    ],
    anchors: [{ text: "ovsxat_" }, { text: "ovsxp_" }],
    shape: {
      is: "token",
      parts: [{ oneOf: ["ovsxat_", "ovsxp_"] }, { alphabet: "base64Url", length: [29, 60] }],
    },
    score: 85,
    minimumEntropy: 3,
    examples: {
      bad: (seed) => [
        ...writtenAnywhere(`ovsxat_${sampleUuid(seed)}`),
        { path: "release.sh", text: `ovsx publish -p ovsxat_${sample("base62", 36, seed)}\n` },
      ],
      good: (seed) => [
        ...almost("ovsxat_", "base62", 36, seed),
        { path: "release.sh", text: "ovsx publish -p $OVSX_PAT\n" },
      ],
    },
  },
  ...briefNamed([["Open VSX", "github.com/eclipse/openvsx/wiki", [...uuidParts], ["ovsx", "open vsx"]]]),
];
