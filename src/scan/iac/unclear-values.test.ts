/** What is not known is neither wrong nor right, also where a policy is a function that asks for values itself. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: holes in texts of Terraform look like that

import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../source-file-of.ts";
import { catalogueOf } from "./catalogue.ts";
import { cfnResource } from "./families/aws-examples.ts";
import { bicepBlock, tfResource } from "./families/examples.ts";
import { iacScannerOf } from "./iac-scanner.ts";
import { policies } from "./policies.generated.ts";
import type { Example } from "./policy.ts";

/** What a policy says of the resources of a file. */
function results(alias: string, { path, text }: Example): readonly string[] {
  const own = policies.filter(({ id, aliases }) => id === alias || aliases.includes(alias));
  const scanner = iacScannerOf(catalogueOf(own), "");
  const file = sourceFileOf(path, "0", new TextEncoder().encode(text));
  const context = { fingerprintKey: new Uint8Array(32), includePassed: true };
  return scanner
    .units([{ path, survey: scanner.survey(file) }])
    .flatMap((unit) => scanner.scan(unit, [file], context).evaluations.map(({ result }) => result));
}

function withVariable({ path, text }: Example): Example {
  const declared = path.endsWith(".tf")
    ? 'variable "x" {}\n'
    : path.endsWith(".bicep")
      ? "param x object\nparam list array\n"
      : "Conditions:\n  X: !Equals [!Ref AWS::Region, a]\n";
  return { path, text: declared + text };
}

const attachment = (arn: string) => tfResource("aws_iam_role_policy_attachment", 'role = "a"', `policy_arn = ${arn}`);
const trusting = (...statements: readonly string[]) =>
  tfResource("aws_iam_role", `assume_role_policy = jsonencode({ Statement = [${statements.join(", ")}] })`);
const statement = (principal: string) => `{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ${principal} }`;
const ofGithub = (condition: string) =>
  `{ Effect = "Allow", Principal = { Federated = "oidc-provider/token.actions.githubusercontent.com" }, ${condition} }`;
const bucketPolicy = (effect: string, action: string) =>
  tfResource(
    "aws_s3_bucket_policy",
    `policy = jsonencode({ Statement = [{ Effect = ${effect}, Principal = "*", Action = ${action} }] })`,
  );
const setting = (name: string) => tfResource("azurerm_postgresql_configuration", `name  = ${name}`, 'value = "off"');
const oldServer = (line: string) => tfResource("azurerm_postgresql_server", line);
const aliRule = (type: string, source: string, ports = "22/22") =>
  tfResource("alicloud_security_group_rule", `type = ${type}`, `port_range = "${ports}"`, `cidr_ip = ${source}`);
const member = (name: string) => tfResource("yandex_resourcemanager_folder_iam_member", `member = ${name}`);
const paloAlto = (source: string, destination: string) =>
  tfResource(
    "panos_security_policy",
    "rule {",
    `  source_addresses = ${source}`,
    `  destination_addresses = ${destination}`,
    "}",
  );
const block = (type: string, ...lines: readonly string[]): Example => ({
  path: "main.bicep",
  text: bicepBlock(type, "a", ...lines),
});
const firewall = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2022-01-01";
const frontDoor = "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2022-05-01";
const network = "Microsoft.Network/virtualNetworks@2022-01-01";
const parameter = "Microsoft.DBforPostgreSQL/flexibleServers/configurations@2022-12-01";
const tlsSetting = (properties: string): Example => ({
  path: "main.bicep",
  text: bicepBlock(parameter, "ssl_min_protocol_version", `properties: ${properties}`),
});
const encryption =
  "{ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }";
const javaRules = (rules: string) =>
  tfResource(
    "azurerm_web_application_firewall_policy",
    'managed_rules {\n  managed_rule_set {\n    version = "3.2"\n    rule_group_override {',
    `      rule_group_name = "REQUEST-944-APPLICATION-ATTACK-JAVA"\n      disabled_rules = ${rules}\n    }\n  }\n}`,
  );

const bucket = cfnResource("AWS::S3::Bucket", `BucketEncryption: !If [X, ${encryption}, !Ref AWS::NoValue]`);

