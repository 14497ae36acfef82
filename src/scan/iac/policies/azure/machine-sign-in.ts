/** Azure virtual machines and scale sets: how administrators sign in, and what is written down of their secrets. */
import { all, anyOf, type Condition, check, nodesAt, not, value, when } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import { lacksCredentials } from "../../families/written-credentials.ts";
import { on, type Policy } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, passAt } from "../../verdict.ts";

const linux = "azurerm_linux_virtual_machine";
const bicepMachine = "Microsoft.Compute/virtualMachines@2024-03-01";
const sshDocs = "https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed";

/** The machine profile of a scale set holds what a machine holds itself. */
const profiles = { machine: "properties", scaleSet: "properties.virtualMachineProfile" } as const;

function onArmMachines(condition: (profile: string) => Condition): Policy["on"] {
  return {
    "arm:Microsoft.Compute/virtualMachines": condition(profiles.machine),
    "arm:Microsoft.Compute/virtualMachineScaleSets": condition(profiles.scaleSet),
  };
}

function isWindows(profile: string): Condition {
  return anyOf(
    value(`${profile}.osProfile.windowsConfiguration`).exists(),
    value(`${profile}.storageProfile.imageReference.publisher`).matches(/windows|^microsoft(?!cblmariner)/i),
    value(`${profile}.storageProfile.osDisk.osType`).is("Windows"),
  );
}

function onLinux(profile: string, condition: Condition): Condition {
  return when(all(value(`${profile}.osProfile`).exists(), not(isWindows(profile))), condition, "none");
}

