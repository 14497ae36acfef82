/** Security groups: ports that the whole internet reaches, traffic that gets out, and groups that nobody uses. */
import { connected } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { closedToInternet, limitedToTheOutside, type Port } from "../../families/open-ports.ts";
import { type Policy, tf } from "../../policy.ts";

const links = ["https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"];

const ingress = (from: number, to: number, range: string) =>
  tfResource(
    "aws_security_group",
    `ingress {\n  from_port   = ${from}\n  to_port     = ${to}\n  protocol    = "tcp"\n  cidr_blocks = ["${range}"]\n}`,
  );
const cfnIngress = (from: number, to: number, range: string) =>
  cfnResource(
    "AWS::EC2::SecurityGroup",
    "GroupDescription: example",
    `SecurityGroupIngress:\n  - IpProtocol: tcp\n    FromPort: ${from}\n    ToPort: ${to}\n    CidrIp: ${range}`,
  );

const closed = (port: Port): Pick<Policy, "on" | "examples"> => {
  const [from, to] = port === "all" ? [0, 65_535] : [port, port];
  return {
    on: closedToInternet(port),
    examples: {
      bad: [
        ingress(from, to, "0.0.0.0/0"),
        tfResource(
          "aws_vpc_security_group_ingress_rule",
          `security_group_id = "sg-1"`,
          `ip_protocol = "-1"`,
          `cidr_ipv6 = "::/0"`,
        ),
        cfnIngress(from, to, "0.0.0.0/0"),
      ],
      good: [ingress(from, to, "10.0.0.0/8"), ingress(443, 443, "0.0.0.0/0"), cfnIngress(from, to, "10.0.0.0/8")],
    },
  };
};

