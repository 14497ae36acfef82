/** Networks and subnetworks of Google Cloud: what traffic is seen, and by which way it goes. */
import { anyOf, type Condition, connected, not, value, when } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const subnetwork = (...lines: readonly string[]) =>
  tfResource(
    "google_compute_subnetwork",
    `name          = "shop"`,
    `ip_cidr_range = "10.2.0.0/16"`,
    "network       = google_compute_network.main.id",
    ...lines,
  );

/** Subnetworks that belong to load balancers hold no machines. */
const forMachines = (condition: Condition): Condition =>
  when(
    value("purpose").not("INTERNAL_HTTPS_LOAD_BALANCER", "REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY"),
    condition,
    "none",
  );

const throughIpv6 = value("private_ipv6_google_access").oneOf(
  "ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE",
  "ENABLE_BIDIRECTIONAL_ACCESS_TO_GOOGLE",
);

const network = tfBlock("google_compute_network", "example", `name = "shop"`, "auto_create_subnetworks = false");

export const policies: readonly Policy[] = [
  {
    id: "iac/google-subnetwork-without-flow-logs",
    aliases: ["CKV_GCP_26", "AVD-GCP-0029"],
    title: "Subnetwork keeps no flow logs",
    severity: "low",
    controls: "logging",
    why: "After a break-in nobody can tell which machines the attacker talked to or how much data left.",
    fix: "Add a `log_config` block with an aggregation interval and sampling that you can afford.",
    links: ["https://cloud.google.com/vpc/docs/using-flow-logs"],
    on: { "tf:google_compute_subnetwork": forMachines(value("log_config").exists()) },
    examples: {
      bad: [subnetwork()],
      good: [subnetwork("log_config {", "  flow_sampling = 0.5", "}")],
    },
  },
  {
    id: "iac/google-subnetwork-reaches-google-by-internet",
    aliases: ["CKV_GCP_74", "AVD-GCP-0075"],
    title: "Machines without public addresses cannot reach Google's services privately",
    severity: "low",
    controls: "network-segmentation",
    why: "Machines get public addresses only to reach Google's services, and are then reachable from the internet themselves.",
    fix: "Set `private_ip_google_access` to true.",
    links: ["https://cloud.google.com/vpc/docs/configure-private-google-access"],
    on: { "tf:google_compute_subnetwork": forMachines(value("private_ip_google_access").is(true)) },
    examples: {
      bad: [subnetwork("private_ip_google_access = false"), subnetwork()],
      good: [subnetwork("private_ip_google_access = true")],
    },
  },
  {
    id: "iac/google-subnetwork-reaches-google-by-internet-over-ipv6",
    aliases: ["CKV_GCP_76"],
    title: "Machines cannot reach Google's services privately over IPv6",
    severity: "low",
    controls: "network-segmentation",
    why: "Traffic to Google's services over IPv6 takes the way of the internet, and machines are opened to it for that.",
    fix: "Set `private_ipv6_google_access` to ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE.",
    links: ["https://cloud.google.com/vpc/docs/configure-private-google-access"],
    on: {
      "tf:google_compute_subnetwork": forMachines(
        when(anyOf(value("stack_type").oneOf("IPV4_IPV6", "IPV6_ONLY"), throughIpv6), throughIpv6, "none"),
      ),
    },
    examples: {
      bad: [subnetwork(`stack_type = "IPV4_IPV6"`)],
      good: [
        subnetwork(`stack_type = "IPV4_IPV6"`, `private_ipv6_google_access = "ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE"`),
      ],
    },
  },
  {
    id: "iac/google-network-without-own-firewall-rules",
    aliases: ["CKV2_GCP_18"],
    title: "Network has no firewall rules of its own",
    severity: "low",
    controls: "network-segmentation",
    why: "What may reach the machines is then decided elsewhere, by rules made by hand or by defaults, and nobody reviews it.",
    fix: "Add a `google_compute_firewall` for each kind of traffic that this network needs.",
    links: ["https://cloud.google.com/firewall/docs/firewalls"],
    on: {
      "tf:google_compute_network": connected([
        "google_compute_firewall",
        "google_compute_network_firewall_policy_association",
        "google_compute_region_network_firewall_policy_association",
      ]),
    },
    examples: {
      bad: [tf(network)],
      good: [
        tf(
          network +
            tfBlock(
              "google_compute_firewall",
              "web",
              `name = "web"`,
              "network = google_compute_network.example.name",
              `source_tags = ["lb"]`,
            ),
        ),
      ],
    },
  },
  {
    id: "iac/google-project-with-default-network",
    aliases: ["CKV_GCP_27", "AVD-GCP-0010"],
    title: "Project is made with the default network",
    severity: "medium",
    controls: "network-segmentation",
    why: "The default network has a subnetwork in every region and rules that let SSH and Remote Desktop in from everywhere.",
    fix: "Set `auto_create_network` to false and make a network with the subnetworks and rules you need.",
    links: ["https://cloud.google.com/vpc/docs/vpc#default-network"],
    on: { "tf:google_project": value("auto_create_network").is(false) },
    examples: {
      bad: [tfResource("google_project", `project_id = "shop"`)],
      good: [tfResource("google_project", `project_id = "shop"`, "auto_create_network = false")],
    },
  },
  {
    id: "iac/google-project-with-automatic-network",
    aliases: ["CKV2_GCP_2"],
    title: "Network of the project makes subnetworks in every region by itself",
    severity: "low",
    controls: "network-segmentation",
    why: "Ranges that nobody planned exist in all regions and overlap with other networks; more is reachable than is used.",
    fix: "Set `auto_create_subnetworks` of the network to false and define the subnetworks that are needed.",
    links: ["https://cloud.google.com/vpc/docs/subnets"],
    on: {
      "tf:google_project": not(connected("google_compute_network", value("auto_create_subnetworks").is(true))),
    },
    examples: {
      bad: [projectWithNetwork("true")],
      good: [projectWithNetwork("false"), tfResource("google_project", `project_id = "shop"`)],
    },
  },
];

function projectWithNetwork(automatic: string) {
  return tf(
    tfBlock("google_project", "example", `project_id = "shop"`) +
      tfBlock(
        "google_compute_network",
        "main",
        `name = "shop"`,
        "project = google_project.example.project_id",
        `auto_create_subnetworks = ${automatic}`,
      ),
  );
}
