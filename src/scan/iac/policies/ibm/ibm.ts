/** IBM Cloud: networks, clusters and account settings. */
import { all, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const links = ["https://cloud.ibm.com/docs"];
const settings = "ibm_iam_account_settings";

export const policies: readonly Policy[] = [
  {
    id: "iac/ibm-load-balancer-public",
    aliases: ["CKV2_IBM_1"],
    title: "Load balancer is reached from the internet",
    severity: "low",
    controls: "network-exposure",
    why: "What is meant for inside can be tried by anybody.",
    fix: 'Set `type = "private"` for services that are not public.',
    links,
    on: { "tf:ibm_is_lb": value("type", { edit: false }).matches(/^(?:private|private_path)$/i) },
    examples: {
      bad: [tfResource("ibm_is_lb", 'type = "public"')],
      good: [tfResource("ibm_is_lb", 'type = "private"')],
    },
  },
  {
    id: "iac/ibm-network-with-classic-access",
    aliases: ["CKV2_IBM_2"],
    title: "VPC is joined with classic infrastructure",
    severity: "medium",
    controls: "network-segmentation",
    why: "Every classic machine of the account reaches the VPC.",
    fix: "Remove `classic_access`, or set it to false.",
    links,
    on: { "tf:ibm_is_vpc": value("classic_access").not(true) },
    examples: {
      bad: [tfResource("ibm_is_vpc", "classic_access = true")],
      good: [tfResource("ibm_is_vpc", "classic_access = false")],
    },
  },
  ...(
    [
      ["CKV2_IBM_3", "restrict_create_platform_apikey", "API keys", "api-keys"],
      ["CKV2_IBM_5", "restrict_create_service_id", "service ids", "service-ids"],
    ] as const
  ).map(
    ([alias, attribute, what, id]): Policy => ({
      id: `iac/ibm-anybody-creates-${id}`,
      aliases: [alias],
      title: `Everybody in the account may create ${what}`,
      severity: "medium",
      controls: "least-privilege",
      why: "Lasting credentials come to be that nobody watches, and stay when somebody leaves.",
      fix: `Set \`${attribute} = "RESTRICTED"\`.`,
      links,
      on: { [`tf:${settings}`]: value(attribute, { edit: "RESTRICTED" }).matches(/^restricted$/i) },
      examples: {
        bad: [tfResource(settings, `${attribute} = "NOT_RESTRICTED"`)],
        good: [tfResource(settings, `${attribute} = "RESTRICTED"`)],
      },
    }),
  ),
  {
    id: "iac/ibm-account-without-second-factor",
    aliases: ["CKV2_IBM_4"],
    title: "Account asks for no second factor",
    severity: "high",
    controls: "strong-authentication",
    why: "A password that leaks is enough to act in the account.",
    fix: 'Set `mfa` to "LEVEL3", or another kind than NONE.',
    links,
    on: { [`tf:${settings}`]: all(value("mfa").exists(), value("mfa", { edit: "LEVEL3" }).notMatches(/^none$/i)) },
    examples: { bad: [tfResource(settings, 'mfa = "NONE"')], good: [tfResource(settings, 'mfa = "LEVEL3"')] },
  },
  {
    id: "iac/ibm-cluster-public",
    aliases: ["CKV2_IBM_7"],
    title: "API of the Kubernetes cluster is reached from the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Stolen credentials and new weaknesses of the API can be used from anywhere.",
    fix: "Set `private_service_endpoint = true` and `public_service_endpoint = false`.",
    links,
    on: {
      "tf:ibm_container_cluster": all(
        value("private_service_endpoint").is(true),
        value("public_service_endpoint").not(true),
      ),
    },
    examples: {
      bad: [tfResource("ibm_container_cluster", "private_service_endpoint = true", "public_service_endpoint = true")],
      good: [tfResource("ibm_container_cluster", "private_service_endpoint = true", "public_service_endpoint = false")],
    },
  },
];
