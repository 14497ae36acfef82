/** Azure virtual machines and scale sets: encryption, updates, agents and boot. */
import { all, any, anyOf, connected, not, value, when } from "../../condition.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, type ResourceKey, tf } from "../../policy.ts";

const linux = "azurerm_linux_virtual_machine";
const windows = "azurerm_windows_virtual_machine";
const bicepMachine = "Microsoft.Compute/virtualMachines@2024-03-01";
const docs = "https://learn.microsoft.com/azure/virtual-machines";

const machines: readonly ResourceKey[] = ["tf:azurerm_linux_virtual_machine", "tf:azurerm_windows_virtual_machine"];
const scaleSets: readonly ResourceKey[] = [
  "tf:azurerm_linux_virtual_machine_scale_set",
  "tf:azurerm_windows_virtual_machine_scale_set",
];
const scaleSetProfile = "properties.virtualMachineProfile";
const armMachine = "arm:Microsoft.Compute/virtualMachines";
const armScaleSet = "arm:Microsoft.Compute/virtualMachineScaleSets";

const generation2 = anyOf(
  value("source_image_reference.sku").matches(/gen-?2|-g2/i),
  value("secure_boot_enabled").exists(),
  value("vtpm_enabled").exists(),
);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-machine-not-encrypted-at-host",
    aliases: ["CKV_AZURE_97", "CKV_AZURE_151"],
    title: "Disks and caches of the machine are not encrypted on their host",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Temporary disks and caches lie in clear on the machine of the provider.",
    fix: "Set `encryption_at_host_enabled` (Bicep: `securityProfile.encryptionAtHost`) to true.",
    links: [`${docs}/disk-encryption`],
    on: {
      ...on([...machines, ...scaleSets], value("encryption_at_host_enabled").is(true)),
      [armMachine]: value("properties.securityProfile.encryptionAtHost").is(true),
      [armScaleSet]: value(`${scaleSetProfile}.securityProfile.encryptionAtHost`).is(true),
    },
    examples: {
      bad: [
        tfResource(windows, `size = "Standard_D2s_v5"`),
        bicepResource(bicepMachine, "securityProfile: {\n  encryptionAtHost: false\n}"),
      ],
      good: [
        tfResource(windows, "encryption_at_host_enabled = true"),
        bicepResource(bicepMachine, "securityProfile: {\n  encryptionAtHost: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-machine-allows-extensions",
    aliases: ["CKV_AZURE_50"],
    title: "Extensions can be installed on the machine",
    severity: "low",
    controls: "workload-hardening",
    why: "Whoever has a role on the machine in Azure can run any script on it as administrator through an extension.",
    fix: "Set `allow_extension_operations` (Bicep: `allowExtensionOperations`) to false where no extension is needed.",
    links: [`${docs}/extensions/overview`],
    on: {
      ...on(machines, value("allow_extension_operations").is(false)),
      [armMachine]: value("properties.osProfile.allowExtensionOperations").is(false),
    },
    examples: {
      bad: [
        tfResource(linux, `size = "Standard_D2s_v5"`),
        bicepResource(bicepMachine, "osProfile: {\n  allowExtensionOperations: true\n}"),
      ],
      good: [
        tfResource(linux, "allow_extension_operations = false"),
        bicepResource(bicepMachine, "osProfile: {\n  allowExtensionOperations: false\n}"),
      ],
    },
  },
  {
    id: "iac/azure-machine-unmanaged-disks",
    aliases: ["CKV_AZURE_92", "CKV2_AZURE_9"],
    title: "Machine uses disks in a storage account instead of managed disks",
    severity: "low",
    controls: "data-protection",
    why: "Whoever has a key of the storage account can copy and change the disk; such disks are being retired.",
    fix: "Move to managed disks: remove `vhd_uri` (Bicep: `vhd`) and name a disk type.",
    links: [`${docs}/unmanaged-disks-deprecation`],
    on: {
      ...on(
        machines,
        all(
          value("storage_os_disk.vhd_uri", { edit: false }).absent(),
          value("storage_data_disk.vhd_uri", { edit: false }).absent(),
        ),
      ),
      "tf:azurerm_virtual_machine": all(
        value("storage_os_disk.managed_disk_type", { edit: false }).exists(),
        value("storage_os_disk.vhd_uri", { edit: false }).absent(),
      ),
      [armMachine]: all(
        value("properties.storageProfile.osDisk.vhd", { edit: false }).absent(),
        value("properties.storageProfile.dataDisks.vhd", { edit: false }).absent(),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_virtual_machine", `storage_os_disk {\n  vhd_uri = "https://disks.example/os.vhd"\n}`),
        bicepResource(
          bicepMachine,
          "storageProfile: {\n  osDisk: {\n    vhd: {\n      uri: 'https://disks.example/os.vhd'\n    }\n  }\n}",
        ),
      ],
      good: [
        tfResource("azurerm_virtual_machine", `storage_os_disk {\n  managed_disk_type = "Premium_LRS"\n}`),
        bicepResource(
          bicepMachine,
          "storageProfile: {\n  osDisk: {\n    managedDisk: {\n      storageAccountType: 'Premium_LRS'\n    }\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-windows-machine-without-updates",
    aliases: ["CKV_AZURE_177"],
    title: "Windows machine does not install updates by itself",
    severity: "medium",
    controls: "patching",
    why: "Known holes stay open until somebody remembers to install the fixes.",
    fix: "Set `automatic_updates_enabled` (before: `enable_automatic_updates`; Bicep: `enableAutomaticUpdates`) to true or leave it out.",
    links: [`${docs}/automatic-vm-guest-patching`],
    on: {
      ...on(
        ["tf:azurerm_windows_virtual_machine", "tf:azurerm_windows_virtual_machine_scale_set"],
        value(["automatic_updates_enabled", "enable_automatic_updates"], { edit: false, missing: "pass" }).is(true),
      ),
      [armMachine]: value("properties.osProfile.windowsConfiguration.enableAutomaticUpdates", { missing: "pass" }).is(
        true,
      ),
      [armScaleSet]: value(`${scaleSetProfile}.osProfile.windowsConfiguration.enableAutomaticUpdates`, {
        missing: "pass",
      }).is(true),
    },
    examples: {
      bad: [
        tfResource(windows, "enable_automatic_updates = false"),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  windowsConfiguration: {\n    enableAutomaticUpdates: false\n  }\n}",
        ),
      ],
      good: [
        tfResource(windows, "enable_automatic_updates = true"),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  windowsConfiguration: {\n    enableAutomaticUpdates: true\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-scale-set-without-os-upgrades",
    aliases: ["CKV_AZURE_95"],
    title: "Machines of the scale set do not get new images by themselves",
    severity: "low",
    controls: "patching",
    why: "The machines run on with the holes of the image that they were once made from.",
    fix: "Set `automatic_os_upgrade` to true, for Windows `enable_automatic_upgrades` too (Bicep: `enableAutomaticUpgrade` of the extensions).",
    links: [
      "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade",
    ],
    on: {
      "tf:azurerm_virtual_machine_scale_set": all(
        value("automatic_os_upgrade").is(true),
        when(
          value("os_profile_windows_config").exists(),
          value("os_profile_windows_config.enable_automatic_upgrades").is(true),
        ),
      ),
      [armScaleSet]: when(
        value("properties.orchestrationMode").is("Flexible"),
        any(`${scaleSetProfile}.extensionProfile.extensions`, value("properties.enableAutomaticUpgrade").is(true)),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_virtual_machine_scale_set", "automatic_os_upgrade = false"),
        bicepResource(
          "Microsoft.Compute/virtualMachineScaleSets@2024-03-01",
          "orchestrationMode: 'Flexible'",
          "virtualMachineProfile: {\n  extensionProfile: {\n    extensions: [\n      {\n        properties: {\n          enableAutomaticUpgrade: false\n        }\n      }\n    ]\n  }\n}",
        ),
      ],
      good: [
        tfResource("azurerm_virtual_machine_scale_set", "automatic_os_upgrade = true"),
        bicepResource(
          "Microsoft.Compute/virtualMachineScaleSets@2024-03-01",
          "orchestrationMode: 'Flexible'",
          "virtualMachineProfile: {\n  extensionProfile: {\n    extensions: [\n      {\n        properties: {\n          enableAutomaticUpgrade: true\n        }\n      }\n    ]\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-without-agent",
    aliases: ["CKV_AZURE_179"],
    title: "Machine has no Azure agent",
    severity: "low",
    controls: "monitoring",
    why: "Without the agent neither Defender nor monitoring, updates or backups work on the machine.",
    fix: "Set `provision_vm_agent` (Bicep: `provisionVMAgent`) to true or leave it out.",
    links: [`${docs}/extensions/agent-linux`],
    on: {
      ...on([...machines, ...scaleSets], value("provision_vm_agent", { edit: false, missing: "pass" }).is(true)),
      [armMachine]: all(
        value("properties.osProfile.linuxConfiguration.provisionVMAgent", { edit: false }).not(false),
        value("properties.osProfile.windowsConfiguration.provisionVMAgent", { edit: false }).not(false),
      ),
    },
    examples: {
      bad: [
        tfResource(linux, "provision_vm_agent = false"),
        bicepResource(bicepMachine, "osProfile: {\n  linuxConfiguration: {\n    provisionVMAgent: false\n  }\n}"),
      ],
      good: [
        tfResource(linux, "provision_vm_agent = true"),
        bicepResource(bicepMachine, "osProfile: {\n  linuxConfiguration: {\n    provisionVMAgent: true\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-machine-without-antimalware",
    aliases: ["CKV2_AZURE_10"],
    title: "Machine has no antimalware extension that updates itself",
    severity: "low",
    controls: "threat-detection",
    why: "Known malware can be stored and run on the machine without anybody noticing.",
    fix: "Add the extension IaaSAntimalware of Microsoft.Azure.Security with `auto_upgrade_minor_version = true`, or use Defender for Servers.",
    links: ["https://learn.microsoft.com/azure/security/fundamentals/antimalware"],
    on: {
      "tf:azurerm_virtual_machine": connected(
        "azurerm_virtual_machine_extension",
        all(
          value("type").is("IaaSAntimalware"),
          value("publisher").is("Microsoft.Azure.Security"),
          value("auto_upgrade_minor_version").is(true),
        ),
      ),
    },
    examples: {
      bad: [tfResource("azurerm_virtual_machine", `name = "web"`)],
      good: [
        tf(
          tfBlock("azurerm_virtual_machine", "web", `name = "web"`) +
            tfBlock(
              "azurerm_virtual_machine_extension",
              "antimalware",
              "virtual_machine_id         = azurerm_virtual_machine.web.id",
              `publisher                  = "Microsoft.Azure.Security"`,
              `type                       = "IaaSAntimalware"`,
              "auto_upgrade_minor_version = true",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-without-backup",
    aliases: ["CKV2_AZURE_12"],
    title: "Machine is not backed up",
    severity: "low",
    controls: "backup",
    why: "After an error or ransomware nothing can be restored.",
    fix: "Add the machine to a Recovery Services vault with `azurerm_backup_protected_vm`.",
    links: ["https://learn.microsoft.com/azure/backup/backup-azure-vms-introduction"],
    on: { "tf:azurerm_virtual_machine": connected("azurerm_backup_protected_vm") },
    examples: {
      bad: [tfResource("azurerm_virtual_machine", `name = "web"`)],
      good: [
        tf(
          tfBlock("azurerm_virtual_machine", "web", `name = "web"`) +
            tfBlock("azurerm_backup_protected_vm", "web", "source_vm_id = azurerm_virtual_machine.web.id"),
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-disk-encryption-off",
    aliases: ["CKV2_AZURE_14"],
    title: "Disk of the machine has no encryption set up",
    severity: "low",
    controls: "encryption-at-rest",
    why: "Without disk encryption or a key of your own, access to the stored disk is access to the data.",
    fix: "Give the disk a `disk_encryption_set_id` or `encryption_settings`.",
    links: [`${docs}/disk-encryption-overview`],
    on: {
      "tf:azurerm_virtual_machine": anyOf(
        not(connected("azurerm_managed_disk")),
        connected(
          "azurerm_managed_disk",
          anyOf(
            value("disk_encryption_set_id").exists(),
            all(value("encryption_settings").exists(), value("encryption_settings.enabled").not(false)),
          ),
        ),
      ),
    },
    examples: {
      bad: [
        tf(
          tfBlock("azurerm_managed_disk", "data", "disk_size_gb = 64") +
            tfBlock(
              "azurerm_virtual_machine",
              "web",
              "storage_os_disk {\n  managed_disk_id = azurerm_managed_disk.data.id\n}",
            ),
        ),
      ],
      good: [
        tf(
          tfBlock("azurerm_managed_disk", "data", "disk_encryption_set_id = azurerm_disk_encryption_set.disks.id") +
            tfBlock(
              "azurerm_virtual_machine",
              "web",
              "storage_os_disk {\n  managed_disk_id = azurerm_managed_disk.data.id\n}",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-without-trusted-launch",
    aliases: [],
    title: "Machine of the second generation boots without secure boot or virtual TPM",
    severity: "low",
    controls: "workload-hardening",
    why: "Boot kits and changed drivers start before the system and stay unseen.",
    fix: "Set `secure_boot_enabled` and `vtpm_enabled` to true (Bicep: `securityProfile.uefiSettings`).",
    links: [`${docs}/trusted-launch`],
    on: {
      ...on(
        machines,
        when(
          generation2,
          all(value("secure_boot_enabled", { edit: false }).is(true), value("vtpm_enabled", { edit: false }).is(true)),
          "none",
        ),
      ),
      [armMachine]: when(
        value("properties.securityProfile.securityType").is("TrustedLaunch"),
        all(
          value("properties.securityProfile.uefiSettings.secureBootEnabled", { edit: false }).is(true),
          value("properties.securityProfile.uefiSettings.vTpmEnabled", { edit: false }).is(true),
        ),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(linux, `source_image_reference {\n  sku = "22_04-lts-gen2"\n}`),
        bicepResource(
          bicepMachine,
          "securityProfile: {\n  securityType: 'TrustedLaunch'\n  uefiSettings: {\n    secureBootEnabled: false\n    vTpmEnabled: true\n  }\n}",
        ),
      ],
      good: [
        tfResource(linux, "secure_boot_enabled = true", "vtpm_enabled        = true"),
        bicepResource(
          bicepMachine,
          "securityProfile: {\n  securityType: 'TrustedLaunch'\n  uefiSettings: {\n    secureBootEnabled: true\n    vTpmEnabled: true\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-linux-machine-not-patched-by-platform",
    aliases: [],
    title: "Updates of the Linux machine are nobody's task",
    severity: "low",
    controls: "patching",
    why: "In the mode ImageDefault fixes come only if the image was set up for them; known holes stay open.",
    fix: "Set `patch_mode` (Bicep: `patchSettings.patchMode`) to AutomaticByPlatform.",
    links: [`${docs}/automatic-vm-guest-patching`],
    on: {
      "tf:azurerm_linux_virtual_machine": value("patch_mode", { edit: "AutomaticByPlatform" }).not("ImageDefault"),
      [armMachine]: value("properties.osProfile.linuxConfiguration.patchSettings.patchMode", {
        edit: "AutomaticByPlatform",
      }).not("ImageDefault"),
    },
    examples: {
      bad: [
        tfResource(linux, `patch_mode = "ImageDefault"`),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  linuxConfiguration: {\n    patchSettings: {\n      patchMode: 'ImageDefault'\n    }\n  }\n}",
        ),
      ],
      good: [
        tfResource(linux, `patch_mode = "AutomaticByPlatform"`),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  linuxConfiguration: {\n    patchSettings: {\n      patchMode: 'AutomaticByPlatform'\n    }\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-without-boot-diagnostics",
    aliases: [],
    title: "Machine keeps no record of its boot",
    severity: "low",
    controls: "monitoring",
    why: "When a machine does not start any more, after an attack or an update, nobody can see why.",
    fix: "Add `boot_diagnostics {}` (Bicep: `diagnosticsProfile.bootDiagnostics.enabled`).",
    links: [`${docs}/boot-diagnostics`],
    on: {
      ...on([...machines, ...scaleSets], value("boot_diagnostics").exists()),
      [armMachine]: value("properties.diagnosticsProfile.bootDiagnostics.enabled").is(true),
      [armScaleSet]: value(`${scaleSetProfile}.diagnosticsProfile.bootDiagnostics.enabled`).is(true),
    },
    examples: {
      bad: [
        tfResource(linux, `size = "Standard_D2s_v5"`),
        bicepResource(bicepMachine, "diagnosticsProfile: {\n  bootDiagnostics: {\n    enabled: false\n  }\n}"),
      ],
      good: [
        tfResource(linux, "boot_diagnostics {}"),
        bicepResource(bicepMachine, "diagnosticsProfile: {\n  bootDiagnostics: {\n    enabled: true\n  }\n}"),
      ],
    },
  },
];
