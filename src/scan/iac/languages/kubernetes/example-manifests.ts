/** Small manifests for the examples of policies: only what a policy is about is written out there. */
import { type Example, k8s, tf } from "../../policy.ts";

/** A pod with one container; lines are those of the container, `pod` those of the pod's specification. */
export function podManifest(container: readonly string[] = [], pod: readonly string[] = []): Example {
  return k8s(
    [
      "apiVersion: v1",
      "kind: Pod",
      "metadata:",
      "  name: web",
      "  namespace: shop",
      "spec:",
      ...pod.map((line) => `  ${line}`),
      "  containers:",
      "    - name: web",
      ...(container.some((line) => line.startsWith("image:")) ? [] : ["      image: shop/web:1.4.2"]),
      ...container.map((line) => `      ${line}`),
      "",
    ].join("\n"),
  );
}

/** A static pod of the control plane, as kubeadm writes them. */
export function componentManifest(program: string, ...flags: readonly string[]): Example {
  return k8s(
    [
      "apiVersion: v1",
      "kind: Pod",
      "metadata:",
      `  name: ${program}`,
      "  namespace: kube-system",
      "spec:",
      "  containers:",
      `    - name: ${program}`,
      `      image: registry.example/${program}:v1.31.0`,
      "      command:",
      `        - ${program}`,
      ...flags.map((flag) => `        - --${flag}`),
      "",
    ].join("\n"),
  );
}

/** A pod of the kubernetes provider; lines as in `podManifest`. */
export function terraformPod(container: readonly string[] = [], pod: readonly string[] = []): Example {
  return tf(
    [
      'resource "kubernetes_pod_v1" "web" {',
      "  metadata {",
      '    name      = "web"',
      '    namespace = "shop"',
      "  }",
      "  spec {",
      ...pod.map((line) => `    ${line}`),
      "    container {",
      '      name = "web"',
      ...(container.some((line) => /^image\s*=/.test(line)) ? [] : ['      image = "shop/web:1.4.2"']),
      ...container.map((line) => `      ${line}`),
      "    }",
      "  }",
      "}",
      "",
    ].join("\n"),
  );
}
