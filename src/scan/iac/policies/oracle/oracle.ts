/** Oracle Cloud: instances, storage, networks, clusters and password rules. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { all, any, anyOf, type Condition, check, connected, each, not, value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const docs = "https://docs.oracle.com/en-us/iaas/Content/";

/** Undefined: not known. */
type Known = boolean | undefined;

/** The rule opens the port to its source: no options at all mean every port, as does `all`. */
function opensPort(rule: Node, port: number): Known {
  const protocol = child(rule, "protocol");
  if (protocol?.is === "unknown") return undefined;
  const name = protocol?.is === "scalar" ? String(protocol.value).toLowerCase() : "";
  // ICMP has no ports, and nothing listens for SSH over UDP.
  if (name === "1" || name === "58" || (name === "17" && port === 22)) return false;
  if (name === "all") return true;
  const options = [...itemsOf(child(rule, "tcp_options")), ...itemsOf(child(rule, "udp_options"))];
  if (options.length === 0) return true;
  const covered = options.map((option) => coversPort(option, port));
  if (covered.includes(true)) return true;
  return covered.includes(undefined) ? undefined : false;
}

function coversPort(option: Node, port: number): Known {
  if (option.is === "unknown") return undefined;
  const [range = option] = itemsOf(child(option, "destination_port_range"));
  const [min, max] = [child(range, "min"), child(range, "max")];
  // The ranges of a source say nothing of what is open.
  if (range === option && min === undefined && max === undefined) return !child(option, "source_port_range");
  if (min?.is === "scalar" && Number(min.value) > port) return false;
  if (max?.is === "scalar" && max.value !== null && Number(max.value) < port) return false;
  return min?.is === "unknown" || max?.is === "unknown" ? undefined : true;
}

/** No rule for everybody covers the port; the condition sees the rule. */
function isClosed(port: number): Condition {
  return when(
    value("source").is("0.0.0.0/0"),
    check((_, rule) => {
      const open = opensPort(rule, port);
      if (open === undefined) return unknownAt(rule.at, "its ports or its protocol are not known");
      return open ? failAt(rule, `port ${port} is open to 0.0.0.0/0`) : passAt(rule.at);
    }),
  );
}

const listIsClosed = (port: number): Condition => each("ingress_security_rules", isClosed(port));

const ruleIsClosed = (port: number): Condition => when(value("direction").matches(/^ingress$/i), isClosed(port));

const openPortWords = {
  severity: "high",
  controls: "network-exposure",
  why: "Anybody can try passwords and known weaknesses of the service day and night.",
  fix: "Limit the source to the addresses of administrators, or use a bastion.",
  links: [`${docs}Network/Concepts/securityrules.htm`],
} as const;

function passwordRule(alias: string, attribute: string, what: string): Policy {
  return {
    id: `iac/oracle-password-without-${what.replace(" ", "-")}`,
    aliases: [alias],
    title: `Password policy does not ask for ${what}`,
    severity: "low",
    controls: "password-policy",
    why: "The fewer kinds of characters a password must have, the fewer guesses find it.",
    fix: `Set \`${attribute} = true\` in \`password_policy\`.`,
    links: [`${docs}Identity/passwordpolicies/managing-password-policies.htm`],
    on: { "tf:oci_identity_authentication_policy": value(`password_policy.${attribute}`).is(true) },
    examples: {
      bad: [tfResource("oci_identity_authentication_policy", "password_policy {", `  ${attribute} = false`, "}")],
      good: [tfResource("oci_identity_authentication_policy", "password_policy {", `  ${attribute} = true`, "}")],
    },
  };
}

const bucket = "oci_objectstorage_bucket";
const instance = "oci_core_instance";

