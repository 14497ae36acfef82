/** ElastiCache: encryption and passwords of caches, networks, backups. */
import { all, always, anyOf, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg";
const group = "aws_elasticache_replication_group";
const cfnGroup = "AWS::ElastiCache::ReplicationGroup";
const cluster = "aws_elasticache_cluster";
const isNoMemcached = value("engine", { missing: "pass" }).not("memcached");
const isNoMemcachedOfCloudFormation = value("Properties.Engine", { missing: "pass" }).not("memcached");
/** The smallest nodes cannot make snapshots. */
const makesSnapshots = value("node_type", { missing: "pass" }).not("cache.t1.micro");
const makesSnapshotsOfCloudFormation = value("Properties.CacheNodeType", { missing: "pass" }).not("cache.t1.micro");

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-elasticache-not-encrypted",
    aliases: ["CKV_AWS_29", "AVD-AWS-0045"],
    title: "Cache is not encrypted at rest",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Sessions and data in backups and swap files can be read by whoever gets them.",
    fix: "Set `at_rest_encryption_enabled = true` (`AtRestEncryptionEnabled`); AWS makes a new cache.",
    links: [`${guide}/at-rest-encryption.html`],
    ...setting({
      at: {
        "tf:aws_elasticache_replication_group": "at_rest_encryption_enabled",
        "cfn:AWS::ElastiCache::ReplicationGroup": "Properties.AtRestEncryptionEnabled",
      },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-elasticache-traffic-in-clear",
    aliases: ["CKV_AWS_30", "AVD-AWS-0051"],
    title: "Cache talks in clear",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Whoever is on the network reads sessions and personal data on their way, and the password of the cache.",
    fix: "Set `transit_encryption_enabled = true` (`TransitEncryptionEnabled`) and let clients connect by TLS.",
    links: [`${guide}/in-transit-encryption.html`],
    ...setting({
      at: {
        "tf:aws_elasticache_replication_group": "transit_encryption_enabled",
        "cfn:AWS::ElastiCache::ReplicationGroup": "Properties.TransitEncryptionEnabled",
      },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-elasticache-without-password",
    aliases: ["CKV_AWS_31"],
    title: "Cache asks for no password over an encrypted connection",
    severity: "high",
    controls: "strong-authentication",
    why: "Whoever reaches the port reads and changes everything in the cache, sessions of users included.",
    fix: "Set `transit_encryption_enabled = true` and either `auth_token` from a secret store or `user_group_ids`.",
    links: [`${guide}/auth.html`],
    on: {
      "tf:aws_elasticache_replication_group": all(
        value("transit_encryption_enabled").is(true),
        anyOf(value("auth_token").exists(), value("user_group_ids").exists()),
      ),
      "cfn:AWS::ElastiCache::ReplicationGroup": all(
        value("Properties.TransitEncryptionEnabled").is(true),
        anyOf(value("Properties.AuthToken").exists(), value("Properties.UserGroupIds").exists()),
      ),
    },
    examples: {
      bad: [
        tfResource(group, "transit_encryption_enabled = true"),
        cfnResource(cfnGroup, "TransitEncryptionEnabled: true"),
      ],
      good: [
        tfResource(group, "transit_encryption_enabled = true", "auth_token = var.token"),
        cfnResource(cfnGroup, "TransitEncryptionEnabled: true", "UserGroupIds: [shop]"),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-elasticache-without-own-key",
    aliases: ["CKV_AWS_191"],
    what: "Cache",
    keys: {
      "tf:aws_elasticache_replication_group": "kms_key_id",
      "cfn:AWS::ElastiCache::ReplicationGroup": "Properties.KmsKeyId",
    },
    link: `${guide}/at-rest-encryption.html`,
    lines: ["at_rest_encryption_enabled = true"],
  }),
  {
    id: "iac/aws-elasticache-outside-vpc",
    aliases: ["CKV_AWS_196"],
    title: "Cache security group of the time before VPCs",
    severity: "low",
    controls: "network-segmentation",
    why: "Such groups hold only for caches outside of any VPC, which AWS no longer runs: what is written here protects nothing.",
    fix: "Remove it. Put the cache into a subnet group and name a security group of the VPC in `security_group_ids`.",
    links: [`${guide}/VPCs.html`],
    on: {
      "tf:aws_elasticache_security_group": always("fail", "it protects no cache within a VPC"),
      "tf:aws_elasticache_subnet_group": always("pass"),
    },
    examples: {
      bad: [tfResource("aws_elasticache_security_group", `name = "shop"`)],
      good: [tfResource("aws_elasticache_subnet_group", `name = "shop"`, `subnet_ids = ["subnet-12345678"]`)],
    },
  },
  {
    id: "iac/aws-elasticache-default-subnets",
    aliases: ["CKV_AWS_323"],
    title: "Cache stands in the default subnets",
    severity: "low",
    controls: "network-segmentation",
    why: "Subnets of the default VPC are public, and shared with whatever else nobody gave a place.",
    fix: "Make an `aws_elasticache_subnet_group` of private subnets and name it in `subnet_group_name`.",
    links: [`${guide}/SubnetGroups.html`],
    ...setting({
      at: {
        "tf:aws_elasticache_cluster": "subnet_group_name",
        "cfn:AWS::ElastiCache::CacheCluster": "Properties.CacheSubnetGroupName",
      },
      demand: (path) => value(path).exists(),
      good: `"private"`,
    }),
  },
  {
    id: "iac/aws-elasticache-without-failover",
    aliases: ["CKV2_AWS_50"],
    title: "Cache does not fail over by itself",
    severity: "low",
    controls: "availability",
    why: "When the first node fails, somebody has to promote another by hand.",
    fix: "Set `automatic_failover_enabled = true` with at least one replica.",
    links: [`${guide}/AutoFailover.html`],
    ...setting({
      at: {
        "tf:aws_elasticache_replication_group": "automatic_failover_enabled",
        "cfn:AWS::ElastiCache::ReplicationGroup": "Properties.AutomaticFailoverEnabled",
      },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-elasticache-without-backup",
    aliases: ["CKV_AWS_134", "AVD-AWS-0050"],
    title: "Cache makes no backups",
    severity: "low",
    controls: "backup",
    why: "After a failure or a mistake the cache starts empty, and what was only there is lost.",
    fix: "Set `snapshot_retention_limit` to the days that a backup shall be kept.",
    links: [`${guide}/backups-automatic.html`],
    on: {
      "tf:aws_elasticache_cluster": when(
        all(isNoMemcached, makesSnapshots),
        value("snapshot_retention_limit").atLeast(1),
        "none",
      ),
      "cfn:AWS::ElastiCache::CacheCluster": when(
        all(isNoMemcachedOfCloudFormation, makesSnapshotsOfCloudFormation),
        value("Properties.SnapshotRetentionLimit").atLeast(1),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(cluster, `engine = "redis"`), cfnResource("AWS::ElastiCache::CacheCluster", "Engine: redis")],
      good: [
        tfResource(cluster, `engine = "redis"`, "snapshot_retention_limit = 7"),
        cfnResource("AWS::ElastiCache::CacheCluster", "Engine: redis", "SnapshotRetentionLimit: 7"),
      ],
    },
  },
  {
    id: "iac/aws-elasticache-without-minor-upgrades",
    aliases: ["CKV_AWS_322"],
    title: "Cache takes no minor upgrades by itself",
    severity: "low",
    controls: "patching",
    why: "Repairs of known flaws wait until somebody thinks of them.",
    fix: "Remove `auto_minor_version_upgrade = false`.",
    links: [`${guide}/supported-engine-versions.html`],
    on: {
      "tf:aws_elasticache_cluster": when(isNoMemcached, value("auto_minor_version_upgrade").not(false), "none"),
      "cfn:AWS::ElastiCache::CacheCluster": when(
        isNoMemcachedOfCloudFormation,
        value("Properties.AutoMinorVersionUpgrade").not(false),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, `engine = "redis"`, "auto_minor_version_upgrade = false"),
        cfnResource("AWS::ElastiCache::CacheCluster", "Engine: redis", "AutoMinorVersionUpgrade: false"),
      ],
      good: [
        tfResource(cluster, `engine = "redis"`),
        cfnResource("AWS::ElastiCache::CacheCluster", "Engine: redis", "AutoMinorVersionUpgrade: true"),
      ],
    },
  },
];
