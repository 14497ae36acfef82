/** Virtual machines of Google Cloud: who gets in, and what their service accounts may do. */
import { all, any, anyOf, each, not, value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { inMetadata, instance, notOfCluster, onInstances } from "../../families/google-instances.ts";
import type { Policy } from "../../policy.ts";

/** No account named means this one too. */
const defaultAccount = value("email", { missing: "pass" }).matches(/^\d+-compute@developer\.gserviceaccount\.com$/);

const account = (email: string, scope: string) =>
  instance("service_account {", `  email  = "${email}"`, `  scopes = ["${scope}"]`, "}");

const own = "shop@example-project.iam.gserviceaccount.com";
const given = "123456789-compute@developer.gserviceaccount.com";

export const policies: readonly Policy[] = [
  {
    id: "iac/google-instance-uses-default-account",
    aliases: ["CKV_GCP_30", "AVD-GCP-0044"],
    title: "Virtual machine runs as the default service account",
    severity: "medium",
    controls: "least-privilege",
    why: "The default account can usually edit the whole project: whoever gets into this machine can too.",
    fix: "Create a service account with just the roles this machine needs, and name it in `service_account.email`.",
    links: ["https://cloud.google.com/compute/docs/access/service-accounts"],
    on: onInstances(
      "service_account",
      when(notOfCluster, each("service_account", not(defaultAccount), { missing: "none" })),
    ),
    examples: { bad: [account(given, "storage-ro")], good: [account(own, "storage-ro")] },
  },
  {
    id: "iac/google-instance-default-account-with-all-scopes",
    aliases: ["CKV_GCP_31"],
    title: "Virtual machine has all rights of the default service account",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever gets into this machine, or makes it fetch an address for them, takes over the project.",
    fix: "Name a service account with few roles; with the default account, list only the scopes that are needed.",
    links: ["https://cloud.google.com/compute/docs/access/service-accounts"],
    on: onInstances(
      "service_account",
      when(
        notOfCluster,
        not(
          any(
            "service_account",
            all(
              defaultAccount,
              anyOf(
                value("scopes").contains("cloud-platform"),
                value("scopes").contains("https://www.googleapis.com/auth/cloud-platform"),
              ),
            ),
          ),
        ),
      ),
    ),
    examples: {
      bad: [account(given, "cloud-platform"), instance("service_account {", `  scopes = ["cloud-platform"]`, "}")],
      good: [account(own, "cloud-platform"), account(given, "storage-ro"), instance()],
    },
  },
  {
    id: "iac/google-instance-accepts-project-ssh-keys",
    aliases: ["CKV_GCP_32", "AVD-GCP-0030"],
    title: "Virtual machine accepts the SSH keys of the whole project",
    severity: "medium",
    controls: "administrative-access",
    why: "One lost key of anybody in the project opens this machine as well.",
    fix: "Set `block-project-ssh-keys` in `metadata` to TRUE, or use OS Login.",
    links: ["https://cloud.google.com/compute/docs/connect/restrict-ssh-keys"],
    on: onInstances("metadata.block-project-ssh-keys", inMetadata(value("metadata.block-project-ssh-keys").is(true))),
    examples: {
      bad: [instance(), instance("metadata = {", "  block-project-ssh-keys = false", "}")],
      good: [instance("metadata = {", `  block-project-ssh-keys = "TRUE"`, "}")],
    },
  },
  {
    id: "iac/google-project-without-os-login",
    aliases: ["CKV_GCP_33", "AVD-GCP-0042"],
    title: "Project does not use OS Login",
    severity: "medium",
    controls: "administrative-access",
    why: "SSH keys then live in metadata, stay when people leave, and no second factor is asked for.",
    fix: "Set `enable-oslogin` in the metadata of the project to TRUE.",
    links: ["https://cloud.google.com/compute/docs/oslogin/set-up-oslogin"],
    on: {
      "tf:google_compute_project_metadata": inMetadata(value("metadata.enable-oslogin", { edit: "TRUE" }).is(true)),
    },
    examples: {
      bad: [tfResource("google_compute_project_metadata", "metadata = {", `  team = "shop"`, "}")],
      good: [tfResource("google_compute_project_metadata", "metadata = {", `  enable-oslogin = "TRUE"`, "}")],
    },
  },
  {
    id: "iac/google-instance-switches-os-login-off",
    aliases: ["CKV_GCP_34", "AVD-GCP-0036"],
    title: "Virtual machine switches OS Login off",
    severity: "medium",
    controls: "administrative-access",
    why: "This machine goes back to SSH keys in metadata, whatever the project demands.",
    fix: "Remove `enable-oslogin` from the metadata of the machine, so that the setting of the project holds.",
    links: ["https://cloud.google.com/compute/docs/oslogin/set-up-oslogin"],
    on: onInstances("metadata.enable-oslogin", value("metadata.enable-oslogin").not(false)),
    examples: {
      bad: [instance("metadata = {", "  enable-oslogin = false", "}")],
      good: [instance("metadata = {", `  enable-oslogin = "TRUE"`, "}"), instance()],
    },
  },
  {
    id: "iac/google-instance-opens-serial-port",
    aliases: ["CKV_GCP_35", "AVD-GCP-0032"],
    title: "Virtual machine takes connections to its serial port",
    severity: "medium",
    controls: "administrative-access",
    why: "The serial console takes connections from every address; no firewall rule can limit it.",
    fix: "Remove `serial-port-enable` from `metadata`, and switch it on by hand only while you need it.",
    links: ["https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-using-serial-console"],
    on: onInstances(
      "metadata.serial-port-enable",
      all(value("metadata.serial-port-enable").not(true), value("metadata.serial-port-enable").not(1)),
    ),
    examples: {
      bad: [instance("metadata = {", "  serial-port-enable = true", "}")],
      good: [instance("metadata = {", "  serial-port-enable = false", "}"), instance()],
    },
  },
  {
    id: "iac/google-instance-forwards-packets",
    aliases: ["CKV_GCP_36", "AVD-GCP-0043"],
    title: "Virtual machine may send packets under other addresses",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whoever takes over the machine can pose as others on the network and lead traffic through it.",
    fix: "Remove `can_ip_forward`, unless the machine is a router or firewall.",
    links: ["https://cloud.google.com/vpc/docs/using-routes#canipforward"],
    on: onInstances("can_ip_forward", when(notOfCluster, value("can_ip_forward", { edit: false }).not(true))),
    examples: {
      bad: [instance("can_ip_forward = true")],
      good: [instance("can_ip_forward = false"), instance()],
    },
  },
  {
    id: "iac/google-instance-with-public-address",
    aliases: ["CKV_GCP_40", "AVD-GCP-0031"],
    title: "Virtual machine has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "Every service on it that a firewall rule forgets is open to the whole internet.",
    fix: "Remove `access_config`; put a load balancer before it, reach it by Identity-Aware Proxy, and let it out by Cloud NAT.",
    links: ["https://cloud.google.com/compute/docs/ip-addresses"],
    on: onInstances(
      "network_interface",
      all(value("network_interface.access_config").absent(), value("network_interface.ipv6_access_config").absent()),
    ),
    examples: {
      bad: [instance("network_interface {", `  network = "shop"`, "  access_config {}", "}")],
      good: [instance("network_interface {", `  network = "shop"`, "}")],
    },
  },
];
