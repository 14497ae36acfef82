/** Virtual networks, subnets, network interfaces, flow logs and bastions of Azure. */
import { isWithinRange } from "../../../formats/ip-range.ts";
import {
  all,
  anyOf,
  type Condition,
  check,
  connected,
  each,
  nodesAt,
  not,
  unclearAt,
  value,
  when,
} from "../../condition.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, tf } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt, unknownAt, worstOf } from "../../verdict.ts";

const network = "azurerm_virtual_network";
const bicepNetwork = "Microsoft.Network/virtualNetworks@2023-11-01";
const nic = "azurerm_network_interface";
const bicepNic = "Microsoft.Network/networkInterfaces@2023-11-01";
const bastion = "azurerm_bastion_host";
const bicepBastion = "Microsoft.Network/bastionHosts@2023-11-01";
const dnsDocs =
  "https://learn.microsoft.com/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances";
const flowDocs = "https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview";
const bastionDocs = "https://learn.microsoft.com/azure/bastion/bastion-overview";

/** Azure's own resolver, in every virtual network. */
const platformDns = "168.63.129.16";
/** Addresses that no packet of the internet has. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"];

function localDns(servers: string, space: string): Condition {
  return check((_, node) => {
    const ranges = nodesAt(node, space).map((range) => plainOf(range));
    const named = nodesAt(node, servers);
    if (named.length === 0) return unclearAt(node, servers) ?? passAt(node.at);
    return worstOf(
      named.map((server) => {
        if (server.is === "unknown") return unknownAt(server.at, server.reason);
        const address = String(plainOf(server) ?? "");
        const isLocal =
          address === platformDns ||
          [...privateRanges, ...ranges].some((range) => typeof range === "string" && isWithinRange(address, range));
        return isLocal ? passAt(server.at) : failAt(server, `${address || "the server"} is not in a private network`);
      }),
    );
  });
}

/** None, or at least two: one alone stops everything when it fails. */
const notSingle = (path: string): Condition =>
  anyOf(value(path, { edit: false }).absent(), value(path).countAtLeast(2));

/** Subnets that Azure allows no security group on, or manages itself. */
const ownSubnets = /^(?:GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet|RouteServerSubnet)$/i;
const netApp = /^Microsoft\.Netapp\/volumes$/i;
const isOwnSubnet = (delegation: string): Condition =>
  anyOf(value("name").matches(ownSubnets), value(delegation).matches(netApp));
const armGroup = value("properties.networkSecurityGroup").exists();
const armSubnet = anyOf(armGroup, isOwnSubnet("properties.delegations.properties.serviceName"));

const keptLongEnough = (days: string): Condition =>
  value(days, { edit: 90 }).satisfies((count) => Number(count) === 0 || Number(count) >= 90, "at least 90 days");

const publicAddress = "ip_configuration.public_ip_address_id";
const publicAddressInArm = "properties.ipConfigurations.properties.publicIPAddress";
const hasPublicAddress = anyOf(connected("azurerm_public_ip"), value(publicAddress).exists());
const machines = ["azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine"];

const weakVpn = /^(?:DES|DES3|MD5|SHA1|DHGroup1|DHGroup2|PFS1|PFS2|None)$/i;

const dns = (...servers: readonly string[]) =>
  `dhcpOptions: {\n  dnsServers: [${servers.map((server) => `'${server}'`).join(", ")}]\n}`;
