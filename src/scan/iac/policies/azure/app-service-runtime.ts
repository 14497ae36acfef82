/** Azure App Service: versions of runtimes, and settings that keep apps running. */
import { any, anyOf, type Condition, not, value, when } from "../../condition.ts";
import { configNamed, otherConfigs, webApps } from "../../families/azure-app-service.ts";
import { bicepBlock, bicepResource, inProperties, tfResource } from "../../families/examples.ts";
import type { Path } from "../../locate.ts";
import { bicep, on, type Policy } from "../../policy.ts";

const links = ["https://learn.microsoft.com/azure/app-service/overview-patch-os-runtime"];
const bicepSite = "Microsoft.Web/sites@2023-12-01";
const why =
  "Versions without support get no fixes: known holes in the runtime stay open, whatever the app itself does.";
const currentApps = ["tf:azurerm_linux_web_app", "tf:azurerm_windows_web_app"] as const;

/** No version is said where another runtime is used. */
const version = (path: Path, minimum: string): Condition =>
  value(path, { missing: "none", edit: false }).versionAtLeast(minimum);
const inStack = (name: string) => `site_config.application_stack.${name}`;
const stack = (line: string) => `site_config {\n  application_stack {\n    ${line}\n  }\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-app-service-old-dotnet",
    aliases: ["CKV_AZURE_80"],
    title: "App runs on a .NET version without support",
    severity: "medium",
    controls: "patching",
    why,
    fix: "Move the app to a .NET version with long-term support and set it in `application_stack` (Bicep: `netFrameworkVersion`).",
    links,
    on: {
      "tf:azurerm_app_service": version("site_config.dotnet_framework_version", "6.0"),
      ...on(currentApps, version(inStack("dotnet_version"), "8.0")),
      "arm:Microsoft.Web/sites/config": version("properties.netFrameworkVersion", "8.0"),
    },
    examples: {
      bad: [
        tfResource("azurerm_windows_web_app", stack(`dotnet_version = "v5.0"`)),
        bicep(
          bicepBlock("Microsoft.Web/sites/config@2023-12-01", "web", ...inProperties(["netFrameworkVersion: 'v4.0'"])),
        ),
      ],
      good: [tfResource("azurerm_windows_web_app", stack(`dotnet_version = "v8.0"`))],
    },
  },
  {
    id: "iac/azure-app-service-old-php",
    aliases: ["CKV_AZURE_81"],
    title: "App runs on a PHP version without support",
    severity: "medium",
    controls: "patching",
    why,
    fix: "Move the app to a supported PHP version (8.2 or later) and set it in `application_stack`.",
    links,
    on: {
      "tf:azurerm_app_service": version("site_config.php_version", "7.4"),
      ...on(currentApps, version(inStack("php_version"), "8.1")),
      "arm:Microsoft.Web/sites": when(
        value("properties.siteConfig.phpVersion").not("", "Off"),
        version("properties.siteConfig.phpVersion", "8.1"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", stack(`php_version = "7.4"`)),
        bicepResource(bicepSite, "siteConfig: {\n  phpVersion: '7.4'\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", stack(`php_version = "8.2"`)),
        bicepResource(bicepSite, "siteConfig: {\n  phpVersion: '8.2'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-old-python",
    aliases: ["CKV_AZURE_82"],
    title: "App runs on a Python version without support",
    severity: "medium",
    controls: "patching",
    why,
    fix: "Move the app to a supported Python version and set it in `application_stack` (Bicep: `pythonVersion` or `linuxFxVersion`).",
    links,
    on: {
      "tf:azurerm_app_service": version("site_config.python_version", "3.4"),
      ...on(currentApps, version(inStack("python_version"), "3.9")),
      "arm:Microsoft.Web/sites": when(
        value("properties.siteConfig.pythonVersion").not(""),
        version("properties.siteConfig.pythonVersion", "3.9"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", stack(`python_version = "3.7"`)),
        bicepResource(bicepSite, "siteConfig: {\n  pythonVersion: '3.6'\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", stack(`python_version = "3.12"`)),
        bicepResource(bicepSite, "siteConfig: {\n  pythonVersion: '3.11'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-old-java",
    aliases: ["CKV_AZURE_83"],
    title: "App runs on an old Java version",
    severity: "low",
    controls: "patching",
    why,
    fix: "Move the app to the current long-term version of Java and set it in `application_stack` (Bicep: `javaVersion`).",
    links,
    on: {
      "tf:azurerm_app_service": version("site_config.java_version", "11"),
      ...on(currentApps, version(inStack("java_version"), "11")),
      "arm:Microsoft.Web/sites": version(["properties.siteConfig.javaVersion", "siteConfig.javaVersion"], "17"),
    },
    examples: {
      bad: [
        tfResource("azurerm_app_service", `site_config {\n  java_version = "1.8"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  javaVersion: '11'\n}"),
      ],
      good: [
        tfResource("azurerm_app_service", `site_config {\n  java_version = "11"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  javaVersion: '17'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-without-health-check",
    aliases: ["CKV_AZURE_213"],
    title: "App has no health check",
    severity: "low",
    controls: "availability",
    why: "An instance that hangs keeps getting requests; nothing takes it out or replaces it.",
    fix: "Set `health_check_path` (Bicep: `healthCheckPath`) to a page that answers 200 when the app works.",
    links: ["https://learn.microsoft.com/azure/app-service/monitor-instances-health-check"],
    on: {
      ...on(webApps, any("site_config", value("health_check_path").exists())),
      ...on(
        ["arm:Microsoft.Web/sites", "arm:Microsoft.Web/sites/slots"],
        value("properties.siteConfig.healthCheckPath").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {}"),
        bicepResource(bicepSite, "siteConfig: {\n  alwaysOn: true\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", `site_config {\n  health_check_path = "/healthz"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  healthCheckPath: '/healthz'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-web-app-not-always-on",
    aliases: ["CKV_AZURE_214"],
    title: "Web app is unloaded when nobody uses it",
    severity: "low",
    controls: "availability",
    why: "The first caller after a pause waits or gets an error, and background jobs stop without a word.",
    fix: "Set `always_on` to true or leave it out.",
    links: ["https://learn.microsoft.com/azure/app-service/configure-common"],
    on: on(currentApps, value("site_config.always_on", { missing: "pass" }).is(true)),
    examples: {
      bad: [tfResource("azurerm_linux_web_app", "site_config {\n  always_on = false\n}")],
      good: [tfResource("azurerm_linux_web_app", "site_config {\n  always_on = true\n}")],
    },
  },
  {
    id: "iac/azure-web-app-storage-not-azure-files",
    aliases: ["CKV_AZURE_88"],
    title: "Web app does not mount an Azure Files share for its data",
    severity: "low",
    controls: "availability",
    why: "Files that the app writes to its own disk are lost when it moves or is scaled, and are in no backup.",
    fix: "Mount a share with `storage_account` of type `AzureFiles` where the app keeps files.",
    links: ["https://learn.microsoft.com/azure/app-service/configure-connect-to-azure-storage"],
    on: {
      ...on(webApps, value("storage_account.type", { edit: false }).is("AzureFiles")),
      "arm:Microsoft.Web/sites/config": when(
        anyOf(value("properties.azureStorageAccounts").exists(), not(configNamed(otherConfigs))),
        value("properties.azureStorageAccounts.*.type", { edit: false }).is("AzureFiles"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `storage_account {\n  name = "files"\n  type = "AzureBlob"\n}`),
        bicep(
          bicepBlock(
            "Microsoft.Web/sites/config@2023-12-01",
            "web",
            ...inProperties(["azureStorageAccounts: {\n  files: {\n    type: 'AzureBlob'\n  }\n}"]),
          ),
        ),
      ],
      good: [
        tfResource("azurerm_linux_web_app", `storage_account {\n  name = "files"\n  type = "AzureFiles"\n}`),
        bicep(
          bicepBlock(
            "Microsoft.Web/sites/config@2023-12-01",
            "web",
            ...inProperties(["azureStorageAccounts: {\n  files: {\n    type: 'AzureFiles'\n  }\n}"]),
          ),
        ),
      ],
    },
  },
];