export const policies: readonly Policy[] = [
  {
    id: "iac/oracle-provider-with-password",
    aliases: ["CKV_OCI_1"],
    title: "Password of the provider's key is written in the configuration",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the repository has half of what it takes to act as the provider's user.",
    fix: "Take `private_key_password` from the environment, or use an instance principal.",
    links: [`${docs}API/SDKDocs/terraformproviderconfiguration.htm`],
    on: { "tf:provider.oci": value("private_key_password", { edit: false }).absent() },
    examples: {
      bad: [{ path: "main.tf", text: 'provider "oci" {\n  private_key_password = "not a real one"\n}\n' }],
      good: [{ path: "main.tf", text: 'provider "oci" {\n  region = "eu-frankfurt-1"\n}\n' }],
    },
  },
  {
    id: "iac/oracle-volume-without-backup",
    aliases: ["CKV_OCI_2"],
    title: "Block volume has no backup policy",
    severity: "low",
    controls: "backup",
    why: "What is deleted or encrypted by an intruder cannot be brought back.",
    fix: "Name a backup policy in `backup_policy_id`.",
    links: [`${docs}Block/Tasks/schedulingvolumebackups.htm`],
    on: { "tf:oci_core_volume": value("backup_policy_id").exists() },
    examples: {
      bad: [tfResource("oci_core_volume", 'display_name = "data"')],
      good: [tfResource("oci_core_volume", 'backup_policy_id = "policy"')],
    },
  },
  ...(
    [
      ["CKV_OCI_3", "oci_core_volume", "volume", "Block volume"],
      ["CKV_OCI_9", bucket, "bucket", "Bucket"],
      ["CKV_OCI_15", "oci_file_storage_file_system", "file-system", "File system"],
    ] as const
  ).map(
    ([alias, type, name, what]): Policy => ({
      id: `iac/oracle-${name}-without-own-key`,
      aliases: [alias],
      title: `${what} is not encrypted with a key of one's own`,
      severity: "low",
      controls: "customer-managed-keys",
      why: "Access to the data cannot be withdrawn by withdrawing the key, and its use is not logged for you.",
      fix: "Name a vault key in `kms_key_id`.",
      links: [`${docs}KeyManagement/Concepts/keyoverview.htm`],
      on: { [`tf:${type}`]: value("kms_key_id").exists() },
      examples: { bad: [tfResource(type, 'display_name = "data"')], good: [tfResource(type, 'kms_key_id = "key"')] },
    }),
  ),
  {
    id: "iac/oracle-boot-volume-unencrypted-in-transit",
    aliases: ["CKV_OCI_4"],
    title: "Boot volume is not encrypted in transit",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Data between the machine and its volume can be read on the network in between.",
    fix: "Set `is_pv_encryption_in_transit_enabled = true` in `launch_options`.",
    links: [`${docs}Block/Concepts/overview.htm`],
    on: { [`tf:${instance}`]: value("launch_options.is_pv_encryption_in_transit_enabled").is(true) },
    examples: {
      bad: [tfResource(instance, 'shape = "VM.Standard2.1"')],
      good: [tfResource(instance, "launch_options {", "  is_pv_encryption_in_transit_enabled = true", "}")],
    },
  },
  {
    id: "iac/oracle-instance-with-old-metadata-service",
    aliases: ["CKV_OCI_5"],
    title: "Instance answers the old metadata service",
    severity: "medium",
    controls: "instance-metadata",
    why: "A request that an application is tricked into making is enough to read the machine's credentials.",
    fix: "Set `are_legacy_imds_endpoints_disabled = true` in `instance_options`.",
    links: [`${docs}Compute/Tasks/gettingmetadata.htm`],
    on: { [`tf:${instance}`]: value("instance_options.are_legacy_imds_endpoints_disabled").is(true) },
    examples: {
      bad: [tfResource(instance, 'shape = "VM.Standard2.1"')],
      good: [tfResource(instance, "instance_options {", "  are_legacy_imds_endpoints_disabled = true", "}")],
    },
  },
  {
    id: "iac/oracle-instance-not-monitored",
    aliases: ["CKV_OCI_6"],
    title: "Monitoring of the instance is switched off",
    severity: "low",
    controls: "monitoring",
    why: "Unusual load and failures go unseen.",
    fix: "Remove `is_monitoring_disabled` from `agent_config`, or set it to false.",
    links: [`${docs}Compute/Tasks/enablingmonitoring.htm`],
    on: { [`tf:${instance}`]: value("agent_config.is_monitoring_disabled").not(true) },
    examples: {
      bad: [tfResource(instance, "agent_config {", "  is_monitoring_disabled = true", "}")],
      good: [tfResource(instance, "agent_config {", "  is_monitoring_disabled = false", "}")],
    },
  },
  {
    id: "iac/oracle-bucket-without-events",
    aliases: ["CKV_OCI_7"],
    title: "Bucket tells nobody about changes of its objects",
    severity: "low",
    controls: "logging",
    why: "Uploads and deletions by an intruder cause no event that could raise an alarm.",
    fix: "Set `object_events_enabled = true`.",
    links: [`${docs}Object/Tasks/managingbuckets.htm`],
    on: { [`tf:${bucket}`]: value("object_events_enabled").is(true) },
    examples: {
      bad: [tfResource(bucket, 'name = "data"')],
      good: [tfResource(bucket, "object_events_enabled = true")],
    },
  },
  {
    id: "iac/oracle-bucket-without-versions",
    aliases: ["CKV_OCI_8"],
    title: "Bucket keeps no versions",
    severity: "low",
    controls: "deletion-protection",
    why: "What is overwritten or deleted, by mistake or by an intruder, is lost.",
    fix: 'Set `versioning = "Enabled"`.',
    links: [`${docs}Object/Tasks/usingversioning.htm`],
    on: { [`tf:${bucket}`]: value("versioning").is("Enabled") },
    examples: { bad: [tfResource(bucket, 'name = "data"')], good: [tfResource(bucket, 'versioning = "Enabled"')] },
  },
  {
    id: "iac/oracle-bucket-public",
    aliases: ["CKV_OCI_10"],
    title: "Bucket can be read by everybody",
    severity: "high",
    controls: "public-data",
    why: "Every object can be fetched by anybody on the internet.",
    fix: 'Set `access_type = "NoPublicAccess"` and use pre-authenticated requests.',
    links: [`${docs}Object/Tasks/managingbuckets.htm`],
    on: {
      [`tf:${bucket}`]: value("access_type", { edit: "NoPublicAccess" }).not("ObjectRead", "ObjectReadWithoutList"),
    },
    examples: {
      bad: [tfResource(bucket, 'access_type = "ObjectRead"')],
      good: [tfResource(bucket, 'access_type = "NoPublicAccess"')],
    },
  },
  passwordRule("CKV_OCI_11", "is_lowercase_characters_required", "lower case"),
  passwordRule("CKV_OCI_12", "is_numeric_characters_required", "digits"),
  passwordRule("CKV_OCI_13", "is_special_characters_required", "symbols"),
  passwordRule("CKV_OCI_14", "is_uppercase_characters_required", "upper case"),
  {
    id: "iac/oracle-password-short",
    aliases: ["CKV_OCI_18"],
    title: "Password policy allows fewer than 14 characters",
    severity: "low",
    controls: "password-policy",
    why: "Short passwords of console users are guessed.",
    fix: "Set `minimum_password_length` in `password_policy` to 14 or more.",
    links: [`${docs}Identity/passwordpolicies/managing-password-policies.htm`],
    on: { "tf:oci_identity_authentication_policy": value("password_policy.minimum_password_length").atLeast(14) },
    examples: {
      bad: [
        tfResource("oci_identity_authentication_policy", "password_policy {", "  minimum_password_length = 8", "}"),
      ],
      good: [
        tfResource("oci_identity_authentication_policy", "password_policy {", "  minimum_password_length = 14", "}"),
      ],
    },
  },
  {
    id: "iac/oracle-security-list-without-ingress-rules",
    aliases: ["CKV_OCI_16"],
    title: "Security list has no ingress rule",
    severity: "low",
    controls: "network-segmentation",
    why: "A list that says nothing is easily completed by hand, past review.",
    fix: "Write the traffic that is wanted as `ingress_security_rules`.",
    links: [`${docs}Network/Concepts/securitylists.htm`],
    on: { "tf:oci_core_security_list": value("ingress_security_rules.protocol").exists() },
    examples: {
      bad: [tfResource("oci_core_security_list", 'display_name = "list"')],
      good: [
        tfResource(
          "oci_core_security_list",
          "ingress_security_rules {",
          '  protocol = "6"',
          '  source = "10.0.0.0/8"',
          "}",
        ),
      ],
    },
  },
  {
    id: "iac/oracle-security-list-stateful",
    aliases: ["CKV_OCI_17"],
    title: "Ingress rule of a security list is stateful",
    severity: "low",
    controls: "network-segmentation",
    why: "Tracked connections fill the tables of a busy network, and traffic is dropped when they are full.",
    fix: "Set `stateless = true`, with a rule for the answers.",
    links: [`${docs}Network/Concepts/securityrules.htm`],
    on: {
      "tf:oci_core_security_list": each("ingress_security_rules", value("stateless", { missing: "pass" }).is(true)),
    },
    examples: {
      bad: [
        tfResource(
          "oci_core_security_list",
          "ingress_security_rules {",
          '  protocol = "6"',
          "  stateless = false",
          "}",
        ),
      ],
      good: [
        tfResource("oci_core_security_list", "ingress_security_rules {", '  protocol = "6"', "  stateless = true", "}"),
      ],
    },
  },
  {
    id: "iac/oracle-security-group-stateful",
    aliases: ["CKV_OCI_21"],
    title: "Ingress rule of a network security group is stateful",
    severity: "low",
    controls: "network-segmentation",
    why: "Tracked connections fill the tables of a busy network, and traffic is dropped when they are full.",
    fix: "Set `stateless = true`, with a rule for the answers.",
    links: [`${docs}Network/Concepts/securityrules.htm`],
    on: {
      "tf:oci_core_network_security_group_security_rule": when(
        value("direction").is("INGRESS"),
        value("stateless").is(true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("oci_core_network_security_group_security_rule", 'direction = "INGRESS"', "stateless = false")],
      good: [tfResource("oci_core_network_security_group_security_rule", 'direction = "INGRESS"', "stateless = true")],
    },
  },
  ...(
    [
      [22, "SSH", "CKV_OCI_19", "CKV_OCI_22"],
      [3389, "remote desktop", "CKV_OCI_20", "CKV2_OCI_2"],
    ] as const
  )
    // oxlint-disable-next-line max-lines-per-function -- two policies as data
    .flatMap(([port, name, listAlias, groupAlias]): readonly Policy[] => [
      {
        id: `iac/oracle-security-list-opens-port-${port}`,
        aliases: [listAlias],
        title: `Security list opens ${name} (port ${port}) to the internet`,
        ...openPortWords,
        on: { "tf:oci_core_security_list": listIsClosed(port) },
        examples: {
          bad: [
            tfResource(
              "oci_core_security_list",
              "ingress_security_rules {",
              '  protocol = "6"',
              '  source = "0.0.0.0/0"',
              "  tcp_options {",
              `    min = ${port}`,
              `    max = ${port}`,
              "  }",
              "}",
            ),
          ],
          good: [
            tfResource(
              "oci_core_security_list",
              "ingress_security_rules {",
              '  protocol = "6"',
              '  source = "10.0.0.0/8"',
              "  tcp_options {",
              `    min = ${port}`,
              `    max = ${port}`,
              "  }",
              "}",
            ),
          ],
        },
      },
      {
        id: `iac/oracle-security-group-opens-port-${port}`,
        aliases: [groupAlias],
        title: `Network security group opens ${name} (port ${port}) to the internet`,
        ...openPortWords,
        on: { "tf:oci_core_network_security_group_security_rule": ruleIsClosed(port) },
        examples: {
          bad: [
            tfResource(
              "oci_core_network_security_group_security_rule",
              'direction = "INGRESS"',
              'protocol = "all"',
              'source = "0.0.0.0/0"',
            ),
          ],
          good: [
            tfResource(
              "oci_core_network_security_group_security_rule",
              'direction = "INGRESS"',
              'protocol = "all"',
              'source = "10.0.0.0/8"',
            ),
          ],
        },
      },
    ]),
  {
    id: "iac/oracle-data-catalog-public",
    aliases: ["CKV_OCI_23"],
    title: "Data catalog is reached over public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "The catalog, which knows where all data is, can be asked from anywhere.",
    fix: "Attach a private endpoint in `attached_catalog_private_endpoints`.",
    links: [`${docs}data-catalog/home.htm`],
    on: { "tf:oci_datacatalog_catalog": value("attached_catalog_private_endpoints").exists() },
    examples: {
      bad: [tfResource("oci_datacatalog_catalog", 'display_name = "catalog"')],
      good: [tfResource("oci_datacatalog_catalog", 'attached_catalog_private_endpoints = ["endpoint"]')],
    },
  },
  {
    id: "iac/oracle-administrator-with-api-key",
    aliases: ["CKV2_OCI_1"],
    title: "Administrator has an API key",
    severity: "medium",
    controls: "least-privilege",
    why: "A key file that leaks gives all rights, without a second factor.",
    fix: "Give keys to users with the rights of their task, not to members of Administrators.",
    links: [`${docs}Identity/users/working-with-your-own-user-account.htm`],
    on: {
      "tf:oci_identity_user": anyOf(
        not(connected("oci_identity_api_key")),
        not(
          connected(
            "oci_identity_user_group_membership",
            connected("oci_identity_group", value("name").is("Administrators")),
          ),
        ),
      ),
    },
    examples: {
      bad: [
        {
          path: "main.tf",
          text: 'resource "oci_identity_user" "u" {\n  name = "u"\n}\nresource "oci_identity_api_key" "k" {\n  user_id = oci_identity_user.u.id\n}\nresource "oci_identity_group" "g" {\n  name = "Administrators"\n}\nresource "oci_identity_user_group_membership" "m" {\n  group_id = oci_identity_group.g.id\n  user_id  = oci_identity_user.u.id\n}\n',
        },
      ],
      good: [{ path: "main.tf", text: 'resource "oci_identity_user" "u" {\n  name = "u"\n}\n' }],
    },
  },
  {
    id: "iac/oracle-cluster-endpoint-without-security-group",
    aliases: ["CKV2_OCI_3"],
    title: "Endpoint of the Kubernetes cluster has no network security group",
    severity: "medium",
    controls: "network-segmentation",
    why: "Nothing but the subnet's rules limits who reaches the cluster's API.",
    fix: "Name groups in `endpoint_config.nsg_ids`.",
    links: [`${docs}ContEng/Concepts/contengnetworkconfig.htm`],
    on: {
      "tf:oci_containerengine_cluster": all(
        value("endpoint_config.nsg_ids").exists(),
        value("endpoint_config.nsg_ids").not("null"),
      ),
    },
    examples: {
      bad: [tfResource("oci_containerengine_cluster", 'name = "c"')],
      good: [tfResource("oci_containerengine_cluster", "endpoint_config {", '  nsg_ids = ["group"]', "}")],
    },
  },
  {
    id: "iac/oracle-file-export-trusts-root",
    aliases: ["CKV2_OCI_4"],
    title: "File export does not turn root into an unprivileged user",
    severity: "medium",
    controls: "least-privilege",
    why: "Root of any client machine owns every file of the export.",
    fix: 'Set `identity_squash = "ROOT"` with `anonymous_uid` and `anonymous_gid` 65534.',
    links: [`${docs}File/Tasks/exportoptions.htm`],
    on: {
      "tf:oci_file_storage_export": anyOf(
        not(any("export_options", value("identity_squash").matches(/^root$/i))),
        any(
          "export_options",
          all(
            value("identity_squash").matches(/^root$/i),
            value("anonymous_uid").is(65_534),
            value("anonymous_gid").is(65_534),
          ),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "oci_file_storage_export",
          "export_options {",
          '  identity_squash = "ROOT"',
          "  anonymous_uid = 0",
          "  anonymous_gid = 0",
          "}",
        ),
      ],
      good: [
        tfResource(
          "oci_file_storage_export",
          "export_options {",
          '  identity_squash = "ROOT"',
          "  anonymous_uid = 65534",
          "  anonymous_gid = 65534",
          "}",
        ),
      ],
    },
  },
  {
    id: "iac/oracle-node-pool-unencrypted-in-transit",
    aliases: ["CKV2_OCI_5"],
    title: "Boot volumes of a node pool are not encrypted in transit",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Data between nodes and their volumes can be read on the network in between.",
    fix: "Set `is_pv_encryption_in_transit_enabled = true` in `node_config_details`.",
    links: [`${docs}ContEng/Concepts/contengoverview.htm`],
    on: {
      "tf:oci_containerengine_node_pool": value("node_config_details.is_pv_encryption_in_transit_enabled").is(true),
    },
    examples: {
      bad: [tfResource("oci_containerengine_node_pool", 'name = "pool"')],
      good: [
        tfResource(
          "oci_containerengine_node_pool",
          "node_config_details {",
          "  is_pv_encryption_in_transit_enabled = true",
          "}",
        ),
      ],
    },
  },
  {
    id: "iac/oracle-cluster-without-pod-security-policy",
    aliases: ["CKV2_OCI_6"],
    title: "Kubernetes cluster enforces no pod security policy",
    severity: "low",
    controls: "privileged-workload",
    why: "Whoever may create pods may create privileged ones.",
    fix: "Set `is_pod_security_policy_enabled = true`, or on current versions enforce pod security standards.",
    links: [`${docs}ContEng/Tasks/contengusingpspswithoke.htm`],
    on: {
      "tf:oci_containerengine_cluster": value("options.admission_controller_options.is_pod_security_policy_enabled").is(
        true,
      ),
    },
    examples: {
      bad: [tfResource("oci_containerengine_cluster", 'name = "c"')],
      good: [
        tfResource(
          "oci_containerengine_cluster",
          "options {",
          "  admission_controller_options {",
          "    is_pod_security_policy_enabled = true",
          "  }",
          "}",
        ),
      ],
    },
  },
];
