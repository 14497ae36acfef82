/** Vertex AI, notebooks, workbenches and TPUs: public addresses, and how their machines start. */
import { value } from "../../condition.ts";
import { tfResource, tfSetting } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const endpoints = "https://cloud.google.com/vertex-ai/docs/predictions/choose-endpoint-type";
const workbench = "https://cloud.google.com/vertex-ai/docs/workbench/instances/create";

const setting = (type: string, path: string, written: string) =>
  tfResource(type, `name = "lab"`, tfSetting(path, written));

/** The setting must be this. A change makes most of these machines anew, so no edit is proposed. */
const mustBe = (type: string, path: string, expected: boolean): Pick<Policy, "on" | "examples"> => ({
  on: { [`tf:${type}`]: value(path, { edit: false }).is(expected) },
  examples: {
    bad: [setting(type, path, String(!expected)), tfResource(type, `name = "lab"`)],
    good: [setting(type, path, String(expected))],
  },
});

/** The setting must not be this, and by default is not. */
const mustNotBe = (type: string, path: string, forbidden: boolean): Pick<Policy, "on" | "examples"> => ({
  on: { [`tf:${type}`]: value(path, { edit: false }).not(forbidden) },
  examples: {
    bad: [setting(type, path, String(forbidden))],
    good: [setting(type, path, String(!forbidden)), tfResource(type, `name = "lab"`)],
  },
});

const publicNotebook = {
  severity: "medium",
  controls: "network-exposure",
  why: "Whoever gets at the notebook runs code with the rights of its account; a public address makes every mistake count.",
} as const satisfies Partial<Policy>;

export const policies: readonly Policy[] = [
  {
    id: "iac/google-notebook-with-public-address",
    aliases: ["CKV_GCP_89"],
    title: "Notebook has a public address",
    ...publicNotebook,
    fix: "Set `no_public_ip` to true, in a subnetwork with Private Google Access.",
    links: [workbench],
    ...mustBe("google_notebooks_instance", "no_public_ip", true),
  },
  {
    id: "iac/google-workbench-with-public-address",
    aliases: ["CKV2_GCP_28"],
    title: "Workbench has a public address",
    ...publicNotebook,
    fix: "Set `gce_setup.disable_public_ip` to true, in a subnetwork with Private Google Access.",
    links: [workbench],
    ...mustBe("google_workbench_instance", "gce_setup.disable_public_ip", true),
  },
  {
    id: "iac/google-notebook-runtime-with-public-address",
    aliases: ["CKV2_GCP_36"],
    title: "Notebook runtime has a public address",
    ...publicNotebook,
    fix: "Set `virtual_machine.virtual_machine_config.internal_ip_only` to true.",
    links: [workbench],
    ...mustBe("google_notebooks_runtime", "virtual_machine.virtual_machine_config.internal_ip_only", true),
  },
  {
    id: "iac/google-tpu-with-public-address",
    aliases: ["CKV2_GCP_32"],
    title: "TPU is not said to have no public address",
    severity: "medium",
    controls: "network-exposure",
    why: "Everything that listens on the machine is one forgotten firewall rule away from the whole internet.",
    fix: "Set `network_config.enable_external_ips` to false.",
    links: ["https://cloud.google.com/tpu/docs"],
    ...mustBe("google_tpu_v2_vm", "network_config.enable_external_ips", false),
  },
  {
    id: "iac/google-vertex-endpoint-is-public",
    aliases: ["CKV2_GCP_33"],
    title: "Vertex AI endpoint is reached over the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Whoever steals a token asks your model from anywhere, at your cost, and learns from its answers.",
    fix: "Name your network in `network`.",
    links: [endpoints],
    on: { "tf:google_vertex_ai_endpoint": value("network").exists() },
    examples: {
      bad: [tfResource("google_vertex_ai_endpoint", `name = "prices"`)],
      good: [setting("google_vertex_ai_endpoint", "network", `"projects/123456789/global/networks/shop"`)],
    },
  },
  {
    id: "iac/google-vertex-index-endpoint-is-public",
    aliases: ["CKV2_GCP_34"],
    title: "Vertex AI index endpoint is reached over the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Whoever steals a token searches your data from anywhere.",
    fix: "Remove `public_endpoint_enabled` and name your network in `network`.",
    links: ["https://cloud.google.com/vertex-ai/docs/vector-search/overview"],
    ...mustNotBe("google_vertex_ai_index_endpoint", "public_endpoint_enabled", true),
  },
  {
    id: "iac/google-notebook-without-virtual-tpm",
    aliases: ["CKV_GCP_126"],
    title: "Notebook has no virtual TPM",
    severity: "medium",
    controls: "workload-hardening",
    why: "Without it nobody can prove that the machine started the software that it should.",
    fix: "Remove `enable_vtpm`, which is on by default, or set it to true.",
    links: ["https://cloud.google.com/compute/shielded-vm/docs/shielded-vm"],
    ...mustNotBe("google_notebooks_instance", "shielded_instance_config.enable_vtpm", false),
  },
  {
    id: "iac/google-notebook-without-integrity-monitoring",
    aliases: ["CKV_GCP_127"],
    title: "Notebook does not check what it started",
    severity: "medium",
    controls: "workload-hardening",
    why: "A changed boot loader or kernel is not noticed.",
    fix: "Remove `enable_integrity_monitoring`, which is on by default, or set it to true.",
    links: ["https://cloud.google.com/compute/shielded-vm/docs/shielded-vm"],
    ...mustNotBe("google_notebooks_instance", "shielded_instance_config.enable_integrity_monitoring", false),
  },
];
