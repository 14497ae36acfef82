/** Azure: networks and gateways that send their logs nowhere. */
import { withoutDiagnostics } from "../../families/azure-diagnostics.ts";
import type { Policy } from "../../policy.ts";

const link = "https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings";

export const policies: readonly Policy[] = [
  withoutDiagnostics({
    id: "iac/azure-application-gateway-without-diagnostics",
    what: "Application gateway",
    why: "What came in from outside and what the firewall stopped cannot be told after an attack.",
    terraform: "azurerm_application_gateway",
    arm: "Microsoft.Network/applicationGateways@2023-11-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-firewall-without-diagnostics",
    what: "Firewall",
    why: "Which connections were let through and which were stopped cannot be told after an attack.",
    terraform: "azurerm_firewall",
    arm: "Microsoft.Network/azureFirewalls@2023-11-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-front-door-without-diagnostics",
    what: "Front Door",
    why: "What came in from outside and what the firewall stopped cannot be told after an attack.",
    terraform: "azurerm_cdn_frontdoor_profile",
    arm: "Microsoft.Cdn/profiles@2023-05-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-classic-front-door-without-diagnostics",
    what: "Front Door (classic)",
    why: "What came in from outside and what the firewall stopped cannot be told after an attack.",
    terraform: "azurerm_frontdoor",
    arm: "Microsoft.Network/frontDoors@2021-06-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-bastion-without-diagnostics",
    what: "Bastion",
    why: "Who opened a session to which machine cannot be told after an attack.",
    terraform: "azurerm_bastion_host",
    arm: "Microsoft.Network/bastionHosts@2023-11-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-network-security-group-without-diagnostics",
    what: "Network security group",
    why: "Which of its rules were hit cannot be told after an attack.",
    terraform: "azurerm_network_security_group",
    arm: "Microsoft.Network/networkSecurityGroups@2023-11-01",
    link,
  }),
];
