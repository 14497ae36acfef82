/** AWS Lambda: who may call a function, from where, and what its environment gives away. */
import { all, anyOf, connected, not, value, when } from "../../condition.ts";
import { cfnBlock, cfnResource, cfnTemplate } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { lacksAwsKeys } from "../../families/written-credentials.ts";
import { type Policy, tf } from "../../policy.ts";

const named = [`function_name = "orders"`, `role = "arn:aws:iam::111122223333:role/orders"`];
// In two parts, so that nothing that looks like a key stands in this file.
const exampleKey = `AKIA${"IOSFODNN7EXAMPLE"}`;
const permissionLinks = ["https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"];

const variables = (name: string, written: string) =>
  tfResource("aws_lambda_function", ...named, `environment {\n  variables = {\n    ${name} = "${written}"\n  }\n}`);
const cfnVariables = (name: string, written: string, ...more: readonly string[]) =>
  cfnResource("AWS::Lambda::Function", `Environment:\n  Variables:\n    ${name}: ${written}`, ...more);

const ofService = /\.amazonaws\.com(?:\.cn)?$/;
const permission = (...lines: readonly string[]) =>
  tfResource("aws_lambda_permission", `action = "lambda:InvokeFunction"`, `function_name = "orders"`, ...lines);

const open = (methods: string, origins: string) =>
  tf(
    tfBlock("aws_lambda_function", "orders", ...named) +
      tfBlock(
        "aws_lambda_function_url",
        "orders",
        "function_name = aws_lambda_function.orders.function_name",
        `cors {\n  allow_methods = ["${methods}"]\n  allow_origins = ["${origins}"]\n}`,
      ),
  );
const cfnOpen = (methods: string, origins: string) =>
  cfnTemplate(
    cfnBlock("AWS::Lambda::Function", "Orders", "Runtime: nodejs22.x"),
    cfnBlock(
      "AWS::Lambda::Url",
      "OrdersUrl",
      "TargetFunctionArn: !Ref Orders",
      `Cors:\n  AllowMethods: ["${methods}"]\n  AllowOrigins: ["${origins}"]`,
    ),
  );

const anySite = (origins: string, methods: string) =>
  all(value(origins, { missing: "fail" }).contains("*"), value(methods, { missing: "fail" }).contains("*"));

