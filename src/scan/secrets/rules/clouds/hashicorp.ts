/** HashiCorp: Vault, Terraform, Consul, Nomad and their cloud. */
import { sample } from "../../examples/example-values.ts";
import { sampleUuid } from "../../examples/example-writings.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const provider = "HashiCorp";
const vault = {
  provider,
  severity: "critical",
  why: "It reads and writes the secrets that its policies allow.",
  fix: "Revoke it with `vault token revoke`, look in the audit log for its use, and let workloads sign in with an auth method.",
  links: ["https://developer.hashicorp.com/vault/docs/concepts/tokens"],
} as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...vault,
    id: "secrets/vault-token",
    aliases: ["vault-service-token", "vault-batch-token"],
    title: "HashiCorp Vault token",
    token: [["hvs.", "hvb.", "hvr."], some("base64Url", 24, 1000)],
    checks: [{ is: "no-words" }],
    score: 82,
    value: (seed) => `hvs.${sample("base62", 95, seed)}`,
    examples: {
      bad: (seed) => [
        `VAULT_TOKEN=hvb.${sample("base62", 150, seed)}`,
        `X-Vault-Token: hvs.${sample("base62", 24, seed)}`,
      ],
      good: () => ["VAULT_TOKEN=hvs.example"],
    },
  }),
  namedRule({
    ...vault,
    id: "secrets/vault-token-legacy",
    title: "HashiCorp Vault token of the old form",
    words: ["vault"],
    token: [["s.", "b.", "r."], some("base62", 24)],
    called: "vault token",
  }),
  tokenRule({
    id: "secrets/terraform-cloud-token",
    aliases: ["hashicorp-tf-api-token"],
    title: "HCP Terraform token",
    provider,
    severity: "critical",
    why: "It changes infrastructure and reads state files, which hold more secrets.",
    fix: "Delete the token in HCP Terraform (user, team or organization settings), and use dynamic credentials.",
    links: ["https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens"],
    anchors: [{ text: ".atlasv1.", at: 14 }],
    token: [some("base62", 14), ".atlasv1.", some("base64UrlPadded", 60, 70)],
    score: 92,
    examples: {
      bad: (seed) => [
        {
          path: ".terraformrc",
          text: `credentials "app.terraform.io" {\n  token = "${sample("base62", 14, seed)}.atlasv1.${sample("base62", 67, seed)}"\n}\n`,
        },
      ],
      good: () => ['token = "xxxxxx.atlasv1.zzzzzzzzzzzzz"'],
    },
  }),
  namedRule({
    id: "secrets/consul-nomad-token",
    title: "Consul or Nomad access token",
    provider,
    severity: "high",
    why: "It reads and changes services, keys and jobs; with a management token the whole cluster.",
    fix: "Delete it with `consul acl token delete` or `nomad acl token delete`, and make one with the least policies.",
    links: ["https://developer.hashicorp.com/consul/docs/security/acl/tokens"],
    words: ["consul", "nomad"],
    token: uuidParts,
    called: "consul http token",
    examples: {
      bad: (seed) => [`NOMAD_TOKEN=${sampleUuid(seed)}`, `curl -H "X-Consul-Token: ${sampleUuid(seed)}" $CONSUL_ADDR`],
      good: (seed) => [`consul_node_id = "${sampleUuid(seed)}"`],
    },
  }),
  namedRule({
    id: "secrets/hcp-client-secret",
    title: "Client secret of a HashiCorp Cloud service principal",
    provider,
    severity: "critical",
    why: "With the client id it signs in to HashiCorp Cloud: Vault, Consul, Boundary and their secrets.",
    fix: "Delete the service principal's key under Access control (IAM), and use workload identity federation.",
    links: ["https://developer.hashicorp.com/hcp/docs/hcp/iam/service-principal"],
    words: ["hcp"],
    token: [some("base64Url", 64)],
    called: "hcp client secret",
    mixed: true,
    value: (seed) => sample("base62", 64, seed),
  }),
];
