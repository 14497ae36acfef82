/** API Gateway: who may call an API, what protects it, and how it proves who it is. */
import type { Node } from "../../../formats/node.ts";
import { anyOf, type Condition, check, connected, nodesAt, not, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import {
  attachedListStopsLog4Shell,
  behindWebAcl,
  log4ShellGroups,
  tfAttached,
  tfWebAcl,
} from "../../families/aws-web-acls.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { allows, coversAction, isAnyone, type Statement, statementsOf } from "../../families/iam-statements.ts";
import { on, type Policy, tf } from "../../policy.ts";
import { failAt, passAt, unknownAt, type Verdict } from "../../verdict.ts";

const method = "aws_api_gateway_method";
const cfnMethod = "AWS::ApiGateway::Method";
const api = "aws_api_gateway_rest_api";
const get = `http_method = "GET"`;
const ofApi = "rest_api_id = aws_api_gateway_rest_api.orders.id";
const apiBlock = (...lines: readonly string[]) => tfBlock(api, "orders", `name = "orders"`, ...lines);

const asksCaller: Condition = anyOf(
  value("authorization").not("NONE"),
  value("api_key_required", { edit: false }).is(true),
  // Browsers send OPTIONS without credentials.
  value("http_method", { edit: false }).is("OPTIONS"),
);

const isPrivate = value("endpoint_configuration.types", { edit: false }).contains("PRIVATE");

function isOpenToAll(statement: Statement): boolean {
  const invokes = statement.actions.some((action) => coversAction(action, "execute-api:Invoke"));
  return allows(statement) && isAnyone(statement) && invokes && !statement.hasCondition;
}

/** A policy of the API limits callers: it names them, or denies some under a condition. */
function judgePolicies(documents: readonly Node[]): Verdict | undefined {
  let limited: Verdict | undefined;
  for (const document of documents) {
    const statements = statementsOf(document);
    if (!statements) return unknownAt(document.at, "the policy of the API is not known");
    const denies = statements.some(({ effect, hasCondition }) => effect === "Deny" && hasCondition);
    const open = statements.find(isOpenToAll);
    if (open && !denies) return failAt(open, "the policy of the API lets anybody invoke it");
    limited = passAt(document.at);
  }
  return limited;
}

const policyLimitsCallers: Condition = check((resource, node) => {
  const beside = resource.connected(["aws_api_gateway_rest_api_policy"]).resources;
  const documents = [node, ...beside.map(({ body }) => body)].flatMap((body) => nodesAt(body, "policy"));
  return judgePolicies(documents) ?? failAt(node, "the API has no policy and the method asks for no authorization");
});

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-api-method-without-authorization",
    aliases: ["CKV_AWS_59", "AVD-AWS-0004"],
    title: "API method may be called by anybody",
    severity: "high",
    controls: "strong-authentication",
    why: "Everybody who finds the address can read and change what the method does, and run up the bill.",
    fix: "Set `authorization` (`AuthorizationType`) to AWS_IAM, COGNITO_USER_POOLS or CUSTOM with an authorizer; an API key alone only counts callers.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html"],
    on: {
      "tf:aws_api_gateway_method": asksCaller,
      "cfn:AWS::ApiGateway::Method": anyOf(
        value("Properties.AuthorizationType").not("NONE"),
        value("Properties.ApiKeyRequired", { edit: false }).is(true),
        value("Properties.HttpMethod", { edit: false }).is("OPTIONS"),
      ),
    },
    examples: {
      bad: [
        tfResource(method, ofApi, get, `authorization = "NONE"`),
        cfnResource(cfnMethod, "HttpMethod: GET", "AuthorizationType: NONE"),
      ],
      good: [
        tfResource(method, ofApi, get, `authorization = "AWS_IAM"`),
        cfnResource(cfnMethod, "HttpMethod: GET", "AuthorizationType: AWS_IAM"),
      ],
    },
  },
  {
    id: "iac/aws-api-method-unguarded",
    aliases: ["CKV2_AWS_70"],
    title: "API method is guarded neither by authorization nor by the policy of the API",
    severity: "high",
    controls: "strong-authentication",
    why: "Neither the method nor the policy of the API asks who calls; everybody who finds the address can use it.",
    fix: "Demand authorization on the method, make the API private, or give it a policy that names accounts, networks or endpoints.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html"],
    on: {
      // Of an API that is not in sight nobody knows the policy.
      "tf:aws_api_gateway_method": when(
        anyOf(asksCaller, connected(api)),
        anyOf(asksCaller, connected(api, anyOf(policyLimitsCallers, isPrivate))),
        "none",
      ),
    },
    examples: {
      bad: [tf(apiBlock() + tfBlock(method, "list", ofApi, get, `authorization = "NONE"`))],
      good: [
        tf(
          apiBlock(`endpoint_configuration {\n  types = ["PRIVATE"]\n}`) +
            tfBlock(method, "list", ofApi, get, `authorization = "NONE"`),
        ),
        tf(
          apiBlock(
            `policy = jsonencode({\n  Statement = [{\n    Effect    = "Allow"\n    Principal = { AWS = "111122223333" }\n    Action    = "execute-api:Invoke"\n    Resource  = "*"\n  }]\n})`,
          ) + tfBlock(method, "list", ofApi, get, `authorization = "NONE"`),
        ),
      ],
    },
  },
  {
    id: "iac/aws-http-api-route-without-authorization",
    aliases: ["CKV_AWS_309"],
    title: "Route of an HTTP API may be called by anybody",
    severity: "high",
    controls: "strong-authentication",
    why: "Everybody who finds the address can read and change what the route does.",
    fix: "Set `authorization_type` to JWT or AWS_IAM, or to CUSTOM with a Lambda authorizer.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html"],
    on: {
      "tf:aws_apigatewayv2_route": value("authorization_type", { edit: false }).oneOf("AWS_IAM", "CUSTOM", "JWT"),
    },
    examples: {
      bad: [tfResource("aws_apigatewayv2_route", `route_key = "GET /orders"`)],
      good: [tfResource("aws_apigatewayv2_route", `route_key = "GET /orders"`, `authorization_type = "AWS_IAM"`)],
    },
  },
  {
    id: "iac/aws-api-without-client-certificate",
    aliases: ["CKV2_AWS_51"],
    title: "API shows its backend no client certificate",
    severity: "low",
    controls: "strong-authentication",
    why: "The backend cannot tell requests of the API from those of somebody who found its address and goes around it.",
    fix: "Make an `aws_api_gateway_client_certificate`, name it in `client_certificate_id`, and let the backend demand it.",
    links: [
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html",
    ],
    on: {
      "tf:aws_api_gateway_stage": value("client_certificate_id").exists(),
      "tf:aws_apigatewayv2_stage": anyOf(
        value("client_certificate_id").exists(),
        connected("aws_apigatewayv2_api", value("protocol_type", { edit: false }).not("WEBSOCKET")),
      ),
    },
    examples: {
      bad: [tfResource("aws_api_gateway_stage", ofApi, `stage_name = "live"`)],
      good: [
        tfResource(
          "aws_api_gateway_stage",
          ofApi,
          `stage_name = "live"`,
          "client_certificate_id = aws_api_gateway_client_certificate.orders.id",
        ),
      ],
    },
  },
  {
    id: "iac/aws-api-domain-allows-old-tls",
    aliases: ["CKV_AWS_206", "AVD-AWS-0005"],
    title: "Domain of the API accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what clients send.",
    fix: "Set `security_policy` to TLS_1_2 or to a newer policy.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html"],
    on: {
      "tf:aws_api_gateway_domain_name": value("security_policy", { edit: "TLS_1_2" }).matches(
        /^(?:TLS_1_2$|SecurityPolicy_TLS1[23]_)/,
      ),
    },
    examples: {
      bad: [tfResource("aws_api_gateway_domain_name", `domain_name = "api.example"`, `security_policy = "TLS_1_0"`)],
      good: [tfResource("aws_api_gateway_domain_name", `domain_name = "api.example"`, `security_policy = "TLS_1_2"`)],
    },
  },
  {
    id: "iac/aws-api-without-web-acl",
    aliases: ["CKV2_AWS_29"],
    title: "Public API has no web application firewall",
    severity: "low",
    controls: "web-protection",
    why: "Known attacks, scanners and floods reach the API unfiltered.",
    fix: "Attach an AWS WAF web ACL to the stage with `aws_wafv2_web_acl_association`, or make the API private.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html"],
    on: {
      "tf:aws_api_gateway_stage": anyOf(behindWebAcl, connected(api, isPrivate), not(connected(api))),
    },
    examples: {
      bad: [tf(apiBlock() + tfBlock("aws_api_gateway_stage", "live", ofApi, `stage_name = "live"`))],
      good: [
        tf(
          apiBlock() +
            tfBlock("aws_api_gateway_stage", "live", ofApi, `stage_name = "live"`) +
            tfWebAcl(...log4ShellGroups) +
            tfAttached("aws_api_gateway_stage.live"),
        ),
      ],
    },
  },
  {
    id: "iac/aws-api-web-acl-lets-log4shell-through",
    aliases: ["CKV2_AWS_77"],
    title: "Firewall of the API does not stop Log4Shell",
    severity: "medium",
    controls: "web-protection",
    why: "Requests that make Log4j load and run foreign code reach the API.",
    fix: "Add the managed groups AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesAnonymousIpList to the web ACL.",
    links: ["https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html"],
    on: on(["tf:aws_api_gateway_stage", "tf:aws_apigatewayv2_api"], attachedListStopsLog4Shell),
    examples: {
      bad: [
        tf(
          tfBlock("aws_api_gateway_stage", "live", ofApi, `stage_name = "live"`) +
            tfWebAcl("AWSManagedRulesCommonRuleSet") +
            tfAttached("aws_api_gateway_stage.live"),
        ),
      ],
      good: [
        tf(
          tfBlock("aws_api_gateway_stage", "live", ofApi, `stage_name = "live"`) +
            tfWebAcl(...log4ShellGroups) +
            tfAttached("aws_api_gateway_stage.live"),
        ),
      ],
    },
  },
  {
    id: "iac/aws-api-method-without-validation",
    aliases: ["CKV2_AWS_53"],
    title: "API method does not validate requests",
    severity: "low",
    controls: "web-protection",
    why: "Malformed and unexpected input reaches the backend, which has to catch all of it.",
    fix: "Name an `aws_api_gateway_request_validator` in `request_validator_id`, with a model of the body.",
    links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html"],
    on: {
      "tf:aws_api_gateway_method": value("request_validator_id").exists(),
      "cfn:AWS::ApiGateway::Method": value("Properties.RequestValidatorId").exists(),
    },
    examples: {
      bad: [tfResource(method, ofApi, get, `authorization = "AWS_IAM"`), cfnResource(cfnMethod, "HttpMethod: GET")],
      good: [
        tfResource(
          method,
          ofApi,
          get,
          `authorization = "AWS_IAM"`,
          "request_validator_id = aws_api_gateway_request_validator.all.id",
        ),
        cfnResource(cfnMethod, "HttpMethod: GET", "RequestValidatorId: !Ref Validator"),
      ],
    },
  },
];
