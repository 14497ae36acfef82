/** Template functions that tell where a template is deployed. Suffixes are those of the public cloud; the rest is unknown. */
import type { Node } from "../../node.ts";
import { type Call, type FunctionTable, misfit, values } from "../call.ts";
import { concatenated } from "../concatenated.ts";
import { scopeIds } from "../resource-id.ts";
import { nodeOf, objectOf, scalarOf, unknownOf } from "../values.ts";

export const scopeFunctions: FunctionTable = {
  resourcegroup: (call) =>
    surroundings(call, { id: scopeIds.resourceGroup, type: "Microsoft.Resources/resourceGroups" }, [
      "name",
      "location",
    ]),
  subscription: (call) =>
    surroundings(call, { id: scopeIds.subscription }, ["subscriptionId", "tenantId", "displayName"]),
  managementgroup: (call) =>
    surroundings(call, { id: scopeIds.managementGroup, type: "Microsoft.Management/managementGroups" }, ["name"]),
  tenant: (call) => surroundings(call, {}, ["tenantId", "countryCode", "displayName"]),
  deployer: (call) => surroundings(call, {}, ["objectId", "tenantId", "userPrincipalName"]),
  deployment: (call) => surroundings(call, {}, ["name", "location", "properties"]),
  environment: (call) => nodeOf(call.at, publicCloud),
  externalinputs: (call) => unknownOf(call.at, "an input that is given where it is deployed"),
  fail: (call) => unknownOf(call.at, "the template gives up here"),
  getsecret: (call) => unknownOf(call.at, "a secret of a key vault"),
};

/** Arguments lead to another group or subscription. */
function surroundings(call: Call, known: Readonly<Record<string, string>>, unknown: readonly string[]): Node {
  const given = values(call);
  if (given.length < call.args.length) return misfit(call);
  const reason = `where it is deployed is not written in the template: ${call.name}()`;
  if (given.length > 0) return elsewhere(given, call, reason);
  return objectOf(
    call.at,
    [
      ...Object.entries(known).map(([key, value]) => [key, scalarOf(call.at, value)] as const),
      ...unknown.map((key) => [key, unknownOf(call.at, reason, { text: `\${${call.name}().${key}}` })] as const),
    ],
    reason,
  );
}

/** `resourceGroup('group')`, `resourceGroup('subscription', 'group')`, `subscription('id')`, `managementGroup('name')` */
function elsewhere(given: readonly Node[], { name, at }: Call, reason: string): Node {
  const text = (value: string) => scalarOf(at, value);
  const [first, second] = given;
  if (!first) return unknownOf(at, reason);
  switch (name.toLowerCase()) {
    case "resourcegroup": {
      const start = second ? [text("/subscriptions/"), first] : [text(scopeIds.subscription)];
      const group = second ?? first;
      return objectOf(
        at,
        [
          ["id", concatenated([...start, text("/resourceGroups/"), group], at)],
          ["name", group],
        ],
        reason,
      );
    }
    case "subscription":
      return objectOf(
        at,
        [
          ["id", concatenated([text("/subscriptions/"), first], at)],
          ["subscriptionId", first],
        ],
        reason,
      );
    case "managementgroup": {
      const start = text("/providers/Microsoft.Management/managementGroups/");
      return objectOf(
        at,
        [
          ["id", concatenated([start, first], at)],
          ["name", first],
        ],
        reason,
      );
    }
    default:
      return unknownOf(at, reason);
  }
}

const publicCloud = {
  name: "AzureCloud",
  gallery: "https://gallery.azure.com/",
  graph: "https://graph.windows.net/",
  portal: "https://portal.azure.com",
  graphAudience: "https://graph.windows.net/",
  activeDirectoryDataLake: "https://datalake.azure.net/",
  batch: "https://batch.core.windows.net/",
  media: "https://rest.media.azure.net",
  sqlManagement: "https://management.core.windows.net:8443/",
  vmImageAliasDoc:
    "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json",
  resourceManager: "https://management.azure.com/",
  authentication: {
    loginEndpoint: "https://login.microsoftonline.com/",
    audiences: ["https://management.core.windows.net/", "https://management.azure.com/"],
    tenant: "common",
    identityProvider: "AAD",
  },
  suffixes: {
    acrLoginServer: ".azurecr.io",
    azureDatalakeAnalyticsCatalogAndJob: "azuredatalakeanalytics.net",
    azureDatalakeStore: "azuredatalakestore.net",
    azureFrontDoorEndpointSuffix: "azurefd.net",
    keyvaultDns: ".vault.azure.net",
    sqlServerHostname: ".database.windows.net",
    storage: "core.windows.net",
  },
};
