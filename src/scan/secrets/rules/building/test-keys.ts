/** Keys of services that test, review and switch features, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  keyOf,
  lower,
  mixed,
  of,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["APIMatic", "docs.apimatic.io/", [url(64)]],
  ["Applitools", "applitools.com/docs/", [mixed(40, 50)]],
  ["Bitbar", "docs.bitbar.com/", [mixed(32)]],
  ["BlazeMeter", "help.blazemeter.com/apidocs/", [hex(24)]],
  ["Codequiry", "codequiry.com/usage/api", [mixed(64)]],
  ["CodeRabbit", "docs.coderabbit.ai/", ["cr-", hex(58)]],
  ["CrossBrowserTesting", "crossbrowsertesting.com/apidocs/", [lower(16)]],
  ["Eppo", "docs.geteppo.com/", [url(40, 60)], ["geteppo", ...keyOf("eppo")]],
  ["Flagship", "docs.developers.flagship.io/", [mixed(32, 64)], ["flagship.io", ...keyOf("flagship")]],
  ["Gatling", "docs.gatling.io/", [url(36, 64)], ["gatling_enterprise", ...keyOf("gatling")]],
  ["Getsandbox", "getsandbox.com/docs", [url(40)]],
  ["Ghost Inspector", "ghostinspector.com/docs/api/", [hex(40)]],
  ["GrowthBook", "docs.growthbook.io/", [["secret_", "sdk-"], mixed(16, 60)]],
  ["k6 Cloud", "grafana.com/docs/k6/", [hex(64)], ["k6 cloud", ...keyOf("k6")]],
  ["Kameleoon", "developers.kameleoon.com/", [url(43, 64)]],
  ["Katalon", "docs.katalon.com/", [...uuidParts]],
  ["Knapsack Pro", "docs.knapsackpro.com/", [hex(32)], ["knapsackpro", "knapsack_pro"]],
  ["Loadmill", "docs.loadmill.com/", [mixed(40, 60)]],
  ["LocalStack", "docs.localstack.cloud/", ["ls-", url(20, 60)]],
  ["Mockaroo", "www.mockaroo.com/docs", [hex(8)]],
  ["Optimizely", "docs.developers.optimizely.com/", [url(54)]],
  ["Qase", "developers.qase.io/", [hex(40, 64)]],
  ["Rainforest QA", "help.rainforestqa.com/", [hex(32)], ["rainforest qa", "rainforestqa", ...keyOf("rainforest")]],
  ["Rollout", "docs.cloudbees.com/", [hex(24)], ["rollout.io", "rox_key", "rox_api"]],
  ["Split", "docs.split.io/", [lower(36, 56)], ["splitio", "split.io"]],
  ["SwaggerHub", "support.smartbear.com/swaggerhub/docs/", [...uuidParts]],
  ["TestingBot", "testingbot.com/support/api", [hex(32)]],
  ["Testmo", "docs.testmo.com/", ["testmo_api_", of("base64Padded", 60, 300)]],
  ["TestRail", "support.testrail.com/", [of("base64Any", 40, 42)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["ConfigCat", "configcat.com/docs/", ["configcat-sdk-1/", url(22), "/", url(22)], { kind: "SDK key" }],
  ["DeepSource", "docs.deepsource.com/", ["dsp_", mixed(36, 48)]],
  ["DevCycle", "docs.devcycle.com/", ["dvc_server_", of("word", 24, 60)]],
  ["Flagsmith", "docs.flagsmith.com/", ["ser.", mixed(22)], { kind: "server key" }],
  ["Qlty", "docs.qlty.sh/", [["qltp_", "qltcw_"], mixed(24, 64)]],
  [
    "Schematic",
    "docs.schematichq.com/api-reference/authentication",
    [["sch_prod_", "sch_stag_", "sch_dev_"], mixed(32)],
  ],
  [
    "Unleash",
    "docs.getunleash.io/",
    [["*:*.", "default:development.", "default:production.", "*:development.", "*:production."], hex(56, 64)],
  ],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
