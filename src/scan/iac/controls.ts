/**
 * What published control catalogues call the concerns that policies serve. Mapped by family, in this one table:
 * CIS Critical Security Controls 8, NIST SP 800-53 revision 5, PCI DSS 4.0, Microsoft cloud security benchmark 1.
 */
interface Controls {
  readonly title: string;
  readonly cis: readonly string[];
  readonly nist: readonly string[];
  readonly pci: readonly string[];
  readonly mcsb: readonly string[];
}

export const controlFamilies = {
  "encryption-in-transit": family("Encryption in transit", "3.10", "SC-8 SC-8(1)", "4.2.1", "DP-3"),
  "tls-version": family("Current TLS versions", "3.10", "SC-8 SC-13", "4.2.1 2.2.7", "DP-3"),
  "encryption-at-rest": family("Encryption at rest", "3.11", "SC-28 SC-28(1)", "3.5.1", "DP-4"),
  "customer-managed-keys": family("Keys of one's own", "3.11", "SC-12 SC-28", "3.6.1 3.7.1", "DP-5"),
  "key-lifecycle": family("Rotation and expiry of keys", "3.11", "SC-12", "3.7.4 3.7.5", "DP-6 DP-7"),
  "secret-handling": family("Secrets kept out of configuration", "3.11 16.1", "IA-5 IA-5(7)", "8.6.2", "IM-8 DP-8"),
  "public-data": family("Data not open to the public", "3.3", "AC-3 AC-21", "1.4.4 7.2.1", "NS-2 DP-2"),
  "network-exposure": family("Ports closed to the internet", "4.4 13.4", "SC-7 SC-7(5)", "1.3.1 1.4.2", "NS-1"),
  "network-segmentation": family("Private networks and segments", "12.2 13.4", "SC-7 AC-4", "1.2.1 1.4.4", "NS-1 NS-2"),
  "web-protection": family("Protected web applications", "13.10 16.11", "SC-7 SI-10", "6.4.2", "NS-6"),
  "denial-of-service": family("Protection against floods", "13.10", "SC-5", "6.4.1", "NS-5"),
  "strong-authentication": family(
    "Central and strong authentication",
    "6.7 6.3",
    "IA-2 IA-5",
    "8.3.1 8.4.1",
    "IM-1 IM-6",
  ),
  "workload-identity": family("Identities without passwords", "5.5 6.7", "IA-2 IA-9", "8.6.1", "IM-3"),
  "password-policy": family("Password rules", "5.2", "IA-5(1)", "8.3.6 8.3.7", "IM-6"),
  "least-privilege": family("Least privilege", "6.8 3.3", "AC-6 AC-6(1)", "7.2.1 7.2.2", "PA-7"),
  "privileged-workload": family("No privileged workloads", "4.1 6.8", "AC-6 CM-7", "2.2.4 2.2.6", "PV-3 PA-7"),
  "workload-isolation": family("Workloads apart from their host", "4.1", "SC-39 CM-7", "2.2.4", "PV-3"),
  "workload-hardening": family("Hardened workloads", "4.1 4.8", "CM-6 CM-7", "2.2.4", "PV-3"),
  "resource-limits": family("Bounded resources", "4.1", "SC-6 SC-5", "6.4.1", "PV-3"),
  logging: family("Audit logs", "8.2 8.5", "AU-2 AU-12", "10.2.1", "LT-3 LT-4"),
  "log-retention": family("Logs kept and protected", "8.10 8.9", "AU-11 AU-9", "10.5.1", "LT-6"),
  monitoring: family("Monitoring and alerts", "8.11 13.1", "SI-4 CA-7", "10.4.1", "LT-5"),
  "threat-detection": family("Threat detection", "10.1 13.1", "SI-4", "11.5.1", "LT-1 LT-2"),
  "vulnerability-assessment": family("Vulnerability assessment", "7.5 7.6", "RA-5", "11.3.1", "PV-5"),
  patching: family("Supported and patched versions", "7.3 2.2", "SI-2 SA-22", "6.3.3", "PV-6"),
  backup: family("Backups and recovery", "11.2 11.3", "CP-9 CP-10", "12.10.1", "BR-1 BR-2"),
  "deletion-protection": family("Protection against deletion", "11.3", "CP-9 SI-12", "10.5.1", "BR-2 DP-8"),
  availability: family("Availability", "12.2", "CP-6 CP-7", "12.10.1", "BR-1"),
  "supply-chain": family("Trusted and pinned components", "2.5 16.4", "SR-3 SI-7", "6.3.2", "DS-2"),
  "image-hygiene": family("Clean images", "4.1 16.4", "CM-6 SI-7", "2.2.4 6.3.2", "DS-6"),
  "pipeline-security": family("Safe pipelines", "16.1 4.1", "SA-15 CM-3", "6.2.1", "DS-6"),
  "instance-metadata": family("Protected instance metadata", "4.1", "AC-6 SC-7", "2.2.6", "PV-3 IM-3"),
  "administrative-access": family(
    "Guarded administrative access",
    "6.5 12.8",
    "AC-17 AC-2",
    "2.2.7 8.4.1",
    "PA-2 PA-6",
  ),
  "data-protection": family("Protected data processing", "3.3", "SC-28 AC-3", "3.5.1", "DP-1 DP-2"),
  governance: family("Governance and naming", "4.1", "CM-2 CM-6", "2.2.1", "AM-2"),
} as const satisfies Record<string, Controls>;

export type ControlFamily = keyof typeof controlFamilies;

function family(title: string, cis: string, nist: string, pci: string, mcsb: string): Controls {
  return { title, cis: cis.split(" "), nist: nist.split(" "), pci: pci.split(" "), mcsb: mcsb.split(" ") };
}
