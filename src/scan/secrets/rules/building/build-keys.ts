/** Keys of further services that build, deploy and run jobs, and of developers' own tools, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  jwt,
  keyOf,
  lower,
  mixed,
  of,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Ansible AWX", "docs.ansible.com/automation-controller/", [mixed(30)], ["awx", "ansible tower", "tower oauth"]],
  ["Anypoint", "docs.mulesoft.com/access-management/", [...uuidParts]],
  [
    "Apollo GraphQL",
    "www.apollographql.com/docs/graphos/",
    [["service:", "user:gh."], url(3, 40), ":", url(22)],
    keyOf("apollo"),
    "graph key",
  ],
  ["Aviator", "docs.aviator.co/", ["av_live_", mixed(20, 64)]],
  ["Bamboo", "confluence.atlassian.com/bamboo/", [of("base64", 44)], keyOf("bamboo"), "access token"],
  ["Buddy", "buddy.works/docs/", [...uuidParts], [...keyOf("buddy")]],
  ["BuildBuddy", "www.buildbuddy.io/docs/", [mixed(20)]],
  ["Dagger", "docs.dagger.io/", ["dag_", of("word", 20, 100)], ["daggercloud", ...keyOf("dagger_cloud")]],
  ["env0", "docs.env0.com/", [mixed(20, 32)], keyOf("env0")],
  ["Envoyer", "docs.envoyer.io/", jwt(300, 1400)],
  ["GoCD", "api.gocd.org/", [hex(40)]],
  ["Gradle Develocity", "docs.gradle.com/develocity/", [lower(40, 60)], ["develocity", "gradle enterprise"]],
  ["Keygen", "keygen.sh/docs/api/", [["admin-", "prod-", "user-", "activ-", "token-"], hex(40, 100)]],
  ["M3O", "m3o.com/", [of("base64Padded", 48)]],
  ["Nx Cloud", "nx.dev/ci/", [of("base64", 40, 90)]],
  ["Port", "docs.port.io/", [mixed(64)], ["getport", ...keyOf("port_client")], "client secret"],
  ["Spacelift", "docs.spacelift.io/", [hex(64)]],
  ["WakaTime", "wakatime.com/developers", [...uuidParts], ["wakatime"], "older key"],
  ["Windmill", "www.windmill.dev/docs/", [mixed(32)], [...keyOf("windmill")]],
  ["Woodpecker CI", "woodpecker-ci.org/docs/", jwt(80, 600), keyOf("woodpecker")],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Depot", "depot.dev/docs", [["depot_project_", "depot_org_", "depot_user_"], hex(64)]],
  ["Inngest", "www.inngest.com/docs/", [["signkey-prod-", "signkey-test-", "signkey-branch-"], hex(64)]],
  ["Ionic", "ionic.io/docs/", ["ion_", mixed(42)]],
  ["Kong Konnect", "developer.konghq.com/", [["kpat_", "spat_"], mixed(40, 64)]],
  ["Mergify", "docs.mergify.com/", ["mka_", mixed(30, 80)]],
  ["Raycast", "developers.raycast.com/", ["rca_", hex(64)]],
  [
    "Trigger.dev",
    "trigger.dev/docs/apikeys",
    [["tr_prod_", "tr_stg_", "tr_preview_", "tr_pat_", "tr_dev_"], mixed(20, 44)],
  ],
  ["WakaTime", "wakatime.com/developers", [["waka_tok_", "waka_sec_", "waka_ref_", "waka_"], ...uuidParts]],
  ["Warp", "docs.warp.dev/", ["wk-1.", hex(64)]],
  ["Zuplo", "zuplo.com/docs", ["zpka_", hex(32), "_", hex(8)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
