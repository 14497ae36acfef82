/** Yandex Cloud: machines, clusters, databases, buckets, networks and rights. */
import { type Node, textOf } from "../../../formats/node.ts";
import { all, type Condition, check, each, nodesAt, value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { on, type Policy, type ResourceKey } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const docs = "https://yandex.cloud/en/docs/";
const databases = [
  "clickhouse",
  "elasticsearch",
  "greenplum",
  "kafka",
  "mongodb",
  "mysql",
  "postgresql",
  "redis",
  "sqlserver",
].map((name): ResourceKey => `tf:yandex_mdb_${name}_cluster`);

/** Of a member that is known in part, what is known. */
const memberText = (node: Node) => (node.is === "unknown" ? node.text : textOf(node));

/** Of one subject in different types: the same demand, other paths. */
function needs(
  alias: string,
  id: string,
  title: string,
  type: string,
  path: string,
  words: Pick<Policy, "severity" | "controls" | "why" | "fix">,
  good: readonly string[],
): Policy {
  return {
    id: `iac/yandex-${id}`,
    aliases: [alias],
    title,
    ...words,
    links: [docs],
    on: { [`tf:${type}`]: value(path).exists() },
    examples: { bad: [tfResource(type, 'name = "example"')], good: [tfResource(type, ...good)] },
  };
}

function nested(path: string, last: string): readonly string[] {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return [`${name} = ${last}`];
  return [`${name} {`, ...nested(rest.join("."), last).map((line) => `  ${line}`), "}"];
}

const publicAddress = {
  severity: "medium",
  controls: "network-exposure",
  why: "It can be reached from the whole internet, and every open port is tried within minutes.",
  fix: "Remove the public address and reach it through a bastion, a VPN or a load balancer.",
} as const;

function withoutPublicAddress(alias: string, id: string, what: string, type: string, path: string): Policy {
  return {
    id: `iac/yandex-${id}-public`,
    aliases: [alias],
    title: `${what} has a public address`,
    ...publicAddress,
    links: [docs],
    on: { [`tf:${type}`]: value(path).not(true) },
    examples: { bad: [tfResource(type, ...nested(path, "true"))], good: [tfResource(type, ...nested(path, "false"))] },
  };
}

const securityGroup = {
  severity: "low",
  controls: "network-segmentation",
  why: "Nothing limits which traffic reaches it.",
  fix: "Name security groups in `security_group_ids`.",
} as const;

function withSecurityGroup(alias: string, id: string, what: string, type: string, path: string): Policy {
  return needs(
    alias,
    `${id}-without-security-group`,
    `${what} has no security group`,
    type,
    path,
    securityGroup,
    nested(path, '["group"]'),
  );
}

/** Every port: no port named, or the whole range. */
const allPorts: Condition = check(({ dialect }, node) => {
  const unclear = ["port", "from_port", "to_port"]
    .flatMap((name) => nodesAt(node, name))
    .find((one) => one.is === "unknown");
  if (unclear) return unknownAt(unclear.at, "the ports are not known");
  const port = plainNumber(node, "port");
  const [from, to] = [plainNumber(node, "from_port"), plainNumber(node, "to_port")];
  const isOpen =
    dialect === "tf" &&
    (port === -1 ||
      (port === undefined && from === undefined) ||
      (from !== undefined && from <= 0 && to === 65_535) ||
      from === -1);
  return isOpen ? passAt(node.at) : { is: "fail", at: node.at };
});

function plainNumber(node: Parameters<Condition>[0], name: string): number | undefined {
  const [found] = nodesAt(node, name);
  return found?.is === "scalar" && found.value !== null ? Number(found.value) : undefined;
}

const noWideOpenRule = when(all(value("v4_cidr_blocks").contains("0.0.0.0/0"), allPorts), (node) =>
  failAt(node, "every port is open to 0.0.0.0/0"),
);

const elevatedRoles = ["admin", "editor"] as const;
const organizationRoles = [
  ...elevatedRoles,
  "organization-manager.organizations.owner",
  "organization-manager.admin",
] as const;
const grants = (scope: string): readonly ResourceKey[] => [
  `tf:yandex_${scope}_iam_binding`,
  `tf:yandex_${scope}_iam_member`,
];

function withoutElevatedRole(alias: string, name: string, scope: string, roles: readonly string[]): Policy {
  return {
    id: `iac/yandex-${name}-elevated-role`,
    aliases: [alias],
    title: `Somebody gets all rights on the ${name}`,
    severity: "high",
    controls: "least-privilege",
    why: "One account that is taken over is enough to read, change and delete everything.",
    fix: "Give roles of single services, on the folder where they are needed.",
    links: [`${docs}iam/concepts/access-control/roles`],
    on: on(grants(scope), value("role").not(...roles)),
    examples: {
      bad: [tfResource(`yandex_${scope}_iam_member`, 'role = "admin"')],
      good: [tfResource(`yandex_${scope}_iam_member`, 'role = "viewer"')],
    },
  };
}

const machine = "yandex_compute_instance";
const group = "yandex_compute_instance_group";
const cluster = "yandex_kubernetes_cluster";
const nodes = "yandex_kubernetes_node_group";
const ownKey = {
  severity: "low",
  controls: "customer-managed-keys",
  why: "Access to the data cannot be withdrawn by withdrawing the key.",
  fix: "Name a KMS key.",
} as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/yandex-database-without-security-group",
    aliases: ["CKV_YC_1"],
    title: "Database cluster has no security group",
    ...securityGroup,
    links: [docs],
    on: on(databases, value("security_group_ids").exists()),
    examples: {
      bad: [tfResource("yandex_mdb_mysql_cluster", 'name = "db"')],
      good: [tfResource("yandex_mdb_mysql_cluster", 'security_group_ids = ["group"]')],
    },
  },
  withoutPublicAddress("CKV_YC_2", "machine", "Virtual machine", machine, "network_interface.nat"),
  needs(
    "CKV_YC_3",
    "bucket-without-own-key",
    "Bucket is not encrypted with a key of one's own",
    "yandex_storage_bucket",
    "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ownKey,
    nested(
      "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
      '"key"',
    ),
  ),
  {
    id: "iac/yandex-machine-with-serial-console",
    aliases: ["CKV_YC_4"],
    title: "Serial console of a virtual machine is open",
    severity: "medium",
    controls: "administrative-access",
    why: "The console is reached from any address, past the rules of the network.",
    fix: "Remove `serial-port-enable` from `metadata`.",
    links: [`${docs}compute/operations/serial-console/`],
    on: { [`tf:${machine}`]: value("metadata.serial-port-enable").not(true, 1) },
    examples: {
      bad: [tfResource(machine, "metadata = {", "  serial-port-enable = true", "}")],
      good: [tfResource(machine, "metadata = {", "  serial-port-enable = false", "}")],
    },
  },
  withoutPublicAddress("CKV_YC_5", "cluster", "Kubernetes cluster", cluster, "master.public_ip"),
  withoutPublicAddress("CKV_YC_6", "nodes", "Node group", nodes, "instance_template.network_interface.nat"),
  ...(
    [
      ["CKV_YC_7", "cluster", "Kubernetes cluster", cluster, "master.maintenance_policy.auto_upgrade"],
      ["CKV_YC_8", "nodes", "Node group", nodes, "maintenance_policy.auto_upgrade"],
    ] as const
  ).map(
    ([alias, id, what, type, path]): Policy => ({
      id: `iac/yandex-${id}-without-upgrades`,
      aliases: [alias],
      title: `${what} does not upgrade itself`,
      severity: "low",
      controls: "patching",
      why: "Known weaknesses of Kubernetes stay open until somebody upgrades by hand.",
      fix: "Set `auto_upgrade = true` in `maintenance_policy`.",
      links: [docs],
      on: { [`tf:${type}`]: value(path).not(false) },
      examples: {
        bad: [tfResource(type, ...nested(path, "false"))],
        good: [tfResource(type, ...nested(path, "true"))],
      },
    }),
  ),
  needs(
    "CKV_YC_9",
    "key-without-rotation",
    "KMS key is not rotated",
    "yandex_kms_symmetric_key",
    "rotation_period",
    {
      severity: "low",
      controls: "key-lifecycle",
      why: "The longer one key is in use, the more data is lost with it.",
      fix: "Set `rotation_period`, for instance to 8760h.",
    },
    ['rotation_period = "8760h"'],
  ),
  needs(
    "CKV_YC_10",
    "cluster-secrets-without-own-key",
    "Secrets of the Kubernetes cluster are not encrypted with a key of one's own",
    cluster,
    "kms_provider.key_id",
    ownKey,
    nested("kms_provider.key_id", '"key"'),
  ),
  withSecurityGroup("CKV_YC_11", "machine", "Virtual machine", machine, "network_interface.security_group_ids"),
  {
    id: "iac/yandex-database-public",
    aliases: ["CKV_YC_12"],
    title: "Database cluster has a public address",
    ...publicAddress,
    severity: "high",
    links: [docs],
    on: on(
      databases.filter((key) => !key.includes("redis")),
      value(["host.assign_public_ip", "config.assign_public_ip", "assign_public_ip"]).not(true),
    ),
    examples: {
      bad: [tfResource("yandex_mdb_mysql_cluster", "host {", "  assign_public_ip = true", "}")],
      good: [tfResource("yandex_mdb_mysql_cluster", "host {", "  assign_public_ip = false", "}")],
    },
  },
  withoutElevatedRole("CKV_YC_13", "cloud", "resourcemanager_cloud", elevatedRoles),
  withSecurityGroup("CKV_YC_14", "cluster", "Kubernetes cluster", cluster, "master.security_group_ids"),
  withSecurityGroup(
    "CKV_YC_15",
    "nodes",
    "Node group",
    nodes,
    "instance_template.network_interface.security_group_ids",
  ),
  needs(
    "CKV_YC_16",
    "cluster-without-network-policies",
    "Kubernetes cluster enforces no network policies",
    cluster,
    "network_policy_provider",
    {
      severity: "medium",
      controls: "network-segmentation",
      why: "Every pod reaches every other; one that is taken over is a way to all.",
      fix: 'Set `network_policy_provider = "CALICO"`.',
    },
    ['network_policy_provider = "CALICO"'],
  ),
  {
    id: "iac/yandex-bucket-public",
    aliases: ["CKV_YC_17"],
    title: "Bucket can be read by everybody",
    severity: "high",
    controls: "public-data",
    why: "Every object can be fetched by anybody on the internet.",
    fix: "Remove the public ACL and grants to all users.",
    links: [`${docs}storage/concepts/acl`],
    on: {
      "tf:yandex_storage_bucket": all(
        value("acl", { edit: "private" }).not("public-read", "public-read-write"),
        each("grant", value("uri").notMatches(/\/groups\/global\/AllUsers$/)),
      ),
    },
    examples: {
      bad: [tfResource("yandex_storage_bucket", 'acl = "public-read"')],
      good: [tfResource("yandex_storage_bucket", 'acl = "private"')],
    },
  },
  withoutPublicAddress(
    "CKV_YC_18",
    "machine-group",
    "Instance group",
    group,
    "instance_template.network_interface.nat",
  ),
  {
    id: "iac/yandex-security-group-open",
    aliases: ["CKV_YC_19"],
    title: "Security group opens every port to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Every service on the machines behind can be tried by anybody.",
    fix: "Name the ports and networks that are needed.",
    links: [`${docs}vpc/concepts/security-groups`],
    on: { "tf:yandex_vpc_security_group": each("ingress", noWideOpenRule) },
    examples: {
      bad: [
        tfResource("yandex_vpc_security_group", "ingress {", '  v4_cidr_blocks = ["0.0.0.0/0"]', "  port = -1", "}"),
      ],
      good: [
        tfResource("yandex_vpc_security_group", "ingress {", '  v4_cidr_blocks = ["0.0.0.0/0"]', "  port = 443", "}"),
      ],
    },
  },
  {
    id: "iac/yandex-security-group-rule-open",
    aliases: ["CKV_YC_20"],
    title: "Security group rule opens every port to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Every service on the machines behind can be tried by anybody.",
    fix: "Name the ports and networks that are needed.",
    links: [`${docs}vpc/concepts/security-groups`],
    on: { "tf:yandex_vpc_security_group_rule": when(value("direction").is("ingress"), noWideOpenRule) },
    examples: {
      bad: [
        tfResource(
          "yandex_vpc_security_group_rule",
          'direction = "ingress"',
          'v4_cidr_blocks = ["0.0.0.0/0"]',
          "from_port = 0",
          "to_port = 65535",
        ),
      ],
      good: [
        tfResource(
          "yandex_vpc_security_group_rule",
          'direction = "ingress"',
          'v4_cidr_blocks = ["0.0.0.0/0"]',
          "port = 443",
        ),
      ],
    },
  },
  withoutElevatedRole("CKV_YC_21", "organization", "organizationmanager_organization", organizationRoles),
  withSecurityGroup(
    "CKV_YC_22",
    "machine-group",
    "Instance group",
    group,
    "instance_template.network_interface.security_group_ids",
  ),
  withoutElevatedRole("CKV_YC_23", "folder", "resourcemanager_folder", elevatedRoles),
  {
    id: "iac/yandex-passport-account",
    aliases: ["CKV_YC_24"],
    title: "A personal Yandex account gets rights",
    severity: "medium",
    controls: "strong-authentication",
    why: "Personal accounts follow no rules of the organization and stay when somebody leaves.",
    fix: "Give the rights to federated accounts (`federatedUser:`), groups or service accounts.",
    links: [`${docs}iam/concepts/users/accounts`],
    on: on(
      ["organizationmanager_organization", "resourcemanager_cloud", "resourcemanager_folder"].flatMap(grants),
      check(({ body }) => {
        const members = ["member", "members"].flatMap((path) => nodesAt(body, path));
        const personal = members.find((node) => memberText(node)?.startsWith("userAccount"));
        if (personal) return failAt(personal, `${memberText(personal)} is a personal account`);
        const unclear = members.find((node) => memberText(node)?.startsWith("${") ?? node.is === "unknown");
        return unclear ? unknownAt(unclear.at, "who gets the rights is not known") : passAt(body.at);
      }),
    ),
    examples: {
      bad: [
        tfResource("yandex_resourcemanager_folder_iam_member", 'role = "viewer"', 'member = "userAccount:someone"'),
      ],
      good: [
        tfResource("yandex_resourcemanager_folder_iam_member", 'role = "viewer"', 'member = "serviceAccount:builder"'),
      ],
    },
  },
];
