/** Virtual machines of Google Cloud: their disks, and how they start. */
import { all, anyOf, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { instance, onInstances } from "../../families/google-instances.ts";
import { on, type Policy } from "../../policy.ts";

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
  {
    id: "iac/google-disk-key-in-clear",
    aliases: ["AVD-GCP-0037"],
    title: "Key of a disk stands in the configuration",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository, or the Terraform state, can decrypt the disk and its snapshots.",
    fix: "Rotate the key, and name a key of Cloud KMS in `kms_key_self_link` instead.",
    links: ["https://cloud.google.com/compute/docs/disks/customer-managed-encryption"],
    on: {
      "tf:google_compute_disk": value("disk_encryption_key.raw_key", { edit: false }).absent(),
      ...on(
        ["tf:google_compute_instance", "tf:google_compute_instance_template"],
        all(
          value("boot_disk.disk_encryption_key_raw", { edit: false }).absent(),
          value("attached_disk.disk_encryption_key_raw", { edit: false }).absent(),
        ),
      ),
    },
    examples: {
      bad: [
        instance("boot_disk {", `  disk_encryption_key_raw = "${"QUFB".repeat(11)}"`, "}"),
        tfResource(
          "google_compute_disk",
          `name = "data"`,
          "disk_encryption_key {",
          `  raw_key = "${"QUFB".repeat(11)}"`,
          "}",
        ),
      ],
      good: [instance("boot_disk {", "  kms_key_self_link = google_kms_crypto_key.data.id", "}"), instance()],
    },
  },
  {
    id: "iac/google-instance-without-secure-boot",
    aliases: ["AVD-GCP-0067"],
    title: "Virtual machine starts software that nobody signed",
    severity: "low",
    controls: "workload-hardening",
    why: "Somebody who once was root can put code into the boot loader or kernel that stays.",
    fix: "Set `shielded_instance_config.enable_secure_boot` to true, unless the machine needs drivers without signature.",
    links: ["https://cloud.google.com/compute/shielded-vm/docs/shielded-vm"],
    on: onInstances("shielded_instance_config", value("shielded_instance_config.enable_secure_boot").is(true)),
    examples: {
      bad: [instance(), instance("shielded_instance_config {", "  enable_secure_boot = false", "}")],
      good: [instance("shielded_instance_config {", "  enable_secure_boot = true", "}")],
    },
  },
];
