/** Naver Cloud Platform: access control, load balancers, servers, storage and clusters. */
import { all, anyOf, type Condition, connected, each, not, value, when } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Example, on, type Policy, tf } from "../../policy.ts";

const links = ["https://guide.ncloud-docs.com/docs/en/home"];
const anywhere = ["0.0.0.0/0", "::/0"] as const;

/** `22`, `19-23`, several by commas. */
function includesPort(range: string, port: number): boolean {
  return range.split(",").some((part) => {
    const [from = Number.NaN, to = from] = part.split("-").map(Number);
    return from <= port && port <= to;
  });
}

function closedTo(port: number, also?: Condition): Condition {
  const isOpen = all(
    value("ip_block").oneOf(...anywhere),
    value("port_range").satisfies((range) => includesPort(String(range), port), `to include ${port}`),
    ...(also ? [also] : []),
  );
  return each("inbound", when(isOpen, value("ip_block", { edit: false }).not(...anywhere)));
}

function association(subnet: string, table: string): Example {
  const references = ["subnet_no = ncloud_subnet.a.id", "route_table_no = ncloud_route_table.a.id"];
  return tf(
    tfBlock("ncloud_subnet", "a", `subnet_type = "${subnet}"`) +
      tfBlock("ncloud_route_table", "a", `supported_subnet_type = "${table}"`) +
      tfBlock("ncloud_route_table_association", "a", ...references),
  );
}

const openPort = {
  severity: "high",
  controls: "network-exposure",
  why: "Anybody on the internet can try passwords and known weaknesses of the service.",
  fix: "Limit `ip_block` to the networks that need access.",
} as const;

function aclClosed(port: number, name: string, alias: string): Policy {
  const lines = (source: string) => [
    "inbound {",
    '  rule_action = "ALLOW"',
    `  ip_block = "${source}"`,
    `  port_range = "${port}"`,
    "}",
  ];
  return {
    id: `iac/naver-network-acl-opens-port-${port}`,
    aliases: [alias],
    title: `Network ACL opens ${name} (port ${port}) to the internet`,
    ...openPort,
    severity: "medium",
    links,
    on: { "tf:ncloud_network_acl_rule": closedTo(port, value("rule_action").is("ALLOW")) },
    examples: {
      bad: [tfResource("ncloud_network_acl_rule", ...lines("0.0.0.0/0"))],
      good: [tfResource("ncloud_network_acl_rule", ...lines("10.0.0.0/8"))],
    },
  };
}

function groupClosed(port: number, name: string, alias: string, severity: Policy["severity"]): Policy {
  const lines = (source: string) => ["inbound {", `  ip_block = "${source}"`, `  port_range = "${port}"`, "}"];
  return {
    id: `iac/naver-access-group-opens-port-${port}`,
    aliases: [alias],
    title: `Access control group opens ${name} (port ${port}) to the internet`,
    ...openPort,
    severity,
    links,
    on: { "tf:ncloud_access_control_group_rule": closedTo(port) },
    examples: {
      bad: [tfResource("ncloud_access_control_group_rule", ...lines("0.0.0.0/0"))],
      good: [tfResource("ncloud_access_control_group_rule", ...lines("10.0.0.0/8"))],
    },
  };
}

