/** Network security groups of Azure: what the whole internet may reach. */

import { closedToInternet, includes } from "../../families/azure-network-rules.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Example, Policy } from "../../policy.ts";

const docs = "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview";
const tcp = /^(?:tcp|\*)$/i;

function terraformRule(protocol: string, port: string, source: string): Example {
  return tfResource(
    "azurerm_network_security_rule",
    `direction              = "Inbound"`,
    `access                 = "Allow"`,
    `protocol               = "${protocol}"`,
    `destination_port_range = "${port}"`,
    `source_address_prefix  = "${source}"`,
  );
}

function bicepRule(protocol: string, port: string, source: string): Example {
  return bicepResource(
    "Microsoft.Network/networkSecurityGroups/securityRules@2023-11-01",
    "direction: 'Inbound'",
    "access: 'Allow'",
    `protocol: '${protocol}'`,
    `destinationPortRange: '${port}'`,
    `sourceAddressPrefix: '${source}'`,
  );
}

function examples(protocol: string, port: string): Policy["examples"] {
  return {
    bad: [terraformRule(protocol, port, "*"), bicepRule(protocol, port, "Internet")],
    good: [terraformRule(protocol, port, "198.51.100.0/24"), bicepRule(protocol, port, "VirtualNetwork")],
  };
}

/** Databases, caches and management of other services that nobody should reach from outside. */
const backOffice = [
  135, 137, 139, 445, 1433, 1521, 2375, 2376, 2379, 3306, 5432, 5984, 6379, 9042, 9200, 11_211, 27_017,
];

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-network-rule-opens-rdp",
    aliases: ["CKV_AZURE_9", "AVD-AZU-0048"],
    title: "Remote desktop is open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Machines with an open port 3389 are found within minutes; passwords are guessed and holes of the service used without a pause.",
    fix: "Remove the rule and use Azure Bastion or just-in-time access, or allow only the addresses of administrators.",
    links: [docs],
    on: closedToInternet({ protocol: tcp, ports: includes(3389) }),
    examples: examples("Tcp", "3389"),
  },
  {
    id: "iac/azure-network-rule-opens-ssh",
    aliases: ["CKV_AZURE_10", "AVD-AZU-0050"],
    title: "SSH is open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Machines with an open port 22 are found within minutes; passwords and stolen keys are tried without a pause.",
    fix: "Remove the rule and use Azure Bastion or just-in-time access, or allow only the addresses of administrators.",
    links: [docs],
    on: closedToInternet({ protocol: tcp, ports: includes(22) }),
    examples: examples("Tcp", "22"),
  },
  {
    id: "iac/azure-network-rule-opens-http",
    aliases: ["CKV_AZURE_160"],
    title: "Port 80 is open to the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Whatever answers there is served in clear and reached past any gateway with a firewall.",
    fix: "Publish the application through a gateway with HTTPS, and allow port 80 only from there.",
    links: [docs],
    on: closedToInternet({ protocol: tcp, ports: includes(80) }),
    examples: examples("Tcp", "80"),
  },
  {
    id: "iac/azure-network-rule-opens-udp",
    aliases: ["CKV_AZURE_77"],
    title: "UDP is open to the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "UDP services answer to forged addresses: they are misused to flood others, and their holes are tried by everybody.",
    fix: "Remove the rule, or allow only the addresses that need the service.",
    links: [docs],
    on: closedToInternet({ protocol: /^udp$/i }),
    examples: examples("Udp", "53"),
  },
  {
    id: "iac/azure-network-rule-opens-everything",
    aliases: [],
    title: "All ports are open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Every service on every machine behind the group can be tried by everybody, those that nobody knows of included.",
    fix: "Name the ports and the sources that are needed, and remove the rule.",
    links: [docs],
    on: closedToInternet({ protocol: /^(?:tcp|udp|\*)$/i, ports: (from, to) => from <= 1 && to >= 65_535 }),
    examples: examples("*", "*"),
  },
  {
    id: "iac/azure-network-rule-opens-winrm",
    aliases: [],
    title: "Windows remote management is open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Ports 5985 and 5986 take commands for the whole machine; passwords are guessed there without a pause.",
    fix: "Remove the rule and use Azure Bastion or run commands through the platform, or allow only the addresses of administrators.",
    links: [docs],
    on: closedToInternet({ protocol: tcp, ports: includes(5985, 5986) }),
    examples: examples("Tcp", "5985-5986"),
  },
  {
    id: "iac/azure-network-rule-opens-back-office-port",
    aliases: [],
    title: "Port of a database or an internal service is open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Databases, caches, file shares and container engines trust their network; from the internet they are read, encrypted or taken over.",
    fix: "Allow the port only from the subnets that use it, with private endpoints or a VPN for others.",
    links: [docs],
    on: closedToInternet({ protocol: tcp, ports: includes(...backOffice) }),
    examples: examples("Tcp", "1433"),
  },
];
