/** Azure: services for applications that send their logs nowhere. */
import { withoutDiagnostics } from "../../families/azure-diagnostics.ts";
import type { Policy } from "../../policy.ts";

const link = "https://learn.microsoft.com/azure/azure-monitor/essentials/diagnostic-settings";

export const policies: readonly Policy[] = [
  withoutDiagnostics({
    id: "iac/azure-api-management-without-diagnostics",
    what: "API Management",
    why: "Who called which interface, and with what result, cannot be told after an attack.",
    terraform: "azurerm_api_management",
    arm: "Microsoft.ApiManagement/service@2023-05-01-preview",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-aks-without-diagnostics",
    what: "Kubernetes cluster",
    why: "Who did what through the API of the cluster cannot be told after an attack.",
    terraform: "azurerm_kubernetes_cluster",
    arm: "Microsoft.ContainerService/managedClusters@2024-05-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-container-registry-without-diagnostics",
    what: "Container registry",
    why: "Who pulled or pushed which image cannot be told after an attack.",
    terraform: "azurerm_container_registry",
    arm: "Microsoft.ContainerRegistry/registries@2023-07-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-web-app-without-diagnostics",
    what: "Web app",
    why: "Who signed in to deploy, and what was asked of the app, cannot be told after an attack.",
    terraform: "azurerm_linux_web_app",
    arm: "Microsoft.Web/sites@2023-12-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-event-hubs-without-diagnostics",
    what: "Event Hubs namespace",
    why: "Who read or sent events, and from where, cannot be told after an attack.",
    terraform: "azurerm_eventhub_namespace",
    arm: "Microsoft.EventHub/namespaces@2024-01-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-service-bus-without-diagnostics",
    what: "Service Bus namespace",
    why: "Who read or sent messages, and from where, cannot be told after an attack.",
    terraform: "azurerm_servicebus_namespace",
    arm: "Microsoft.ServiceBus/namespaces@2022-10-01-preview",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-event-grid-topic-without-diagnostics",
    what: "Event Grid topic",
    why: "Who sent events, and which could not be delivered, cannot be told after an attack.",
    terraform: "azurerm_eventgrid_topic",
    arm: "Microsoft.EventGrid/topics@2022-06-15",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-iot-hub-without-diagnostics",
    what: "IoT hub",
    why: "Which devices connected, and who changed them, cannot be told after an attack.",
    terraform: "azurerm_iothub",
    arm: "Microsoft.Devices/IotHubs@2023-06-30",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-automation-without-diagnostics",
    what: "Automation account",
    why: "Which jobs ran with the rights of the account, and who started them, cannot be told after an attack.",
    terraform: "azurerm_automation_account",
    arm: "Microsoft.Automation/automationAccounts@2023-11-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-logic-app-without-diagnostics",
    what: "Logic app",
    why: "Which runs happened, and who started them, cannot be told after an attack.",
    terraform: "azurerm_logic_app_workflow",
    arm: "Microsoft.Logic/workflows@2019-05-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-app-configuration-without-diagnostics",
    what: "App Configuration",
    why: "Who read or changed the settings of applications cannot be told after an attack.",
    terraform: "azurerm_app_configuration",
    arm: "Microsoft.AppConfiguration/configurationStores@2023-03-01",
    link,
  }),
  withoutDiagnostics({
    id: "iac/azure-signalr-without-diagnostics",
    what: "SignalR",
    why: "Who connected and sent messages cannot be told after an attack.",
    terraform: "azurerm_signalr_service",
    arm: "Microsoft.SignalRService/signalR@2024-03-01",
    link,
  }),
];
