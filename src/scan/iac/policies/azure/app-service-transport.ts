/** Azure App Service: how data travels to web apps, function apps and their slots. */
import { all, any, type Condition, value, when } from "../../condition.ts";
import {
  armApps,
  currentApps,
  functionApps,
  onApps,
  siteSetting,
  webAppSlots,
  webApps,
} from "../../families/azure-app-service.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Path } from "../../locate.ts";
import { on, type Policy } from "../../policy.ts";

const bicepSite = "Microsoft.Web/sites@2023-12-01";
const tlsDocs = "https://learn.microsoft.com/azure/app-service/overview-tls";

const currentTls = (path: Path): Condition => value(path, { edit: "1.2" }).oneOf("1.2", "1.3");
const notOldTls = (path: Path): Condition => value(path, { missing: "pass", edit: "1.2" }).oneOf("1.2", "1.3");
const terraformTls = ["site_config.minimum_tls_version", "site_config.min_tls_version"];
const notPlainFtp = (path: Path): Condition => value(path).oneOf("Disabled", "FtpsOnly");

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-app-service-allows-http",
    aliases: ["CKV_AZURE_14", "CKV_AZURE_70", "CKV_AZURE_153", "AVD-AZU-0004"],
    title: "App answers over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Passwords, cookies and data of whoever calls the app by http:// can be read and changed on the way.",
    fix: "Set `https_only` (Bicep: `httpsOnly`) to true; calls over HTTP are then redirected.",
    links: ["https://learn.microsoft.com/azure/app-service/configure-ssl-bindings"],
    on: {
      ...on([...webApps, ...webAppSlots], value("https_only").is(true)),
      ...on(
        functionApps,
        all(value("https_only").is(true), value("auth_settings_v2.require_https", { missing: "pass" }).is(true)),
      ),
      ...on(armApps, value("properties.httpsOnly").is(true)),
      "arm:Microsoft.Web/sites/config": value("properties.httpSettings.requireHttps", { missing: "pass" }).is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `name = "shop"`, "site_config {}"),
        tfResource("azurerm_windows_function_app", "https_only = false"),
        bicepResource(bicepSite, "httpsOnly: false"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", `name       = "shop"`, "https_only = true", "site_config {}"),
        bicepResource(bicepSite, "httpsOnly: true"),
      ],
    },
  },
  {
    id: "iac/azure-web-app-tls-not-demanded",
    aliases: ["CKV_AZURE_15", "AVD-AZU-0006"],
    title: "Web app does not demand TLS 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; an app that was created with them keeps them until its template says otherwise.",
    fix: "Set `minimum_tls_version` (Bicep: `minTlsVersion` in `siteConfig`) to 1.2 or 1.3.",
    links: [tlsDocs],
    on: {
      ...on(webApps, notOldTls(terraformTls)),
      "arm:Microsoft.Web/sites": siteSetting("minTlsVersion", currentTls),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `site_config {\n  minimum_tls_version = "1.1"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  minTlsVersion: '1.0'\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", `site_config {\n  minimum_tls_version = "1.2"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  minTlsVersion: '1.2'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-function-app-allows-old-tls",
    aliases: ["CKV_AZURE_145", "CKV_AZURE_154"],
    title: "Function app or slot accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what callers send.",
    fix: "Set `minimum_tls_version` (Bicep: `minTlsVersion` in `siteConfig`) to 1.2 or 1.3.",
    links: [tlsDocs],
    on: {
      ...on([...functionApps, ...webAppSlots], notOldTls(terraformTls)),
      ...on(armApps, notOldTls("properties.siteConfig.minTlsVersion")),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_function_app", `site_config {\n  minimum_tls_version = "1.0"\n}`),
        tfResource("azurerm_app_service_slot", `site_config {\n  min_tls_version = "1.1"\n}`),
        bicepResource("Microsoft.Web/sites/slots@2023-12-01", "siteConfig: {\n  minTlsVersion: '1.1'\n}"),
      ],
      good: [
        tfResource("azurerm_linux_function_app", `site_config {\n  minimum_tls_version = "1.3"\n}`),
        bicepResource("Microsoft.Web/sites/slots@2023-12-01", "siteConfig: {\n  minTlsVersion: '1.2'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-scm-allows-old-tls",
    aliases: [],
    title: "Deployment site of the app accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "The deployment site (SCM) takes credentials and code; its TLS version is a setting apart from that of the app.",
    fix: "Set `scm_minimum_tls_version` (Bicep: `scmMinTlsVersion`) to 1.2.",
    links: [tlsDocs],
    on: onApps(notOldTls("site_config.scm_minimum_tls_version"), notOldTls("properties.siteConfig.scmMinTlsVersion")),
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `site_config {\n  scm_minimum_tls_version = "1.0"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  scmMinTlsVersion: '1.0'\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", `site_config {\n  scm_minimum_tls_version = "1.2"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  scmMinTlsVersion: '1.2'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-web-app-allows-ftp",
    aliases: ["CKV_AZURE_78"],
    title: "Web app can be deployed to over unencrypted FTP",
    severity: "high",
    controls: "encryption-in-transit",
    why: "FTP sends the deployment password in clear; whoever reads it replaces the code of the app.",
    fix: "Set `ftps_state` (Bicep: `ftpsState`) to Disabled, or to FtpsOnly if somebody still deploys that way.",
    links: ["https://learn.microsoft.com/azure/app-service/deploy-ftp"],
    on: {
      ...on(webApps, any("site_config", notPlainFtp("ftps_state"))),
      "arm:Microsoft.Web/sites": siteSetting("ftpsState", notPlainFtp),
    },
    examples: {
      bad: [
        tfResource("azurerm_app_service", `site_config {\n  ftps_state = "AllAllowed"\n}`),
        tfResource("azurerm_linux_web_app", "site_config {\n  http2_enabled = true\n}"),
        tfResource("azurerm_windows_web_app", `name = "app"`),
        bicepResource(bicepSite, "siteConfig: {\n  http20Enabled: true\n}"),
        bicepResource(bicepSite, "siteConfig: {\n  ftpsState: 'AllAllowed'\n}"),
      ],
      good: [
        tfResource("azurerm_app_service", `site_config {\n  ftps_state = "Disabled"\n}`),
        tfResource("azurerm_linux_web_app", `site_config {\n  ftps_state = "FtpsOnly"\n}`),
        tfResource("azurerm_windows_web_app", `site_config {\n  ftps_state = "Disabled"\n}`),
        bicepResource(bicepSite, "siteConfig: {\n  ftpsState: 'Disabled'\n}"),
        bicepResource(bicepSite, "siteConfig: {\n  ftpsState: 'FtpsOnly'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-function-app-allows-ftp",
    aliases: [],
    title: "Function app or slot can be deployed to over unencrypted FTP",
    severity: "high",
    controls: "encryption-in-transit",
    why: "FTP sends the deployment password in clear; whoever reads it replaces the code that runs with the app's identity.",
    fix: "Set `ftps_state` (Bicep: `ftpsState`) to Disabled.",
    links: ["https://learn.microsoft.com/azure/app-service/deploy-ftp"],
    on: {
      ...on([...functionApps, ...webAppSlots], value("site_config.ftps_state").not("AllAllowed")),
      "arm:Microsoft.Web/sites/slots": value("properties.siteConfig.ftpsState").not("AllAllowed"),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_function_app", `site_config {\n  ftps_state = "AllAllowed"\n}`),
        bicepResource("Microsoft.Web/sites/slots@2023-12-01", "siteConfig: {\n  ftpsState: 'AllAllowed'\n}"),
      ],
      good: [
        tfResource("azurerm_linux_function_app", `site_config {\n  ftps_state = "Disabled"\n}`),
        bicepResource("Microsoft.Web/sites/slots@2023-12-01", "siteConfig: {\n  ftpsState: 'Disabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-without-http2",
    aliases: ["CKV_AZURE_18", "CKV_AZURE_67", "AVD-AZU-0005"],
    title: "App does not offer HTTP/2",
    severity: "low",
    controls: "encryption-in-transit",
    why: "HTTP/1.1 is slower and open to request smuggling between proxies, which HTTP/2 from end to end avoids.",
    fix: "Set `http2_enabled` (Bicep: `http20Enabled`) in the site configuration to true.",
    links: ["https://learn.microsoft.com/azure/app-service/configure-common"],
    on: onApps(
      any("site_config", value("http2_enabled").is(true)),
      siteSetting("http20Enabled", (path) => value(path).is(true)),
    ),
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {}"),
        bicepResource(bicepSite, "siteConfig: {\n  http20Enabled: false\n}"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", "site_config {\n  http2_enabled = true\n}"),
        bicepResource(bicepSite, "siteConfig: {\n  http20Enabled: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-web-app-without-client-certificates",
    aliases: ["CKV_AZURE_17", "AVD-AZU-0001"],
    title: "Web app does not ask callers for a certificate",
    severity: "low",
    controls: "strong-authentication",
    why: "Where only known machines call, a client certificate keeps out everybody who merely found or stole a password.",
    fix: "Set `client_certificate_enabled` (Bicep: `clientCertEnabled`) to true, for apps that browsers of the public do not use.",
    links: ["https://learn.microsoft.com/azure/app-service/app-service-web-configure-tls-mutual-auth"],
    on: {
      ...on(webApps, value(["client_certificate_enabled", "client_cert_enabled"], { edit: false }).is(true)),
      "arm:Microsoft.Web/sites": value("properties.clientCertEnabled", { edit: false }).is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", "site_config {}"),
        bicepResource(bicepSite, "clientCertEnabled: false"),
      ],
      good: [
        tfResource("azurerm_linux_web_app", "client_certificate_enabled = true", "site_config {}"),
        bicepResource(bicepSite, "clientCertEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-app-service-client-certificate-optional",
    aliases: [],
    title: "App asks for a client certificate but serves callers without one",
    severity: "medium",
    controls: "strong-authentication",
    why: "With an optional certificate everything depends on the code that checks it; callers who send none are let through to it.",
    fix: "Set `client_certificate_mode` (Bicep: `clientCertMode`) to Required.",
    links: ["https://learn.microsoft.com/azure/app-service/app-service-web-configure-tls-mutual-auth"],
    on: {
      ...on(
        currentApps,
        when(
          value("client_certificate_enabled").is(true),
          value("client_certificate_mode", { missing: "pass", edit: "Required" }).is("Required"),
          "none",
        ),
      ),
      ...on(
        armApps,
        when(
          value("properties.clientCertEnabled").is(true),
          value("properties.clientCertMode", { missing: "pass", edit: "Required" }).is("Required"),
          "none",
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_linux_web_app",
          "client_certificate_enabled = true",
          `client_certificate_mode    = "Optional"`,
        ),
        bicepResource(bicepSite, "clientCertEnabled: true", "clientCertMode: 'OptionalInteractiveUser'"),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          "client_certificate_enabled = true",
          `client_certificate_mode    = "Required"`,
        ),
        bicepResource(bicepSite, "clientCertEnabled: true", "clientCertMode: 'Required'"),
      ],
    },
  },
];