/** What a security group protects. */
const protectable = [
  "aws_alb",
  "aws_apigatewayv2_vpc_link",
  "aws_apprunner_vpc_connector",
  "aws_appstream_fleet",
  "aws_batch_compute_environment",
  "aws_cloudwatch_event_target",
  "aws_codebuild_project",
  "aws_codestarconnections_host",
  "aws_dax_cluster",
  "aws_db_instance",
  "aws_dms_replication_config",
  "aws_dms_replication_instance",
  "aws_docdb_cluster",
  "aws_docdbelastic_cluster",
  "aws_ec2_client_vpn_endpoint",
  "aws_ec2_client_vpn_network_association",
  "aws_ec2_instance_connect_endpoint",
  "aws_ec2_spot_fleet_request",
  "aws_ecs_service",
  "aws_efs_mount_target",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_elasticache_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_elasticsearch_domain",
  "aws_elb",
  "aws_emr_cluster",
  "aws_emr_studio",
  "aws_fsx_file_cache",
  "aws_fsx_lustre_file_system",
  "aws_fsx_ontap_file_system",
  "aws_fsx_openzfs_file_system",
  "aws_fsx_windows_file_system",
  "aws_glue_dev_endpoint",
  "aws_grafana_workspace",
  "aws_imagebuilder_infrastructure_configuration",
  "aws_instance",
  "aws_lambda_function",
  "aws_launch_configuration",
  "aws_launch_template",
  "aws_lb",
  "aws_m2_environment",
  "aws_memorydb_cluster",
  "aws_mq_broker",
  "aws_msk_cluster",
  "aws_msk_vpc_connection",
  "aws_mskconnect_connector",
  "aws_mwaa_environment",
  "aws_neptune_cluster",
  "aws_network_interface",
  "aws_opensearch_domain",
  "aws_opensearch_vpc_endpoint",
  "aws_opensearchserverless_vpc_endpoint",
  "aws_quicksight_vpc_connection",
  "aws_rds_cluster",
  "aws_redshift_cluster",
  "aws_redshiftserverless_workgroup",
  "aws_route53_resolver_endpoint",
  "aws_sagemaker_notebook_instance",
  "aws_spot_instance_request",
  "aws_transfer_server",
  "aws_verifiedaccess_endpoint",
  "aws_vpc_endpoint",
  "aws_vpclattice_resource_gateway",
  "aws_vpclattice_service_network_vpc_association",
];

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-all-ports-open-to-internet",
    aliases: ["CKV_AWS_277"],
    title: "Security group opens all ports to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Whatever listens on the machines behind it, databases and administration included, can be attacked by anyone.",
    fix: "Name the ports that are needed and the address ranges that need them.",
    links,
    ...closed("all"),
  },
  {
    id: "iac/aws-ssh-open-to-internet",
    aliases: ["CKV_AWS_24", "AVD-AWS-0107"],
    title: "SSH is open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Anyone can try passwords, stolen keys and new flaws of the SSH server, day and night.",
    fix: "Close port 22 and use Session Manager or EC2 Instance Connect; otherwise allow only your own address ranges.",
    links,
    ...closed(22),
  },
  {
    id: "iac/aws-rdp-open-to-internet",
    aliases: ["CKV_AWS_25"],
    title: "Remote desktop is open to the internet",
    severity: "high",
    controls: "network-exposure",
    why: "Open remote desktops are among the first ways in for ransomware.",
    fix: "Close port 3389 and use Fleet Manager of Systems Manager or a VPN; otherwise allow only your own address ranges.",
    links,
    ...closed(3389),
  },
  {
    id: "iac/aws-http-open-to-internet",
    aliases: ["CKV_AWS_260"],
    title: "Port 80 is open to the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "What is sent over plain HTTP can be read and changed on the way.",
    fix: "Offer HTTPS on port 443 only. Where port 80 must redirect, open it on the load balancer and nowhere else.",
    links,
    ...closed(80),
  },
  {
    id: "iac/aws-egress-open-on-all-ports",
    aliases: ["CKV_AWS_382"],
    title: "Security group lets all traffic out",
    severity: "low",
    controls: "network-segmentation",
    why: "An attacker who got in can send data anywhere and fetch tools and orders over any port.",
    fix: "Allow the ports and targets that the workload needs, such as 443 to its dependencies.",
    links,
    on: limitedToTheOutside,
    examples: {
      bad: [
        tfResource(
          "aws_security_group",
          `egress {\n  from_port   = 0\n  to_port     = 0\n  protocol    = "-1"\n  cidr_blocks = ["0.0.0.0/0"]\n}`,
        ),
        cfnResource(
          "AWS::EC2::SecurityGroup",
          "GroupDescription: example",
          `SecurityGroupEgress:\n  - IpProtocol: "-1"\n    CidrIp: 0.0.0.0/0`,
        ),
      ],
      good: [
        tfResource(
          "aws_security_group",
          `egress {\n  from_port   = 443\n  to_port     = 443\n  protocol    = "tcp"\n  cidr_blocks = ["0.0.0.0/0"]\n}`,
        ),
        cfnResource(
          "AWS::EC2::SecurityGroup",
          "GroupDescription: example",
          "SecurityGroupEgress:\n  - IpProtocol: tcp\n    FromPort: 443\n    ToPort: 443\n    CidrIp: 0.0.0.0/0",
        ),
      ],
    },
  },
  {
    id: "iac/aws-security-group-unused",
    aliases: ["CKV2_AWS_5"],
    title: "Security group is attached to nothing",
    severity: "low",
    controls: "governance",
    why: "Forgotten groups are attached later by somebody who does not know what they let through.",
    fix: "Attach the group to what it shall protect, or remove it.",
    links,
    on: { "tf:aws_security_group": because("nothing in this project uses it", connected(protectable)) },
    examples: {
      bad: [tfResource("aws_security_group", `name = "web"`)],
      good: [
        tf(
          tfBlock("aws_security_group", "web", `name = "web"`) +
            tfBlock("aws_instance", "web", `ami = "ami-1"`, "vpc_security_group_ids = [aws_security_group.web.id]"),
        ),
      ],
    },
  },
];
