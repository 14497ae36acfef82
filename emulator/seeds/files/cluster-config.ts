/** Seed: Kubernetes manifests and a Helm chart. Planted: a privileged pod, a token in a Secret and in values, images by `latest`. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

export const clusterConfig: SeedRepositoryBuilder = (secrets) => ({
  name: "cluster-config",
  project: "Cloud Platform",
  history: [
    {
      by: "tomas",
      daysAgo: 230,
      message: "Namespaces and the ingress",
      files: {
        "README.md":
          "# cluster-config\n\nWhat runs in the cluster: plain manifests in `base/`, the shop's chart in `charts/`.\n",
        "base/namespaces.yaml": `
apiVersion: v1
kind: Namespace
metadata:
  name: storefront
---
apiVersion: v1
kind: Namespace
metadata:
  name: observability
`,
        "base/ingress.yaml": `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: storefront
  namespace: storefront
spec:
  rules:
    - host: shop.brightwater.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: storefront
                port:
                  number: 80
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 170,
      message: "Collect logs from the nodes",
      files: {
        "base/log-collector.yaml": `
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: log-collector
  namespace: observability
spec:
  selector:
    matchLabels:
      app: log-collector
  template:
    metadata:
      labels:
        app: log-collector
    spec:
      hostNetwork: true
      hostPID: true
      containers:
        - name: collector
          image: brightwater/log-collector:latest
          securityContext:
            privileged: true
            runAsUser: 0
          volumeMounts:
            - name: host
              mountPath: /host
      volumes:
        - name: host
          hostPath:
            path: /
`,
        "base/registry-secret.yaml": `
apiVersion: v1
kind: Secret
metadata:
  name: deploy-token
  namespace: storefront
type: Opaque
stringData:
  github-token: ${secrets.githubToken}
`,
      },
    },
    {
      by: "mei",
      daysAgo: 100,
      message: "Chart of the storefront",
      files: {
        "charts/storefront/Chart.yaml": `
apiVersion: v2
name: storefront
version: 0.4.0
appVersion: "2.3.0"
`,
        "charts/storefront/values.yaml": `
image:
  repository: brightwater.azurecr.io/storefront
  tag: latest
replicas: 2
storageKey: ${secrets.azureStorageKey}
`,
        "charts/storefront/templates/deployment.yaml": `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      app: {{ .Release.Name }}
  template:
    metadata:
      labels:
        app: {{ .Release.Name }}
    spec:
      automountServiceAccountToken: true
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          securityContext:
            allowPrivilegeEscalation: true
          env:
            - name: STORAGE_KEY
              value: {{ .Values.storageKey | quote }}
          ports:
            - containerPort: 8080
`,
        "charts/storefront/templates/service.yaml": `
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  type: LoadBalancer
  selector:
    app: {{ .Release.Name }}
  ports:
    - port: 80
      targetPort: 8080
`,
      },
    },
    {
      by: "jonas",
      daysAgo: 12,
      message: "Let the deployment account do its work",
      files: {
        "base/deployer.yaml": `
apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: storefront
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployer
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: storefront
`,
      },
    },
  ],
});
