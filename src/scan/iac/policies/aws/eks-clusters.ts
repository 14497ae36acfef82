/** EKS clusters: who reaches the API, what is recorded and encrypted, and how old they are. */
import { all, any, anyOf, type Condition, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const endpoint = "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html";
const cluster = "aws_eks_cluster";
const cfnCluster = "AWS::EKS::Cluster";
const logs = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

function closedToTheWorld(open: string, ranges: string): Condition {
  return anyOf(
    value(open).is(false),
    all(value(ranges, { edit: false }).exists(), value(ranges).lacks("0.0.0.0/0", "::/0")),
  );
}

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-eks-api-open-to-internet",
    aliases: ["CKV_AWS_38", "AVD-AWS-0041"],
    title: "API of a cluster answers the whole internet",
    severity: "high",
    controls: "network-exposure",
    why: "Anybody can try stolen tokens and new flaws of Kubernetes against it.",
    fix: "List the ranges of your offices and pipelines in `public_access_cidrs`, or set `endpoint_public_access` to false.",
    links: [endpoint],
    on: {
      "tf:aws_eks_cluster": closedToTheWorld("vpc_config.endpoint_public_access", "vpc_config.public_access_cidrs"),
      "cfn:AWS::EKS::Cluster": closedToTheWorld(
        "Properties.ResourcesVpcConfig.EndpointPublicAccess",
        "Properties.ResourcesVpcConfig.PublicAccessCidrs",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, `vpc_config {\n  public_access_cidrs = ["0.0.0.0/0"]\n}`),
        cfnResource(cfnCluster, "ResourcesVpcConfig:", '  PublicAccessCidrs: ["0.0.0.0/0"]'),
      ],
      good: [
        tfResource(cluster, `vpc_config {\n  public_access_cidrs = ["203.0.113.0/24"]\n}`),
        cfnResource(cfnCluster, "ResourcesVpcConfig:", '  PublicAccessCidrs: ["203.0.113.0/24"]'),
      ],
    },
  },
  {
    id: "iac/aws-eks-api-public",
    aliases: ["CKV_AWS_39", "AVD-AWS-0040"],
    title: "API of a cluster has a public address",
    severity: "medium",
    controls: "network-exposure",
    why: "The control plane can be reached from outside of your network; a stolen token is all that is needed then.",
    fix: "Set `endpoint_private_access` to true and `endpoint_public_access` to false.",
    links: [endpoint],
    ...setting({
      at: {
        "tf:aws_eks_cluster": "vpc_config.endpoint_public_access",
        "cfn:AWS::EKS::Cluster": "Properties.ResourcesVpcConfig.EndpointPublicAccess",
      },
      demand: (path) => value(path).is(false),
      bad: "true",
      good: "false",
    }),
  },
  {
    id: "iac/aws-eks-logs-missing",
    aliases: ["CKV_AWS_37", "AVD-AWS-0038"],
    title: "Cluster does not record what its control plane does",
    severity: "medium",
    controls: "logging",
    why: "Who read which secret or changed which role cannot be found out after an attack.",
    fix: `Set \`enabled_cluster_log_types\` to ${logs.map((one) => `"${one}"`).join(", ")}.`,
    links: ["https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"],
    on: {
      "tf:aws_eks_cluster": value("enabled_cluster_log_types").contains(...logs),
      "cfn:AWS::EKS::Cluster": all(
        ...logs.map((log) => any("Properties.Logging.ClusterLogging.EnabledTypes", value("Type").is(log))),
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, `enabled_cluster_log_types = ["api"]`),
        cfnResource("AWS::EKS::Cluster", "Logging:\n  ClusterLogging:\n    EnabledTypes:\n      - Type: api"),
      ],
      good: [
        tfResource(cluster, `enabled_cluster_log_types = [${logs.map((one) => `"${one}"`).join(", ")}]`),
        cfnResource(
          "AWS::EKS::Cluster",
          "Logging:\n  ClusterLogging:\n    EnabledTypes:\n      - Type: api\n      - Type: audit\n      - Type: authenticator\n      - Type: controllerManager\n      - Type: scheduler",
        ),
      ],
    },
  },
  {
    id: "iac/aws-eks-secrets-not-encrypted",
    aliases: ["CKV_AWS_58", "AVD-AWS-0039"],
    title: "Secrets of a cluster are not encrypted with a key of one's own",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever reads the store of the cluster, or a copy of it, reads passwords and tokens.",
    fix: 'Add `encryption_config` with `resources = ["secrets"]` and a key of KMS.',
    links: ["https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html"],
    on: {
      "tf:aws_eks_cluster": all(
        value("encryption_config.resources").contains("secrets"),
        value("encryption_config.provider.key_arn").exists(),
      ),
      "cfn:AWS::EKS::Cluster": value("Properties.EncryptionConfig.Resources").contains("secrets"),
    },
    examples: {
      bad: [tfResource(cluster, `name = "shop"`), cfnResource(cfnCluster, "Name: shop")],
      good: [
        tfResource(
          cluster,
          `encryption_config {\n  resources = ["secrets"]\n  provider {\n    key_arn = aws_kms_key.shop.arn\n  }\n}`,
        ),
        cfnResource(
          cfnCluster,
          "EncryptionConfig:",
          '  - Resources: ["secrets"]',
          '    Provider: { KeyArn: "arn:aws:kms:eu-west-1:123456789012:key/shop" }',
        ),
      ],
    },
  },
  {
    id: "iac/aws-eks-old-version",
    aliases: ["CKV_AWS_339"],
    title: "Cluster runs a version of Kubernetes that is no longer supported",
    severity: "medium",
    controls: "patching",
    why: "Known flaws of the control plane stay open, and AWS charges extra or upgrades the cluster at a time of its own choice.",
    fix: "Upgrade one minor version after the other, nodes after the control plane.",
    links: ["https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html"],
    on: {
      "tf:aws_eks_cluster": value("version", { missing: "pass", edit: false }).versionAtLeast("1.29"),
      "cfn:AWS::EKS::Cluster": value("Properties.Version", { missing: "pass", edit: false }).versionAtLeast("1.29"),
    },
    examples: {
      bad: [tfResource(cluster, `version = "1.24"`), cfnResource(cfnCluster, 'Version: "1.24"')],
      good: [tfResource(cluster, `version = "1.33"`), cfnResource(cfnCluster, 'Version: "1.33"')],
    },
  },
  {
    id: "iac/aws-eks-nodes-ssh-from-anywhere",
    aliases: ["CKV_AWS_100"],
    title: "Nodes take SSH from anywhere",
    severity: "high",
    controls: "administrative-access",
    why: "With a key but without security groups, AWS opens port 22 of the nodes to the internet.",
    fix: "Name security groups in `source_security_group_ids`, or leave out `remote_access` and use Session Manager.",
    links: ["https://docs.aws.amazon.com/eks/latest/userguide/create-managed-node-group.html"],
    on: {
      "tf:aws_eks_node_group": when(
        value("remote_access.ec2_ssh_key").exists(),
        value("remote_access.source_security_group_ids").exists(),
      ),
      "cfn:AWS::EKS::Nodegroup": when(
        value("Properties.RemoteAccess.Ec2SshKey").exists(),
        value("Properties.RemoteAccess.SourceSecurityGroups").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource("aws_eks_node_group", `remote_access {\n  ec2_ssh_key = "ops"\n}`),
        cfnResource("AWS::EKS::Nodegroup", "RemoteAccess:", "  Ec2SshKey: ops"),
      ],
      good: [
        tfResource(
          "aws_eks_node_group",
          `remote_access {\n  ec2_ssh_key               = "ops"\n  source_security_group_ids = [aws_security_group.ops.id]\n}`,
        ),
        cfnResource(
          "AWS::EKS::Nodegroup",
          "RemoteAccess:",
          "  Ec2SshKey: ops",
          "  SourceSecurityGroups: [sg-12345678]",
        ),
      ],
    },
  },
];
