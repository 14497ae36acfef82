/** Alibaba Cloud: buckets, disks, security groups, load balancers and clusters. */
import { textOf } from "../../../formats/node.ts";
import { all, any, anyOf, check, connected, each, nodeAt, nodesAt, not, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt, passed, unknownAt } from "../../verdict.ts";

const openAcls = ["public-read", "public-read-write"] as const;
const fromSnapshot = value("snapshot_id").exists();

/** Port ranges are written `22/22`; `-1/-1` is every port. */
function closedPort(port: number) {
  return check(({ body }) => {
    const direction = nodeAt(body, "type");
    if (direction?.is === "scalar" && direction.value !== "ingress") return passAt(direction.at);
    const source = nodeAt(body, "cidr_ip");
    const range = nodeAt(body, "port_range");
    // A rule without a source holds for every one.
    if (source?.is === "scalar" && source.value !== "0.0.0.0/0") return passed;
    if (range === undefined) return notApplicable;
    if (range.is !== "scalar") return unknownAt(range.at, "the ports are not known");
    const [from = Number.NaN, to = from] = String(range.value).split("/").map(Number);
    const isOpen = from === -1 || (from <= port && port <= to);
    if (!isOpen) return passAt(range.at);
    const unclear = [direction, source].find((one) => one !== undefined && one.is !== "scalar");
    if (unclear) return unknownAt(unclear.at, "whom the rule is for is not known");
    return failAt(range, `port ${port} is open to 0.0.0.0/0`);
  });
}

/** Pods that share a switch with machines cannot be told from them. */
const podsHaveOwnSwitches = check(({ body }) => {
  const machines = ["worker_vswitch_ids", "master_vswitch_ids"].flatMap((path) => nodesAt(body, path)).map(textOf);
  const shared = nodesAt(body, "pod_vswitch_ids").find(
    (node) => textOf(node) !== undefined && machines.includes(textOf(node)),
  );
  return shared ? failAt(shared, `pods and machines share ${textOf(shared)}`) : passed;
});