function encrypted(alias: string, id: string, what: string, type: string, attribute: string): Policy {
  return {
    id: `iac/naver-${id}-not-encrypted`,
    aliases: [alias],
    title: `${what} is not encrypted`,
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the storage or a snapshot of it reads all data.",
    fix: `Set \`${attribute} = true\`.`,
    links,
    on: { [`tf:${type}`]: value(attribute).is(true) },
    examples: { bad: [tfResource(type, 'name = "a"')], good: [tfResource(type, `${attribute} = true`)] },
  };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/naver-target-group-without-health-check",
    aliases: ["CKV_NCP_1"],
    title: "Target group checks no health",
    severity: "low",
    controls: "availability",
    why: "Requests go on to servers that answer no more.",
    fix: "Add a `health_check` with a `url_path`.",
    links,
    on: {
      "tf:ncloud_lb_target_group": when(
        value("protocol").oneOf("HTTP", "HTTPS"),
        value("health_check.url_path").exists(),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("ncloud_lb_target_group", 'protocol = "HTTP"')],
      good: [
        tfResource("ncloud_lb_target_group", 'protocol = "HTTP"', "health_check {", '  url_path = "/health"', "}"),
      ],
    },
  },
  {
    id: "iac/naver-access-rule-without-description",
    aliases: ["CKV_NCP_2"],
    title: "Access control group or rule has no description",
    severity: "low",
    controls: "governance",
    why: "Nobody dares to remove a rule whose purpose is not known.",
    fix: "Give the group and every rule a `description`.",
    links,
    on: {
      "tf:ncloud_access_control_group": value("description").exists(),
      "tf:ncloud_access_control_group_rule": all(
        each("inbound", value("description").exists()),
        each("outbound", value("description").exists()),
      ),
    },
    examples: {
      bad: [tfResource("ncloud_access_control_group", 'name = "web"')],
      good: [tfResource("ncloud_access_control_group", 'description = "Web servers"')],
    },
  },
  {
    id: "iac/naver-outbound-to-anywhere",
    aliases: ["CKV_NCP_3"],
    title: "Access control group lets everything out",
    severity: "low",
    controls: "network-segmentation",
    why: "A server that is taken over can send data anywhere.",
    fix: "Limit `ip_block` of `outbound` to what the servers call.",
    links,
    on: { "tf:ncloud_access_control_group_rule": value("outbound.ip_block").not(...anywhere) },
    examples: {
      bad: [tfResource("ncloud_access_control_group_rule", "outbound {", '  ip_block = "0.0.0.0/0"', "}")],
      good: [tfResource("ncloud_access_control_group_rule", "outbound {", '  ip_block = "10.0.0.0/8"', "}")],
    },
  },
  groupClosed(22, "SSH", "CKV_NCP_4", "high"),
  groupClosed(3389, "remote desktop", "CKV_NCP_5", "high"),
  groupClosed(80, "plain HTTP", "CKV_NCP_25", "low"),
  encrypted(
    "CKV_NCP_6",
    "server-disk",
    "Base volume of a server",
    "ncloud_server",
    "is_encrypted_base_block_storage_volume",
  ),
  encrypted(
    "CKV_NCP_7",
    "launch-configuration-disk",
    "Volume of a launch configuration",
    "ncloud_launch_configuration",
    "is_encrypted_volume",
  ),
  encrypted("CKV_NCP_14", "nas", "NAS volume", "ncloud_nas_volume", "is_encrypted_volume"),
  aclClosed(20, "FTP data", "CKV_NCP_8"),
  aclClosed(21, "FTP", "CKV_NCP_9"),
  aclClosed(22, "SSH", "CKV_NCP_10"),
  aclClosed(3389, "remote desktop", "CKV_NCP_11"),
  {
    id: "iac/naver-network-acl-opens-all-ports",
    aliases: ["CKV_NCP_12"],
    title: "Network ACL opens every port",
    severity: "medium",
    controls: "network-exposure",
    why: "Every service that is ever started behind it can be reached.",
    fix: "Name the ports that are needed in `port_range`.",
    links,
    on: { "tf:ncloud_network_acl_rule": value("inbound.port_range", { missing: "fail" }).not("1-65535") },
    examples: {
      bad: [tfResource("ncloud_network_acl_rule", "inbound {", '  port_range = "1-65535"', "}")],
      good: [tfResource("ncloud_network_acl_rule", "inbound {", '  port_range = "443"', "}")],
    },
  },
  {
    id: "iac/naver-listener-old-tls",
    aliases: ["CKV_NCP_13"],
    title: "Load balancer listener accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "Old TLS versions have known weaknesses; somebody on the path can read or change what clients send.",
    fix: 'Use HTTPS or TLS with `tls_min_version_type = "TLSV12"`.',
    links,
    on: {
      "tf:ncloud_lb_listener": all(
        value("protocol", { edit: false }).oneOf("HTTPS", "TLS"),
        value("tls_min_version_type").is("TLSV12"),
      ),
    },
    examples: {
      bad: [tfResource("ncloud_lb_listener", 'protocol = "HTTPS"', 'tls_min_version_type = "TLSV10"')],
      good: [tfResource("ncloud_lb_listener", 'protocol = "HTTPS"', 'tls_min_version_type = "TLSV12"')],
    },
  },
  {
    id: "iac/naver-target-group-over-http",
    aliases: ["CKV_NCP_15"],
    title: "Load balancer talks to its servers without TLS",
    severity: "low",
    controls: "encryption-in-transit",
    why: "Requests can be read between the load balancer and the servers.",
    fix: 'Set `protocol = "HTTPS"`, with certificates on the servers.',
    links,
    on: { "tf:ncloud_lb_target_group": value("protocol", { edit: false }).oneOf("HTTPS", "TLS") },
    examples: {
      bad: [tfResource("ncloud_lb_target_group", 'protocol = "HTTP"')],
      good: [tfResource("ncloud_lb_target_group", 'protocol = "HTTPS"')],
    },
  },
  {
    id: "iac/naver-load-balancer-public",
    aliases: ["CKV_NCP_16"],
    title: "Load balancer is reached from the internet",
    severity: "low",
    controls: "network-exposure",
    why: "What is meant for inside can be tried by anybody.",
    fix: 'Set `network_type = "PRIVATE"` for services that are not public.',
    links,
    on: { "tf:ncloud_lb": value("network_type", { edit: false }).is("PRIVATE") },
    examples: {
      bad: [tfResource("ncloud_lb", 'network_type = "PUBLIC"')],
      good: [tfResource("ncloud_lb", 'network_type = "PRIVATE"')],
    },
  },
  {
    id: "iac/naver-auto-scaling-without-load-balancer-check",
    aliases: ["CKV_NCP_18"],
    title: "Auto scaling group does not ask the load balancer for health",
    severity: "low",
    controls: "availability",
    why: "Servers that run but answer no more are not replaced.",
    fix: 'Set `health_check_type_code = "LOADB"` with a target group that checks health.',
    links,
    on: {
      "tf:ncloud_auto_scaling_group": anyOf(
        value("health_check_type_code").is("SVR"),
        all(
          value("health_check_type_code").is("LOADB"),
          connected("ncloud_lb_target_group", value("health_check").exists()),
        ),
      ),
    },
    examples: {
      bad: [tfResource("ncloud_auto_scaling_group", 'health_check_type_code = "LOADB"')],
      good: [tfResource("ncloud_auto_scaling_group", 'health_check_type_code = "SVR"')],
    },
  },
  {
    id: "iac/naver-cluster-public",
    aliases: ["CKV_NCP_19"],
    title: "Kubernetes nodes are in a public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Every open port of a node is tried from the internet.",
    fix: "Remove `public_network`, or set it to false.",
    links,
    on: { "tf:ncloud_nks_cluster": value("public_network").not(true) },
    examples: {
      bad: [tfResource("ncloud_nks_cluster", "public_network = true")],
      good: [tfResource("ncloud_nks_cluster", "public_network = false")],
    },
  },
  {
    id: "iac/naver-route-around-nat",
    aliases: ["CKV_NCP_20"],
    title: "Default route of a private subnet does not lead to a NAT gateway",
    severity: "low",
    controls: "network-segmentation",
    why: "Servers go out by another way than the one that is watched.",
    fix: 'Set `target_type = "NATGW"` for the route to 0.0.0.0/0.',
    links,
    on: {
      "tf:ncloud_route": when(
        value("destination_cidr_block").is("0.0.0.0/0"),
        value("target_type", { edit: false }).is("NATGW"),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("ncloud_route", 'destination_cidr_block = "0.0.0.0/0"', 'target_type = "VPCPEERING"')],
      good: [tfResource("ncloud_route", 'destination_cidr_block = "0.0.0.0/0"', 'target_type = "NATGW"')],
    },
  },
  {
    id: "iac/naver-public-route-table",
    aliases: ["CKV_NCP_22"],
    title: "Route table association mixes public and private subnets",
    severity: "low",
    controls: "network-segmentation",
    why: "A subnet that should be private gets the routes of a public one, or the other way round.",
    fix: "Associate public subnets with route tables whose `supported_subnet_type` is PUBLIC.",
    links,
    on: {
      "tf:ncloud_route_table_association": all(
        connected("ncloud_subnet", value("subnet_type").is("PUBLIC")),
        connected("ncloud_route_table", value("supported_subnet_type").is("PUBLIC")),
      ),
    },
    examples: {
      bad: [association("PUBLIC", "PRIVATE"), association("PRIVATE", "PUBLIC")],
      good: [association("PUBLIC", "PUBLIC")],
    },
  },
  {
    id: "iac/naver-cluster-not-audited",
    aliases: ["CKV_NCP_22"],
    title: "Kubernetes cluster writes no audit log",
    severity: "low",
    controls: "logging",
    why: "After a break-in nobody can tell who changed what in the cluster.",
    fix: "Add a `log` block with `audit = true`.",
    links,
    on: { "tf:ncloud_nks_cluster": value("log.audit").is(true) },
    examples: {
      bad: [
        tfResource("ncloud_nks_cluster", 'name = "c"'),
        tfResource("ncloud_nks_cluster", "log {", "  audit = false", "}"),
      ],
      good: [tfResource("ncloud_nks_cluster", "log {", "  audit = true", "}")],
    },
  },
  {
    id: "iac/naver-server-public",
    aliases: ["CKV_NCP_23"],
    title: "Server has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "Every open port of the server is tried from the internet within minutes.",
    fix: "Remove `server_instance_no` and put a load balancer in front.",
    links,
    on: { "tf:ncloud_public_ip": not(value("server_instance_no").exists()) },
    examples: {
      bad: [tfResource("ncloud_public_ip", 'server_instance_no = "1"')],
      good: [tfResource("ncloud_public_ip", 'description = "spare"')],
    },
  },
  {
    id: "iac/naver-listener-over-http",
    aliases: ["CKV_NCP_24"],
    title: "Load balancer listener does not use HTTPS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Requests, with their passwords and tokens, can be read on the way.",
    fix: 'Set `protocol = "HTTPS"` with a certificate.',
    links,
    on: { "tf:ncloud_lb_listener": value("protocol", { edit: false }).is("HTTPS") },
    examples: {
      bad: [tfResource("ncloud_lb_listener", 'protocol = "HTTP"')],
      good: [tfResource("ncloud_lb_listener", 'protocol = "HTTPS"')],
    },
  },
  {
    id: "iac/naver-access-group-without-rules",
    aliases: ["CKV_NCP_26"],
    title: "Access control group has no rules",
    severity: "low",
    controls: "network-segmentation",
    why: "A group without rules is completed by hand, past review.",
    fix: "Add a `ncloud_access_control_group_rule` for the group.",
    links,
    on: on(["tf:ncloud_access_control_group"], connected("ncloud_access_control_group_rule")),
    examples: {
      bad: [tfResource("ncloud_access_control_group", 'name = "web"')],
      good: [
        {
          path: "main.tf",
          text: 'resource "ncloud_access_control_group" "web" {\n  name = "web"\n}\nresource "ncloud_access_control_group_rule" "web" {\n  access_control_group_no = ncloud_access_control_group.web.id\n}\n',
        },
      ],
    },
  },
];
