/** Keys of services that count and chart what visitors and businesses do, one line each. */
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
  upper,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Appcues", "docs.appcues.com/", [...uuidParts]],
  ["Aptrinsic", "support.gainsight.com/", [...uuidParts]],
  ["Baremetrics", "developers.baremetrics.com/", [url(25)]],
  ["ChartMogul", "dev.chartmogul.com/", [hex(32)]],
  ["Clicky", "clicky.com/help/api", [lower(16)], ["getclicky", ...keyOf("clicky")]],
  ["Databox", "developers.databox.com/", [lower(21)]],
  ["Datawrapper", "developer.datawrapper.de/", [mixed(64)]],
  ["Domo", "developer.domo.com/", [hex(64)], [...keyOf("domo")]],
  [
    "Easy Insight",
    "www.easy-insight.com/",
    [mixed(20)],
    ["easyinsight", "easy_insight", "easy-insight", "easy insight"],
  ],
  [
    "Fathom Analytics",
    "usefathom.com/api",
    [of("digits", 3, 7), "|", mixed(40, 48)],
    ["usefathom", ...keyOf("fathom")],
  ],
  ["Flurry", "developer.yahoo.com/flurry/docs/", [upper(20)], ["flurry"], "key of an application"],
  ["FullStory", "developer.fullstory.com/", [["na1.", "eu1."], of("base64", 90, 120)]],
  ["Geckoboard", "developer.geckoboard.com/", [hex(32)]],
  ["GoodData", "www.gooddata.com/docs/", [of("base64Padded", 40, 64)]],
  ["Heap", "developers.heap.io/", [mixed(20, 64)], ["heap.io", "heapanalytics", ...keyOf("heap")]],
  ["Hotjar", "help.hotjar.com/", [url(40, 64)]],
  ["Keen", "keen.io/docs/", [mixed(64)], ["keenio", "keen.io", ...keyOf("keen")]],
  ["Kissmetrics", "support.kissmetrics.io/", [hex(40)]],
  ["Klipfolio", "apidocs.klipfolio.com/", [hex(40)]],
  ["Matomo", "matomo.org/faq/", [hex(32)]],
  ["Metabase", "www.metabase.com/docs/latest/people-and-groups/api-keys", [...uuidParts]],
  ["Metrilo", "www.metrilo.com/", [lower(16)]],
  ["mParticle", "docs.mparticle.com/", [["us1-", "us2-", "eu1-", "au1-"], hex(32)]],
  ["mParticle", "docs.mparticle.com/", [url(64)], ["mparticle"], "secret"],
  ["Pendo", "support.pendo.io/", [...uuidParts], [...keyOf("pendo")]],
  ["Piwik PRO", "developers.piwik.pro/", [mixed(80, 100)], ["piwikpro", ...keyOf("piwik_pro")]],
  ["Plausible", "plausible.io/docs", [url(64)]],
  ["Plotly", "plotly.com/chart-studio-help/", [mixed(20)], [...keyOf("plotly")]],
  ["Redash", "redash.io/help/", [mixed(40)]],
  ["RudderStack", "www.rudderstack.com/docs/", [mixed(27)]],
  [
    "Simple Analytics",
    "docs.simpleanalytics.com/",
    ["sa_api_key_", mixed(24, 40)],
    ["simpleanalytics", "simple analytics"],
  ],
  ["Siteimprove", "api.siteimprove.com/", [hex(32)]],
  ["ThoughtSpot", "developers.thoughtspot.com/", [...uuidParts]],
  ["Twilio Segment", "segment.com/docs/", [url(43)], [...keyOf("segment")]],
  ["Umami", "umami.is/docs/", ["api_", mixed(32)], [...keyOf("umami")]],
  ["Umeng", "developer.umeng.com/docs/", [hex(24)], ["umeng", "mobclick"], "key of an application"],
  ["Umeng", "developer.umeng.com/", [lower(32)], ["umeng"], "master secret"],
  ["Userflow", "userflow.com/docs/", [lower(26)]],
  ["WalkMe", "developer.walkme.com/", [mixed(32, 64)]],
  ["Woopra", "docs.woopra.com/", [mixed(32)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [["Lightdash", "docs.lightdash.com/", ["ldpat_", hex(32)]]];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
