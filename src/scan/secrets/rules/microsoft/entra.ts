/** Microsoft Entra ID: client secrets in their four forms, and tokens. */
import { sample, sampleBytes, sampleJwt } from "../../examples/example-values.ts";
import { sampleUuid, writtenAnywhere } from "../../examples/example-writings.ts";
import type { Anchor, SecretRule } from "../../rule/secret-rule.ts";

const provider = "Microsoft Entra ID";
const why =
  "With the application's id, which is no secret, it signs in as the application and gets all its permissions.";
const fix =
  "Remove the secret from the app registration (`az ad app credential delete`), look at the sign-in logs of the service principal, and use a managed identity, workload identity federation or a certificate.";
const links = [
  "https://learn.microsoft.com/en-us/entra/identity-platform/how-to-add-credentials",
  "https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation",
];
const marked = (mark: string, length: number, seed: string) =>
  `${sample("base62", 3, seed)}${mark}${sample("entra", length - 1, seed)}k`;

/** A marked secret: three characters, the mark, and a tail of fixed length. */
function markedShape(mark: string, tail: number): Pick<SecretRule, "anchors" | "shape"> {
  return {
    anchors: [{ text: mark, at: 3 }],
    shape: {
      is: "token",
      parts: [{ alphabet: "entra", length: 3 }, { text: mark }, { alphabet: "entra", length: tail }],
    },
  };
}

const jwtAnchors: readonly Anchor[] = [{ text: "eyJ0eXAiOiJKV1Qi" }, { text: "eyJhbGciOi" }];
const signOut = "https://learn.microsoft.com/en-us/entra/identity/users/users-revoke-access";
const legacy = (seed: string) => `${sample("base62", 16, seed)}~${sample("entra", 16, seed)}7`;

/** `client secret`: `clientsecret`, `client_secret`, `client-secret`, `client.secret`, `client secret`. */
function writingsOf(name: string): readonly string[] {
  return ["", "_", "-", ".", " "].map((joint) => name.replaceAll(" ", joint));
}

