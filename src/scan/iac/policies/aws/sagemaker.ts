/** Amazon SageMaker: notebooks that reach too far, and models and jobs without encryption. */
import { all, connected, not, value } from "../../condition.ts";
import { cfnBlock, cfnTemplate } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { because } from "../../families/because.ts";
import { tfBlock } from "../../families/examples.ts";
import { allows, noStatement, type Statement } from "../../families/iam-statements.ts";
import { type Policy, tf } from "../../policy.ts";

const notebookLines = [`name = "research"`, `instance_type = "ml.t3.medium"`];
const notebookLinks = ["https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-security.html"];
const encryptionLink = "https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html";
const jobLines = [`name = "quality"`];

const isEverything = (statement: Statement): boolean => allows(statement) && statement.actions.includes("*");
const everything = { why: "the role may do everything" };
const withoutEverything = (path: string) => noStatement(path, isEverything, everything);

const tfNotebook = (action: string) =>
  tf(
    tfBlock("aws_iam_role", "research", `name = "research"`) +
      tfBlock(
        "aws_iam_role_policy",
        "research",
        "role = aws_iam_role.research.id",
        `policy = jsonencode({\n  Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }]\n})`,
      ) +
      tfBlock("aws_sagemaker_notebook_instance", "research", ...notebookLines, "role_arn = aws_iam_role.research.arn"),
  );