/** What comes from elsewhere is not written here. Empty stands for none. */
const notWritten = (path: string): Condition =>
  check((_, node) => {
    const written = nodesAt(node, path).find((one) => (plainOf(one) ?? "") !== "");
    return written ? failAt(written, "the password is written out") : passAt(node.at);
  });

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-machine-password-sign-in",
    aliases: ["CKV_AZURE_1", "CKV_AZURE_49", "CKV_AZURE_149", "AVD-AZU-0039"],
    title: "Linux machine lets people sign in with a password",
    severity: "high",
    controls: "strong-authentication",
    why: "Passwords are guessed by programs that try every machine they find; keys are not.",
    fix: "Set `disable_password_authentication` (Bicep: `disablePasswordAuthentication`) to true and give an SSH key.",
    links: [sshDocs],
    on: {
      ...on(
        ["tf:azurerm_linux_virtual_machine", "tf:azurerm_linux_virtual_machine_scale_set"],
        value("disable_password_authentication", { edit: false }).not(false),
      ),
      ...on(
        ["tf:azurerm_virtual_machine", "tf:azurerm_virtual_machine_scale_set"],
        when(
          value("os_profile_linux_config").exists(),
          value("os_profile_linux_config.disable_password_authentication", { edit: false }).is(true),
        ),
      ),
      ...onArmMachines((profile) =>
        onLinux(
          profile,
          value(`${profile}.osProfile.linuxConfiguration.disablePasswordAuthentication`, { edit: false }).is(true),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(linux, "disable_password_authentication = false"),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  linuxConfiguration: {\n    disablePasswordAuthentication: false\n  }\n}",
        ),
      ],
      good: [
        tfResource(linux, "disable_password_authentication = true"),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  linuxConfiguration: {\n    disablePasswordAuthentication: true\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-without-ssh-key",
    aliases: ["CKV_AZURE_178"],
    title: "Linux machine has no SSH key to sign in with",
    severity: "medium",
    controls: "strong-authentication",
    why: "Administrators are left with a password, which can be guessed or passed on.",
    fix: "Add `admin_ssh_key` with a public key (Bicep: `linuxConfiguration.ssh.publicKeys`).",
    links: [sshDocs],
    on: {
      ...on(
        ["tf:azurerm_linux_virtual_machine", "tf:azurerm_linux_virtual_machine_scale_set"],
        value("admin_ssh_key.public_key").exists(),
      ),
      ...onArmMachines((profile) =>
        onLinux(profile, value(`${profile}.osProfile.linuxConfiguration.ssh.publicKeys.path`).exists()),
      ),
    },
    examples: {
      bad: [
        tfResource(linux, `size = "Standard_D2s_v5"`),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  linuxConfiguration: {\n    disablePasswordAuthentication: false\n  }\n}",
        ),
      ],
      good: [
        tfResource(linux, `admin_ssh_key {\n  username   = "ops"\n  public_key = var.key\n}`),
        bicepResource(
          bicepMachine,
          "osProfile: {\n  linuxConfiguration: {\n    ssh: {\n      publicKeys: [\n        {\n          path: '/home/ops/.ssh/authorized_keys'\n        }\n      ]\n    }\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-machine-password-in-template",
    aliases: [],
    title: "Password of the administrator is written in the template",
    severity: "critical",
    controls: "secret-handling",
    why: "Everybody who reads the repository can sign in to the machine as administrator.",
    fix: "Take the password from Key Vault or a secure parameter without default, and change it: it is known.",
    links: ["https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter"],
    on: {
      ...on(
        [
          "tf:azurerm_linux_virtual_machine",
          "tf:azurerm_windows_virtual_machine",
          "tf:azurerm_linux_virtual_machine_scale_set",
          "tf:azurerm_windows_virtual_machine_scale_set",
          "tf:azurerm_orchestrated_virtual_machine_scale_set",
        ],
        notWritten("admin_password"),
      ),
      "tf:azurerm_virtual_machine": notWritten("os_profile.admin_password"),
      "tf:azurerm_virtual_machine_scale_set": notWritten("os_profile.admin_password"),
      ...onArmMachines((profile) => notWritten(`${profile}.osProfile.adminPassword`)),
    },
    examples: {
      bad: [
        tfResource("azurerm_windows_virtual_machine", `admin_username = "ops"`, `admin_password = "not-so-secret"`),
        bicepResource(bicepMachine, "osProfile: {\n  adminPassword: 'not-so-secret'\n}"),
      ],
      good: [
        tfResource("azurerm_windows_virtual_machine", `admin_username = "ops"`),
        bicepResource(bicepMachine, "osProfile: {\n  adminUsername: 'ops'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-machine-secret-in-start-data",
    aliases: ["CKV_AZURE_45", "AVD-AZU-0037"],
    title: "Start data of the machine hold a password or key",
    severity: "high",
    controls: "secret-handling",
    why: "Every process on the machine can read them, and so can everybody who may look at the deployment or the repository.",
    fix: "Let the machine fetch the secret from Key Vault with its managed identity, and change it: it is known.",
    links: ["https://learn.microsoft.com/azure/virtual-machines/custom-data"],
    on: {
      ...on(
        [
          "tf:azurerm_linux_virtual_machine",
          "tf:azurerm_windows_virtual_machine",
          "tf:azurerm_linux_virtual_machine_scale_set",
          "tf:azurerm_windows_virtual_machine_scale_set",
        ],
        all(lacksCredentials("custom_data"), lacksCredentials("user_data")),
      ),
      "tf:azurerm_virtual_machine": lacksCredentials("os_profile.custom_data"),
      "tf:azurerm_virtual_machine_scale_set": lacksCredentials("os_profile.custom_data"),
      ...onArmMachines((profile) =>
        all(lacksCredentials(`${profile}.osProfile.customData`), lacksCredentials(`${profile}.userData`)),
      ),
    },
    examples: {
      bad: [
        tfResource(linux, `custom_data = base64encode("export DB_PASSWORD=not-so-secret")`),
        bicepResource(bicepMachine, "osProfile: {\n  customData: base64('export DB_PASSWORD=not-so-secret')\n}"),
      ],
      good: [
        tfResource(linux, `custom_data = base64encode("apt-get install -y nginx")`),
        bicepResource(bicepMachine, "osProfile: {\n  customData: base64('apt-get install -y nginx')\n}"),
      ],
    },
  },
];
