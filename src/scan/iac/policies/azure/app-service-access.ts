/** Azure App Service: who reaches apps and their deployment site, and as whom the apps act. */
import { all, anyOf, connected, not, value, when } from "../../condition.ts";
import { armApps, configNamed, currentApps, functionApps, onApps, webApps } from "../../families/azure-app-service.ts";
import { bicepBlock, bicepResource, inProperties, tfResource } from "../../families/examples.ts";
import { bicep, on, type Policy } from "../../policy.ts";

const bicepSite = "Microsoft.Web/sites@2023-12-01";
const identityDocs = "https://learn.microsoft.com/azure/app-service/overview-managed-identity";
const authDocs = "https://learn.microsoft.com/azure/app-service/overview-authentication-authorization";

const isSignedIn = anyOf(
  value("auth_settings.enabled", { edit: false }).is(true),
  value("auth_settings_v2.auth_enabled", { edit: false }).is(true),
);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-app-service-without-authentication",
    aliases: ["CKV_AZURE_13", "CKV_AZURE_56", "AVD-AZU-0003"],
    title: "App Service authentication is off",
    severity: "medium",
    controls: "strong-authentication",
    why: "Requests reach the code without anybody having signed in; one forgotten check in the app opens it to everybody.",
    fix: "Configure `auth_settings_v2` (Bicep: a config resource `authsettingsV2`) with an identity provider and demand sign-in.",
    links: [authDocs],
    on: {
      ...on([...webApps, "tf:azurerm_function_app"], isSignedIn),
      "arm:Microsoft.Web/sites/config": when(
        configNamed(/^authsettings$/i),
        value("properties.enabled").is(true),
        "pass",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {}"),
        bicep(
          bicepBlock(
            "Microsoft.Web/sites/config@2023-12-01",
            "shop/authsettings",
            ...inProperties(["enabled: false"]),
          ).replace("resource shop/authsettings", "resource auth"),
        ),
      ],
      good: [
        tfResource("azurerm_linux_web_app", "auth_settings_v2 {\n  auth_enabled = true\n}", "site_config {}"),
        bicep(
          bicepBlock(
            "Microsoft.Web/sites/config@2023-12-01",
            "shop/authsettings",
            ...inProperties(["enabled: true"]),
          ).replace("resource shop/authsettings", "resource auth"),
        ),
      ],
    },
  },
  {
    id: "iac/azure-app-service-sign-in-not-required",
    aliases: [],
    title: "App Service authentication lets anonymous callers through",
    severity: "medium",
    controls: "strong-authentication",
    why: "Sign-in is configured, yet callers without it are passed on to the app; what the code does not check itself is open.",
    fix: "Set `require_authentication` to true and answer others with a redirect or 401 (Bicep: `globalValidation`).",
    links: [authDocs],
    on: {
      ...on(
        currentApps,
        when(
          value("auth_settings_v2.auth_enabled").is(true),
          all(
            value("auth_settings_v2.require_authentication", { missing: "pass" }).is(true),
            value("auth_settings_v2.unauthenticated_action").not("AllowAnonymous"),
          ),
          "none",
        ),
      ),
      "arm:Microsoft.Web/sites/config": when(
        all(configNamed(/^authsettingsV2$/i), value("properties.platform.enabled").is(true)),
        all(
          value("properties.globalValidation.requireAuthentication", { missing: "pass" }).is(true),
          value("properties.globalValidation.unauthenticatedClientAction").not("AllowAnonymous"),
        ),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_linux_web_app",
          `auth_settings_v2 {\n  auth_enabled           = true\n  unauthenticated_action = "AllowAnonymous"\n}`,
        ),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          "auth_settings_v2 {\n  auth_enabled           = true\n  require_authentication = true\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-web-app-without-identity",
    aliases: ["CKV_AZURE_16", "CKV_AZURE_71", "AVD-AZU-0002"],
    title: "Web app has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of its own the app needs passwords and keys in its settings to reach databases and vaults.",
    fix: "Add an `identity` block with `SystemAssigned` or a user-assigned identity, and grant it what the app needs.",
    links: [identityDocs],
    on: {
      ...on(webApps, value("identity.type").exists()),
      "arm:Microsoft.Web/sites": all(value("identity.type").exists(), value("identity.type").not("None")),
    },
    examples: {
      bad: [tfResource("azurerm_linux_web_app", "site_config {}"), bicepResource(bicepSite, "httpsOnly: true")],
      good: [
        tfResource("azurerm_linux_web_app", `identity {\n  type = "SystemAssigned"\n}`, "site_config {}"),
        bicep(bicepBlock(bicepSite, "shop", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-function-app-without-identity",
    aliases: [],
    title: "Function app has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Without an identity of its own the app needs connection strings in its settings to reach storage, queues and vaults.",
    fix: "Add an `identity` block with `SystemAssigned` or a user-assigned identity.",
    links: [identityDocs],
    on: on(functionApps, value("identity.type").exists()),
    examples: {
      bad: [tfResource("azurerm_linux_function_app", "site_config {}")],
      good: [tfResource("azurerm_linux_function_app", `identity {\n  type = "SystemAssigned"\n}`, "site_config {}")],
    },
  },
  {
    id: "iac/azure-function-app-storage-by-key",
    aliases: [],
    title: "Function app reaches its storage account by an access key",
    severity: "low",
    controls: "workload-identity",
    why: "The key opens the whole account, never expires, and stands in the settings of the app and in the state of Terraform.",
    fix: "Set `storage_uses_managed_identity` to true and grant the app's identity the data roles it needs on the account.",
    links: ["https://learn.microsoft.com/azure/azure-functions/functions-reference"],
    on: on(
      functionApps.filter((key) => /_(?:linux|windows)_/.test(key)),
      not(value("storage_account_access_key").exists()),
    ),
    examples: {
      bad: [
        tfResource(
          "azurerm_linux_function_app",
          `storage_account_name       = "jobs"`,
          `storage_account_access_key = azurerm_storage_account.jobs.primary_access_key`,
        ),
      ],
      good: [
        tfResource(
          "azurerm_linux_function_app",
          `storage_account_name          = "jobs"`,
          "storage_uses_managed_identity = true",
        ),
      ],
    },
  },
  {
    id: "iac/azure-app-service-cors-any-origin",
    aliases: ["CKV_AZURE_57", "CKV_AZURE_62"],
    title: "App lets scripts of every website call it",
    severity: "medium",
    controls: "web-protection",
    why: "Any page that a user opens may call the app from the user's browser and read the answers.",
    fix: "List the origins that need access in `cors.allowed_origins` instead of `*`.",
    links: ["https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api"],
    on: onApps(
      value("site_config.cors.allowed_origins").not("*"),
      value("properties.siteConfig.cors.allowedOrigins").not("*"),
    ),
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `site_config {\n  cors {\n    allowed_origins = ["*"]\n  }\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  cors: {\n    allowedOrigins: ['*']\n  }\n}"),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          `site_config {\n  cors {\n    allowed_origins = ["https://shop.example"]\n  }\n}`,
        ),
        bicepResource(bicepSite, "siteConfig: {\n  cors: {\n    allowedOrigins: ['https://shop.example']\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-public-network-access",
    aliases: ["CKV_AZURE_221", "CKV_AZURE_222"],
    title: "App is reachable from the public network",
    severity: "low",
    controls: "network-exposure",
    why: "Everybody on the internet can try the app; whatever stands before it (gateway, firewall) can be passed by.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled) and use a private endpoint, unless the app is meant for the public.",
    links: ["https://learn.microsoft.com/azure/app-service/networking-features"],
    on: {
      ...on(currentApps, value("public_network_access_enabled").is(false)),
      ...on(armApps, value("properties.publicNetworkAccess").is("Disabled")),
      "arm:Microsoft.Web/sites/config": value("properties.publicNetworkAccess").not("Enabled"),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {}"),
        bicepResource(bicepSite, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", "public_network_access_enabled = false", "site_config {}"),
        bicepResource(bicepSite, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-remote-debugging",
    aliases: ["CKV_AZURE_72", "CKV_AZURE_155"],
    title: "Remote debugging of the app is on",
    severity: "medium",
    controls: "workload-hardening",
    why: "A debugger's port is open on the running app: whoever gets in reads its memory, secrets included, and runs code in it.",
    fix: "Set `remote_debugging_enabled` (Bicep: `remoteDebuggingEnabled`) to false.",
    links: ["https://learn.microsoft.com/azure/app-service/configure-common"],
    on: onApps(
      value("site_config.remote_debugging_enabled").not(true),
      value("properties.siteConfig.remoteDebuggingEnabled", { missing: "pass" }).is(false),
    ),
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {\n  remote_debugging_enabled = true\n}"),
        bicepResource(bicepSite, "siteConfig: {\n  remoteDebuggingEnabled: true\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", "site_config {\n  remote_debugging_enabled = false\n}"),
        bicepResource(bicepSite, "siteConfig: {\n  remoteDebuggingEnabled: false\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-basic-publishing-credentials",
    aliases: [],
    title: "App can be deployed to with a user name and password",
    severity: "low",
    controls: "strong-authentication",
    why: "Publishing credentials are shared, have no second factor and leave no name in the logs; whoever has them replaces the code.",
    fix: "Set `webdeploy_publish_basic_authentication_enabled` and `ftp_publish_basic_authentication_enabled` to false (Bicep: `basicPublishingCredentialsPolicies` scm and ftp with `allow: false`).",
    links: ["https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable"],
    on: {
      ...on(
        currentApps.filter((key) => !key.endsWith("function_app_slot")),
        all(
          value("webdeploy_publish_basic_authentication_enabled").is(false),
          value("ftp_publish_basic_authentication_enabled").is(false),
        ),
      ),
      "arm:Microsoft.Web/sites/basicPublishingCredentialsPolicies": value("properties.allow").is(false),
      "arm:Microsoft.Web/sites": connected("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {}"),
        bicep(
          bicepBlock(bicepSite, "shop") +
            "resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {\n  parent: shop\n  name: 'scm'\n  properties: {\n    allow: true\n  }\n}\n",
        ),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          "webdeploy_publish_basic_authentication_enabled = false",
          "ftp_publish_basic_authentication_enabled       = false",
        ),
        bicep(
          bicepBlock(bicepSite, "shop") +
            "resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {\n  parent: shop\n  name: 'scm'\n  properties: {\n    allow: false\n  }\n}\n",
        ),
      ],
    },
  },
  {
    id: "iac/azure-app-service-network-bypasses-private-network",
    aliases: [],
    title: "App joined to a private network sends part of its traffic around it",
    severity: "low",
    controls: "network-segmentation",
    why: "Only calls to private addresses take the virtual network; all others leave directly, past firewall rules and flow logs.",
    fix: "Set `vnet_route_all_enabled` (Bicep: `vnetRouteAllEnabled`) to true.",
    links: ["https://learn.microsoft.com/azure/app-service/overview-vnet-integration"],
    on: {
      ...on(
        currentApps,
        when(value("virtual_network_subnet_id").exists(), value("site_config.vnet_route_all_enabled").is(true), "none"),
      ),
      ...on(
        armApps,
        when(
          value("properties.virtualNetworkSubnetId").exists(),
          anyOf(
            value(["properties.vnetRouteAllEnabled", "properties.siteConfig.vnetRouteAllEnabled"]).is(true),
            value("properties.outboundVnetRouting.allTraffic").is(true),
          ),
          "none",
        ),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "virtual_network_subnet_id = azurerm_subnet.apps.id", "site_config {}"),
        bicepResource(bicepSite, "virtualNetworkSubnetId: '/subscriptions/x/subnets/apps'"),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          "virtual_network_subnet_id = azurerm_subnet.apps.id",
          "site_config {\n  vnet_route_all_enabled = true\n}",
        ),
        bicepResource(
          bicepSite,
          "virtualNetworkSubnetId: '/subscriptions/x/subnets/apps'",
          "vnetRouteAllEnabled: true",
        ),
      ],
    },
  },
  {
    id: "iac/azure-app-service-deployment-site-open",
    aliases: [],
    title: "Deployment site of the app is open where the app itself is not",
    severity: "medium",
    controls: "network-exposure",
    why: "The app lets only some addresses in, but its deployment site, through which its code is replaced, lets in everybody.",
    fix: "Set `scm_use_main_ip_restriction` (Bicep: `scmIpSecurityRestrictionsUseMain`) to true.",
    links: ["https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions"],
    on: {
      ...on(
        currentApps,
        when(
          value("site_config.ip_restriction_default_action").is("Deny"),
          anyOf(
            value("site_config.scm_use_main_ip_restriction").is(true),
            value("site_config.scm_ip_restriction_default_action").is("Deny"),
          ),
          "none",
        ),
      ),
      ...on(
        armApps,
        when(
          value("properties.siteConfig.ipSecurityRestrictionsDefaultAction").is("Deny"),
          anyOf(
            value("properties.siteConfig.scmIpSecurityRestrictionsUseMain").is(true),
            value("properties.siteConfig.scmIpSecurityRestrictionsDefaultAction").is("Deny"),
          ),
          "none",
        ),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `site_config {\n  ip_restriction_default_action = "Deny"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  ipSecurityRestrictionsDefaultAction: 'Deny'\n}"),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          `site_config {\n  ip_restriction_default_action = "Deny"\n  scm_use_main_ip_restriction   = true\n}`,
        ),
        bicepResource(
          bicepSite,
          "siteConfig: {\n  ipSecurityRestrictionsDefaultAction: 'Deny'\n  scmIpSecurityRestrictionsUseMain: true\n}",
        ),
      ],
    },
  },
];
