/** Azure App Service, Static Web Apps, Bot Service, Application Insights, and keys of the open CASK standard. */
import { sample, sampleBytes } from "../../examples/example-values.ts";
import { sampleUuid, writtenAnywhere } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const provider = "Microsoft Azure";
const learn = "https://learn.microsoft.com/en-us/azure/";
const profile = (password: string) =>
  `<publishProfile profileName="site - Web Deploy" publishMethod="MSDeploy" publishUrl="site.scm.azurewebsites.net:443" msdeploySite="site" userName="$site" userPWD="${password}" />`;
const staticToken = (seed: string) =>
  `${sample("hexLower", 64, seed)}3-${sampleUuid(seed)}-00${sample("digits", 5, seed)}`;
const directLine = (seed: string) =>
  `${sample("base62", 11, seed)}.cwA.${sample("base62", 3, seed)}.${sample("base64Url", 42, seed)}7`;
const apiKey = (seed: string) => sample("lowerAlnum", 40, seed);

function caskKey(seed: string): string {
  const secret = sampleBytes(32, seed).toString("base64url");
  return `${secret}AQJJQABAA${sample("letters", 4, seed)}AAZDHMTe`;
}

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/azure-publish-profile",
    aliases: [],
    title: "Publish profile of an Azure web app",
    provider,
    severity: "critical",
    why: "Whoever has it puts their own code into the app, which runs with the app's identity and settings.",
    fix: "Reset it (`az webapp deployment list-publishing-credentials` shows it, Reset publish profile in the portal changes it), switch basic authentication for publishing off, and deploy with a service connection.",
    links: [`${learn}app-service/deploy-configure-credentials`, `${learn}app-service/configure-basic-auth-disable`],
    anchors: [
      { text: "userPWD", foldCase: true },
      { text: "publishingPassword", foldCase: true },
    ],
    shape: { is: "assigned", length: [16, 128] },
    score: 82,
    minimumEntropy: 3.5,
    examples: {
      bad: (seed) => [
        { path: "site.PublishSettings", text: `<publishData>${profile(sample("base62", 60, seed))}</publishData>` },
        { path: ".env", text: `PUBLISH_PROFILE='${profile(sample("base62", 60, seed))}'\n` },
        {
          path: "credentials.json",
          text: `{"publishingUserName": "$site", "publishingPassword": "${sample("base62", 60, seed)}"}`,
        },
      ],
      good: (seed) => [
        { path: "site.pubxml", text: '<publishProfile userName="$site" userPWD="" />' },
        { path: "site.PublishSettings", text: profile("$(sitePassword)") },
        { path: "site.PublishSettings", text: profile("x".repeat(60)) },
        `userPWD = options.password; // ${sample("base62", 6, seed)}`,
      ],
    },
  },
  {
    id: "secrets/azure-publishsettings",
    aliases: ["azure-management-certificate"],
    title: "Management certificate in a publish settings file",
    provider,
    severity: "critical",
    why: "It has no password: whoever has it manages the whole classic subscription.",
    fix: "Delete the certificate under the subscription's Management certificates, and use Entra ID with Azure Resource Manager.",
    links: [`${learn}cloud-services/`, `${learn}azure-classic/`],
    anchors: [{ text: "ManagementCertificate=", foldCase: true }],
    shape: {
      is: "token",
      parts: [
        { text: "ManagementCertificate=", foldCase: true },
        { oneOf: ['"', "'", '\\"', "&quot;"] },
        { alphabet: "base64Padded", length: [400, 16_000] },
      ],
      secret: [2, 2],
    },
    score: 92,
    minimumEntropy: 4.5,
    examples: {
      bad: (seed) => [
        {
          path: "all.publishsettings",
          text: `<PublishData><PublishProfile SchemaVersion="2.0"><Subscription ManagementCertificate="${sampleBytes(1900, seed).toString("base64")}" Id="${sampleUuid(seed)}" /></PublishProfile></PublishData>`,
        },
        `"<PublishProfile ManagementCertificate='${sampleBytes(1300, seed).toString("base64")}' />"`,
      ],
      good: (seed) => [
        { path: "all.publishsettings", text: '<Subscription ManagementCertificate="..." />' },
        {
          path: "all.publishsettings",
          text: `<Subscription ManagementCertificate="${sample("base64", 100, seed)}" />`,
        },
      ],
    },
  },
  {
    id: "secrets/azure-static-webapp-token",
    aliases: [],
    title: "Deployment token of an Azure Static Web App",
    provider,
    severity: "high",
    why: "Whoever has it replaces the site with their own.",
    fix: "Reset it (`az staticwebapp secrets reset-api-key --name NAME`), and keep the new one as a secret variable.",
    links: [`${learn}static-web-apps/deployment-token-management`],
    anchors: [
      { text: "static_web_apps_api_token", foldCase: true },
      { text: "staticwebapps", foldCase: true },
      { text: "azurestaticapps", foldCase: true },
      { text: "static_web_app", foldCase: true },
      { text: "AzureStaticWebApp", foldCase: true },
      { text: "SWA_CLI_DEPLOYMENT_TOKEN" },
      { text: "deployment-token", foldCase: true },
      { text: "deployment_token", foldCase: true },
      { text: "swa deploy" },
    ],
    shape: {
      is: "near",
      parts: [{ alphabet: "hexLower", length: [60, 72] }, { text: "-" }, { alphabet: "uuid", length: [36, 60] }],
      before: 0,
      after: 160,
    },
    score: 84,
    minimumEntropy: 3,
    examples: {
      bad: (seed) => [
        { path: ".env", text: `AZURE_STATIC_WEB_APPS_API_TOKEN=${staticToken(seed)}\n` },
        {
          path: ".github/workflows/site.yml",
          text: `with:\n  azure_static_web_apps_api_token: ${staticToken(seed)}\n`,
        },
        { path: "deploy.sh", text: `swa deploy ./dist --deployment-token "${staticToken(seed)}"\n` },
      ],
      good: (seed) => [
        { path: ".github/workflows/site.yml", text: `  azure_static_web_apps_api_token: \${{ secrets.SITE_TOKEN }}\n` },
        { path: "deploy.sh", text: `swa deploy ./dist --deployment-token $TOKEN # ${sample("hexLower", 64, seed)}\n` },
      ],
    },
  },
  {
    id: "secrets/azure-bot-directline-secret",
    aliases: ["azure-bot-framework-secret"],
    title: "Direct Line secret of an Azure bot",
    provider,
    severity: "high",
    why: "Whoever has it talks to the bot as any user, and reads conversations whose ids it knows.",
    fix: "Regenerate the key on the Direct Line channel's page, and give clients short-lived tokens instead of the secret.",
    links: [`${learn}bot-service/bot-service-channel-connect-directline`],
    anchors: [
      { text: "directline", foldCase: true },
      { text: "direct_line", foldCase: true },
      { text: "direct-line", foldCase: true },
      { text: "webchat_secret", foldCase: true },
      { text: "webchatsecret", foldCase: true },
      { text: "webchat.botframework.com" },
    ],
    shape: {
      is: "near",
      parts: [
        { alphabet: "base64Url", length: [8, 16] },
        { text: "." },
        { optional: [{ alphabet: "base64Url", length: [3, 3] }, { text: "." }] },
        { optional: [{ alphabet: "base64Url", length: [3, 3] }, { text: "." }] },
        { alphabet: "base64Url", length: [38, 90] },
      ],
      before: 120,
      after: 160,
      mixed: true,
    },
    score: 74,
    minimumEntropy: 4.2,
    examples: {
      bad: (seed) => [
        `const directLineSecret = "${directLine(seed)}";`,
        { path: ".env", text: `DIRECT_LINE_SECRET=${directLine(seed)}\n` },
        {
          path: "call.sh",
          text: `curl -H "Authorization: Bearer ${directLine(seed)}" https://directline.botframework.com/v3/directline/conversations\n`,
        },
        `<iframe src="https://webchat.botframework.com/embed/site?s=${sample("base64Url", 11, seed)}.${sample("base62", 43, seed)}"></iframe>`,
      ],
      good: () => [
        "const directLineSecret = process.env.DIRECT_LINE_SECRET;",
        'import { DirectLine } from "botframework-directlinejs/lib/direct.line.2.connection.status.manager";',
        'directLineSecret: "<your-direct-line-secret>"',
      ],
    },
  },
  {
    id: "secrets/azure-appinsights-api-key",
    aliases: [],
    title: "API key of Application Insights",
    provider,
    severity: "medium",
    why: "Whoever has it reads the application's telemetry: addresses, users, errors and what they show.",
    fix: "Delete the key on the API Access page; query through Entra ID. Instrumentation keys are no secrets.",
    links: [`${learn}azure-monitor/app/api-keys`],
    anchors: [
      { text: "applicationinsights.io", foldCase: true },
      { text: "appinsights", foldCase: true },
      { text: "app_insights", foldCase: true },
      { text: "applicationinsights", foldCase: true },
      { text: "application_insights", foldCase: true },
    ],
    shape: { is: "near", parts: [{ alphabet: "lowerAlnum", length: 40 }], before: 120, after: 160, digits: 3 },
    context: { words: ["api_key", "apikey", "api-key", "x-api-key"], before: 160, after: 60, required: true },
    score: 66,
    // More than sixteen characters can give: no hash in hexadecimal digits.
    minimumEntropy: 4.05,
    examples: {
      bad: (seed) => [
        {
          path: "query.sh",
          text: `curl -H "x-api-key: ${apiKey(seed)}" https://api.applicationinsights.io/v1/apps/a/query\n`,
        },
        { path: ".env", text: `APPINSIGHTS_API_KEY=${apiKey(seed)}\n` },
      ],
      good: (seed) => [
        `InstrumentationKey=${sampleUuid(seed)};IngestionEndpoint=https://a.in.applicationinsights.azure.com/`,
        `appInsightsApiKeyHash = "${apiKey(seed)}"`,
        `// appinsights api-key of revision ${sample("hexLower", 40, seed)}`,
        { path: "query.sh", text: 'curl -H "x-api-key: $KEY" https://api.applicationinsights.io/v1/apps/a/query\n' },
      ],
    },
  },
  {
    id: "secrets/cask-v1-generic",
    aliases: [],
    title: "Key of the open CASK standard",
    provider: "Microsoft",
    severity: "high",
    why: "Its form (marker, provider, date) is that of a service's key: it opens that service for whoever has it.",
    fix: "Find the service by the four characters behind the marker's group, revoke the key there, and load it from a vault.",
    links: ["https://github.com/microsoft/cask"],
    anchors: [{ text: "QJJQ" }],
    shape: { is: "reader", reader: "cask-key" },
    score: 90,
    examples: {
      bad: (seed) => [...writtenAnywhere(caskKey(seed))],
      good: (seed) => [
        `"${sample("base64Url", 44, seed)}QJJQ"`,
        `"${caskKey(seed).slice(0, -8)}"`,
        `"${caskKey(seed).replace("QJJQAB", "QJJQAZ")}"`,
      ],
    },
  },
];
