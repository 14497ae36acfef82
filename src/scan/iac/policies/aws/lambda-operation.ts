/** AWS Lambda: runtimes, limits, traces and what happens to calls that fail. */
import { value } from "../../condition.ts";
import { setting } from "../../families/aws-settings.ts";
import type { Policy } from "../../policy.ts";

const named = [`function_name = "orders"`, `role = "arn:aws:iam::111122223333:role/orders"`];

/** Runtimes that AWS has ended or deprecated. */
const oldRuntimes: ReadonlySet<string> = new Set([
  "dotnet5.0",
  "dotnet6",
  "dotnet7",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "go1.x",
  "java8",
  "nodejs",
  "nodejs4.3",
  "nodejs4.3-edge",
  "nodejs6.10",
  "nodejs8.10",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs14.x",
  "nodejs16.x",
  "nodejs18.x",
  "provided",
  "python2.7",
  "python3.6",
  "python3.7",
  "python3.8",
  "python3.9",
  "ruby2.5",
  "ruby2.7",
]);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-lambda-old-runtime",
    aliases: ["CKV_AWS_363"],
    title: "Function runs on a runtime that AWS has ended",
    severity: "medium",
    controls: "patching",
    why: "The runtime gets no security patches any more, and one day the function can no longer be changed.",
    fix: "Move to a supported version of the language.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"],
    ...setting({
      at: {
        "tf:aws_lambda_function": "runtime",
        "cfn:AWS::Lambda::Function": "Properties.Runtime",
        "cfn:AWS::Serverless::Function": "Properties.Runtime",
      },
      demand: (path) =>
        value(path, { missing: "pass" }).satisfies(
          (runtime) => !oldRuntimes.has(String(runtime)),
          "a runtime that AWS supports",
        ),
      bad: `"nodejs12.x"`,
      good: `"nodejs22.x"`,
      lines: named,
    }),
  },
  {
    id: "iac/aws-lambda-without-code-signing",
    aliases: ["CKV_AWS_272"],
    title: "Function accepts code that nobody signed",
    severity: "low",
    controls: "supply-chain",
    why: "Whoever may update the function can run any code in it.",
    fix: "Sign packages with AWS Signer and set `code_signing_config_arn`.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html"],
    ...setting({
      at: {
        "tf:aws_lambda_function": "code_signing_config_arn",
        "cfn:AWS::Lambda::Function": "Properties.CodeSigningConfigArn",
      },
      demand: (path) => value(path).exists(),
      good: `"arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1"`,
      lines: named,
    }),
  },
  {
    id: "iac/aws-lambda-without-concurrency-limit",
    aliases: ["CKV_AWS_115"],
    title: "Function may use all concurrency of the account",
    severity: "low",
    controls: "resource-limits",
    why: "A flood of calls, or a loop, stops every other function of the account and costs money without end.",
    fix: "Reserve as much concurrency as the function needs.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html"],
    ...setting({
      at: {
        "tf:aws_lambda_function": "reserved_concurrent_executions",
        "cfn:AWS::Lambda::Function": "Properties.ReservedConcurrentExecutions",
        "cfn:AWS::Serverless::Function": "Properties.ReservedConcurrentExecutions",
      },
      demand: (path) => value(path).satisfies((limit) => Number(limit) >= 0, "a limit"),
      good: "20",
      lines: named,
    }),
  },
  {
    id: "iac/aws-lambda-without-dead-letter-queue",
    aliases: ["CKV_AWS_116"],
    title: "Events that the function fails on are lost",
    severity: "low",
    controls: "availability",
    why: "After some attempts the event is dropped, and nobody learns of it.",
    fix: "Name a queue or topic as dead-letter target.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"],
    ...setting({
      at: {
        "tf:aws_lambda_function": "dead_letter_config.target_arn",
        "cfn:AWS::Lambda::Function": "Properties.DeadLetterConfig.TargetArn",
        "cfn:AWS::Serverless::Function": "Properties.DeadLetterQueue.TargetArn",
      },
      demand: (path) => value(path).exists(),
      good: `"arn:aws:sqs:eu-west-1:111122223333:failed"`,
      lines: named,
    }),
  },
  {
    id: "iac/aws-lambda-outside-vpc",
    aliases: ["CKV_AWS_117"],
    title: "Function does not run in a network of yours",
    severity: "low",
    controls: "network-segmentation",
    why: "It reaches the whole internet, and no security group limits where its data goes.",
    fix: "Attach the function to private subnets with a security group, if it works with internal data.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"],
    ...setting({
      at: {
        "tf:aws_lambda_function": "vpc_config",
        "cfn:AWS::Lambda::Function": "Properties.VpcConfig",
        "cfn:AWS::Serverless::Function": "Properties.VpcConfig",
      },
      demand: (path) => value(path).exists(),
      good: "{}",
      lines: named,
    }),
  },
  {
    id: "iac/aws-lambda-without-tracing",
    aliases: ["CKV_AWS_50", "AVD-AWS-0066"],
    title: "Calls of the function are not traced",
    severity: "low",
    controls: "monitoring",
    why: "Where time goes and which call led to which cannot be followed through the services.",
    fix: "Set the tracing mode to `Active`.",
    links: ["https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html"],
    ...setting({
      at: {
        "tf:aws_lambda_function": "tracing_config.mode",
        "cfn:AWS::Lambda::Function": "Properties.TracingConfig.Mode",
        "cfn:AWS::Serverless::Function": "Properties.Tracing",
      },
      demand: (path) => value(path).oneOf("Active", "PassThrough"),
      good: `"Active"`,
      lines: named,
    }),
  },
];
