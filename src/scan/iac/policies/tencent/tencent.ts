/** Tencent Cloud: machines, clusters, databases, load balancers and networks. */
import { type Node, textOf } from "../../../formats/node.ts";
import { all, anyOf, check, each, nodesAt, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passed } from "../../verdict.ts";

const links = ["https://www.tencentcloud.com/document/product"];
const machine = "tencentcloud_instance";
const cluster = "tencentcloud_kubernetes_cluster";
const database = "tencentcloud_mysql_instance";

function refersToDefault(node: Node): boolean {
  if (node.is === "unknown") return node.refs.some((ref) => ref.split(".").at(-1) === "default");
  return /\.default\.\w+$/.test(textOf(node) ?? "");
}

/** What is named `default` in a reference is what every account has. */
function avoidsDefault(...paths: readonly string[]) {
  return check(({ body }) => {
    const found = paths.flatMap((path) => nodesAt(body, path)).find((node) => refersToDefault(node));
    return found ? failAt(found, "it refers to the default one") : passed;
  });
}

export const policies: readonly Policy[] = [
  {
    id: "iac/tencent-disk-not-encrypted",
    aliases: ["CKV_TC_1"],
    title: "Disk is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the disk or a snapshot of it reads all data.",
    fix: "Set `encrypt = true`.",
    links,
    on: { "tf:tencentcloud_cbs_storage": value("encrypt", { edit: false }).is(true) },
    examples: {
      bad: [tfResource("tencentcloud_cbs_storage", 'storage_name = "a"')],
      good: [tfResource("tencentcloud_cbs_storage", "encrypt = true")],
    },
  },
  {
    id: "iac/tencent-machine-public",
    aliases: ["CKV_TC_2"],
    title: "Virtual machine has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "Every open port of the machine is tried from the internet within minutes.",
    fix: "Set `allocate_public_ip = false` and use a load balancer or a bastion.",
    links,
    on: { [`tf:${machine}`]: value("allocate_public_ip").not(true) },
    examples: {
      bad: [tfResource(machine, "allocate_public_ip = true")],
      good: [tfResource(machine, "allocate_public_ip = false")],
    },
  },
  {
    id: "iac/tencent-machine-not-monitored",
    aliases: ["CKV_TC_3"],
    title: "Monitoring of the machine is switched off",
    severity: "low",
    controls: "monitoring",
    why: "Unusual load and failures go unseen.",
    fix: "Remove `disable_monitor_service`.",
    links,
    on: { [`tf:${machine}`]: value("disable_monitor_service").not(true) },
    examples: {
      bad: [tfResource(machine, "disable_monitor_service = true")],
      good: [tfResource(machine, "disable_monitor_service = false")],
    },
  },
  {
    id: "iac/tencent-machine-in-default-security-group",
    aliases: ["CKV_TC_4"],
    title: "Machine uses the default security group",
    severity: "low",
    controls: "network-segmentation",
    why: "Its rules are shared with everything that was made in a hurry, and are often wide.",
    fix: "Make a security group for the machine's purpose.",
    links,
    on: { [`tf:${machine}`]: avoidsDefault("security_groups", "orderly_security_groups") },
    examples: {
      bad: [tfResource(machine, "security_groups = [tencentcloud_security_group.default.id]")],
      good: [tfResource(machine, "security_groups = [tencentcloud_security_group.web.id]")],
    },
  },
  {
    id: "iac/tencent-machine-in-default-network",
    aliases: ["CKV_TC_5"],
    title: "Machine is in the default network",
    severity: "low",
    controls: "network-segmentation",
    why: "The default network parts nothing from anything.",
    fix: "Make a VPC and subnet for the machine's purpose.",
    links,
    on: { [`tf:${machine}`]: avoidsDefault("vpc_id", "subnet_id") },
    examples: {
      bad: [tfResource(machine, "vpc_id = tencentcloud_vpc.default.id")],
      good: [tfResource(machine, "vpc_id = tencentcloud_vpc.web.id")],
    },
  },
  {
    id: "iac/tencent-cluster-without-log-agent",
    aliases: ["CKV_TC_6"],
    title: "Kubernetes cluster collects no logs",
    severity: "low",
    controls: "logging",
    why: "After an incident nobody can tell what ran.",
    fix: "Add `log_agent { enabled = true }`.",
    links,
    on: { [`tf:${cluster}`]: value("log_agent.enabled").is(true) },
    examples: {
      bad: [tfResource(cluster, 'cluster_name = "c"')],
      good: [tfResource(cluster, "log_agent {", "  enabled = true", "}")],
    },
  },
  {
    id: "iac/tencent-cluster-nodes-public",
    aliases: ["CKV_TC_7"],
    title: "Kubernetes nodes have public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Every open port of a node is tried from the internet within minutes.",
    fix: "Remove `public_ip_assigned` and `internet_max_bandwidth_out` from `master_config` and `worker_config`.",
    links,
    on: {
      [`tf:${cluster}`]: all(
        ...["master_config", "worker_config"].map((path) =>
          each(
            path,
            anyOf(
              value("public_ip_assigned").is(false),
              all(
                value("public_ip_assigned").not(true),
                value("internet_max_bandwidth_out", { missing: "pass" }).atMost(0),
              ),
            ),
          ),
        ),
      ),
    },
    examples: {
      bad: [tfResource(cluster, "worker_config {", "  public_ip_assigned = true", "}")],
      good: [tfResource(cluster, "worker_config {", "  public_ip_assigned = false", "}")],
    },
  },
  {
    id: "iac/tencent-security-group-open",
    aliases: ["CKV_TC_8"],
    title: "Security group accepts traffic from everywhere",
    severity: "high",
    controls: "network-exposure",
    why: "Anybody on the internet can try what runs behind it.",
    fix: "Limit `cidr_block` and `ipv6_cidr_block` to the networks that need access.",
    links,
    on: {
      "tf:tencentcloud_security_group_rule_set": each(
        "ingress",
        anyOf(
          value("action").not("ACCEPT"),
          all(value("cidr_block").not("0.0.0.0/0"), value("ipv6_cidr_block").not("::/0", "0::0/0")),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "tencentcloud_security_group_rule_set",
          "ingress {",
          '  action = "ACCEPT"',
          '  cidr_block = "0.0.0.0/0"',
          "}",
        ),
      ],
      good: [
        tfResource(
          "tencentcloud_security_group_rule_set",
          "ingress {",
          '  action = "ACCEPT"',
          '  cidr_block = "10.0.0.0/8"',
          "}",
        ),
      ],
    },
  },
  {
    id: "iac/tencent-database-public",
    aliases: ["CKV_TC_9"],
    title: "MySQL instance can be reached from the internet",
    severity: "critical",
    controls: "network-exposure",
    why: "Anybody can try passwords and weaknesses of the database.",
    fix: "Set `internet_service = 0`.",
    links,
    on: { [`tf:${database}`]: value("internet_service", { edit: 0 }).not(1) },
    examples: {
      bad: [tfResource(database, "internet_service = 1")],
      good: [tfResource(database, "internet_service = 0")],
    },
  },
  {
    id: "iac/tencent-database-on-default-port",
    aliases: ["CKV_TC_10"],
    title: "MySQL instance listens on its well-known port",
    severity: "low",
    controls: "workload-hardening",
    why: "Programs that look for databases look there first.",
    fix: "Choose another `intranet_port`.",
    links,
    on: { [`tf:${database}`]: value("intranet_port").not(3306) },
    examples: {
      bad: [tfResource(database, "intranet_port = 3306")],
      good: [tfResource(database, "intranet_port = 3360")],
    },
  },
  {
    id: "iac/tencent-load-balancer-without-log",
    aliases: ["CKV_TC_11"],
    title: "Load balancer writes no access log",
    severity: "low",
    controls: "logging",
    why: "After an incident nobody can tell who asked for what.",
    fix: "Set `log_set_id` and `log_topic_id`.",
    links,
    on: { "tf:tencentcloud_clb_instance": all(value("log_set_id").exists(), value("log_topic_id").exists()) },
    examples: {
      bad: [tfResource("tencentcloud_clb_instance", 'clb_name = "a"')],
      good: [tfResource("tencentcloud_clb_instance", 'log_set_id = "set"', 'log_topic_id = "topic"')],
    },
  },
  {
    id: "iac/tencent-listener-without-tls",
    aliases: ["CKV_TC_12"],
    title: "Load balancer listener does not use TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Requests, with their passwords and tokens, can be read on the way.",
    fix: "Use HTTPS or TCP_SSL with a certificate.",
    links,
    on: { "tf:tencentcloud_clb_listener": value("protocol").not("TCP", "UDP", "HTTP") },
    examples: {
      bad: [tfResource("tencentcloud_clb_listener", 'protocol = "HTTP"')],
      good: [tfResource("tencentcloud_clb_listener", 'protocol = "HTTPS"')],
    },
  },
  {
    id: "iac/tencent-credentials-in-user-data",
    aliases: ["CKV_TC_13"],
    title: "Credentials stand in the user data of a machine",
    severity: "high",
    controls: "secret-handling",
    why: "User data can be read by every process on the machine and by whoever may describe it.",
    fix: "Give the machine a CAM role.",
    links,
    on: {
      [`tf:${machine}`]: all(
        value("user_data").lacks("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"),
        value("user_data_raw").lacks("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"),
      ),
    },
    examples: {
      bad: [tfResource(machine, 'user_data_raw = "export TENCENTCLOUD_SECRET_ID=x"')],
      good: [tfResource(machine, 'user_data_raw = "echo hello"')],
    },
  },
  {
    id: "iac/tencent-flow-log-disabled",
    aliases: ["CKV_TC_14"],
    title: "Flow log of the network is switched off",
    severity: "low",
    controls: "logging",
    why: "After an incident nobody can tell what talked to what.",
    fix: "Set `enable = true`.",
    links,
    on: { "tf:tencentcloud_vpc_flow_log_config": value("enable").not(false) },
    examples: {
      bad: [tfResource("tencentcloud_vpc_flow_log_config", "enable = false")],
      good: [tfResource("tencentcloud_vpc_flow_log_config", "enable = true")],
    },
  },
];