const addressed = (line: string) => `ip_configuration {\n  name = "main"\n  ${line}\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-network-single-dns-server",
    aliases: ["CKV_AZURE_182"],
    title: "Only one DNS server is set for the network",
    severity: "low",
    controls: "availability",
    why: "When that server fails no machine in the network finds any other.",
    fix: "Name at least two servers in `dns_servers` (Bicep: `dhcpOptions.dnsServers`), or none to use Azure's own.",
    links: [dnsDocs],
    on: {
      ...on(["tf:azurerm_virtual_network", "tf:azurerm_virtual_network_dns_servers"], notSingle("dns_servers")),
      "arm:Microsoft.Network/virtualNetworks": notSingle("properties.dhcpOptions.dnsServers"),
      "arm:Microsoft.Network/networkInterfaces": notSingle("properties.dnsSettings.dnsServers"),
    },
    examples: {
      bad: [tfResource(network, `dns_servers = ["10.0.0.4"]`), bicepResource(bicepNetwork, dns("10.0.0.4"))],
      good: [
        tfResource(network, `dns_servers = ["10.0.0.4", "10.0.0.5"]`),
        bicepResource(bicepNetwork, dns("10.0.0.4", "10.0.0.5")),
      ],
    },
  },
  {
    id: "iac/azure-network-public-dns-server",
    aliases: ["CKV_AZURE_183"],
    title: "Network asks a DNS server on the internet",
    severity: "low",
    controls: "network-segmentation",
    why: "Names of internal machines go to a stranger, who can also answer with addresses of his own.",
    fix: "Use servers in the own networks, or none to use Azure's own.",
    links: [dnsDocs],
    on: {
      "tf:azurerm_virtual_network": localDns("dns_servers", "address_space"),
      "arm:Microsoft.Network/virtualNetworks": localDns(
        "properties.dhcpOptions.dnsServers",
        "properties.addressSpace.addressPrefixes",
      ),
    },
    examples: {
      bad: [tfResource(network, `dns_servers = ["8.8.8.8"]`), bicepResource(bicepNetwork, dns("8.8.8.8"))],
      good: [
        tfResource(network, `dns_servers = ["10.0.0.4", "10.0.0.5"]`),
        bicepResource(bicepNetwork, dns("10.0.0.4")),
      ],
    },
  },
  {
    id: "iac/azure-subnet-without-security-group",
    aliases: ["CKV2_AZURE_31"],
    title: "Subnet has no network security group",
    severity: "medium",
    controls: "network-segmentation",
    why: "Everything in the subnet can be reached on every port from the whole network, and can reach everything.",
    fix: "Associate a network security group with the subnet.",
    links: ["https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview"],
    on: {
      "tf:azurerm_subnet": anyOf(
        isOwnSubnet("delegation.service_delegation.name"),
        connected(["azurerm_network_security_group", "azurerm_subnet_network_security_group_association"]),
      ),
      "arm:Microsoft.Network/virtualNetworks/subnets": armSubnet,
      "arm:Microsoft.Network/virtualNetworks": when(
        value("properties.subnets").exists(),
        each("properties.subnets", armSubnet),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_subnet", `name             = "apps"`, `address_prefixes = ["10.0.1.0/24"]`),
        bicepResource("Microsoft.Network/virtualNetworks/subnets@2023-11-01", "addressPrefix: '10.0.1.0/24'"),
      ],
      good: [
        tf(
          tfBlock("azurerm_subnet", "apps", `name = "apps"`) +
            tfBlock(
              "azurerm_subnet_network_security_group_association",
              "apps",
              "subnet_id                 = azurerm_subnet.apps.id",
              "network_security_group_id = azurerm_network_security_group.apps.id",
            ),
        ),
        bicepResource(
          "Microsoft.Network/virtualNetworks/subnets@2023-11-01",
          "networkSecurityGroup: {\n  id: '/subscriptions/x/networkSecurityGroups/apps'\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-network-interface-public-address",
    aliases: ["CKV_AZURE_119"],
    title: "Network interface has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "The machine stands on the internet itself; one wrong rule opens its ports to everybody.",
    fix: "Remove the public address; publish through a load balancer or gateway and administer through Bastion.",
    links: ["https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses"],
    on: {
      "tf:azurerm_network_interface": all(
        not(connected("azurerm_public_ip")),
        value(publicAddress, { edit: false }).absent(),
      ),
      "arm:Microsoft.Network/networkInterfaces": value(publicAddressInArm, { edit: false }).absent(),
    },
    examples: {
      bad: [
        tf(
          tfBlock("azurerm_public_ip", "web", `name = "web"`) +
            tfBlock(nic, "web", addressed("public_ip_address_id = azurerm_public_ip.web.id")),
        ),
        bicepResource(
          bicepNic,
          "ipConfigurations: [\n  {\n    name: 'main'\n    properties: {\n      publicIPAddress: {\n        id: '/subscriptions/x/publicIPAddresses/web'\n      }\n    }\n  }\n]",
        ),
      ],
      good: [
        tfResource(nic, addressed("subnet_id = azurerm_subnet.apps.id")),
        bicepResource(bicepNic, "ipConfigurations: [\n  {\n    name: 'main'\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-network-interface-forwards",
    aliases: ["CKV_AZURE_118"],
    title: "Network interface forwards packets of others",
    severity: "medium",
    controls: "network-segmentation",
    why: "The machine can pass traffic between networks that were meant to be apart.",
    fix: "Set `ip_forwarding_enabled` (Bicep: `enableIPForwarding`) to false, unless the machine is a router or firewall.",
    links: ["https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface"],
    on: {
      "tf:azurerm_network_interface": value(["ip_forwarding_enabled", "enable_ip_forwarding"]).not(true),
      "arm:Microsoft.Network/networkInterfaces": value("properties.enableIPForwarding").not(true),
    },
    examples: {
      bad: [tfResource(nic, "ip_forwarding_enabled = true"), bicepResource(bicepNic, "enableIPForwarding: true")],
      good: [tfResource(nic, "ip_forwarding_enabled = false"), bicepResource(bicepNic, "enableIPForwarding: false")],
    },
  },
  {
    id: "iac/azure-public-machine-with-serial-console",
    aliases: ["CKV2_AZURE_39"],
    title: "Machine with a public address has boot diagnostics, and with them the serial console",
    severity: "low",
    controls: "administrative-access",
    why: "The console gives whoever has a role on the machine a way in past its network rules; beside a public address that is one way too many.",
    fix: "Remove the public address, or `boot_diagnostics` where the console is not needed.",
    links: ["https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/serial-console-overview"],
    on: {
      "tf:azurerm_network_interface": when(
        hasPublicAddress,
        connected(machines, value("boot_diagnostics", { edit: false }).absent(), { missing: "fail" }),
      ),
    },
    examples: {
      bad: [
        tf(
          tfBlock(nic, "web", addressed("public_ip_address_id = azurerm_public_ip.web.id")) +
            tfBlock(
              "azurerm_linux_virtual_machine",
              "web",
              "network_interface_ids = [azurerm_network_interface.web.id]",
              "boot_diagnostics {}",
            ),
        ),
      ],
      good: [
        tf(
          tfBlock(nic, "web", addressed("subnet_id = azurerm_subnet.apps.id")) +
            tfBlock(
              "azurerm_linux_virtual_machine",
              "web",
              "network_interface_ids = [azurerm_network_interface.web.id]",
              "boot_diagnostics {}",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/azure-flow-logs-short-lived",
    aliases: ["CKV_AZURE_12", "AVD-AZU-0049"],
    title: "Flow logs of the network are off or kept for less than 90 days",
    severity: "low",
    controls: "log-retention",
    why: "Attacks are often found after months; then nobody can tell any more who talked to whom.",
    fix: "Set `enabled`, and in `retention_policy` `enabled` and `days` of 90 or more.",
    links: [flowDocs],
    on: {
      "tf:azurerm_network_watcher_flow_log": all(
        value("enabled").is(true),
        value("retention_policy.enabled").is(true),
        keptLongEnough("retention_policy.days"),
      ),
      ...on(
        ["arm:Microsoft.Network/networkWatchers/flowLogs", "arm:Microsoft.Network/networkWatchers/flowLogs/"],
        all(
          value("properties.enabled").is(true),
          value("properties.retentionPolicy.enabled").is(true),
          keptLongEnough("properties.retentionPolicy.days"),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_network_watcher_flow_log",
          "enabled = true",
          "retention_policy {\n  enabled = true\n  days    = 7\n}",
        ),
        bicepResource("Microsoft.Network/networkWatchers/flowLogs@2023-11-01", "enabled: false"),
      ],
      good: [
        tfResource(
          "azurerm_network_watcher_flow_log",
          "enabled = true",
          "retention_policy {\n  enabled = true\n  days    = 90\n}",
        ),
        bicepResource(
          "Microsoft.Network/networkWatchers/flowLogs@2023-11-01",
          "enabled: true",
          "retentionPolicy: {\n  enabled: true\n  days: 365\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-network-without-ddos-protection",
    aliases: [],
    title: "Network with public services has no DDoS protection plan",
    severity: "low",
    controls: "denial-of-service",
    why: "A flood that the protection of the platform does not know takes public services off the network, with no help and no report.",
    fix: "Set `ddos_protection_plan` (Bicep: `enableDdosProtection`), or protect single public addresses.",
    links: ["https://learn.microsoft.com/azure/ddos-protection/ddos-protection-overview"],
    on: {
      "tf:azurerm_virtual_network": when(
        value("ddos_protection_plan").exists(),
        value("ddos_protection_plan.enable").is(true),
        "none",
      ),
      "arm:Microsoft.Network/virtualNetworks": when(
        value("properties.ddosProtectionPlan").exists(),
        value("properties.enableDdosProtection").is(true),
        "none",
      ),
      "tf:azurerm_public_ip": value("ddos_protection_mode").not("Disabled"),
      "arm:Microsoft.Network/publicIPAddresses": value("properties.ddosSettings.protectionMode").not("Disabled"),
    },
    examples: {
      bad: [
        tfResource("azurerm_public_ip", `ddos_protection_mode = "Disabled"`),
        bicepResource(
          "Microsoft.Network/publicIPAddresses@2023-11-01",
          "ddosSettings: {\n  protectionMode: 'Disabled'\n}",
        ),
      ],
      good: [
        tfResource("azurerm_public_ip", `ddos_protection_mode = "VirtualNetworkInherited"`),
        bicepResource(
          "Microsoft.Network/publicIPAddresses@2023-11-01",
          "ddosSettings: {\n  protectionMode: 'Enabled'\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-bastion-shareable-links",
    aliases: [],
    title: "Sessions of the bastion can be opened by a link",
    severity: "medium",
    controls: "administrative-access",
    why: "Whoever has the link reaches the sign-in of the machine from anywhere, without an account in Azure.",
    fix: "Set `shareable_link_enabled` (Bicep: `enableShareableLink`) to false.",
    links: [bastionDocs],
    on: {
      "tf:azurerm_bastion_host": value("shareable_link_enabled").not(true),
      "arm:Microsoft.Network/bastionHosts": value("properties.enableShareableLink").not(true),
    },
    examples: {
      bad: [
        tfResource(bastion, "shareable_link_enabled = true"),
        bicepResource(bicepBastion, "enableShareableLink: true"),
      ],
      good: [
        tfResource(bastion, "shareable_link_enabled = false"),
        bicepResource(bicepBastion, "enableShareableLink: false"),
      ],
    },
  },
  {
    id: "iac/azure-vpn-weak-cryptography",
    aliases: [],
    title: "VPN connection uses weak cryptography",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "DES, 3DES, MD5, SHA-1 and small groups can be broken with enough effort; recorded traffic is then read.",
    fix: "Choose AES 256 or GCMAES256, SHA256 or more, and the groups DHGroup14, DHGroup24 or ECP384.",
    links: ["https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-compliance-crypto"],
    on: {
      "tf:azurerm_virtual_network_gateway_connection": all(
        ...["ike_encryption", "ike_integrity", "ipsec_encryption", "ipsec_integrity", "dh_group", "pfs_group"].map(
          (one) => value(`ipsec_policy.${one}`).notMatches(weakVpn),
        ),
      ),
      "arm:Microsoft.Network/connections": all(
        ...["ikeEncryption", "ikeIntegrity", "ipsecEncryption", "ipsecIntegrity", "dhGroup", "pfsGroup"].map((one) =>
          value(`properties.ipsecPolicies.${one}`).notMatches(weakVpn),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_virtual_network_gateway_connection", `ipsec_policy {\n  ike_encryption = "DES3"\n}`),
        bicepResource(
          "Microsoft.Network/connections@2023-11-01",
          "ipsecPolicies: [\n  {\n    ikeIntegrity: 'MD5'\n  }\n]",
        ),
      ],
      good: [
        tfResource("azurerm_virtual_network_gateway_connection", `ipsec_policy {\n  ike_encryption = "AES256"\n}`),
        bicepResource(
          "Microsoft.Network/connections@2023-11-01",
          "ipsecPolicies: [\n  {\n    ikeIntegrity: 'SHA256'\n  }\n]",
        ),
      ],
    },
  },
];
