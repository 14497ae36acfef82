/** Azure App Service: what apps write down about requests and errors. */
import { type Condition, not, value, when } from "../../condition.ts";
import { configNamed, otherConfigs, webApps } from "../../families/azure-app-service.ts";
import { bicepBlock, inProperties, tfResource } from "../../families/examples.ts";
import { bicep, on, type Policy } from "../../policy.ts";

const links = ["https://learn.microsoft.com/azure/app-service/troubleshoot-diagnostic-logs"];

/** Of the config resources, only `web` has these settings. */
function inWebConfig(name: string): Condition {
  return when(not(configNamed(otherConfigs)), value(`properties.${name}`).is(true), "none");
}

function webConfig(line: string): ReturnType<typeof bicep> {
  return bicep(
    bicepBlock("Microsoft.Web/sites/config@2023-12-01", "web", ...inProperties([line])).replace("'web'", "'shop/web'"),
  );
}

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-web-app-without-http-logs",
    aliases: ["CKV_AZURE_63"],
    title: "Web app keeps no HTTP logs",
    severity: "low",
    controls: "logging",
    why: "After an attack nobody can tell which requests were made, from where and with what result.",
    fix: "Configure `logs.http_logs` (Bicep: `httpLoggingEnabled: true` in the config `web`).",
    links,
    on: {
      ...on(webApps, value("logs.http_logs").exists()),
      "arm:Microsoft.Web/sites/config": inWebConfig("httpLoggingEnabled"),
    },
    examples: {
      bad: [tfResource("azurerm_linux_web_app", "site_config {}"), webConfig("httpLoggingEnabled: false")],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          "logs {\n  http_logs {\n    file_system {\n      retention_in_days = 30\n      retention_in_mb   = 35\n    }\n  }\n}",
        ),
        webConfig("httpLoggingEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-web-app-without-detailed-errors",
    aliases: ["CKV_AZURE_65"],
    title: "Web app keeps no detailed error pages",
    severity: "low",
    controls: "logging",
    why: "Errors that an attack causes leave no trace that explains them.",
    fix: "Set `logs.detailed_error_messages` (Bicep: `detailedErrorLoggingEnabled`) to true; the pages stay on the server.",
    links,
    on: {
      ...on(webApps, value(["logs.detailed_error_messages", "logs.detailed_error_messages_enabled"]).is(true)),
      "arm:Microsoft.Web/sites/config": inWebConfig("detailedErrorLoggingEnabled"),
    },
    examples: {
      bad: [tfResource("azurerm_linux_web_app", "site_config {}"), webConfig("detailedErrorLoggingEnabled: false")],
      good: [
        tfResource("azurerm_linux_web_app", "logs {\n  detailed_error_messages = true\n}"),
        webConfig("detailedErrorLoggingEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-web-app-without-failed-request-traces",
    aliases: ["CKV_AZURE_66"],
    title: "Web app does not trace failed requests",
    severity: "low",
    controls: "logging",
    why: "What a failed request did inside the server, and where it failed, cannot be followed afterwards.",
    fix: "Set `logs.failed_request_tracing` (Bicep: `requestTracingEnabled`) to true.",
    links,
    on: {
      ...on(webApps, value(["logs.failed_request_tracing", "logs.failed_request_tracing_enabled"]).is(true)),
      "arm:Microsoft.Web/sites/config": inWebConfig("requestTracingEnabled"),
    },
    examples: {
      bad: [tfResource("azurerm_linux_web_app", "site_config {}"), webConfig("requestTracingEnabled: false")],
      good: [
        tfResource("azurerm_linux_web_app", "logs {\n  failed_request_tracing = true\n}"),
        webConfig("requestTracingEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-function-app-without-logging",
    aliases: ["CKV_AZURE_159"],
    title: "Built-in logging of the function app is off",
    severity: "low",
    controls: "logging",
    why: "Runs and errors of the functions are not recorded; misuse stays unseen.",
    fix: "Set `enable_builtin_logging` (since version 3 of the provider: `builtin_logging_enabled`) to true, or leave it out.",
    links: ["https://learn.microsoft.com/azure/azure-functions/functions-monitoring"],
    on: {
      ...on(
        ["tf:azurerm_function_app", "tf:azurerm_function_app_slot"],
        value("enable_builtin_logging", { missing: "pass" }).is(true),
      ),
      ...on(
        [
          "tf:azurerm_linux_function_app",
          "tf:azurerm_linux_function_app_slot",
          "tf:azurerm_windows_function_app",
          "tf:azurerm_windows_function_app_slot",
        ],
        // Application Insights, the better way, makes the built-in logs needless.
        when(
          value("site_config.application_insights_connection_string").absent(),
          value("builtin_logging_enabled", { missing: "pass" }).is(true),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_function_app", "enable_builtin_logging = false"),
        tfResource("azurerm_linux_function_app", "builtin_logging_enabled = false", "site_config {}"),
      ],
      good: [tfResource("azurerm_function_app", "enable_builtin_logging = true")],
    },
  },
];
