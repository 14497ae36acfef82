/** API Gateway: what is recorded and cached, and how APIs are replaced. */
import { all, connected, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { deletedBeforeReplaced } from "../../families/aws-replacement.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, tf } from "../../policy.ts";

const stage = "aws_api_gateway_stage";
const cfnStage = "AWS::ApiGateway::Stage";
const cfnServerless = "AWS::Serverless::Api";
const settings = "aws_api_gateway_method_settings";
const ofApi = "rest_api_id = aws_api_gateway_rest_api.orders.id";
const live = `stage_name = "live"`;
const everyMethod = `method_path = "*/*"`;

const withSettings = (...lines: readonly string[]) =>
  tfResource(settings, ofApi, live, everyMethod, `settings {\n${lines.map((line) => `  ${line}`).join("\n")}\n}`);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-api-without-access-log",
    aliases: ["CKV_AWS_76", "CKV_AWS_95", "AVD-AWS-0001"],
    title: "API stage keeps no access log",
    severity: "medium",
    controls: "logging",
    why: "Who called what, from where, and what came back is lost; misuse cannot be traced.",
    fix: "Add `access_log_settings` (`AccessLogSetting`) with the ARN of a log group and a format that names the caller.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"],
    on: {
      ...on(
        ["tf:aws_api_gateway_stage", "tf:aws_apigatewayv2_stage"],
        value("access_log_settings.destination_arn").exists(),
      ),
      ...on(
        ["cfn:AWS::ApiGateway::Stage", "cfn:AWS::Serverless::Api"],
        value("Properties.AccessLogSetting.DestinationArn").exists(),
      ),
      ...on(
        ["cfn:AWS::ApiGatewayV2::Stage", "cfn:AWS::Serverless::HttpApi"],
        value("Properties.AccessLogSettings.DestinationArn").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(stage, ofApi, live),
        cfnResource(cfnStage, "StageName: live"),
        cfnResource("AWS::ApiGatewayV2::Stage", "StageName: live"),
      ],
      good: [
        tfResource(
          stage,
          ofApi,
          live,
          "access_log_settings {\n  destination_arn = aws_cloudwatch_log_group.api.arn\n}",
        ),
        cfnResource(cfnStage, "StageName: live", "AccessLogSetting:\n  DestinationArn: !GetAtt Log.Arn"),
        cfnResource("AWS::ApiGatewayV2::Stage", "AccessLogSettings:\n  DestinationArn: !GetAtt Log.Arn"),
      ],
    },
  },
  {
    id: "iac/aws-api-without-execution-log",
    aliases: ["CKV2_AWS_4"],
    title: "API stage logs no execution and no metrics",
    severity: "low",
    controls: "logging",
    why: "Failures of authorizers and backends leave no trace, so attacks on them go unseen.",
    fix: "Add `aws_api_gateway_method_settings` for the stage with `logging_level` ERROR or INFO and `metrics_enabled = true`.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"],
    on: {
      "tf:aws_api_gateway_stage": connected(
        settings,
        all(value("settings.logging_level").oneOf("ERROR", "INFO"), value("settings.metrics_enabled").is(true)),
      ),
    },
    examples: {
      bad: [tfResource(stage, ofApi, live)],
      good: [
        tf(
          tfBlock(stage, "live", ofApi, live) +
            tfBlock(
              settings,
              "all",
              ofApi,
              "stage_name = aws_api_gateway_stage.live.stage_name",
              everyMethod,
              `settings {\n  metrics_enabled = true\n  logging_level   = "ERROR"\n}`,
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-api-logs-whole-requests",
    aliases: ["CKV_AWS_276"],
    title: "API writes whole requests and answers into its log",
    severity: "medium",
    controls: "data-protection",
    why: "Passwords, tokens and personal data of callers lie in the log, readable for everybody who may read logs.",
    fix: "Set `data_trace_enabled` (`DataTraceEnabled`) to false; switch it on only while you look for a fault.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"],
    on: {
      "tf:aws_api_gateway_method_settings": value("settings.data_trace_enabled").not(true),
      "cfn:AWS::ApiGateway::Stage": value("Properties.MethodSettings.DataTraceEnabled").not(true),
    },
    examples: {
      bad: [
        withSettings("data_trace_enabled = true"),
        cfnResource(cfnStage, "MethodSettings:\n  - HttpMethod: '*'\n    DataTraceEnabled: true"),
      ],
      good: [
        withSettings("data_trace_enabled = false"),
        cfnResource(cfnStage, "MethodSettings:\n  - HttpMethod: '*'\n    DataTraceEnabled: false"),
      ],
    },
  },
  {
    id: "iac/aws-api-without-tracing",
    aliases: ["CKV_AWS_73", "AVD-AWS-0003"],
    title: "API stage does not trace requests",
    severity: "low",
    controls: "monitoring",
    why: "A request cannot be followed through the services behind the API, so slow or misused ones are hard to find.",
    fix: "Set `xray_tracing_enabled` (`TracingEnabled`) to true.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html"],
    on: {
      "tf:aws_api_gateway_stage": value("xray_tracing_enabled").is(true),
      ...on(["cfn:AWS::ApiGateway::Stage", "cfn:AWS::Serverless::Api"], value("Properties.TracingEnabled").is(true)),
    },
    examples: {
      bad: [tfResource(stage, ofApi, live), cfnResource(cfnServerless, "StageName: live")],
      good: [
        tfResource(stage, ofApi, live, "xray_tracing_enabled = true"),
        cfnResource(cfnServerless, "StageName: live", "TracingEnabled: true"),
      ],
    },
  },
  {
    id: "iac/aws-api-without-cache",
    aliases: ["CKV_AWS_120"],
    title: "API stage has no cache",
    severity: "low",
    controls: "availability",
    why: "Every call reaches the backend, so that repeated calls slow it down or bring it to its limits.",
    fix: "Set `cache_cluster_enabled` (`CacheClusterEnabled`) to true where answers may be a little old; a cache costs by the hour.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html"],
    on: {
      "tf:aws_api_gateway_stage": value("cache_cluster_enabled", { edit: false }).is(true),
      ...on(
        ["cfn:AWS::ApiGateway::Stage", "cfn:AWS::Serverless::Api"],
        value("Properties.CacheClusterEnabled", { edit: false }).is(true),
      ),
    },
    examples: {
      bad: [tfResource(stage, ofApi, live), cfnResource(cfnStage, "StageName: live")],
      good: [
        tfResource(stage, ofApi, live, "cache_cluster_enabled = true"),
        cfnResource(cfnStage, "StageName: live", "CacheClusterEnabled: true"),
      ],
    },
  },
  {
    id: "iac/aws-api-methods-without-cache",
    aliases: ["CKV_AWS_225", "AVD-AWS-0190"],
    title: "API methods do not use the cache",
    severity: "low",
    controls: "availability",
    why: "Repeated calls reach the backend although a cache could answer them.",
    fix: "Set `caching_enabled` to true in `settings`, with encryption of what is cached.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html"],
    on: { "tf:aws_api_gateway_method_settings": value("settings.caching_enabled", { edit: false }).is(true) },
    examples: {
      bad: [withSettings("metrics_enabled = true")],
      good: [withSettings("caching_enabled = true", "cache_data_encrypted = true")],
    },
  },
  {
    id: "iac/aws-api-cache-unencrypted",
    aliases: ["CKV_AWS_308", "AVD-AWS-0002"],
    title: "Cache of the API is unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Answers with data of callers lie readable on the disks of the cache.",
    fix: "Set `cache_data_encrypted` (`CacheDataEncrypted`) to true wherever caching is on.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/data-protection-encryption.html"],
    on: {
      "tf:aws_api_gateway_method_settings": when(
        value("settings.caching_enabled").is(true),
        value("settings.cache_data_encrypted").is(true),
      ),
    },
    examples: {
      bad: [withSettings("caching_enabled = true")],
      good: [withSettings("caching_enabled = true", "cache_data_encrypted = true")],
    },
  },
  deletedBeforeReplaced({
    id: "iac/aws-api-deployment-deleted-before-replaced",
    aliases: ["CKV_AWS_217"],
    what: "Deployment of an API",
    type: "aws_api_gateway_deployment",
    meanwhile: "the stage has nothing to serve, or the change fails because the stage still uses the old deployment",
    lines: [ofApi],
  }),
  deletedBeforeReplaced({
    id: "iac/aws-api-deleted-before-replaced",
    aliases: ["CKV_AWS_237"],
    what: "API",
    type: "aws_api_gateway_rest_api",
    meanwhile: "callers get errors, and if the new one cannot be made there is none at all",
    lines: [`name = "orders"`],
  }),
];
