/** Vaults, storage and AI on Azure: whether their logs go anywhere. */
import { withoutDiagnostics } from "../../families/azure-diagnostics.ts";
import type { Policy } from "../../policy.ts";

export const policies: readonly Policy[] = [
  withoutDiagnostics({
    id: "iac/azure-key-vault-without-diagnostics",
    what: "Key vault",
    why: "Nobody can tell who read which secret and when; after a break-in all of them must be renewed.",
    terraform: "azurerm_key_vault",
    arm: "Microsoft.KeyVault/vaults@2023-07-01",
    link: "https://learn.microsoft.com/azure/key-vault/general/logging",
  }),
  withoutDiagnostics({
    id: "iac/azure-managed-hsm-without-diagnostics",
    what: "Managed HSM",
    why: "Nobody can tell who used which key and when.",
    terraform: "azurerm_key_vault_managed_hardware_security_module",
    arm: "Microsoft.KeyVault/managedHSMs@2023-07-01",
    link: "https://learn.microsoft.com/azure/key-vault/managed-hsm/logging",
  }),
  withoutDiagnostics({
    id: "iac/azure-recovery-vault-without-diagnostics",
    what: "Recovery Services vault",
    why: "Stopped backups and deleted recovery points, the first step of ransomware, raise no alert.",
    terraform: "azurerm_recovery_services_vault",
    arm: "Microsoft.RecoveryServices/vaults@2024-04-01",
    link: "https://learn.microsoft.com/azure/backup/backup-azure-diagnostic-events",
  }),
  withoutDiagnostics({
    id: "iac/azure-storage-without-diagnostics",
    what: "Storage account",
    why: "After a leak nobody can tell which data was read, by whom and from where.",
    terraform: "azurerm_storage_account",
    arm: "Microsoft.Storage/storageAccounts@2023-05-01",
    children: [
      "Microsoft.Storage/storageAccounts/blobServices",
      "Microsoft.Storage/storageAccounts/fileServices",
      "Microsoft.Storage/storageAccounts/queueServices",
      "Microsoft.Storage/storageAccounts/tableServices",
    ],
    link: "https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage",
  }),
  withoutDiagnostics({
    id: "iac/azure-search-without-diagnostics",
    what: "AI Search",
    why: "Unusual queries and misuse of a key leave no trace.",
    terraform: "azurerm_search_service",
    arm: "Microsoft.Search/searchServices@2023-11-01",
    link: "https://learn.microsoft.com/azure/search/search-monitor-enable-logging",
  }),
  withoutDiagnostics({
    id: "iac/azure-ai-without-diagnostics",
    what: "AI services account",
    why: "Misuse of a key, and attempts to break out of a model's instructions, leave no trace.",
    terraform: "azurerm_cognitive_account",
    arm: "Microsoft.CognitiveServices/accounts@2024-10-01",
    link: "https://learn.microsoft.com/azure/ai-services/diagnostic-logging",
  }),
  withoutDiagnostics({
    id: "iac/azure-ml-without-diagnostics",
    what: "Machine Learning workspace",
    why: "Nobody can tell who trained, read or published which model and data.",
    terraform: "azurerm_machine_learning_workspace",
    arm: "Microsoft.MachineLearningServices/workspaces@2024-04-01",
    link: "https://learn.microsoft.com/azure/machine-learning/monitor-azure-machine-learning",
  }),
  withoutDiagnostics({
    id: "iac/azure-batch-without-diagnostics",
    what: "Batch account",
    why: "Jobs that somebody else starts on your machines leave no trace.",
    terraform: "azurerm_batch_account",
    arm: "Microsoft.Batch/batchAccounts@2024-07-01",
    link: "https://learn.microsoft.com/azure/batch/batch-diagnostics",
  }),
];
