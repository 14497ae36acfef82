/** Addresses of Azure and Microsoft 365 that are themselves the secret: signed, or with a code or token inside. */
import { sample, sampleBytes } from "../../examples/example-values.ts";
import { sampleUuid } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const provider = "Microsoft Azure";
const learn = "https://learn.microsoft.com/en-us/azure/";
const signature = (seed: string) => sampleBytes(32, seed).toString("base64");
const signed = (seed: string) =>
  `sv=2022-11-02&ss=b&srt=co&sp=rwl&se=2031-01-01T00:00:00Z&sig=${encodeURIComponent(signature(seed))}`;
const workflow = (seed: string) =>
  `https://prod-07.westeurope.logic.azure.com:443/workflows/${sample("hexLower", 32, seed)}/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sample("base64Url", 43, seed)}`;
const teams = (seed: string) =>
  `webhook.office.com/webhookb2/${sampleUuid(seed)}@${sampleUuid(`${seed}t`)}/IncomingWebhook/${sample("hexLower", 32, seed)}/${sampleUuid(`${seed}u`)}`;
const code = (seed: string) => sampleBytes(40, seed).toString("base64");

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/azure-sas",
    aliases: ["azure-sas-token", "azure-storage-sas"],
    title: "Azure shared access signature",
    provider,
    severity: "high",
    why: "Whoever has the address may do what the signature grants until it expires, without signing in.",
    fix: "Revoke it: delete its stored access policy, or regenerate the account's key that signed it (`az storage account keys renew`); hand out short-lived user delegation signatures instead.",
    links: [
      `${learn}storage/common/storage-sas-overview`,
      "https://learn.microsoft.com/en-us/rest/api/storageservices/create-user-delegation-sas",
    ],
    anchors: [{ text: "sig=" }, { text: "sig%3D", foldCase: true }],
    shape: { is: "reader", reader: "sas" },
    score: 80,
    examples: {
      bad: (seed) => [
        `url = "https://site.blob.core.windows.net/backup?${signed(seed)}"`,
        { path: ".env", text: `SAS_TOKEN=?${signed(seed)}\n` },
        {
          path: "App.config",
          text: `<add key="u" value="https://site.blob.core.windows.net/a?${signed(seed).replaceAll("&", "&amp;")}" />`,
        },
        {
          path: "app.json",
          text: JSON.stringify({ u: `https://site.queue.core.windows.net/a?${signed(seed)}` }).replaceAll(
            "&",
            "\\u0026",
          ),
        },
        `BlobEndpoint=https://site.blob.core.windows.net/;SharedAccessSignature=${signed(seed)}`,
        `SharedAccessSignature sr=contoso.azure-devices.net&sig=${encodeURIComponent(signature(seed))}&se=1900000000&skn=own`,
        `token = "sig=${signature(seed).replaceAll("+", "%2b").replaceAll("/", "%2f").replace("=", "%3d")}"`,
      ],
      good: (seed) => [
        "https://site.blob.core.windows.net/backup?sv=2022-11-02&sp=r&sig=REDACTED",
        "https://site.blob.core.windows.net/backup?sv=2022-11-02&sp=r&sig=$(signature)",
        `page?sig=${sample("base62", 43, seed)}`,
        `https://site.blob.core.windows.net/a?sv=2022-11-02&sp=r&sig=${"x".repeat(43)}%3D`,
        `config=${signature(seed)}`,
      ],
    },
  },
  {
    id: "secrets/azure-logicapp-callback",
    aliases: ["azure-logic-apps-url", "power-automate-url"],
    title: "Signed address of a Logic App or Power Automate flow",
    provider,
    severity: "high",
    why: "Whoever has the address starts the workflow with data of their own; it never expires.",
    fix: "Regenerate the access key of the workflow (`az rest --method post` on regenerateAccessKey, or Settings > Access keys), save the flow anew, and allow only Entra ID or known addresses.",
    links: [`${learn}logic-apps/logic-apps-securing-a-logic-app`],
    anchors: [{ text: "/triggers/" }],
    shape: { is: "reader", reader: "workflow-callback" },
    score: 84,
    examples: {
      bad: (seed) => [
        `url = "${workflow(seed)}"`,
        { path: "app.json", text: JSON.stringify({ hook: workflow(seed) }).replaceAll("&", "\\u0026") },
        { path: ".env", text: `FLOW_URL=${workflow(seed)}\n` },
        `https://site.azurewebsites.net:443/api/flow/triggers/manual/invoke?api-version=2022-05-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sample("base64Url", 43, seed)}`,
        `https://a1.env.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/${sample("hexLower", 32, seed)}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${sample("base64Url", 43, seed)}`,
      ],
      good: (seed) => [
        `https://site.azurewebsites.net/api/flow/triggers/manual/invoke?sp=%2Ftriggers%2Fmanual%2Frun&sig=<signature>`,
        workflow(seed).replace(/sig=.*/, "sig=<signature>"),
        workflow(seed).replace(/&sig=.*/, ""),
        `https://api.contoso.net/triggers/run?sig=${sample("base64Url", 43, seed)}`,
      ],
    },
  },
  {
    id: "secrets/azure-automation-webhook",
    aliases: [],
    title: "Webhook of an Azure Automation runbook",
    provider,
    severity: "high",
    why: "Whoever has the address starts the runbook, which acts with the account's identity.",
    fix: "Delete or disable the webhook in the Automation account, make a new one with a short expiry, and check the runbook's jobs.",
    links: [`${learn}automation/automation-webhooks`],
    anchors: [{ text: "/webhooks?token=" }],
    shape: { is: "reader", reader: "automation-webhook" },
    context: { words: ["azure-automation", "s1events.azure"], before: 160, after: 0, required: true },
    score: 85,
    examples: {
      bad: (seed) => [
        `url = "https://${sampleUuid(seed)}.webhook.weu.azure-automation.net/webhooks?token=${encodeURIComponent(signature(seed))}"`,
        {
          path: "run.ps1",
          text: `Invoke-WebRequest 'https://s1events.azure-automation.net/webhooks?token=${encodeURIComponent(signature(seed))}'\n`,
        },
      ],
      good: (seed) => [
        "https://s1events.azure-automation.net/webhooks?token=<token>",
        `https://hooks.contoso.net/webhooks?token=${sample("letters", 20, seed)}`,
      ],
    },
  },
  {
    id: "secrets/azure-functions-key-legacy",
    aliases: ["azure-function-key-legacy"],
    title: "Key in the address or header of an Azure function",
    provider,
    family: "azure-key",
    severity: "high",
    why: "Whoever has it calls the function; a master key also manages the app through its admin interface.",
    fix: "Renew the key under Functions > App keys (or the function's own keys) or with `az functionapp keys set`; better, demand Entra ID sign-in.",
    links: [`${learn}azure-functions/function-keys-how-to`],
    anchors: [
      { text: "code=" },
      { text: "x-functions-key", foldCase: true },
      ...["function", "functions", "function app", "function host"].flatMap((name) =>
        ["", "_", "-", " "].map((joint) => ({ text: `${name} key`.replaceAll(" ", joint), foldCase: true })),
      ),
    ],
    shape: { is: "reader", reader: "function-code" },
    score: 76,
    minimumEntropy: 4,
    examples: {
      bad: (seed) => [
        `fetch("https://site.azurewebsites.net/api/orders?code=${code(seed)}")`,
        `fetch("https://site.azurewebsites.net/api/orders?page=1&code=${encodeURIComponent(code(seed))}&x=2")`,
        {
          path: "call.sh",
          text: `curl -H "x-functions-key: ${code(seed)}" https://site.azurewebsites.net/api/orders\n`,
        },
        `headers["x-functions-key"] = "${sampleBytes(32, seed).toString("base64")}"`,
        { path: ".env", text: `FUNCTION_KEY=${code(seed)}\n` },
        {
          path: "app.json",
          text: `{\n  "name": "functionKey",\n  "slotSetting": false,\n  "value": "${code(seed)}"\n}`,
        },
      ],
      good: (seed) => [
        "https://site.azurewebsites.net/api/orders?code=<your-function-key>",
        "https://site.azurewebsites.net/api/orders?code=$(functionCode)",
        `https://login.contoso.net/callback?code=${sample("base62", 40, seed)}`,
        'headers["x-functions-key"] = options.functionKey;',
        `functionKeyPublicKey = "${code(seed)}"`,
        `x-functions-key-hash: ${code(seed)}`,
      ],
    },
  },
  {
    id: "secrets/microsoft-teams-webhook",
    aliases: ["microsoft-teams-webhook"],
    title: "Incoming webhook of Microsoft Teams",
    provider: "Microsoft Teams",
    severity: "medium",
    why: "Whoever has the address posts into the channel, in the name of a connector that people trust.",
    fix: "Remove the connector from the channel (Manage channel > Connectors) and post through a workflow whose address is kept in a vault.",
    links: [
      "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    ],
    anchors: [{ text: "webhook.office.com" }, { text: "outlook.office.com" }, { text: "outlook.office365.com" }],
    shape: { is: "reader", reader: "teams-webhook" },
    score: 88,
    examples: {
      bad: (seed) => [
        `url = "https://contoso.${teams(seed)}"`,
        { path: ".env", text: `TEAMS_WEBHOOK=https://contoso.${teams(seed)}/V2${sample("base64Url", 42, seed)}\n` },
        `https://${teams(seed).replace("webhook.office.com/webhookb2", "outlook.office.com/webhook")}`,
        { path: "app.yaml", text: `hook: https://contoso.${teams(seed).replace("@", "%40")}\n` },
      ],
      good: (seed) => [
        "https://contoso.webhook.office.com/webhookb2/<your-webhook>",
        `https://contoso.webhook.office.com/webhookb2/${sampleUuid(seed)}@${sampleUuid(seed)}/IncomingWebhook/`,
        `https://outlook.office.com/mail/${sampleUuid(seed)}`,
      ],
    },
  },
];
