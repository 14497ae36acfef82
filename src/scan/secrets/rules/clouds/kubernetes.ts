/** Kubernetes, and what is built on it: OpenShift, Rancher, Argo CD. */
import { base64, sample, sampleJwt } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const jwt = [some("base64Url", 16, 2000), ".", some("base64Url", 16, 6000), ".", some("base64Url", 20, 1400)] as const;
const jwtAnchor = [{ text: "eyJ" }];

export const rules: readonly SecretRule[] = [
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
    anchors: [
      "kind: secret",
      'kind: "secret',
      "kind: 'secret",
      '"kind": "secret"',
      '"kind":"secret"',
      '"kind" : "secret"',
    ].map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader: "kubernetes-secret" },
    score: 75,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: "k8s/db.yaml",
          text: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  value: ${base64(`s3${sample("base62", 14, seed)}`)}\n`,
        },
        {
          path: "k8s/web.yaml",
          text: `apiVersion: v1\nstringData:\n  session: ${sample("base62", 20, seed)}\nkind: Secret\nmetadata:\n  name: web\n`,
        },
        {
          path: "k8s/all.yaml",
          text: `data:\n  'pass-word': "${base64(`s3${sample("base62", 14, seed)}`)}" # of spring\n  username: ${base64("administrator")}\nkind: "Secret" # of the shop\napiVersion: v1\n---\nkind: ConfigMap\ndata:\n  value: ${base64("large and blue")}\n`,
        },
        {
          path: "k8s/list.yaml",
          text: `kind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    data:\n      k3: ${base64(`s3${sample("base62", 14, seed)}`)}\n  - kind: ConfigMap\n    data:\n      value: ${base64("large and blue")}\n`,
        },
        {
          path: "k8s/env.yaml",
          text: `kind: Secret\ndata:\n  .env: ${base64(`LEVEL=debug\nDB_PASSWORD=gT${sample("base62", 9, seed)}7\n`)}\n`,
        },
        {
          path: "k8s/block.yaml",
          text: `kind: Secret\ndata:\n  signer: |\n    ${sample("base64", 60, seed)}\n    ${sample("base64", 28, seed)}\n  other: \${X}\n`,
        },
        {
          path: "k8s/db.json",
          text: `{"items":[{"kind":"ConfigMap","data":{"a":"${base64("large and blue")}"}},{"apiVersion":"v1","kind": "Secret","data":{"value": "${base64(`s3${sample("base62", 14, seed)}`)}","host":"${base64("db.contoso.net")}"}}]}`,
        },
        {
          path: "chart/templates/db.yaml",
          text: `items:\n  - kind: Secret\n{{- if .Values.db }}\n    data:\n      signer: ${base64(`s3${sample("base62", 14, seed)}`)}\n{{- end }}\n`,
        },
        {
          path: "k8s/braces.yaml",
          text: `kind: Secret\nstringData: {host: db.contoso.net, signer: s3${sample("base62", 14, seed)}}\n`,
        },
        { path: "k8s/letters.yaml", text: `kind: Secret\nstringData:\n  signer: sà${sample("base62", 9, seed)}\n` },
        {
          path: "k8s/letters.yaml",
          text: `kind: Secret\ndata:\n  signer: ${base64(`sà${sample("base62", 9, seed)}`)}\n`,
        },
        {
          path: "k8s/spaced.json",
          text: `{ "stringData" : { "signer" : "s{${sample("base62", 14, seed)}" }, "metadata" : { "name" : "a}b" }, "kind" : "Secret" }`,
        },
      ],
      good: (seed) => [
        {
          path: "k8s/db.yaml",
          text: `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    value: ${base64(sample("base62", 40, seed))}\n`,
        },
        { path: "k8s/db.yaml", text: `apiVersion: v1\nkind: Secret\nstringData:\n  value: \${DB_VALUE}\n` },
        {
          path: "k8s/tls.yaml",
          text: `kind: Secret\ntype: kubernetes.io/tls\ndata:\n  tls.crt: ${base64(`-----BEGIN CERTIFICATE-----\n${sample("base64", 64, seed)}\n`)}\n  user: ${base64("administrator")}\n`,
        },
        { path: "chart/s.yaml", text: 'kind: Secret\ndata:\n  value: {{ .Values.pass | b64enc }}\n  other: ""\n' },
        {
          path: "docs/install.md",
          text: `kind: Secret\nstringData:\n  BOT_TOKEN: 'any-personal-token-for-the-registry'\n  BOT_PLATFORM: 'contoso'\n  BOT_AUTHOR: 'Bot of the Shop <bot@contoso.net>'\n  forge: github\n`,
        },
        {
          path: "k8s/ssh.yaml",
          text: `kind: Secret\ndata:\n  config: ${base64("host contoso.net\n  HostName contoso.net\n  IdentityFile ~/.ssh/id_rsa\n")}\n`,
        },
      ],
    },
  },
  tokenRule({
    id: "secrets/kubernetes-service-account-token",
    title: "Token of a Kubernetes service account",
    provider: "Kubernetes",
    family: "secrets/jwt",
    severity: "critical",
    why: "It calls the cluster's API as the service account, often for ever: reads Secrets, starts pods.",
    fix: "Delete the Secret that holds the token (or the service account), look in the audit log, and use short-lived bound tokens.",
    links: ["https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/"],
    anchors: jwtAnchor,
    token: jwt,
    checks: [{ is: "jwt-holds", texts: ["kubernetes/serviceaccount", "kubernetes.io", "system:serviceaccount:"] }],
    score: 70,
    value: (seed) =>
      sampleJwt({
        iss: "kubernetes/serviceaccount",
        "kubernetes.io/serviceaccount/namespace": sample("lowerAlnum", 8, seed),
        sub: `system:serviceaccount:${seed}:deployer`,
      }),
  }),
  tokenRule({
    id: "secrets/argocd-token",
    title: "Argo CD token",
    provider: "Argo CD",
    family: "secrets/jwt",
    severity: "high",
    why: "It deploys to the clusters that Argo CD manages and reads their manifests.",
    fix: "Delete it with `argocd account delete-token` or `argocd proj role delete-token`, and make one that expires.",
    links: ["https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/"],
    anchors: jwtAnchor,
    token: jwt,
    checks: [{ is: "jwt-holds", texts: ['"iss":"argocd"'] }],
    score: 70,
    value: (seed) => sampleJwt({ iss: "argocd", sub: `${seed}:apiKey`, jti: sample("hexLower", 32, seed) }),
  }),
  tokenRule({
    id: "secrets/openshift-token",
    aliases: ["openshift-user-token"],
    title: "OpenShift user token",
    provider: "OpenShift",
    severity: "high",
    why: "It calls the cluster's API as its owner until it expires.",
    fix: "Sign out with `oc logout`, or delete it with `oc delete oauthaccesstoken`; let pipelines use service accounts.",
    links: ["https://docs.redhat.com/en/documentation/openshift_container_platform"],
    token: ["sha256~", some("base64Url", 43)],
    score: 88,
    examples: {
      bad: (seed) => [`oc login --token=sha256~${sample("base62", 43, seed)} --server=https://api.contoso.net:6443`],
      good: (seed) => [`sha256~${sample("hexLower", 64, seed)}`],
    },
  }),
  tokenRule({
    id: "secrets/rancher-token",
    title: "Rancher API token",
    provider: "Rancher",
    severity: "high",
    why: "It controls the clusters that its owner may control.",
    fix: "Delete the key under Account & API keys, and make one with a scope and an expiry date.",
    links: ["https://ranchermanager.docs.rancher.com/reference-guides/user-settings/api-keys"],
    token: ["token-", some("lowerAlnum", 5), ":", some("lowerAlnum", 54)],
    score: 90,
  }),
  namedRule({
    id: "secrets/rancher-secret-key",
    title: "Rancher secret key",
    provider: "Rancher",
    severity: "high",
    why: "With its access key it controls the clusters that its owner may control.",
    fix: "Delete the key under Account & API keys, and make one with a scope and an expiry date.",
    links: ["https://ranchermanager.docs.rancher.com/reference-guides/user-settings/api-keys"],
    words: ["rancher", "cattle"],
    token: [some("base62", 40, 54)],
    called: "rancher secret key",
  }),
];
