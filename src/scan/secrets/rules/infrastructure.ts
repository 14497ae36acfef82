import { base64, sample } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/vault-token",
    aliases: ["vault-service-token", "vault-batch-token"],
    title: "HashiCorp Vault token",
    provider: "HashiCorp",
    severity: "critical",
    why: "It reads the secrets that its policies allow.",
    fix: "Revoke it with `vault token revoke`, and let workloads sign in with an auth method.",
    links: ["https://developer.hashicorp.com/vault/docs/concepts/tokens"],
    anchors: [{ text: "hvs." }, { text: "hvb." }, { text: "hvr." }],
    shape: { is: "token", parts: [{ oneOf: ["hvs.", "hvb.", "hvr."] }, { alphabet: "base64Url", length: [24, 300] }] },
    score: 82,
    minimumEntropy: 3.6,
    examples: {
      bad: () => [`VAULT_TOKEN=hvs.${sample("base62", 95)}`],
      good: () => ["VAULT_TOKEN=hvs.example", `VAULT_TOKEN=hvs.${"x".repeat(95)}`],
    },
  },
  {
    id: "secrets/terraform-cloud-token",
    aliases: ["hashicorp-tf-api-token"],
    title: "HCP Terraform token",
    provider: "HashiCorp",
    severity: "critical",
    why: "It changes infrastructure and reads state files, which hold more secrets.",
    fix: "Delete the token in HCP Terraform, and use dynamic credentials.",
    links: ["https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens"],
    anchors: [{ text: ".atlasv1.", at: 14 }],
    shape: {
      is: "token",
      parts: [{ alphabet: "base62", length: 14 }, { text: ".atlasv1." }, { alphabet: "base64Url", length: [60, 70] }],
    },
    score: 92,
    minimumEntropy: 3.6,
    examples: {
      bad: () => [`token = "${sample("base62", 14)}.atlasv1.${sample("base62", 67)}"`],
      good: () => ['token = "xxxxxx.atlasv1.zzzzzzzzzzzzz"'],
    },
  },
  {
    id: "secrets/pulumi-token",
    aliases: ["pulumi-api-token"],
    title: "Pulumi access token",
    provider: "Pulumi",
    severity: "critical",
    why: "It changes infrastructure and reads stacks with their secrets.",
    fix: "Delete the token in Pulumi Cloud, and use OpenID Connect.",
    links: ["https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/"],
    anchors: [{ text: "pul-" }],
    shape: { is: "token", parts: [{ text: "pul-" }, { alphabet: "hexLower", length: 40 }] },
    score: 85,
    minimumEntropy: 2.8,
    examples: {
      bad: () => [`PULUMI_ACCESS_TOKEN=pul-${sample("hexLower", 40)}`],
      good: () => [`PULUMI_ACCESS_TOKEN=pul-${"0".repeat(40)}`],
    },
  },
  {
    id: "secrets/kubernetes-secret",
    aliases: ["kubernetes-secret-yaml"],
    title: "Value of a Kubernetes Secret in the repository",
    provider: "Kubernetes",
    family: "password",
    severity: "high",
    why: "Base64 is no protection: whoever reads the manifest has the value.",
    fix: "Rotate the value, and use External Secrets, the Secrets Store CSI driver or Sealed Secrets.",
    links: ["https://kubernetes.io/docs/concepts/configuration/secret/"],
    anchors: [{ text: "kind: Secret" }],
    shape: { is: "reader", reader: "kubernetes-secret" },
    score: 75,
    loose: true,
    examples: {
      bad: () => [
        {
          path: "k8s/db.yaml",
          text: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  value: ${base64(`s3${sample("base62", 14)}`)}\n`,
        },
        {
          path: "k8s/web.yaml",
          text: `apiVersion: v1\nstringData:\n  session: ${sample("base62", 20)}\nkind: Secret\nmetadata:\n  name: web\n`,
        },
      ],
      good: () => [
        {
          path: "k8s/db.yaml",
          text: `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    value: ${base64(sample("base62", 40))}\n`,
        },
        { path: "k8s/db.yaml", text: `apiVersion: v1\nkind: Secret\nstringData:\n  value: \${DB_VALUE}\n` },
      ],
    },
  },
];
