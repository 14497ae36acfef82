/** Azure SQL Managed Instance: how it is reached and how people sign in. */
import { anyOf, connected, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const instance = "azurerm_mssql_managed_instance";
const bicepInstance = "Microsoft.Sql/managedInstances@2023-08-01";
const named = `name = "orders"`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-sql-instance-public-endpoint",
    aliases: [],
    title: "SQL managed instance has a public endpoint",
    severity: "high",
    controls: "network-exposure",
    why: "The databases answer on the internet on port 3342; a guessed password is enough.",
    fix: "Set `public_data_endpoint_enabled` (Bicep: `publicDataEndpointEnabled`) to false.",
    links: ["https://learn.microsoft.com/azure/azure-sql/managed-instance/public-endpoint-configure"],
    on: {
      "tf:azurerm_mssql_managed_instance": value("public_data_endpoint_enabled").not(true),
      "arm:Microsoft.Sql/managedInstances": value("properties.publicDataEndpointEnabled").not(true),
    },
    examples: {
      bad: [
        tfResource(instance, named, "public_data_endpoint_enabled = true"),
        bicepResource(bicepInstance, "publicDataEndpointEnabled: true"),
      ],
      good: [
        tfResource(instance, named, "public_data_endpoint_enabled = false"),
        bicepResource(bicepInstance, "publicDataEndpointEnabled: false"),
      ],
    },
  },
  {
    id: "iac/azure-sql-instance-allows-old-tls",
    aliases: [],
    title: "SQL managed instance accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set `minimum_tls_version` (Bicep: `minimalTlsVersion`) to 1.2.",
    links: ["https://learn.microsoft.com/azure/azure-sql/managed-instance/minimal-tls-version-configure"],
    on: {
      "tf:azurerm_mssql_managed_instance": value("minimum_tls_version", { missing: "pass" }).oneOf("1.2", "1.3"),
      "arm:Microsoft.Sql/managedInstances": value("properties.minimalTlsVersion", { missing: "pass" }).oneOf(
        "1.2",
        "1.3",
      ),
    },
    examples: {
      bad: [
        tfResource(instance, named, `minimum_tls_version = "1.0"`),
        bicepResource(bicepInstance, "minimalTlsVersion: '1.0'"),
      ],
      good: [
        tfResource(instance, named, `minimum_tls_version = "1.2"`),
        bicepResource(bicepInstance, "minimalTlsVersion: '1.2'"),
      ],
    },
  },
  {
    id: "iac/azure-sql-instance-allows-passwords",
    aliases: [],
    title: "SQL managed instance lets people in with passwords",
    severity: "low",
    controls: "strong-authentication",
    why: "Passwords of SQL logins are guessed, shared and kept in configuration; Microsoft Entra ID cannot block them.",
    fix: "Name an administrator from Microsoft Entra ID and allow that kind of sign-in only.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-only-authentication"],
    on: {
      "tf:azurerm_mssql_managed_instance": anyOf(
        value("azure_active_directory_administrator.azuread_authentication_only_enabled").is(true),
        connected(
          "azurerm_mssql_managed_instance_active_directory_administrator",
          value("azuread_authentication_only", { edit: false }).is(true),
        ),
      ),
      "arm:Microsoft.Sql/managedInstances": anyOf(
        value("properties.administrators.azureADOnlyAuthentication").is(true),
        connected(
          "Microsoft.Sql/managedInstances/azureADOnlyAuthentications",
          value("properties.azureADOnlyAuthentication", { edit: false }).is(true),
        ),
      ),
    },
    examples: {
      bad: [tfResource(instance, named), bicepResource(bicepInstance, "administratorLogin: 'sqladmin'")],
      good: [
        tfResource(
          instance,
          named,
          "azure_active_directory_administrator {\n  azuread_authentication_only_enabled = true\n}",
        ),
        bicepResource(bicepInstance, "administrators: {\n  azureADOnlyAuthentication: true\n}"),
      ],
    },
  },
];