function jwt(over: Readonly<Record<string, unknown>>, seed: string): string {
  return sampleJwt({ oid: sampleUuid(seed), iat: 1_700_000_000, exp: 1_700_003_600, ...over });
}
const issuer = (seed: string) => `https://sts.windows.net/${sampleUuid(seed)}/`;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/entra-client-secret",
    aliases: ["azure-ad-client-secret"],
    title: "Client secret of a Microsoft Entra application",
    provider,
    family: "secrets/entra-client-secret",
    severity: "critical",
    why,
    fix,
    links,
    ...markedShape("8Q~", 34),
    score: 85,
    minimumEntropy: 3.5,
    examples: {
      bad: (seed) => [
        ...writtenAnywhere(marked("8Q~", 34, seed)),
        `AZURE_CLIENT_SECRET=${marked("8Q~", 34, seed)}`,
        {
          path: "sp.json",
          text: `{"clientId": "${sampleUuid(seed)}", "clientSecret": "${marked("8Q~", 34, seed)}", "tenantId": "${sampleUuid(seed)}"}`,
        },
      ],
      good: (seed) => [
        `AZURE_CLIENT_SECRET=abc8Q~${"x".repeat(34)}`,
        "AZURE_CLIENT_SECRET=$(clientSecret)",
        `see ${sample("base62", 3, seed)}8Q~${sample("base62", 20, seed)} there`,
        `see ${sample("base62", 3, seed)}8Q~${sample("base62", 60, seed)} there`,
      ],
    },
  },
  {
    id: "secrets/entra-client-secret-7q",
    aliases: ["azure-ad-client-secret"],
    title: "Client secret of a Microsoft Entra application (form before 2021)",
    provider,
    family: "secrets/entra-client-secret",
    severity: "critical",
    why,
    fix,
    links,
    ...markedShape("7Q~", 31),
    score: 85,
    minimumEntropy: 3.5,
    examples: {
      bad: (seed) => [...writtenAnywhere(marked("7Q~", 31, seed)), `"clientSecret": "${marked("7Q~", 31, seed)}"`],
      good: (seed) => [
        `AZURE_CLIENT_SECRET=abc7Q~${"x".repeat(31)}`,
        `see ${sample("base62", 3, seed)}7Q~${sample("base62", 20, seed)} there`,
        `see ${sample("base62", 3, seed)}7Q~${sample("base62", 60, seed)} there`,
      ],
    },
  },
  {
    id: "secrets/entra-client-secret-legacy",
    aliases: ["azure-ad-client-secret-legacy"],
    title: "Client secret of a Microsoft Entra application (older forms)",
    provider,
    severity: "critical",
    why,
    fix,
    links,
    anchors: [
      ...["client", "app", "aad", "principal", "application", "service principal"].flatMap((owner) =>
        ["secret", "key", "password", "app key"].flatMap((thing) => writingsOf(`${owner} ${thing}`)),
      ),
      '"password"',
    ].map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader: "entra-secret" },
    score: 74,
    examples: {
      bad: (seed) => [
        {
          path: "web.config",
          text: `<add key="ida:ClientSecret" value="${sampleBytes(32, seed).toString("base64")}" />`,
        },
        {
          path: "app.json",
          text: `{"AzureAd": {"TenantId": "${sampleUuid(seed)}", "ClientSecret": "${legacy(seed)}"}}`,
        },
        `curl -d "client_id=${sampleUuid(seed)}&client_secret=${legacy(seed)}" https://login.microsoftonline.com/a/oauth2/token`,
        { path: ".env", text: `AZURE_TENANT_ID=${sampleUuid(seed)}\nAZURE_CLIENT_SECRET=${legacy(seed)}\n` },
        {
          path: "main.tf",
          text: `provider "azurerm" {\n  tenant_id = "${sampleUuid(seed)}"\n  client_secret = "${legacy(seed)}"\n}\n`,
        },
        {
          path: "sp.json",
          text: `{"appId": "${sampleUuid(seed)}", "displayName": "ci", "password": "${sampleUuid(`${seed}p`)}", "tenant": "${sampleUuid(`${seed}t`)}"}`,
        },
      ],
      good: (seed) => [
        `{"AzureAd": {"TenantId": "${sampleUuid(seed)}", "ClientSecret": "${sampleUuid(seed)}"}}`.replace(
          "ClientSecret",
          "SecretId",
        ),
        '{"AzureAd": {"ClientSecret": "your-client-secret-value-goes-here"}}',
        `AZURE_TENANT_ID=${sampleUuid(seed)}\nAZURE_CLIENT_SECRET_HASH=${legacy(seed)}\n`,
        `client_secret = ${legacy(seed)}`.replace(/[A-Za-z0-9]/g, "x"),
        "AZURE_TENANT_ID=a; client_secret = Environment.GetEnvironmentVariable(name)",
      ],
    },
  },
  {
    id: "secrets/entra-refresh-token",
    aliases: [],
    title: "Refresh token of Microsoft Entra ID or a Microsoft account",
    provider,
    severity: "critical",
    why: "It gets new access tokens for the user's mail, files and Azure, for months and without a second factor.",
    fix: "Revoke the user's sessions (Entra admin center, or Revoke-MgUserSignInSession), look at the sign-in logs, and keep token caches out of the repository.",
    links: ["https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens", signOut],
    anchors: [{ text: "0.A" }, { text: "1.A" }, { text: "M.C" }, { text: "M.R3_BAY." }],
    shape: {
      is: "token",
      parts: [{ oneOf: ["0.A", "1.A", "M.C", "M.R3_BAY."] }, { alphabet: "refresh", length: [200, 2500] }],
    },
    context: {
      words: ["refresh", "microsoftonline", "login.live", "msal", "adal", "oauth2", "foci", "token"],
      before: 120,
      after: 120,
      required: true,
    },
    score: 75,
    minimumEntropy: 4.5,
    examples: {
      bad: (seed) => [
        `"refresh_token": "0.A${sample("base64Url", 500, seed)}"`,
        {
          path: ".env",
          text: `MS_REFRESH_TOKEN=M.C5${sample("base64Url", 300, seed)}*${sample("base64Url", 40, seed)}\n`,
        },
        {
          path: "msal_token_cache.json",
          text: `{"RefreshToken": {"a": {"secret": "1.A${sample("base64Url", 800, seed)}"}}}`,
        },
      ],
      good: (seed) => [
        `"refresh_token": "0.A${"x".repeat(400)}"`,
        `"refresh_token": "0.A${sample("base64Url", 20, seed)}..."`,
        `data = "0.A${sample("base64Url", 500, seed)}"`,
      ],
    },
  },
  {
    id: "secrets/entra-access-jwt",
    aliases: [],
    title: "Access or ID token of Microsoft Entra ID",
    provider,
    family: "secrets/jwt",
    severity: "medium",
    why: "Until it expires, mostly within an hour or a day, whoever has it is the user or application.",
    fix: "Let it expire; for a user revoke the sessions. Fetch tokens at run time.",
    links: ["https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens", signOut],
    anchors: jwtAnchors,
    shape: { is: "reader", reader: "entra-jwt" },
    score: 80,
    loose: true,
    examples: {
      bad: (seed) => [
        `Authorization: Bearer ${jwt({ iss: issuer(seed), aud: "https://graph.microsoft.com" }, seed)}`,
        `const token = "${jwt({ iss: `https://login.microsoftonline.com/${sampleUuid(seed)}/v2.0` }, seed)}";`,
      ],
      good: (seed) => [
        `const token = "${jwt({ iss: issuer(seed) }, seed).slice(0, 90)}";`,
        `"${Buffer.from('{"typ":"JWT"}').toString("base64url")}.<payload>.<signature>"`,
      ],
    },
  },
  {
    id: "secrets/azure-management-jwt",
    aliases: [],
    title: "Access token of Azure Resource Manager",
    provider,
    family: "secrets/jwt",
    severity: "high",
    why: "For about an hour whoever has it manages the subscriptions of its owner: reads keys, changes and deletes resources.",
    fix: "Revoke the owner's sessions or the application's credentials, look at the activity log, and fetch tokens at run time.",
    links: ["https://learn.microsoft.com/en-us/rest/api/azure/", signOut],
    anchors: jwtAnchors,
    shape: { is: "reader", reader: "management-jwt" },
    score: 82,
    loose: true,
    examples: {
      bad: (seed) => [
        `Authorization: Bearer ${jwt({ iss: issuer(seed), aud: "https://management.azure.com/" }, seed)}`,
        `"accessToken": "${jwt({ iss: issuer(seed), aud: "https://management.core.windows.net/" }, seed)}"`,
      ],
      good: () => [
        "Authorization: Bearer $(az account get-access-token --query accessToken)",
        '"accessToken": "eyJ0eXAiOiJKV1QiLCJhbGciOiJ..."',
      ],
    },
  },
  {
    id: "secrets/azure-devops-oauth-jwt",
    aliases: [],
    title: "Access token of an Azure DevOps job or application",
    provider: "Azure DevOps",
    family: "secrets/jwt",
    severity: "high",
    why: "Until the job ends or the token expires, whoever has it acts as the build service or the user: pushes code, reads feeds and variables.",
    fix: "Cancel the run or let the token expire, remove it from the file or log, and hand $(System.AccessToken) on through env only.",
    links: [
      "https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables",
      "https://learn.microsoft.com/en-us/azure/devops/pipelines/process/access-tokens",
    ],
    anchors: jwtAnchors,
    shape: { is: "reader", reader: "devops-jwt" },
    score: 82,
    loose: true,
    examples: {
      bad: (seed) => [
        `SYSTEM_ACCESSTOKEN=${jwt({ iss: "app.vstoken.visualstudio.com", aud: "app.vstoken.visualstudio.com" }, seed)}`,
        { path: "run.log", text: `token: ${jwt({ iss: "vstoken.dev.azure.com" }, seed)}\n` },
      ],
      good: () => ["SYSTEM_ACCESSTOKEN: $(System.AccessToken)", "SYSTEM_ACCESSTOKEN=eyJ0eXAiOiJKV1Qi..."],
    },
  },
];