const everySite = "its URL lets every website call it by every method";

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-lambda-service-permission-without-source",
    aliases: ["CKV_AWS_364", "AVD-AWS-0067"],
    title: "Any customer of an AWS service may have the function called",
    severity: "high",
    controls: "least-privilege",
    why: "The permission names a service but not whose resource: an attacker points his own bucket or API at your function.",
    fix: "Add `source_arn` of your resource, or `source_account` with your account.",
    links: permissionLinks,
    on: {
      "tf:aws_lambda_permission": when(
        value("principal").matches(ofService),
        anyOf(value("source_arn").exists(), value("source_account").exists()),
        "none",
      ),
      "cfn:AWS::Lambda::Permission": when(
        value("Properties.Principal").matches(ofService),
        anyOf(value("Properties.SourceArn").exists(), value("Properties.SourceAccount").exists()),
        "none",
      ),
    },
    examples: {
      bad: [
        permission(`principal = "s3.amazonaws.com"`),
        cfnResource("AWS::Lambda::Permission", "Action: lambda:InvokeFunction", "Principal: s3.amazonaws.com"),
      ],
      good: [
        permission(`principal = "s3.amazonaws.com"`, "source_arn = aws_s3_bucket.orders.arn"),
        cfnResource(
          "AWS::Lambda::Permission",
          "Action: lambda:InvokeFunction",
          "Principal: s3.amazonaws.com",
          `SourceAccount: "111122223333"`,
        ),
      ],
    },
  },
  {
    id: "iac/aws-lambda-public",
    aliases: ["CKV_AWS_301"],
    title: "Everybody may call the function",
    severity: "high",
    controls: "public-data",
    why: "Any AWS account can run your function, with its rights and at your expense.",
    fix: "Name the service, the account or the role in `principal`.",
    links: permissionLinks,
    on: {
      // Everybody of one's own organization is a group that is known.
      "tf:aws_lambda_permission": anyOf(
        value("principal", { edit: false }).not("*"),
        value("principal_org_id").exists(),
      ),
      "cfn:AWS::Lambda::Permission": anyOf(
        value("Properties.Principal", { edit: false }).not("*"),
        value("Properties.PrincipalOrgID").exists(),
      ),
    },
    examples: {
      bad: [
        permission(`principal = "*"`),
        cfnResource("AWS::Lambda::Permission", "Action: lambda:InvokeFunction", `Principal: "*"`),
      ],
      good: [
        permission(`principal = "arn:aws:iam::111122223333:root"`),
        permission(`principal = "*"`, `principal_org_id = "o-1"`),
        cfnResource("AWS::Lambda::Permission", "Action: lambda:InvokeFunction", "Principal: arn:aws:iam::1:root"),
      ],
    },
  },
  {
    id: "iac/aws-lambda-url-without-login",
    aliases: ["CKV_AWS_258"],
    title: "Function's URL asks for no authentication",
    severity: "high",
    controls: "strong-authentication",
    why: "Anyone who learns the URL can call the function.",
    fix: "Set the authorization to `AWS_IAM`, or put an API Gateway with an authorizer in front.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"],
    ...setting({
      at: { "tf:aws_lambda_function_url": "authorization_type", "cfn:AWS::Lambda::Url": "Properties.AuthType" },
      demand: (path) => value(path, { edit: "AWS_IAM" }).not("NONE"),
      bad: `"NONE"`,
      good: `"AWS_IAM"`,
    }),
  },
  {
    id: "iac/aws-lambda-url-open-to-any-site",
    aliases: ["CKV2_AWS_75"],
    title: "Any website may call the function's URL in every way",
    severity: "medium",
    controls: "web-protection",
    why: "A malicious page in a visitor's browser can call the function by any method and read the answer.",
    fix: "List your own sites in the allowed origins, and the methods that they need.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html"],
    on: {
      "tf:aws_lambda_function": because(
        everySite,
        not(connected("aws_lambda_function_url", anySite("cors.allow_origins", "cors.allow_methods"))),
      ),
      "cfn:AWS::Lambda::Function": because(
        everySite,
        not(connected("AWS::Lambda::Url", anySite("Properties.Cors.AllowOrigins", "Properties.Cors.AllowMethods"))),
      ),
    },
    examples: {
      bad: [open("*", "*"), cfnOpen("*", "*")],
      good: [open("GET", "*"), cfnOpen("*", "https://shop.example")],
    },
  },
  {
    id: "iac/aws-lambda-credentials-in-environment",
    aliases: ["CKV_AWS_45"],
    title: "Keys of an AWS account in the function's environment",
    severity: "critical",
    controls: "secret-handling",
    why: "Everyone who may look at the function, or at this repository, can use the account.",
    fix: "Delete the key in AWS now. Give the function a role; it needs no keys.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html"],
    on: {
      "tf:aws_lambda_function": lacksAwsKeys("environment.variables.*"),
      "cfn:AWS::Lambda::Function": lacksAwsKeys("Properties.Environment.Variables.*"),
      "cfn:AWS::Serverless::Function": lacksAwsKeys("Properties.Environment.Variables.*"),
    },
    examples: {
      bad: [variables("AWS_ACCESS_KEY_ID", exampleKey), cfnVariables("AWS_ACCESS_KEY_ID", exampleKey)],
      good: [variables("STAGE", "production"), cfnVariables("STAGE", "production")],
    },
  },
  {
    id: "iac/aws-provider-with-keys",
    aliases: ["CKV_AWS_41"],
    title: "Keys of an AWS account in the provider",
    severity: "critical",
    controls: "secret-handling",
    why: "Whoever reads the repository, its history or a copy of it, owns what the keys may do: usually everything.",
    fix: "Delete the key in AWS now. Let the pipeline log in with a role (OpenID Connect) and leave the keys out.",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"],
    on: {
      "tf:provider.aws": all(lacksAwsKeys("access_key"), lacksAwsKeys("secret_key")),
    },
    examples: {
      bad: [tf(`provider "aws" {\n  region     = "eu-west-1"\n  access_key = "${exampleKey}"\n}\n`)],
      good: [tf(`provider "aws" {\n  region = "eu-west-1"\n}\n`)],
    },
  },
  {
    id: "iac/aws-lambda-environment-without-own-key",
    aliases: ["CKV_AWS_173"],
    title: "Function's environment is encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Whoever may read the function's configuration sees its variables in clear; a key of your own adds a permission that they lack.",
    fix: "Set `kms_key_arn` (CloudFormation: `KmsKeyArn`) to a key of yours.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html"],
    on: {
      "tf:aws_lambda_function": when(value("environment").exists(), value("kms_key_arn").exists(), "none"),
      "cfn:AWS::Lambda::Function": when(
        value("Properties.Environment.Variables").exists(),
        value("Properties.KmsKeyArn").exists(),
      ),
      "cfn:AWS::Serverless::Function": when(
        value("Properties.Environment.Variables").exists(),
        value("Properties.KmsKeyArn").exists(),
      ),
    },
    examples: {
      bad: [variables("STAGE", "production"), cfnVariables("STAGE", "production")],
      good: [
        tfResource("aws_lambda_function", ...named, "environment {}", "kms_key_arn = aws_kms_key.orders.arn"),
        cfnVariables("STAGE", "production", "KmsKeyArn: arn:aws:kms:eu-west-1:111122223333:key/orders"),
      ],
    },
  },
];
