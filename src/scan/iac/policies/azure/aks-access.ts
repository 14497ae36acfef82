/** Azure Kubernetes Service: who reaches the API of a cluster, and as whom. */
import { all, anyOf, type Condition, not, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const cluster = "azurerm_kubernetes_cluster";
const bicepCluster = "Microsoft.ContainerService/managedClusters@2024-05-01";
const apiDocs = "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges";
const identityDocs = "https://learn.microsoft.com/azure/aks/managed-azure-ad";

const isPrivate = value("private_cluster_enabled", { edit: false }).is(true);
const isPrivateInArm = value("properties.apiServerAccessProfile.enablePrivateCluster", { edit: false }).is(true);
const ranges = ["api_server_access_profile.authorized_ip_ranges", "api_server_authorized_ip_ranges"];
const rangesInArm = ["properties.apiServerAccessProfile.authorizedIPRanges", "properties.apiServerAuthorizedIPRanges"];
const notEverybody = (path: readonly string[]): Condition => value(path).notMatches(/\/0$/);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-aks-api-open-to-all",
    aliases: ["CKV_AZURE_6", "AVD-AZU-0041"],
    title: "API server of the cluster takes connections from every address",
    severity: "medium",
    controls: "network-exposure",
    why: "Anybody on the internet can try stolen credentials and the next hole of Kubernetes against the heart of the cluster.",
    fix: "List the addresses of administrators and pipelines in `api_server_access_profile.authorized_ip_ranges` (Bicep: `authorizedIPRanges`), or make the cluster private.",
    links: [apiDocs],
    on: {
      "tf:azurerm_kubernetes_cluster": anyOf(value(ranges).exists(), isPrivate),
      "arm:Microsoft.ContainerService/managedClusters": anyOf(value(rangesInArm).exists(), isPrivateInArm),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, `api_server_access_profile {\n  authorized_ip_ranges = ["198.51.100.0/24"]\n}`),
        bicepResource(bicepCluster, "apiServerAccessProfile: {\n  authorizedIPRanges: ['198.51.100.0/24']\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-authorized-range-is-everything",
    aliases: [],
    title: "Authorized address range of the cluster's API is the whole internet",
    severity: "high",
    controls: "network-exposure",
    why: "A range of /0 has the look of a restriction and the effect of none.",
    fix: "Replace the range with the addresses from which administrators and pipelines really come.",
    links: [apiDocs],
    on: {
      "tf:azurerm_kubernetes_cluster": when(value(ranges).exists(), notEverybody(ranges), "none"),
      "arm:Microsoft.ContainerService/managedClusters": when(
        value(rangesInArm).exists(),
        notEverybody(rangesInArm),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, `api_server_access_profile {\n  authorized_ip_ranges = ["0.0.0.0/0"]\n}`),
        bicepResource(bicepCluster, "apiServerAccessProfile: {\n  authorizedIPRanges: ['0.0.0.0/0']\n}"),
      ],
      good: [
        tfResource(cluster, `api_server_access_profile {\n  authorized_ip_ranges = ["198.51.100.0/24"]\n}`),
        bicepResource(bicepCluster, "apiServerAccessProfile: {\n  authorizedIPRanges: ['198.51.100.0/24']\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-not-private",
    aliases: ["CKV_AZURE_115", "AVD-AZU-0065"],
    title: "API server of the cluster has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "The API can be reached, probed and flooded from the internet; in a private cluster only the own network reaches it.",
    fix: "Create the cluster with `private_cluster_enabled = true` (Bicep: `enablePrivateCluster`); it cannot be changed later.",
    links: ["https://learn.microsoft.com/azure/aks/private-clusters"],
    on: {
      "tf:azurerm_kubernetes_cluster": isPrivate,
      "arm:Microsoft.ContainerService/managedClusters": isPrivateInArm,
    },
    examples: {
      bad: [tfResource(cluster, "private_cluster_enabled = false"), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, "private_cluster_enabled = true"),
        bicepResource(bicepCluster, "apiServerAccessProfile: {\n  enablePrivateCluster: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-rbac",
    aliases: ["CKV_AZURE_5", "AVD-AZU-0042"],
    title: "Role-based access control of the cluster is off",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever gets into the cluster, or into one pod with a token, may do everything in it.",
    fix: "Set `role_based_access_control_enabled` (Bicep: `enableRBAC`) to true; a cluster must be created anew for it.",
    links: ["https://learn.microsoft.com/azure/aks/concepts-identity"],
    on: {
      "tf:azurerm_kubernetes_cluster": value(
        ["role_based_access_control_enabled", "role_based_access_control.enabled"],
        { missing: "pass", edit: false },
      ).is(true),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.enableRBAC", { edit: false }).is(true),
    },
    examples: {
      bad: [
        tfResource(cluster, "role_based_access_control_enabled = false"),
        bicepResource(bicepCluster, "enableRBAC: false"),
      ],
      good: [
        tfResource(cluster, "role_based_access_control_enabled = true"),
        bicepResource(bicepCluster, "enableRBAC: true"),
      ],
    },
  },
  {
    id: "iac/azure-aks-local-accounts",
    aliases: ["CKV_AZURE_141"],
    title: "Cluster has local administrator accounts",
    severity: "medium",
    controls: "strong-authentication",
    why: "The local admin certificate passes by Entra ID: no second factor, no name in the logs, and it lives on when people leave.",
    fix: "Set `local_account_disabled` (Bicep: `disableLocalAccounts`) to true, with Entra ID configured for sign-in.",
    links: ["https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("local_account_disabled", { edit: false }).is(true),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.disableLocalAccounts", { edit: false }).is(
        true,
      ),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "disableLocalAccounts: false")],
      good: [
        tfResource(cluster, "local_account_disabled = true"),
        bicepResource(bicepCluster, "disableLocalAccounts: true"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-entra-id",
    aliases: [],
    title: "Cluster does not use Entra ID for sign-in",
    severity: "medium",
    controls: "strong-authentication",
    why: "Administrators work with certificates that cannot be revoked one by one and ask for no second factor.",
    fix: "Add `azure_active_directory_role_based_access_control` (Bicep: `aadProfile` with `managed: true`) and name the groups of administrators.",
    links: [identityDocs],
    on: {
      "tf:azurerm_kubernetes_cluster": anyOf(
        value("azure_active_directory_role_based_access_control").exists(),
        value("role_based_access_control.azure_active_directory").exists(),
      ),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.aadProfile").exists(),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, "azure_active_directory_role_based_access_control {\n  azure_rbac_enabled = true\n}"),
        bicepResource(bicepCluster, "aadProfile: {\n  managed: true\n  enableAzureRBAC: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-service-principal",
    aliases: [],
    title: "Cluster acts in Azure by a service principal with a secret",
    severity: "medium",
    controls: "workload-identity",
    why: "The secret stands in templates and on every node, expires at a bad moment, and opens whatever the principal may do to its finder.",
    fix: "Use an `identity` block (SystemAssigned or UserAssigned) in place of `service_principal`.",
    links: ["https://learn.microsoft.com/azure/aks/use-managed-identity"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("service_principal", { edit: false }).absent(),
      "arm:Microsoft.ContainerService/managedClusters": not(
        value("properties.servicePrincipalProfile.secret").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, "service_principal {\n  client_id     = var.client\n  client_secret = var.secret\n}"),
        bicepResource(
          bicepCluster,
          "servicePrincipalProfile: {\n  clientId: '11111111-2222-3333-4444-555555555555'\n  secret: clientSecret\n}",
        ),
      ],
      good: [
        tfResource(cluster, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepCluster, "shop", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-aks-run-command",
    aliases: [],
    title: "Commands can be run in the cluster through the Azure API",
    severity: "low",
    controls: "administrative-access",
    why: "The run command starts a pod with full rights in the cluster for everybody with a role on the Azure resource, past private network and address lists.",
    fix: "Set `run_command_enabled` to false (Bicep: `apiServerAccessProfile.disableRunCommand` to true).",
    links: ["https://learn.microsoft.com/azure/aks/access-private-cluster"],
    on: {
      "tf:azurerm_kubernetes_cluster": value("run_command_enabled").is(false),
      "arm:Microsoft.ContainerService/managedClusters": value("properties.apiServerAccessProfile.disableRunCommand").is(
        true,
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, `name = "shop"`),
        bicepResource(bicepCluster, "apiServerAccessProfile: {\n  disableRunCommand: false\n}"),
      ],
      good: [
        tfResource(cluster, "run_command_enabled = false"),
        bicepResource(bicepCluster, "apiServerAccessProfile: {\n  disableRunCommand: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-aks-without-workload-identity",
    aliases: [],
    title: "Pods of the cluster cannot use identities of their own",
    severity: "low",
    controls: "workload-identity",
    why: "Without workload identity pods share the rights of their node or carry secrets to reach Azure.",
    fix: "Set `oidc_issuer_enabled` and `workload_identity_enabled` to true (Bicep: `oidcIssuerProfile` and `securityProfile.workloadIdentity`).",
    links: ["https://learn.microsoft.com/azure/aks/workload-identity-overview"],
    on: {
      "tf:azurerm_kubernetes_cluster": all(
        value("oidc_issuer_enabled").is(true),
        value("workload_identity_enabled").is(true),
      ),
      "arm:Microsoft.ContainerService/managedClusters": all(
        value("properties.oidcIssuerProfile.enabled").is(true),
        value("properties.securityProfile.workloadIdentity.enabled").is(true),
      ),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), bicepResource(bicepCluster, "dnsPrefix: 'shop'")],
      good: [
        tfResource(cluster, "oidc_issuer_enabled       = true", "workload_identity_enabled = true"),
        bicepResource(
          bicepCluster,
          "oidcIssuerProfile: {\n  enabled: true\n}",
          "securityProfile: {\n  workloadIdentity: {\n    enabled: true\n  }\n}",
        ),
      ],
    },
  },
];
