/** Secrets in the settings of applications on Azure: App Service and Container Apps. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { all, type Condition, check, nodesAt, value, when } from "../../condition.ts";
import { armApps, configNamed, functionApps, webAppSlots, webApps } from "../../families/azure-app-service.ts";
import { bicepBlock, bicepResource, inProperties, tfResource } from "../../families/examples.ts";
import { isSecretName, isWrittenSecret } from "../../families/secret-names.ts";
import { bicep, on, type Policy } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt } from "../../verdict.ts";

interface NamedValue {
  readonly name: string;
  readonly node: Node;
}

/** `{ DB_PASSWORD = "..." }` */
function noSecretInMap(path: string): Condition {
  return noSecret(path, (node) =>
    node.is === "block"
      ? node.keys().flatMap((name) => itemsOf(child(node, name)).map((value) => ({ name, node: value })))
      : [],
  );
}

/** `[{ name: 'DB_PASSWORD', value: '...' }]` */
function noSecretInList(path: string): Condition {
  return noSecret(path, (node) => {
    const name = plainOf(child(node, "name"));
    const value = child(node, "value");
    return value && typeof name === "string" ? [{ name, node: value }] : [];
  });
}

/** What is not known is not written out. */
function noSecret(path: string, namedIn: (node: Node) => readonly NamedValue[]): Condition {
  return check((_, node) => {
    const found = nodesAt(node, path)
      .flatMap(namedIn)
      .find(({ name, node: value }) => {
        const written = plainOf(value);
        return typeof written === "string" && isSecretName(name) && isWrittenSecret(written);
      });
    return found ? failAt(found.node, `the value of ${found.name} is written out`) : passAt(node.at);
  });
}

const references = "https://learn.microsoft.com/azure/app-service/app-service-key-vault-references";
const allApps = [...webApps, ...webAppSlots, ...functionApps];
const bicepSite = "Microsoft.Web/sites@2023-12-01";

/** Passwords and keys as connection strings have them; references to Key Vault have none. */
const withoutPassword = (path: string): Condition =>
  value(path).notMatches(/(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*[^;{$@\s]{4,}/i);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-app-service-secret-in-settings",
    aliases: [],
    title: "Secret of the app is written in its settings",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository or the state of Terraform has it, and so has everybody who may look at the app.",
    fix: "Keep the secret in Key Vault, give the app a reference (`@Microsoft.KeyVault(...)`) and an identity, and change the secret: it is known.",
    links: [references],
    on: {
      ...on(allApps, noSecretInMap("app_settings")),
      ...on(armApps, noSecretInList("properties.siteConfig.appSettings")),
      "arm:Microsoft.Web/sites/config": when(configNamed(/^appsettings$/i), noSecretInMap("properties"), "none"),
    },
    examples: {
      bad: [
        tfResource("azurerm_linux_web_app", `app_settings = {\n  DB_PASSWORD = "not-so-secret"\n}`),
        bicepResource(
          bicepSite,
          "siteConfig: {\n  appSettings: [\n    {\n      name: 'DB_PASSWORD'\n      value: 'not-so-secret'\n    }\n  ]\n}",
        ),
        bicep(
          bicepBlock(
            "Microsoft.Web/sites/config@2023-12-01",
            "appsettings",
            ...inProperties(["DB_PASSWORD: 'not-so-secret'"]),
          ),
        ),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          `app_settings = {\n  DB_PASSWORD = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/db)"\n  DB_HOST     = "db.example"\n}`,
        ),
        bicepResource(
          bicepSite,
          "siteConfig: {\n  appSettings: [\n    {\n      name: 'DB_HOST'\n      value: 'db.example'\n    }\n  ]\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-app-service-password-in-connection-string",
    aliases: [],
    title: "Connection string of the app holds a password",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository or the state of Terraform can open the database or the account.",
    fix: "Connect with the identity of the app, or give a reference to Key Vault, and change the password: it is known.",
    links: [references],
    on: {
      ...on(allApps, withoutPassword("connection_string.value")),
      ...on(armApps, withoutPassword("properties.siteConfig.connectionStrings.connectionString")),
      "arm:Microsoft.Web/sites/config": when(
        configNamed(/^connectionstrings$/i),
        withoutPassword("properties.*.value"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_linux_web_app",
          `connection_string {\n  name  = "db"\n  type  = "SQLAzure"\n  value = "Server=db.example;User ID=shop;Password=not-so-secret;"\n}`,
        ),
        bicepResource(
          bicepSite,
          "siteConfig: {\n  connectionStrings: [\n    {\n      name: 'db'\n      connectionString: 'Server=db.example;User ID=shop;Password=not-so-secret;'\n    }\n  ]\n}",
        ),
      ],
      good: [
        tfResource(
          "azurerm_linux_web_app",
          `connection_string {\n  name  = "db"\n  type  = "SQLAzure"\n  value = "Server=db.example;Authentication=Active Directory Default;"\n}`,
        ),
        bicepResource(
          bicepSite,
          "siteConfig: {\n  connectionStrings: [\n    {\n      name: 'db'\n      connectionString: 'Server=db.example;Authentication=Active Directory Default;'\n    }\n  ]\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-container-app-secret-in-environment",
    aliases: [],
    title: "Secret of a container app is written in an environment variable",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository has it, and so has everybody who may look at the app.",
    fix: "Define a secret that comes from Key Vault, and name it in the variable by `secret_name` (Bicep: `secretRef`).",
    links: ["https://learn.microsoft.com/azure/container-apps/manage-secrets"],
    on: {
      ...on(
        ["tf:azurerm_container_app", "tf:azurerm_container_app_job"],
        all(noSecretInList("template.container.env"), noSecretInList("template.init_container.env")),
      ),
      ...on(
        ["arm:Microsoft.App/containerApps", "arm:Microsoft.App/jobs"],
        all(
          noSecretInList("properties.template.containers.env"),
          noSecretInList("properties.template.initContainers.env"),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_container_app",
          `template {\n  container {\n    env {\n      name  = "DB_PASSWORD"\n      value = "not-so-secret"\n    }\n  }\n}`,
        ),
        bicepResource(
          "Microsoft.App/containerApps@2024-03-01",
          "template: {\n  containers: [\n    {\n      name: 'web'\n      env: [\n        {\n          name: 'DB_PASSWORD'\n          value: 'not-so-secret'\n        }\n      ]\n    }\n  ]\n}",
        ),
      ],
      good: [
        tfResource(
          "azurerm_container_app",
          `template {\n  container {\n    env {\n      name        = "DB_PASSWORD"\n      secret_name = "db"\n    }\n  }\n}`,
        ),
        bicepResource(
          "Microsoft.App/containerApps@2024-03-01",
          "template: {\n  containers: [\n    {\n      name: 'web'\n      env: [\n        {\n          name: 'DB_PASSWORD'\n          secretRef: 'db'\n        }\n      ]\n    }\n  ]\n}",
        ),
      ],
    },
  },
];