const cfnNotebook = (action: string) =>
  cfnTemplate(
    cfnBlock(
      "AWS::IAM::Role",
      "Role",
      `Policies:\n  - PolicyName: research\n    PolicyDocument:\n      Statement:\n        - Effect: Allow\n          Action: "${action}"\n          Resource: "*"`,
    ),
    cfnBlock("AWS::SageMaker::NotebookInstance", "Research", "RoleArn: !GetAtt Role.Arn"),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-sagemaker-notebook-with-all-rights",
    aliases: ["CKV2_AWS_68"],
    title: "Notebook's role may do everything",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever opens the notebook, or gets code into it, has all rights on the account.",
    fix: "Give the role the actions and resources that the notebook works with.",
    links: ["https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html"],
    on: {
      "tf:aws_sagemaker_notebook_instance": because(
        "its role may do everything",
        connected(
          "aws_iam_role",
          all(
            withoutEverything("policy"),
            withoutEverything("inline_policy.policy"),
            not(connected("aws_iam_role_policy", not(withoutEverything("policy")))),
          ),
          { missing: "none" },
        ),
      ),
      "cfn:AWS::SageMaker::NotebookInstance": connected(
        "AWS::IAM::Role",
        all(
          withoutEverything("Properties.AssumeRolePolicyDocument"),
          withoutEverything("Properties.Policies.PolicyDocument"),
        ),
        { missing: "none" },
      ),
    },
    examples: {
      bad: [tfNotebook("*"), cfnNotebook("*")],
      good: [tfNotebook("s3:GetObject"), cfnNotebook("s3:GetObject")],
    },
  },
  {
    id: "iac/aws-sagemaker-notebook-on-internet",
    aliases: ["CKV_AWS_122"],
    title: "Notebook has direct access to the internet",
    severity: "medium",
    controls: "network-segmentation",
    why: "Data can be carried off past your network, and packages from anywhere run next to it. It is on unless switched off.",
    fix: "Set `direct_internet_access` to Disabled, with subnets and endpoints for what the notebook needs.",
    links: notebookLinks,
    ...setting({
      at: {
        "tf:aws_sagemaker_notebook_instance": "direct_internet_access",
        "cfn:AWS::SageMaker::NotebookInstance": "Properties.DirectInternetAccess",
      },
      demand: (path) => value(path).is("Disabled"),
      bad: `"Enabled"`,
      good: `"Disabled"`,
      lines: notebookLines,
    }),
  },
  {
    id: "iac/aws-sagemaker-notebook-outside-vpc",
    aliases: ["CKV_AWS_306"],
    title: "Notebook is in no network of yours",
    severity: "medium",
    controls: "network-segmentation",
    why: "No security group limits it and no flow log sees what it sends.",
    fix: "Set `subnet_id` to a private subnet.",
    links: notebookLinks,
    ...setting({
      at: {
        "tf:aws_sagemaker_notebook_instance": "subnet_id",
        "cfn:AWS::SageMaker::NotebookInstance": "Properties.SubnetId",
      },
      demand: (path) => value(path).exists(),
      good: `"subnet-1"`,
      lines: notebookLines,
    }),
  },
  {
    id: "iac/aws-sagemaker-notebook-with-root",
    aliases: ["CKV_AWS_307"],
    title: "Users of the notebook are root",
    severity: "medium",
    controls: "least-privilege",
    why: "They, and any package they install, can switch off monitoring and read the files of others on the instance.",
    fix: "Set `root_access` to Disabled.",
    links: ["https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html"],
    ...setting({
      at: {
        "tf:aws_sagemaker_notebook_instance": "root_access",
        "cfn:AWS::SageMaker::NotebookInstance": "Properties.RootAccess",
      },
      demand: (path) => value(path).is("Disabled"),
      bad: `"Enabled"`,
      good: `"Disabled"`,
      lines: notebookLines,
    }),
  },
  {
    id: "iac/aws-sagemaker-notebook-old-metadata",
    aliases: ["CKV_AWS_371"],
    title: "Notebook answers the first version of the metadata service",
    severity: "medium",
    controls: "instance-metadata",
    why: "Code that fetches an address of an attacker's choice can read the credentials of the notebook's role.",
    fix: "Set the minimum version of the instance metadata service to 2.",
    links: ["https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds.html"],
    ...setting({
      at: {
        "tf:aws_sagemaker_notebook_instance":
          "instance_metadata_service_configuration.minimum_instance_metadata_service_version",
        "cfn:AWS::SageMaker::NotebookInstance":
          "Properties.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion",
      },
      demand: (path) => value(path).is("2"),
      bad: `"1"`,
      good: `"2"`,
      lines: notebookLines,
    }),
  },
  withoutOwnKey({
    id: "iac/aws-sagemaker-without-own-key",
    // Both ask for the key of notebooks.
    aliases: ["CKV_AWS_187", "CKV_AWS_22"],
    what: "Notebook or domain of SageMaker",
    keys: {
      "tf:aws_sagemaker_notebook_instance": "kms_key_id",
      "tf:aws_sagemaker_domain": "kms_key_id",
      "cfn:AWS::SageMaker::NotebookInstance": "Properties.KmsKeyId",
      "cfn:AWS::SageMaker::Domain": "Properties.KmsKeyId",
    },
    link: encryptionLink,
  }),
  withoutOwnKey({
    id: "iac/aws-sagemaker-endpoint-without-own-key",
    aliases: ["CKV_AWS_98"],
    what: "Endpoint of SageMaker",
    keys: { "tf:aws_sagemaker_endpoint_configuration": "kms_key_arn" },
    link: encryptionLink,
  }),
  withoutOwnKey({
    id: "iac/aws-sagemaker-flow-without-own-key",
    aliases: ["CKV_AWS_372"],
    what: "Output of a review workflow of SageMaker",
    keys: { "tf:aws_sagemaker_flow_definition": "output_config.kms_key_id" },
    link: encryptionLink,
  }),
  withoutOwnKey({
    id: "iac/aws-sagemaker-quality-job-volume-without-own-key",
    aliases: ["CKV_AWS_368"],
    what: "Volume of a data quality job",
    keys: {
      "tf:aws_sagemaker_data_quality_job_definition": "job_resources.cluster_config.volume_kms_key_id",
      "cfn:AWS::SageMaker::DataQualityJobDefinition": "Properties.JobResources.ClusterConfig.VolumeKmsKeyId",
    },
    link: encryptionLink,
    lines: jobLines,
  }),
  withoutOwnKey({
    id: "iac/aws-sagemaker-quality-job-output-without-own-key",
    aliases: ["CKV_AWS_367"],
    what: "Output of a data quality job",
    keys: {
      "tf:aws_sagemaker_data_quality_job_definition": "data_quality_job_output_config.kms_key_id",
      "cfn:AWS::SageMaker::DataQualityJobDefinition": "Properties.DataQualityJobOutputConfig.KmsKeyId",
    },
    link: encryptionLink,
    lines: jobLines,
  }),
  {
    id: "iac/aws-sagemaker-quality-job-traffic-unencrypted",
    aliases: ["CKV_AWS_369"],
    title: "Machines of a data quality job talk in clear",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Training and customer data can be read on the network between the machines.",
    fix: "Set `enable_inter_container_traffic_encryption` to true.",
    links: ["https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-in-transit.html"],
    ...setting({
      at: {
        "tf:aws_sagemaker_data_quality_job_definition": "network_config.enable_inter_container_traffic_encryption",
        "cfn:AWS::SageMaker::DataQualityJobDefinition":
          "Properties.NetworkConfig.EnableInterContainerTrafficEncryption",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: jobLines,
    }),
  },
  {
    id: "iac/aws-sagemaker-model-on-network",
    aliases: ["CKV_AWS_370"],
    title: "Container of the model reaches the network",
    severity: "medium",
    controls: "network-segmentation",
    why: "A model or a library with hidden code can send away the data that it is given.",
    fix: "Set `enable_network_isolation` to true.",
    links: ["https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html"],
    ...setting({
      at: {
        "tf:aws_sagemaker_model": "enable_network_isolation",
        "cfn:AWS::SageMaker::Model": "Properties.EnableNetworkIsolation",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
    }),
  },
];
