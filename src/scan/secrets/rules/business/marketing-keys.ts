/** Keys of services for campaigns, advertisements, search ranks and short links, one line each. */
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
  ["Adjust", "dev.adjust.com/", [mixed(20)], [...keyOf("adjust")]],
  ["Ahrefs", "docs.ahrefs.com/", [url(40, 44)]],
  ["Appfollow", "docs.api.appfollow.io/", [mixed(20)]],
  ["AppLovin", "support.applovin.com/", [url(86)]],
  ["AppsFlyer", "dev.appsflyer.com/", [mixed(22)]],
  ["Autopilot", "developers.autopilothq.com/", [hex(32)], ["autopilothq", ...keyOf("autopilot")]],
  ["Awin", "wiki.awin.com/", [...uuidParts]],
  ["Ayrshare", "docs.ayrshare.com/", [upper(31)]],
  ["Bitly", "dev.bitly.com/", [hex(40)]],
  ["Blueshift", "developer.blueshift.com/", [hex(32)], ["blueshift"]],
  ["Brandwatch", "developers.brandwatch.com/", [...uuidParts]],
  ["Braze", "www.braze.com/docs/", [...uuidParts]],
  ["BrightLocal", "apidocs.brightlocal.com/", [hex(40)]],
  ["Buffer", "buffer.com/developers/api", ["1/", hex(32)], ["bufferapp", ...keyOf("buffer")]],
  ["CleverTap", "developer.clevertap.com/docs/", [upper(3), "-", upper(3), "-", upper(4)]],
  ["Cutt.ly", "cutt.ly/api-documentation/", [hex(37, 40)], ["cutt.ly", "cuttly"]],
  ["DataForSEO", "docs.dataforseo.com/", [hex(16)]],
  ["Dotdigital", "developer.dotdigital.com/", [mixed(32)]],
  ["Fomo", "docs.fomo.com/", [url(22)], [...keyOf("fomo")]],
  ["Hootsuite", "developer.hootsuite.com/", [mixed(12, 40)]],
  ["Iterable", "api.iterable.com/", [hex(32)], [...keyOf("iterable")]],
  ["Marketo", "developers.marketo.com/", [mixed(32)]],
  ["Mautic", "devdocs.mautic.org/", [lower(50)]],
  ["Missinglettr", "missinglettr.com/", [mixed(32, 64)]],
  ["Moz", "moz.com/help/links-api", ["mozscape-", mixed(10)], ["mozscape", ...keyOf("moz")]],
  ["Optimove", "docs.optimove.com/", [mixed(32, 64)]],
  ["PartnerStack", "docs.partnerstack.com/", [url(64)]],
  ["Prerender", "docs.prerender.io/", [mixed(20)]],
  ["PubMatic", "community.pubmatic.com/", [mixed(20, 64)]],
  ["RD Station", "developers.rdstation.com/", [hex(32)], ["rdstation", ...keyOf("rd_station")]],
  ["Rebrandly", "developers.rebrandly.com/", [hex(32)]],
  ["Rewardful", "developers.rewardful.com/", [hex(32)]],
  ["RiteKit", "documenter.getpostman.com/view/2010712/", [hex(44)]],
  ["Sailthru", "getstarted.sailthru.com/developers/", [hex(32)]],
  ["Semrush", "developer.semrush.com/api/", [hex(32)]],
  ["Sentione", "docs.sentione.com/", [hex(32)]],
  ["SerpStat", "api-docs.serpstat.com/", [hex(32)]],
  ["Short.io", "developers.short.io/", ["sk_", mixed(16, 20)], ["shortio", ...keyOf("short_io")]],
  ["SimplyNoted", "simplynoted.com/", [mixed(340)]],
  ["Swrve", "docs.swrve.com/", ["api_key-", mixed(20)]],
  ["T.LY", "t.ly/docs", [mixed(60)], [...keyOf("tly"), "t.ly"]],
  ["Taboola", "developers.taboola.com/", [hex(32)]],
  ["TinyURL", "tinyurl.com/app/dev", [mixed(60)]],
  ["Topsort", "docs.topsort.com/", ["TSE_", mixed(20, 64)]],
  ["Unbounce", "developer.unbounce.com/", [hex(32)]],
  ["VBOUT", "developers.vbout.com/", [mixed(16, 64)]],
  ["Vungle", "support.vungle.com/", [hex(32)]],
  ["WebEngage", "docs.webengage.com/", [...uuidParts]],
  ["WhatConverts", "www.whatconverts.com/api/", [of("digits", 3, 6), "-", hex(16)]],
  ["Yext", "hitchhikers.yext.com/docs/", [hex(32)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Branch", "help.branch.io/developers-hub/", [["secret_live_", "key_live_", "key_test_"], mixed(32, 40)]],
  ["Dub", "dub.co/docs/api-reference/tokens", ["dub_", mixed(24)]],
  [
    "QR Code Generator",
    "www.qr-code-generator.com/api/",
    ["api.qr-code-generator.com/v1/create?access-token=", url(60, 64)],
    { kind: "address with its token" },
  ],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