const cases: readonly (readonly [alias: string, example: Example, expected: string])[] = [
  // Right where it is there, and where it is not.
  ["CKV_AWS_19", bucket, "pass"],
  ["CKV_AWS_274", attachment("var.x"), "unknown"],
  ["CKV_AWS_274", attachment('"arn:${var.x}:iam::aws:policy/AdministratorAccess"'), "fail"],
  ["CKV_AWS_274", attachment('"arn:${var.x}:iam::aws:policy/ReadOnlyAccess"'), "pass"],
  ["CKV_AWS_60", trusting("var.x", statement('{ Service = "ec2.amazonaws.com" }')), "unknown"],
  ["CKV_AWS_60", trusting("var.x", statement('{ AWS = "*" }')), "fail"],
  ["CKV_ALI_2", aliRule('"ingress"', "var.x"), "unknown"],
  ["CKV_ALI_2", aliRule("var.x", '"0.0.0.0/0"'), "unknown"],
  ["CKV_ALI_2", aliRule("var.x", "var.x", "443/443"), "pass"],
  ["CKV_YC_24", member("var.x"), "unknown"],
  ["CKV_YC_24", member('"serviceAccount:${var.x}"'), "pass"],
  ["CKV_YC_24", member('"userAccount:${var.x}"'), "fail"],
  ["CKV_PAN_7", paloAlto('["any"]', "var.x"), "unknown"],
  ["CKV_PAN_7", paloAlto('["10.0.0.0/8"]', "var.x"), "pass"],
  ["CKV_AZURE_135", javaRules("var.x"), "unknown"],
  ["CKV_AZURE_135", block(firewall, "properties: { managedRules: x }"), "unknown"],
  ["CKV_AZURE_135", block(firewall, "properties: {}"), "fail"],
  ["CKV_AZURE_133", block(frontDoor, "properties: x"), "unknown"],
  [
    "CKV_AZURE_183",
    block(network, "properties: { dhcpOptions: empty(list) ? null : { dnsServers: list } }"),
    "unknown",
  ],
  ["CKV_AZURE_183", block(network, "properties: { dhcpOptions: null }"), "pass"],
  ["iac/azure-postgresql-flexible-allows-old-tls", tlsSetting("x"), "unknown"],
  ["iac/azure-postgresql-flexible-allows-old-tls", tlsSetting("{}"), "fail"],
  ["CKV_AZURE_30", setting("var.x"), "unknown"],
  ["CKV_AZURE_30", setting('"${var.x}"'), "unknown"],
  ["CKV_AZURE_30", setting('"log_checkpoints"'), "fail"],
  ["CKV_AZURE_30", setting('"log_connections"'), "pass"],
  ["CKV_AWS_93", bucketPolicy("var.x", '"*"'), "unknown"],
  ["CKV_AWS_93", bucketPolicy('"Deny"', '"*"'), "fail"],
  ["CKV_AWS_93", bucketPolicy('"Allow"', '"s3:GetObject"'), "pass"],
  ["CKV_AWS_358", trusting(ofGithub("Condition = var.x")), "unknown"],
  ["CKV_AWS_358", trusting(ofGithub("Condition = { StringLike = var.x }")), "unknown"],
  ["CKV_AWS_358", trusting(ofGithub('Condition = { StringLike = { "a" = var.x } }')), "fail"],
  ["CKV_AWS_358", trusting(ofGithub("Condition = {}")), "fail"],
  ["CKV_AZURE_29", oldServer('ssl_enforcement = "Enabled"'), "pass"],
  ["CKV_AZURE_29", oldServer('ssl_enforcement = "Disabled"'), "fail"],
  ["CKV_AZURE_29", oldServer("ssl_enforcement = var.x"), "unknown"],
  ["CKV_AZURE_29", oldServer(""), "fail"],
];

for (const [alias, example, expected] of cases) {
  test(`${alias}: ${expected} for ${example.text.replaceAll(/\s+/g, " ").slice(0, 100)}`, () => {
    assert.deepEqual(results(alias, withVariable(example)), [expected]);
  });
}
