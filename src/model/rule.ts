import type { ScannerName } from "./scanner-name.ts";
import type { Severity } from "./severity.ts";

/** States the problem: `iac/azure-storage-allows-http`. */
export type RuleId = `${ScannerName}/${string}`;

/** What every scanner's rule has: the words people read. Each scanner adds its own condition and examples. */
export interface Rule {
  readonly id: RuleId;
  /** The same rule in other tools (CKV_AZURE_3, gitleaks' ids): for migration, conformance and SARIF tags. */
  readonly aliases: readonly string[];
  /** The problem in a few words, as a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** What an attacker gains; one or two sentences. */
  readonly why: string;
  /** What to do, first things first. */
  readonly fix: string;
  readonly links: readonly string[];
  /** Secrets: whose they are. */
  readonly provider?: string;
  /** Secrets: what they look like, in words. */
  readonly looksLike?: string;
  /** Languages that it looks at, where it is not every file: `terraform`, `bicep`. */
  readonly frameworks?: readonly string[];
  /** What it looks at there: `azurerm_storage_account`, `Microsoft.Storage/storageAccounts`. */
  readonly resourceTypes?: readonly string[];
  /** The concern it serves, and what published control catalogues call that. */
  readonly serves?: Controls;
}

/** CIS Critical Security Controls, NIST SP 800-53, PCI DSS, Microsoft cloud security benchmark. */
export interface Controls {
  readonly title: string;
  readonly cis: readonly string[];
  readonly nist: readonly string[];
  readonly pci: readonly string[];
  readonly mcsb: readonly string[];
}
