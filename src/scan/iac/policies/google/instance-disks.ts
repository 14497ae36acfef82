/** Virtual machines of Google Cloud: their disks, and how they start. */
import { all, anyOf, value } from "../../condition.ts";
import { tfResource } from "../../families/azure-examples.ts";
import { instance, onInstances } from "../../families/google-instances.ts";
import type { Policy } from "../../policy.ts";

export const policies: readonly Policy[] = [
  {
    id: "iac/google-disk-without-own-key",
    aliases: ["CKV_GCP_37", "AVD-GCP-0034"],
    title: "Disk is encrypted with a key of Google only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key: the key of Google has no switch of your own.",
    fix: "Create a key in Cloud KMS and name it in `disk_encryption_key.kms_key_self_link`.",
    links: ["https://cloud.google.com/compute/docs/disks/customer-managed-encryption"],
    on: { "tf:google_compute_disk": value("disk_encryption_key").exists() },
    examples: {
      bad: [tfResource("google_compute_disk", `name = "data"`)],
      good: [
        tfResource(
          "google_compute_disk",
          `name = "data"`,
          "disk_encryption_key {",
          "  kms_key_self_link = google_kms_crypto_key.data.id",
          "}",
        ),
      ],
    },
  },
  {
    id: "iac/google-boot-disk-without-own-key",
    aliases: ["CKV_GCP_38", "AVD-GCP-0033"],
    title: "Boot disk is encrypted with a key of Google only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key: the key of Google has no switch of your own.",
    fix: "Create a key in Cloud KMS and name it in `boot_disk.kms_key_self_link`.",
    links: ["https://cloud.google.com/compute/docs/disks/customer-managed-encryption"],
    on: {
      "tf:google_compute_instance": anyOf(
        value("boot_disk.kms_key_self_link").exists(),
        value("boot_disk.disk_encryption_key_raw").exists(),
        value("boot_disk.disk_encryption_key_rsa").exists(),
      ),
    },
    examples: {
      bad: [instance("boot_disk {", "  auto_delete = true", "}")],
      good: [instance("boot_disk {", "  kms_key_self_link = google_kms_crypto_key.data.id", "}")],
    },
  },
  {
    id: "iac/google-instance-not-shielded",
    aliases: ["CKV_GCP_39", "AVD-GCP-0041", "AVD-GCP-0045"],
    title: "Virtual machine does not check how it starts",
    severity: "medium",
    controls: "workload-hardening",
    why: "Somebody who once was root can hide in the boot loader or kernel, and nothing notices at the next start.",
    fix: "Add `shielded_instance_config` and leave `enable_vtpm` and `enable_integrity_monitoring` on.",
    links: ["https://cloud.google.com/compute/shielded-vm/docs/shielded-vm"],
    on: onInstances(
      "shielded_instance_config",
      all(
        value("shielded_instance_config").exists(),
        value("shielded_instance_config.enable_vtpm").not(false),
        value("shielded_instance_config.enable_integrity_monitoring").not(false),
      ),
    ),
    examples: {
      bad: [instance(), instance("shielded_instance_config {", "  enable_vtpm = false", "}")],
      good: [instance("shielded_instance_config {", "  enable_secure_boot = true", "}")],
    },
  },
];
