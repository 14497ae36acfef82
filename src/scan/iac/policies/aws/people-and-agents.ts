/** Cognito, Connect and Bedrock: what people and language models sign in to, say and are allowed. */
import { type Condition, value, when } from "../../condition.ts";
import { namesOwnKey, withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const storage = "aws_connect_instance_storage_config";
const recordings = (kind: string, lines: string) =>
  tfResource(
    storage,
    `instance_id = aws_connect_instance.desk.id`,
    `storage_config {\n  ${kind} {\n    prefix = "calls"\n${lines}  }\n}`,
  );
const ownKey = `    encryption_config {\n      encryption_type = "KMS"\n      key_id          = aws_kms_key.calls.arn\n    }\n`;

const whereKept = (kind: string): Condition =>
  when(
    value(`storage_config.${kind}`, { edit: false }).exists(),
    namesOwnKey(`storage_config.${kind}.encryption_config.key_id`),
    "none",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-cognito-guests",
    aliases: ["CKV_AWS_366"],
    title: "Identity pool gives credentials to guests",
    severity: "high",
    controls: "strong-authentication",
    why: "Everybody who finds the id of the pool gets AWS credentials with the rights of the guest role, without signing in.",
    fix: "Set `allow_unauthenticated_identities` (`AllowUnauthenticatedIdentities`) to false.",
    links: ["https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html"],
    ...setting({
      at: {
        "tf:aws_cognito_identity_pool": "allow_unauthenticated_identities",
        "cfn:AWS::Cognito::IdentityPool": "Properties.AllowUnauthenticatedIdentities",
      },
      demand: (path) => value(path).is(false),
      bad: "true",
      good: "false",
    }),
  },
  {
    id: "iac/aws-connect-recordings-without-own-key",
    aliases: ["CKV_AWS_270"],
    title: "Recordings of the contact center have no key of their own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Calls and chats of customers lie under a key that nobody can limit, watch or withdraw.",
    fix: "Add `encryption_config` with type KMS and your key to `s3_config`.",
    links: ["https://docs.aws.amazon.com/connect/latest/adminguide/encryption-at-rest.html"],
    on: { "tf:aws_connect_instance_storage_config": whereKept("s3_config") },
    examples: { bad: [recordings("s3_config", "")], good: [recordings("s3_config", ownKey)] },
  },
  {
    id: "iac/aws-connect-video-without-own-key",
    aliases: ["CKV_AWS_269"],
    title: "Media streams of the contact center have no key of their own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Voices of customers lie under a key that nobody can limit, watch or withdraw.",
    fix: "Give the `encryption_config` of `kinesis_video_stream_config` the key you want in `key_id`.",
    links: ["https://docs.aws.amazon.com/connect/latest/adminguide/encryption-at-rest.html"],
    on: { "tf:aws_connect_instance_storage_config": whereKept("kinesis_video_stream_config") },
    examples: {
      bad: [recordings("kinesis_video_stream_config", "")],
      good: [recordings("kinesis_video_stream_config", ownKey)],
    },
  },
  withoutOwnKey({
    id: "iac/aws-bedrock-agent-without-own-key",
    aliases: ["CKV_AWS_373"],
    what: "Bedrock agent",
    keys: {
      "tf:aws_bedrockagent_agent": "customer_encryption_key_arn",
      "cfn:AWS::Bedrock::Agent": "Properties.CustomerEncryptionKeyArn",
    },
    link: "https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents.html",
    lines: [`agent_name = "desk"`],
  }),
  {
    id: "iac/aws-bedrock-agent-without-guardrail",
    aliases: ["CKV_AWS_383"],
    title: "Bedrock agent has no guardrail",
    severity: "medium",
    controls: "data-protection",
    why: "Nothing keeps people from making the model say harmful things or give away personal data.",
    fix: "Make a guardrail and name it in `guardrail_configuration` (`GuardrailConfiguration`).",
    links: ["https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails.html"],
    ...setting({
      at: {
        "tf:aws_bedrockagent_agent": "guardrail_configuration.guardrail_identifier",
        "cfn:AWS::Bedrock::Agent": "Properties.GuardrailConfiguration.GuardrailIdentifier",
      },
      demand: (path) => value(path).exists(),
      good: `"gr-desk"`,
    }),
  },
];