export const policies: readonly Policy[] = [
  {
    id: "iac/alibaba-bucket-public",
    aliases: ["CKV_ALI_1"],
    title: "OSS bucket can be read by everybody",
    severity: "high",
    controls: "public-data",
    why: "Every object of the bucket can be fetched, and with public-read-write also replaced, by anybody on the internet.",
    fix: 'Set the ACL to "private" and give access by RAM policies or signed addresses.',
    links: ["https://www.alibabacloud.com/help/en/oss/user-guide/bucket-acl"],
    on: {
      "tf:alicloud_oss_bucket": all(
        value("acl", { edit: "private" }).not(...openAcls),
        not(connected("alicloud_oss_bucket_acl", value("acl").oneOf(...openAcls))),
      ),
    },
    examples: {
      bad: [tfResource("alicloud_oss_bucket", 'acl = "public-read"')],
      good: [tfResource("alicloud_oss_bucket", 'acl = "private"')],
    },
  },
  {
    id: "iac/alibaba-bucket-without-own-key",
    aliases: ["CKV_ALI_6"],
    title: "OSS bucket is not encrypted with a key of one's own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Access to the data cannot be withdrawn by withdrawing the key, and its use is not logged for you.",
    fix: "Name a KMS key in `server_side_encryption_rule.kms_master_key_id`.",
    links: ["https://www.alibabacloud.com/help/en/oss/user-guide/server-side-encryption-8"],
    on: { "tf:alicloud_oss_bucket": value("server_side_encryption_rule.kms_master_key_id").exists() },
    examples: {
      bad: [tfResource("alicloud_oss_bucket", 'acl = "private"')],
      good: [
        tfResource(
          "alicloud_oss_bucket",
          "server_side_encryption_rule {",
          '  sse_algorithm = "KMS"',
          '  kms_master_key_id = "key-1"',
          "}",
        ),
      ],
    },
  },
  {
    id: "iac/alibaba-bucket-without-versions",
    aliases: ["CKV_ALI_10"],
    title: "OSS bucket keeps no versions",
    severity: "low",
    controls: "deletion-protection",
    why: "What is overwritten or deleted, by mistake or by an intruder, is lost.",
    fix: 'Add `versioning { status = "Enabled" }`.',
    links: ["https://www.alibabacloud.com/help/en/oss/user-guide/overview-78"],
    on: { "tf:alicloud_oss_bucket": value("versioning.status").is("Enabled") },
    examples: {
      bad: [tfResource("alicloud_oss_bucket", 'acl = "private"')],
      good: [tfResource("alicloud_oss_bucket", "versioning {", '  status = "Enabled"', "}")],
    },
  },
  {
    id: "iac/alibaba-bucket-without-transfer-acceleration",
    aliases: ["CKV_ALI_11"],
    title: "OSS bucket has no transfer acceleration",
    severity: "low",
    controls: "availability",
    why: "Clients far away fall back to slow and unstable paths.",
    fix: "Add `transfer_acceleration { enabled = true }` where clients are spread over the world.",
    links: ["https://www.alibabacloud.com/help/en/oss/user-guide/transfer-acceleration"],
    on: { "tf:alicloud_oss_bucket": value("transfer_acceleration.enabled").is(true) },
    examples: {
      bad: [tfResource("alicloud_oss_bucket", 'acl = "private"')],
      good: [tfResource("alicloud_oss_bucket", "transfer_acceleration {", "  enabled = true", "}")],
    },
  },
  {
    id: "iac/alibaba-bucket-without-access-log",
    aliases: ["CKV_ALI_12"],
    title: "OSS bucket writes no access log",
    severity: "low",
    controls: "logging",
    why: "After an incident nobody can tell who read what.",
    fix: "Add a `logging` block with a target bucket.",
    links: ["https://www.alibabacloud.com/help/en/oss/user-guide/logging"],
    on: { "tf:alicloud_oss_bucket": value("logging").exists() },
    examples: {
      bad: [tfResource("alicloud_oss_bucket", 'acl = "private"')],
      good: [tfResource("alicloud_oss_bucket", "logging {", '  target_bucket = "logs"', "}")],
    },
  },
  {
    id: "iac/alibaba-disk-not-encrypted",
    aliases: ["CKV_ALI_7"],
    title: "Disk is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the disk or a snapshot of it reads all data.",
    fix: "Set `encrypted = true`. Disks made from a snapshot take over its encryption.",
    links: ["https://www.alibabacloud.com/help/en/ecs/user-guide/encryption-overview"],
    on: { "tf:alicloud_disk": anyOf(value("encrypted", { edit: false }).is(true), fromSnapshot) },
    examples: {
      bad: [tfResource("alicloud_disk", "size = 20", "encrypted = false")],
      good: [tfResource("alicloud_disk", "size = 20", "encrypted = true")],
    },
  },
  {
    id: "iac/alibaba-disk-without-own-key",
    aliases: ["CKV_ALI_8"],
    title: "Disk is not encrypted with a key of one's own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Access to the data cannot be withdrawn by withdrawing the key, and its use is not logged for you.",
    fix: "Set `encrypted = true` and name a KMS key in `kms_key_id`.",
    links: ["https://www.alibabacloud.com/help/en/ecs/user-guide/encryption-overview"],
    on: {
      "tf:alicloud_disk": anyOf(all(value("encrypted").is(true), value("kms_key_id").exists()), fromSnapshot),
    },
    examples: {
      bad: [tfResource("alicloud_disk", "encrypted = true")],
      good: [tfResource("alicloud_disk", "encrypted = true", 'kms_key_id = "key-1"')],
    },
  },
  {
    id: "iac/alibaba-launch-template-disks-not-encrypted",
    aliases: ["CKV_ALI_32"],
    title: "Launch template makes unencrypted disks",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Every machine of the template has disks that can be read by whoever gets at them or their snapshots.",
    fix: "Set `encrypted = true` in every `data_disks` block.",
    links: ["https://www.alibabacloud.com/help/en/ecs/user-guide/encryption-overview"],
    on: { "tf:alicloud_ecs_launch_template": each("data_disks", value("encrypted").is(true)) },
    examples: {
      bad: [tfResource("alicloud_ecs_launch_template", "data_disks {", '  name = "a"', "  encrypted = false", "}")],
      good: [tfResource("alicloud_ecs_launch_template", "data_disks {", '  name = "a"', "  encrypted = true", "}")],
    },
  },
  ...(
    [
      [22, "SSH", "CKV_ALI_2"],
      [3389, "remote desktop", "CKV_ALI_3"],
    ] as const
  ).map(
    ([port, name, alias]): Policy => ({
      id: `iac/alibaba-security-group-opens-port-${port}`,
      aliases: [alias],
      title: `Security group opens ${name} (port ${port}) to the internet`,
      severity: "high",
      controls: "network-exposure",
      why: "Anybody can try passwords and known weaknesses of the service day and night.",
      fix: "Limit `cidr_ip` to the addresses of administrators, or use a bastion.",
      links: ["https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-rules"],
      on: { "tf:alicloud_security_group_rule": closedPort(port) },
      examples: {
        bad: [
          tfResource(
            "alicloud_security_group_rule",
            'type = "ingress"',
            `port_range = "${port}/${port}"`,
            'cidr_ip = "0.0.0.0/0"',
          ),
        ],
        good: [
          tfResource(
            "alicloud_security_group_rule",
            'type = "ingress"',
            `port_range = "${port}/${port}"`,
            'cidr_ip = "10.0.0.0/8"',
          ),
        ],
      },
    }),
  ),
  {
    id: "iac/alibaba-load-balancer-open-to-all",
    aliases: ["CKV_ALI_29"],
    title: "Access list of a load balancer lets everybody in",
    severity: "medium",
    controls: "network-exposure",
    why: "An access list with 0.0.0.0/0 restricts nothing; the service behind is open to the internet.",
    fix: "List only the networks that need access.",
    links: ["https://www.alibabacloud.com/help/en/slb/application-load-balancer/user-guide/access-control"],
    on: { "tf:alicloud_alb_acl_entry_attachment": value("entry").not("0.0.0.0/0") },
    examples: {
      bad: [tfResource("alicloud_alb_acl_entry_attachment", 'entry = "0.0.0.0/0"')],
      good: [tfResource("alicloud_alb_acl_entry_attachment", 'entry = "10.0.0.0/8"')],
    },
  },
  {
    id: "iac/alibaba-load-balancer-old-tls",
    aliases: ["CKV_ALI_33"],
    title: "TLS policy of a load balancer accepts TLS 1.0 or 1.1",
    severity: "medium",
    controls: "tls-version",
    why: "Old TLS versions have known weaknesses; somebody on the path can read or change what clients send.",
    fix: "List only TLSv1.2 and TLSv1.3 in `tls_versions`.",
    links: ["https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/manage-tls-security-policies"],
    on: { "tf:alicloud_slb_tls_cipher_policy": value("tls_versions").not("TLSv1.0", "TLSv1.1") },
    examples: {
      bad: [tfResource("alicloud_slb_tls_cipher_policy", 'tls_versions = ["TLSv1.1", "TLSv1.2"]')],
      good: [tfResource("alicloud_slb_tls_cipher_policy", 'tls_versions = ["TLSv1.2", "TLSv1.3"]')],
    },
  },
  {
    id: "iac/alibaba-cluster-without-network-policies",
    aliases: ["CKV_ALI_26"],
    title: "Kubernetes cluster cannot enforce network policies",
    severity: "medium",
    controls: "network-segmentation",
    why: "Every pod reaches every other; one that is taken over is a way to all.",
    fix: "Use the `terway-eniip` network plugin and give pods switches of their own in `pod_vswitch_ids`.",
    links: [
      "https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-network-policies-in-ack-clusters",
    ],
    on: {
      "tf:alicloud_cs_kubernetes": anyOf(
        all(any("addons", value("name").is("flannel")), value("pod_cidr").exists()),
        all(any("addons", value("name").is("terway-eniip")), value("pod_vswitch_ids").exists(), podsHaveOwnSwitches),
      ),
    },
    examples: {
      bad: [tfResource("alicloud_cs_kubernetes", "addons {", '  name = "flannel"', "}")],
      good: [
        tfResource("alicloud_cs_kubernetes", 'pod_vswitch_ids = ["vsw-1"]', "addons {", '  name = "terway-eniip"', "}"),
      ],
    },
  },
  {
    id: "iac/alibaba-nodes-without-auto-repair",
    aliases: ["CKV_ALI_31"],
    title: "Node pool does not repair its nodes",
    severity: "low",
    controls: "availability",
    why: "Nodes that fail stay failed until somebody looks.",
    fix: "Set `auto_repair = true` in `management`.",
    links: [
      "https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/overview-of-managed-node-pools",
    ],
    on: { "tf:alicloud_cs_kubernetes_node_pool": value("management.auto_repair").is(true) },
    examples: {
      bad: [tfResource("alicloud_cs_kubernetes_node_pool", "management {", "  auto_repair = false", "}")],
      good: [tfResource("alicloud_cs_kubernetes_node_pool", "management {", "  auto_repair = true", "}")],
    },
  },
  {
    id: "iac/alibaba-api-over-http",
    aliases: ["CKV_ALI_21"],
    title: "API gateway takes requests over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Requests, with their tokens, can be read and changed on the way.",
    fix: 'Set `protocol = "HTTPS"` in `request_config`.',
    links: ["https://www.alibabacloud.com/help/en/api-gateway/"],
    on: { "tf:alicloud_api_gateway_api": value("request_config.protocol").is("HTTPS") },
    examples: {
      bad: [tfResource("alicloud_api_gateway_api", "request_config {", '  protocol = "HTTP,HTTPS"', "}")],
      good: [tfResource("alicloud_api_gateway_api", "request_config {", '  protocol = "HTTPS"', "}")],
    },
  },
];
